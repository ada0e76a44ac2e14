"""Look whether the histories are sound."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from platform_cli.commands._project import project_options
from platform_cli.errors import ExitCode, PlatformError

if TYPE_CHECKING:
    from platform_cli.commands._session import Session
    from platform_cli.dbt_runner import SnapshotNode
    from platform_cli.reporting.verified import Verified
    from platform_cli.snapshots.history_table import HistoryTable
    from platform_cli.warehouse import Connection


@click.command()
@click.argument("snapshots", nargs=-1, metavar="[SNAPSHOT]...")
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text")
@project_options
@click.pass_obj
def verify(
    session: Session, /, snapshots: tuple[str, ...], *, output_format: str, **place: Any
) -> ExitCode:
    """Look whether the histories are sound: all of them, or those named.

    Sound means: at most one open version per key, none that overlap, none that ends before it
    begins, no version id twice, no NULL in keys, starts and ids. The keys that break a rule are
    named, and the exit code is 1; so it is when the YAML's unique_key is not the one that the
    history was written with, and does not fit it, and when a table is gone that a run on record
    had left. Dbt is not started, and nothing is written.

    \b
    Examples:
      platform snapshot verify
      platform snapshot verify snp_airports --output-format json
    """
    from platform_cli.commands._snapshot._histories import find

    asked = find(session, snapshots, place)
    with asked.opened() as connection:
        found = [_look(connection, node) for node in asked.nodes]
    if output_format == "json":
        from platform_cli.reporting.verified_as_json import verified_as_json

        click.echo(verified_as_json(found))
    else:
        from platform_cli.reporting.verified_as_text import verified_as_text

        click.echo(verified_as_text(found))
    unsound = [one for one in found if not one.sound]
    for one in unsound:
        if session.verbosity >= 0 and one.faults and not one.key_change:
            click.echo(f"next: platform snapshot repair {one.snapshot}", err=True)
    wrong = unsound or any(one.key_change for one in found)
    return ExitCode.FINDINGS if wrong else ExitCode.OK


def _look(connection: Connection, node: SnapshotNode) -> Verified:
    from platform_cli.reporting.verified import Fault, Verified
    from platform_cli.snapshots.history_table import find_history, gone
    from platform_cli.snapshots.key_time_zone import key_time_zone
    from platform_cli.snapshots.recorded_key import with_recorded_key
    from platform_cli.snapshots.verify import FAULTS, verified

    try:
        history = find_history(connection, node)
        if history is None and (lost := gone(connection, node)):
            raise lost
        if history is None:
            return Verified(node.name)
        changed = _key_change(connection, history)
        if changed:
            history = with_recorded_key(history)
        found = verified(connection, history)
    except PlatformError as error:
        if error.exit_code is not ExitCode.FINDINGS:
            raise
        return Verified(node.name, problem="; ".join(filter(None, (error.message, error.hint))))
    return Verified(
        node.name,
        table=history.table(),
        versions=found.versions,
        open=found.open,
        faults=tuple(
            Fault(one.fault, FAULTS[one.fault], one.keys, one.examples) for one in found.unsound
        ),
        note=_note(history, found.versions, found.open) or key_time_zone(connection, history),
        key_change=changed,
    )


def _key_change(connection: Connection, history: HistoryTable) -> str:
    """What is wrong with the YAML's key; nothing when the history is sound under it, too."""
    from platform_cli.snapshots.recorded_key import key_change, what_to_do
    from platform_cli.snapshots.verify import verified

    said = key_change(history)
    if not said:
        return ""
    try:
        if not verified(connection, history).unsound:
            return ""  # the next run goes on with it
    except PlatformError:
        pass  # a key that the history cannot even be asked for
    return f"{said}; {what_to_do(history)}"


def _note(history: HistoryTable, versions: int, is_open: int) -> str:
    """Whether it is as the last recorded run left it."""
    if not history.runs:
        return ""
    last = history.runs[-1]
    if (last.versions, last.open) == (versions, is_open):
        return ""
    return (
        f"something else than a run wrote to it: run {last.number} left {last.versions:,}"
        f" versions, {last.open:,} open"
    )
