"""How a command that changes files goes about it: show, ask, write all or nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from platform_cli.commands._paths import from_here
from platform_cli.commands._terminal import on_terminal
from platform_cli.errors import ExitCode, PlatformError

if TYPE_CHECKING:
    from platform_cli.commands._session import Session
    from platform_cli.project.edits.drafts import Change
    from platform_cli.reporting.shown import Shown

_Command = TypeVar("_Command", bound=Callable[..., Any])
_OPTIONS = (
    click.option("--dry-run", is_flag=True, help="Show what would change, and write nothing."),
    click.option(
        "--check",
        "check_only",
        is_flag=True,
        help="The same, for CI: returns 1 when something would change.",
    ),
    click.option("--yes", is_flag=True, help="Do not ask before writing."),
    click.option("--json", "as_json", is_flag=True, help="What changes, as a JSON document."),
)


class Wish(NamedTuple):
    """How the person wants it written."""

    dry_run: bool
    check_only: bool
    yes: bool
    as_json: bool


class Planned(NamedTuple):
    """What a command would write.

    `words` say why each file changes, `details` are for the JSON document, `then` is what to do
    afterwards. `untouched` are files that stay as they are; with a conflict among them nothing is
    written. The files of a folder of `together` are one line, without a diff. `ours` nobody writes
    but the platform: nothing is lost with what they say now.
    """

    changes: Sequence[Change]
    words: Mapping[str, Sequence[str]]
    details: Mapping[str, Any] = {}
    then: str = ""
    untouched: Sequence[Shown] = ()
    together: Sequence[str] = ()
    ours: Sequence[str] = ()


def writing_options(command: _Command) -> _Command:
    """`--dry-run`, `--check`, `--yes` and `--json`."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def take_wish(given: dict[str, Any]) -> Wish:
    """How it is to be written, taken out of what a command was given."""
    return Wish(**{name: given.pop(name) for name in Wish._fields})


def carry_out(root: Path, planned: Planned, wish: Wish, session: Session) -> ExitCode:
    """Show what is planned, ask where somebody is there to answer, and write it.

    Returns 1 with `--check` when something would change, and when there is a conflict.

    Raises PlatformError, and writes nothing, when git could not undo it and nobody said yes, when a
    file changed meanwhile, or when one cannot be written.
    """
    changes, talk = planned.changes, session.verbosity >= 0
    conflicts = [one for one in planned.untouched if one.verb == "conflict"]
    only_shown = wish.dry_run or wish.check_only or bool(conflicts)
    asking = on_terminal() and not wish.yes and not only_shown
    if not wish.as_json:
        _show(root, planned, with_diff=only_shown or asking or session.verbosity > 0)
    written = bool(changes) and not only_shown and _agreed(root, planned, wish, asking=asking)
    if written:
        from platform_cli.project.edits.write import write_changes

        write_changes(root, changes)
    if talk:
        click.echo(_said(changes, conflicts, only_shown=only_shown, written=written), err=True)
    if wish.as_json:
        from platform_cli.reporting.changes_as_json import changes_as_json

        click.echo(changes_as_json(changes, written=written, details=planned.details))
    if written and talk and planned.then:
        click.echo(f"next: {planned.then}", err=True)
    found = conflicts or (wish.check_only and changes)
    return ExitCode.FINDINGS if found else ExitCode.OK


def _show(root: Path, planned: Planned, *, with_diff: bool) -> None:
    if planned.changes or planned.untouched:
        from platform_cli.reporting.fixes_as_text import as_one, fixes_as_text

        shown = as_one([*planned.changes, *planned.untouched], planned.together)
        click.echo(fixes_as_text(shown, planned.words, folder=from_here(root), with_diff=with_diff))


def _said(
    changes: Sequence[Change], conflicts: Sequence[Shown], *, only_shown: bool, written: bool
) -> str:
    if conflicts:
        return f"nothing was written: {_files(conflicts)} in conflict"
    if not changes:
        return "nothing to change"
    if only_shown:
        return f"{_files(changes)} would change; nothing was written"
    return f"{_files(changes)} written" if written else "nothing was written"


def _agreed(root: Path, planned: Planned, wish: Wish, *, asking: bool) -> bool:
    """Whether to write. What only makes new files is undone by deleting them."""
    if wish.yes:
        return True
    why = ""
    changes = [one for one in planned.changes if one.path not in planned.ours]
    if any(one.before is not None for one in changes):
        from platform_cli.project.changes.undo import why_not_undone

        why = why_not_undone(root, [one.path for one in changes if one.gone])
    if asking:
        if why:
            click.echo(f"note: git cannot undo this: {why}", err=True)
        return click.confirm("Write?", default=not why, err=True)
    if why:
        raise PlatformError(
            f"nothing was written: git could not undo it, {why}",
            hint="--dry-run shows what would change; --yes writes it all the same",
        )
    return True


def _files(changes: Sequence[object]) -> str:
    return f"{len(changes)} file{'' if len(changes) == 1 else 's'}"
