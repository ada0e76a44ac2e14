"""What `platform init` writes: for a new project, and for one that is there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from msgspec.structs import replace

from platform_cli import __version__
from platform_cli.commands._writing import Planned
from platform_cli.conventions.own_files import BASELINE
from platform_cli.errors import PlatformError, Where
from platform_cli.project.edits.drafts import Change
from platform_cli.project.project import Project
from platform_cli.project.request import Request
from platform_cli.scaffold.adoption.files import Untouched, Wanted, compared, text_of
from platform_cli.scaffold.adoption.owners import NewGroup, group_named
from platform_cli.scaffold.adoption.surroundings import Surroundings, surroundings
from platform_cli.scaffold.adoption.vendored import (
    LOCK,
    PACKAGE_FOLDER,
    fingerprint,
    lock_text,
    read_lock,
)
from platform_cli.target_folder import target_folder


class Initial(NamedTuple):
    """What is written, from which folder on, and what a person should know."""

    base: Path
    files: Planned
    notes: Sequence[str]


def new(root: Path, directory: Path, name: str | None, owner: str | None) -> Initial:
    """A project in a folder that is new or empty.

    Raises PlatformError for a name that cannot be one, or a group's.
    """
    from platform_cli.scaffold.adoption.new_project import new_project_files, project_name

    place = surroundings(root)
    chosen = project_name(root, name)
    wanted = list(new_project_files(chosen, _group(owner, place), place))
    changes, untouched = compared(place.root, wanted)
    changes.append(Change(LOCK, None, lock_text(_ours(wanted))))
    notes = [f"project {chosen}, owner {_group(owner, place).name}"]
    if not place.in_git:
        notes.append(f"no git repository: `git init {directory}` lets you undo what comes later")
    enter = "" if directory == Path() else f"cd {directory}; "
    return _initial(
        place,
        changes,
        untouched,
        notes,
        {"project": chosen, "new": True},
        then=f"{enter}platform build",
    )


def existing(root: Path, request: Request, owner: str | None) -> Initial:
    """The platform for the dbt project in this folder.

    Raises PlatformError when the project cannot be read, when a file that has to be edited cannot
    be, and when another version of the platform was here.
    """
    from platform_cli.commands._first_baseline import first_baseline
    from platform_cli.commands._unread import refuse_unread
    from platform_cli.config import load_config
    from platform_cli.scaffold.adoption.existing_project import adopted

    lock = read_lock(root)
    if lock and lock.platform != __version__:
        raise PlatformError(
            f"the platform is here already, of version {lock.platform}; this is {__version__}",
            where=Where(LOCK),
            hint="platform upgrade",
        )
    place = surroundings(root)
    root = place.root  # without links: the way up from it leads to the repository
    settings = load_config(root).check
    project = Project.load(
        root,
        target=request.target,
        profiles_dir=request.profiles_dir,
        vars=request.vars,
        # Where there is no such folder yet, a dry run makes none.
        keep=target_folder(root).is_dir(),
        adapter=settings.adapter,
    )
    _refuse_without_variables(project)
    refuse_unread(project, "written")
    made = adopted(project, place, _group(owner, place), lock)
    changes, untouched, notes = made.changes, made.untouched, made.notes
    ours = _ours(made.wanted)
    if ours:
        present, text = text_of(root, LOCK), lock_text(ours | (lock.files if lock else {}))
        if present == text:
            untouched.append(Untouched(LOCK, "identical"))
        else:
            changes.append(Change(LOCK, present, text))
    if text_of(root, BASELINE) is not None:
        untouched.append(Untouched(BASELINE, "kept"))
    elif not any(one.verb == "conflict" for one in untouched):
        first = first_baseline(root, request, changes)
        if first.held:
            changes.append(first.change)
            notes.append(f"{BASELINE} holds {first.held} findings of today; it only shrinks")
        notes += [f"no baseline can hold back {one}" for one in first.left[:3]]
    ignored = [one.path for one in changes if one.path[:2] != ".." and place.ignored(one.path)]
    if ignored:
        notes.append(f"git ignores {ignored[0]} ({len(ignored)} files): let .gitignore keep it")
    return _initial(
        place,
        changes,
        untouched,
        notes,
        {"project": project.name, "new": False, "found": made.facts},
        then="platform check" if not ours else "dbt deps; platform check",
    )


def _refuse_without_variables(project: Project) -> None:
    """All of them at once: dbt names one per run."""
    said = (_VARIABLE.search(one.message) for one in project.problems if one.severity == "error")
    names = sorted({found[1] for found in said if found})
    if names:
        raise PlatformError(
            f"the project needs environment variables that are not set: {', '.join(names)}",
            hint="nothing was written; set them as for dbt, then run this again",
        )


_VARIABLE = re.compile(r"environment variable '(\w+)' is required")


def _initial(
    place: Surroundings,
    changes: Sequence[Change],
    untouched: Sequence[Untouched],
    notes: Sequence[str],
    details: Mapping[str, Any],
    *,
    then: str,
) -> Initial:
    from os.path import normpath

    def at(path: str) -> str:
        return normpath(f"{place.prefix}{path}").replace("\\", "/")

    return Initial(
        place.base,
        Planned(
            changes=[replace(one, path=at(one.path)) for one in changes],
            words={},
            details={
                **details,
                "notes": notes,
                "untouched": [{"path": at(one.path), "verb": one.verb} for one in untouched],
            },
            then=then,
            untouched=[
                Untouched(at(one.path), one.verb, one.present, one.wanted) for one in untouched
            ],
            together=[f"{at(PACKAGE_FOLDER)}/", at(BASELINE), at(LOCK)],
        ),
        notes,
    )


def _ours(wanted: Sequence[Wanted]) -> dict[str, str]:
    return {one.path: fingerprint(one.path, one.text) for one in wanted if one.ours}


def _group(owner: str | None, place: Surroundings) -> NewGroup:
    """Raises PlatformError for a name that is none."""
    name = owner or "data_team"
    group = group_named(name, place.email or "data-team@example.com")
    if group.name != name:
        raise PlatformError(
            f"{name!r} is no name for a group: small letters, digits and _",
            hint=f"for example --owner {group.name.lstrip('_') or 'data_team'}",
        )
    return group
