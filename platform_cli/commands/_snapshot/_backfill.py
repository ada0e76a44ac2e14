"""The order of steps of `platform snapshot backfill`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC
from typing import TYPE_CHECKING, Any

import click

from platform_cli import dbt_runner
from platform_cli.commands._build import exit_code_of, rendered
from platform_cli.commands._explained import explained
from platform_cli.commands._options import to_options
from platform_cli.commands._progress import ShowProgress
from platform_cli.commands._run_at import insist_on_run_at, with_run_at
from platform_cli.commands._snapshots import check_keys, inline, look_at_history, refuse_unsound
from platform_cli.commands._variables import variables
from platform_cli.errors import ExitCode, PlatformError, Where
from platform_cli.project.locate import locate
from platform_cli.reporting.backfill_as_json import Loaded, backfill_as_json
from platform_cli.reporting.next_step import next_step
from platform_cli.reporting.run_as_text import grave_warnings
from platform_cli.reporting.snapshot_plan import counts_text
from platform_cli.snapshots.declared import no_such_snapshot
from platform_cli.snapshots.ledger import ledger_sql, of_this_life, recorded_runs
from platform_cli.snapshots.release_parsing import ReleaseParsing
from platform_cli.snapshots.releases import insist_on_a_variable_that_is_read, releases
from platform_cli.snapshots.verify import History
from platform_cli.target_folder import target_folder
from platform_cli.warehouse import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from platform_cli.commands._session import Session
    from platform_cli.dbt_runner import Options, Parsed, RunResult, SnapshotNode
    from platform_cli.snapshots.ledger import RecordedRun
    from platform_cli.snapshots.releases import Release

_TARGET = "backfill"
"""Below dbt's target folder: other variables make dbt parse everything anew, and in a folder of
its own that costs nobody else."""


def backfill(name: str, session: Session, given: dict[str, Any]) -> ExitCode:
    """Load every release that is newer than the history, oldest first."""
    project = locate(session.directory)
    usual = to_options(given, session)
    # Nobody reads dbt's artifacts of a release, and writing them takes longer than the snapshot.
    options = replace(
        usual,
        target_path=usual.target_path or target_folder(project) / _TARGET,
        write_json=False,
    )
    progress = ShowProgress(verbosity=session.verbosity)
    try:
        with explained(project, options):
            parsed = dbt_runner.parse(project, options)
        insist_on_run_at(parsed)
        node = _named(name, parsed, project)
        every = releases(project, node)
        insist_on_a_variable_that_is_read(
            node, dbt_runner.variables_read(parsed, node.unique_id, project)
        )
        before = _history(project, options, parsed, node)
        recorded = of_this_life(_recorded(project, options, parsed, node), before.versions)
        todo = _todo(every, before, recorded, node)
        guarded = dbt_runner.takes_our_snapshots(parsed)
        _say_skipped(every, todo, before, session, node, guarded=guarded)
        as_json = given["output_format"] == "json"
        loaded: list[Loaded] = []
        skipped = [one.date for one in every if one not in todo]
        parsing = ReleaseParsing(project, node.unique_id, parsed, options, variables(options.vars))
        try:
            steps = [
                _Step(release, f"{n} of {len(todo)}", project, options, node, parsing)
                for n, release in enumerate(todo, 1)
            ]
            allow = tuple(given["allow"])
            before, result = _load_all(
                steps, before, loaded, guarded=guarded, allow=allow, say=not as_json
            )
            if result is not None:
                progress.close()
                step = steps[len(loaded)]
                result = _of_a_backfill(result, name, step.release.file)
                if as_json:
                    click.echo(backfill_as_json(name, loaded, skipped, (step.release.date, result)))
                else:
                    _say_stopped(step, result, session, given["output_format"])
                return exit_code_of(result)
        except PlatformError as error:
            if as_json:
                click.echo(backfill_as_json(name, loaded, skipped, error=error.message))
            raise
        finally:
            if todo:
                # The views upstream would go on showing the release that was loaded last.
                parsed = parsing.parse(usual, variables(usual.vars))
                _build_parents(project, usual, node, parsed)
    finally:
        progress.close()
    if as_json:
        click.echo(backfill_as_json(name, loaded, skipped))
    if session.verbosity >= 0:
        click.echo(f"{name}: {before.open:,} open of {before.versions:,} versions", err=True)
        click.echo(f"next: platform build --select {name}+", err=True)
    return ExitCode.OK


@dataclass(frozen=True, slots=True)
class _Step:
    release: Release
    place: str
    project: Path
    usual: Options
    node: SnapshotNode
    parsing: ReleaseParsing

    @property
    def at(self) -> str:
        return self.release.at.astimezone(UTC).replace(tzinfo=None).isoformat()

    def options(self) -> Options:
        return with_run_at(self.usual, self.at, **{self.node.backfill_var: self.release.date})


def _load_all(
    steps: list[_Step],
    before: History,
    loaded: list[Loaded],
    *,
    guarded: bool,
    allow: tuple[str, ...],
    say: bool,
) -> tuple[History, RunResult | None]:
    """The history after the last release that was loaded; with the run that stopped it, if one did.

    What is loaded is put into `loaded` at once: an error may end this. `allow` is for the first
    release alone, which somebody saw refused; what a later one holds nobody has seen.
    """
    for step in steps:
        once = () if loaded else allow
        before, counts, result = _load(step, before, guarded=guarded, allow=once)
        if result is not None:
            return before, result
        loaded.append(Loaded(step.release.date, step.release.file, counts))
        if say:
            click.echo(f"{step.place}  {step.release.date}: {counts_text(counts)}")
        refuse_unsound((before,), (step.node,))
    return before, None


def _load(
    step: _Step, before: History, *, guarded: bool, allow: tuple[str, ...]
) -> tuple[History, Mapping[str, int], RunResult | None]:
    """The history after one release, and the counts; or the run that failed or was interrupted.

    `guarded` snapshots are those of platform_macros, which check and verify themselves.
    """
    project, options, node = step.project, step.options(), step.node
    parsed = step.parsing.parse(options, variables(options.vars))
    parents = _build_parents(project, options, node, parsed)
    if _stopped(parents):
        return before, {}, parents
    if not guarded:
        check_keys(project, options, parsed, (node,))
    chosen = replace(options, select=(node.name,))
    taken = dbt_runner.snapshot(project, chosen, parsed=parsed, allow=allow)
    if _stopped(taken):
        return before, {}, taken
    for line in grave_warnings(taken.warnings):
        click.echo(line, err=True)
    if guarded:
        (report,) = taken.snapshots
        after = History(node.name, versions=report.counts["versions"], open=report.counts["open"])
        return after, report.counts, None
    (after,) = look_at_history(project, options, parsed, (node,), at=step.at)
    return after, _counts(before, after), None


def _stopped(result: RunResult) -> bool:
    return bool(result.failed or result.skipped or result.interrupted)


def _say_stopped(step: _Step, result: RunResult, session: Session, output_format: str) -> None:
    click.echo(f"{step.place}  {step.release.date}: not loaded")
    click.echo(rendered("snapshot", result, session, step.project, output_format))
    if session.verbosity >= 0:
        click.echo(f"next: {_next(step.node.name, result)}", err=True)


def _of_a_backfill(result: RunResult, name: str, file: str) -> RunResult:
    """What stopped it, the release, and the command that goes on.

    A plain run, and a plan, would take other rows.
    """
    advice = rf"platform snapshot --select {re.escape(name)}( --allow [a-z-]+)  \(plain dbt: .*\)"
    return replace(
        result,
        nodes=tuple(
            replace(
                node,
                message=re.sub(advice, rf"{_again(name)}\1", node.message),
                release=file,
            )
            for node in result.nodes
        ),
    )


def _next(name: str, result: RunResult) -> str:
    if result.interrupted or not result.failed:
        return f"{_again(name)}; it goes on where it stopped"
    return next_step("snapshot", result.failed[0], again=_again(name))


def _again(name: str) -> str:
    return f"platform snapshot backfill {name}"


def _counts(before: History, after: History) -> dict[str, int]:
    added = after.versions - before.versions
    ended = (after.versions - after.open) - (before.versions - before.open)
    changed = ended - after.gone
    return {
        "new": added - changed,
        "changed": changed,
        "closed": after.gone,
        "unchanged": after.open - added,
        "open": after.open,
        "versions": after.versions,
    }


def _build_parents(
    project: Path, options: Options, node: SnapshotNode, parsed: Parsed
) -> RunResult:
    """Everything the snapshot reads, without its tests: they speak of the newest data."""
    upstream = replace(
        options,
        select=(f"+{node.name}",),
        exclude=("resource_type:snapshot",),
        exclude_resource_type=("test", "unit_test"),
    )
    return dbt_runner.build(project, upstream, parsed=parsed)


def _recorded(
    project: Path, options: Options, parsed: Parsed, node: SnapshotNode
) -> tuple[RecordedRun, ...]:
    return recorded_runs(dbt_runner.show(project, inline(options, ledger_sql(node)), parsed=parsed))


def _todo(
    every: tuple[Release, ...],
    before: History,
    recorded: tuple[RecordedRun, ...],
    node: SnapshotNode,
) -> list[Release]:
    """The releases that are newer than the history.

    Raises PlatformError when one is missing among those on record.
    """
    known = {run.at for run in recorded}
    newest = max([*known, *filter(None, [before.reaches()])], default=None)
    missed = [one for one in every if newest and one.at < newest and _utc(one) not in known]
    if missed and any(_utc(one) in known for one in every):
        gap = missed[0]
        last = max(
            (run for run in recorded if run.at < gap.at), key=lambda run: run.at, default=None
        )
        dates = {_utc(one) for one in every}
        lost = [run for run in recorded if run.at > gap.at and run.at not in dates]
        back = (
            "Go back to before the gap, then load again:"
            f" platform snapshot rewind {node.name} {last.number}"
            if last
            else _begin_anew(node, guarded=True)
        )
        raise PlatformError(
            f"the release {gap.date} was never loaded, but later ones were: the history has a gap",
            where=Where(gap.file),
            hint="nothing was written; a history is not rewritten. "
            + back
            + (f"\n{_no_file_of(lost)}" if lost else ""),
            exit_code=ExitCode.FINDINGS,
        )
    return [one for one in every if newest is None or _utc(one) > newest]


def _no_file_of(runs: list[RecordedRun]) -> str:
    of = ", ".join(str(run.at.replace(tzinfo=None)) for run in runs[:3])
    more = ", ..." if len(runs) > 3 else ""  # noqa: PLR2004
    return (
        f"but that undoes {len(runs)} run(s) that no file would load again, of {of}{more}: whoever"
        " needs them moves the file of the gap away instead"
    )


def _utc(release: Release) -> datetime:
    return release.at.astimezone(UTC)


def _history(project: Path, options: Options, parsed: Parsed, node: SnapshotNode) -> History:
    found = look_at_history(project, options, parsed, (node,))
    return found[0] if found else History(node.name)


def _named(name: str, parsed: Parsed, project: Path) -> SnapshotNode:
    nodes = {node.name: node for node in dbt_runner.snapshot_nodes(parsed, project)}
    if name not in nodes:
        raise no_such_snapshot(name, nodes)
    return nodes[name]


def _say_skipped(
    every: tuple[Release, ...],
    todo: list[Release],
    before: History,
    session: Session,
    node: SnapshotNode,
    *,
    guarded: bool,
) -> None:
    if session.verbosity < 0:
        return
    for release in every:
        if release not in todo:
            click.echo(
                f"skipped {release.date}: the history already reaches {before.newest}", err=True
            )
    if not todo and every[-1].at != before.reaches():
        click.echo(
            "nothing was loaded: every file is older than the history, and a history is not"
            f" rewritten.\n{_begin_anew(node, guarded=guarded)}",
            err=True,
        )


def _begin_anew(node: SnapshotNode, *, guarded: bool) -> str:
    table = ".".join(quoted(part) for part in (node.database, node.schema, node.identifier) if part)
    return (
        "To load the past first, begin with an empty history. In the database:"
        f" alter table {table} rename to {quoted(node.identifier + '_old')}\n"
        f"Then: {_again(node.name)}{' --allow missing-history' if guarded else ''}"
    )
