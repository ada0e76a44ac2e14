"""Fix: exposure-has-owner-and-contact."""

from __future__ import annotations

from collections.abc import Iterator

from platform_cli.conventions.fix import Scene, SuggestedError, fix
from platform_cli.project.edits.edit import Edit, SetKey, entry_way
from platform_cli.project.resources import Exposure, Group
from platform_cli.reporting.diagnostic import Diagnostic


@fix()
def exposure_has_owner_and_contact(
    _: Diagnostic, exposure: Exposure, scene: Scene
) -> Iterator[Edit]:
    """The contact that the group of the owner's name has, or the other exposures of this owner."""
    name = _plain(exposure.owner.get("name"))
    if not name:
        raise SuggestedError("who owns it is for a person to say")
    owned: list[Group | Exposure] = [*scene.project.of(Group), *scene.project.of(Exposure)]
    same = [
        one
        for one in owned
        if _plain(one.owner.get("name")) == name
        or (isinstance(one, Group) and _plain(one.name) == name)
    ]
    for key in scene.setting("exposure-has-owner-and-contact", "contact"):
        values = {one.owner[key] for one in same if isinstance(one.owner.get(key), str)}
        if len(values) == 1:
            yield SetKey(exposure.path, (*entry_way(exposure), "owner", key), values.pop())
            return
    raise SuggestedError("no group and no exposure has one address for this owner")


def _plain(name: object) -> str:
    return " ".join(name.casefold().split()) if isinstance(name, str) else ""
