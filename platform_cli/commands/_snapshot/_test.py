"""The order of steps of `platform snapshot test`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import click

from platform_cli import dbt_runner
from platform_cli.commands._explained import explained
from platform_cli.commands._paths import from_here
from platform_cli.commands._progress import ShowProgress
from platform_cli.dbt_runner import Options, Progress
from platform_cli.errors import ExitCode, PlatformError, Where, did_you_mean
from platform_cli.project.locate import locate
from platform_cli.reporting.diagnostic import from_error, render
from platform_cli.snapshots.declared import no_such_snapshot
from platform_cli.snapshots.history_tests.judge import judge
from platform_cli.snapshots.history_tests.plays import ToPlay, to_play
from platform_cli.snapshots.history_tests.read import FOLDER, read_tests

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from platform_cli.commands._session import Session
    from platform_cli.dbt_runner import Parsed, Played, SnapshotSource
    from platform_cli.reporting.verdict import Verdict
    from platform_cli.snapshots.history_tests.written import HistoryTest, TestFile

_HOW = f"""write one, in {FOLDER}/NAME.yml beside dbt_project.yml:
snapshot: NAME
tests:
  - name: what must happen
    runs:
      - at: 2024-01-01
        rows: [{{id: 1, city: Bonn}}]
      - at: 2024-02-01
        rows: [{{id: 1, city: Berlin}}]
    expect:
      - {{id: 1, city: Bonn, valid_from: 2024-01-01, valid_to: 2024-02-01}}
      - {{id: 1, city: Berlin, valid_from: 2024-02-01, valid_to: null}}"""


def run_tests(session: Session, names: tuple[str, ...], given: dict[str, Any]) -> ExitCode:
    """Play the tests of these snapshots (all without names); the exit code says how it went."""
    project = locate(session.directory)
    files = read_tests(project)
    if names:
        # A file that does not say what it is about may be about any of them.
        files = tuple(one for one in files if not one.snapshot or one.snapshot in names)
    if problems := [problem for file in files for problem in file.problems]:
        return _refused(problems, project)
    every = [test for file in files for test in file.tests]
    if not names and not every:
        _say_how(session, given)
        return ExitCode.OK
    tests = _of_keyword(every, given["keyword"])
    options = Options(
        target=given["target"],
        profiles_dir=given["profiles_dir"],
        vars=given["vars"],
        log_file=session.verbosity > 1,
    )
    progress = ShowProgress(verbosity=session.verbosity)
    try:
        with explained(project, options):
            parsed = dbt_runner.parse(project, options)
        sources = _sources(parsed)
        _insist_on_tests(names, every, sources)
        problems = _unknown(files, sources)
        plays = [
            to_play(n, test, sources[test.snapshot])
            for n, test in enumerate(tests)
            if test.snapshot in sources
        ]
        if problems := [*problems, *(problem for one in plays for problem in one.problems)]:
            progress.close()
            return _refused(problems, project)
        verdicts = _play(_Table(project, options, parsed, progress), plays)
    finally:
        progress.close()
    return _show(verdicts, session, project, given["output_format"])


@dataclass(frozen=True, slots=True)
class _Table:
    """Where tests are played, and who watches."""

    project: Path
    options: Options
    parsed: Parsed
    progress: ShowProgress


def _play(table: _Table, plays: Sequence[ToPlay]) -> list[Verdict]:
    verdicts: list[Verdict] = []
    told = Progress(0, len(plays), "", "snapshot test", "started")

    def done(played: Played) -> None:
        one = judge(plays[played.number], played)
        verdicts.append(one)
        table.progress(
            replace(
                told,
                n=len(verdicts),
                name=f"{one.snapshot}: {one.name}",
                status=one.status,
                seconds=one.seconds,
            )
        )

    asked = [replace(one.play, number=n) for n, one in enumerate(plays)]
    dbt_runner.play(table.project, asked, table.options, table.parsed, done)
    return verdicts


def _show(verdicts: list[Verdict], session: Session, project: Path, output_format: str) -> ExitCode:
    if output_format == "json":
        from platform_cli.reporting.verdicts_as_json import verdicts_as_json

        click.echo(verdicts_as_json(verdicts))
    else:
        from platform_cli.reporting.verdicts_as_text import verdicts_as_text

        say_more = session.verbosity > 0
        click.echo(verdicts_as_text(verdicts, folder=from_here(project), say_more=say_more))
    bad = {one.status for one in verdicts} - {"pass"}
    return ExitCode.OK if not bad else ExitCode.USAGE if "error" in bad else ExitCode.FINDINGS


def _refused(problems: Iterable[PlatformError], project: Path) -> ExitCode:
    """All that is written wrongly, and nothing played."""
    folder = from_here(project)
    for problem in sorted(problems, key=_place):
        shown = from_error(problem)
        if shown.where:
            shown = replace(shown, where=replace(shown.where, path=folder + shown.where.path))
        click.echo(render(shown), err=True)
    return ExitCode.USAGE


def _place(problem: PlatformError) -> tuple[str, int, int]:
    where = problem.where or Where("")
    return where.path, where.line or 0, where.column or 0


def _say_how(session: Session, given: dict[str, Any]) -> None:
    if given["output_format"] == "json":
        from platform_cli.reporting.verdicts_as_json import verdicts_as_json

        click.echo(verdicts_as_json([]))
    if session.verbosity >= 0:
        click.echo(f"no tests of snapshots were found\n{_HOW}", err=True)


def _of_keyword(every: list[HistoryTest], keyword: str | None) -> list[HistoryTest]:
    if keyword is None:
        return every
    found = [test for test in every if keyword.lower() in test.name.lower()]
    if every and not found:
        names = [test.name for test in every]
        raise PlatformError(
            f"no test has {keyword!r} in its name",
            hint=did_you_mean(keyword, names) or "there are:\n" + "\n".join(names),
        )
    return found


def _sources(parsed: Parsed) -> dict[str, SnapshotSource]:
    if not dbt_runner.takes_our_snapshots(parsed):
        raise PlatformError(
            "this project's snapshots are dbt's own, whose histories cannot be tested",
            hint="hand them to platform_macros: README of the package, folder scd",
        )
    return {one.name: one for one in dbt_runner.snapshot_sources(parsed)}


def _insist_on_tests(
    names: tuple[str, ...], every: list[HistoryTest], sources: dict[str, SnapshotSource]
) -> None:
    """Raise PlatformError for a named snapshot that does not exist or has no tests."""
    tested = {test.snapshot for test in every}
    for name in names:
        if name not in sources:
            raise no_such_snapshot(name, sources)
        if name not in tested:
            raise PlatformError(
                f"snapshot {name} has no tests",
                hint=_HOW.replace("NAME", name),
                where=Where(sources[name].path),
            )


def _unknown(
    files: tuple[TestFile, ...], sources: dict[str, SnapshotSource]
) -> list[PlatformError]:
    """Files that are about a snapshot which does not exist."""
    found = []
    for file in files:
        if file.snapshot not in sources:
            wrong = no_such_snapshot(file.snapshot, sources)
            where = Where(file.path, file.line)
            found.append(PlatformError(wrong.message, hint=wrong.hint, where=where))
    return found
