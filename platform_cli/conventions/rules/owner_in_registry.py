"""Rule: owner-in-registry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from platform_cli.conventions.contact import has_contact
from platform_cli.conventions.meta_value import meta_value
from platform_cli.conventions.rule import Key, Violation, rule
from platform_cli.errors import did_you_mean
from platform_cli.project.project import Project
from platform_cli.project.resources import Group, Model, Seed, Snapshot, Source


@rule(severity="warn")
def owner_in_registry(
    resource: Group | Model | Snapshot | Seed | Source,
    project: Project,
    *,
    contact: tuple[str, ...] = ("email", "slack"),
    owners: tuple[str, ...] = (),
) -> Iterator[Violation]:
    """A group can be reached, and an owner in `meta` is one that the project knows.

    ## Why
    An owner who left, or a team name that was mistyped, is found out in the night when the build
    fails.

    A group needs one of the keys in the setting `contact`, under `owner:` or in `config: meta:`.
    `meta.owner` (text, or a mapping with `name` or `email`) is only looked at when the setting
    `owners` lists who owns things: then it is one of these, or the name of a group. That a `group:`
    exists is checked always, as dbt does.

    ## Instead of
    ```yaml
    groups:
      - name: network_planning
        owner:
          name: Network planning
    ```

    ## Write
    ```yaml
    groups:
      - name: network_planning
        owner:
          name: Network planning
          email: network-planning@example.com
    ```
    """
    if isinstance(resource, Group):
        if contact and not has_contact(resource, contact):
            yield Violation(
                "a group without contact",
                at=Key("owner"),
                help=f"add one of {', '.join(contact)} under `owner:`",
            )
        return
    if not owners or not (owner := meta_value(resource, "owner")):
        return
    names = _names(owner)
    known_owners = {*owners, *(group.name for group in project.of(Group))}
    if names and not known_owners.intersection(names):
        yield Violation(
            f"the owner {names[0]!r} is in no group and not among the owners in platform.yml",
            at=Key("meta"),
            help=did_you_mean(names[0], known_owners)
            or "declare the group, or add the owner to the rule's `owners`",
        )


def _names(owner: Any) -> list[str]:
    if isinstance(owner, dict):
        owner = [owner.get("name"), owner.get("email")]
    return [str(one) for one in (owner if isinstance(owner, list) else [owner]) if one]
