"""Whose a new model is."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

from platform_cli.errors import PlatformError, did_you_mean
from platform_cli.project.resources import AnyResource, Group, Model, Node
from platform_cli.scaffold.model.parents import Parent


def groups(resources: Mapping[str, AnyResource], package: str) -> tuple[str, ...]:
    """The names of the project's groups."""
    return tuple(
        one.name
        for one in resources.values()
        if isinstance(one, Group) and one.package_name == package
    )


def check_owner(owner: str, known: Iterable[str]) -> None:
    """Raise PlatformError, with near names, unless this is a group of the project."""
    names = sorted(known)
    if owner not in names:
        hint = did_you_mean(owner, names) or (
            f"there are {', '.join(names)}"
            if names
            else f"declare it in models/_groups.yml: `groups: [{{name: {owner}, owner: ...}}]`"
        )
        raise PlatformError(f"there is no group {owner!r} in this project", hint=hint)


def likely_owner(parents: Iterable[Parent], known: Iterable[str]) -> str | None:
    """The only group of the project, or the one that owns all parents; else None."""
    names = tuple(known)
    if len(names) == 1:
        return names[0]
    owners = {one.resource.group for one in parents if isinstance(one.resource, Node)}
    only = owners.pop() if len(owners) == 1 else None
    return only if only in names else None


def owner_of_folder(resources: Mapping[str, AnyResource], folder: str) -> str | None:
    """The only group of the models in this folder, from the project's root, and below it."""
    owners = {
        one.group
        for one in resources.values()
        if isinstance(one, Model) and one.group and one.path.startswith(f"{folder}/")
    }
    return owners.pop() if len(owners) == 1 else None


def owner_by_mail(resources: Mapping[str, AnyResource], folder: Path) -> str | None:
    """The only group whose owner has the e-mail address that git knows of whoever works here."""
    by_mail: dict[str, list[str]] = {}
    for one in resources.values():
        mails = one.owner.get("email") if isinstance(one, Group) else None
        for mail in mails if isinstance(mails, list) else [mails]:
            if mail:
                by_mail.setdefault(str(mail).lower(), []).append(one.name)
    if not by_mail:
        return None
    try:
        said = subprocess.run(
            ["git", "config", "user.email"],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        ).stdout
    except OSError:
        return None
    found = by_mail.get(said.strip().lower(), [])
    return found[0] if len(found) == 1 else None
