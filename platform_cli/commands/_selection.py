"""The options that say what a command that only reads looks at, and what they mean."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from platform_cli.commands._project import folder_given

if TYPE_CHECKING:
    from platform_cli.commands._session import Session
    from platform_cli.conventions.earlier import Earlier
    from platform_cli.project.project import Project

_Command = TypeVar("_Command", bound=Callable[..., Any])
_OPTIONS = (
    click.option(
        "-s",
        "--select",
        multiple=True,
        metavar="WORD",
        help="Only these, in dbt's syntax: names, tag:, group:, files and folders, +NAME, NAME+, "
        "state:modified, ...",
    ),
    click.option("--exclude", multiple=True, metavar="WORD", help="Not these."),
    click.option("--selector", metavar="NAME", help="A selector of selectors.yml."),
    click.option(
        "--state",
        type=click.Path(file_okay=False, path_type=Path),
        help="The folder of the manifest that state:modified compares with.",
    ),
    click.option(
        "--changed",
        is_flag=False,
        flag_value="",
        metavar="[BASE]",
        help="Only what changed since this branch left BASE (by default the main branch), "
        "uncommitted files included, and what a changed macro or YAML touches.",
    ),
)


class Asked(NamedTuple):
    """What a person selected."""

    select: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    selector: str | None = None
    state: Path | None = None
    changed: str | None = None
    """A branch or commit; empty is the default branch."""


class Meant(NamedTuple):
    """What was selected: unique ids, None for everything; and how the project was at BASE."""

    ids: frozenset[str] | None = None
    earlier: Earlier | None = None


def selection_options(command: _Command) -> _Command:
    """`--select`, `--exclude`, `--selector` and `--state`, as dbt has them, and `--changed`."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def take_asked(given: dict[str, Any]) -> Asked:
    """What was selected, taken out of what a command was given."""
    return Asked(**{name: given.pop(name) for name in Asked._fields})


def selected(project: Project, session: Session, asked: Asked) -> Meant:
    """What is meant; what only dbt can tell, and what changed, is noted on stderr.

    Raises PlatformError when a criterion means nothing, or the state or git cannot be read.
    """
    ids: frozenset[str] | None = None
    state = state_folder(session, asked.state)
    if asked.select or asked.exclude or asked.selector:
        from platform_cli.project.selection.select import select

        found = select(
            project, asked.select, exclude=asked.exclude, selector=asked.selector, state=state
        )
        ids = found.ids
        if found.unsure and session.verbosity >= 0:
            names = ", ".join(sorted(one.split(".", 2)[2] for one in found.unsure))
            click.echo(f"note: only dbt can tell whether you mean {names}: left out", err=True)
    if asked.changed is None:
        return Meant(ids)
    from platform_cli.conventions.earlier import earlier_of_project
    from platform_cli.project.changes.changed import changed_since

    since = changed_since(project, asked.changed or None)
    if session.verbosity >= 0:
        files = f"{len(since.files)} file{'' if len(since.files) == 1 else 's'} changed"
        click.echo(f"{files} since {since.commit[:9]} ({since.base})", err=True)
    earlier = earlier_of_project(since.before) if since.before else None
    return Meant(since.ids if ids is None else ids & since.ids, earlier)


def earlier_in_state(project: Project, session: Session, asked: Asked) -> Earlier | None:
    """What the manifest of `--state` promised; None without one, or when `--changed` says it.

    Apart from `selected`, because only rules need it: a manifest may have many megabytes.
    """
    folder = state_folder(session, asked.state)
    if folder is None or asked.changed is not None:
        return None
    from platform_cli.conventions.earlier import earlier_of_manifest
    from platform_cli.project.selection.state import read_manifest

    return earlier_of_manifest(read_manifest(folder), project.name)


def state_folder(session: Session, state: Path | None) -> Path | None:
    """The folder of an earlier manifest, relative to -C.

    Raises PlatformError when it does not exist.
    """
    if state is None:
        return None
    return folder_given(
        session,
        "--state",
        state,
        "it is the target folder of an earlier run, with its manifest.json",
    )
