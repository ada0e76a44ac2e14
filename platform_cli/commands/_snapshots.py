"""The steps that a snapshot's run and its backfill share: check the keys, look at the history."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from platform_cli import dbt_runner
from platform_cli.commands._run_at import time_of_run
from platform_cli.errors import ExitCode, PlatformError
from platform_cli.snapshots.preflight import key_problems, preflight_sql
from platform_cli.snapshots.verify import FAULTS, histories, verify_sql

if TYPE_CHECKING:
    from pathlib import Path

    from platform_cli.dbt_runner import Options, Parsed, SnapshotNode
    from platform_cli.snapshots.preflight import KeyProblem
    from platform_cli.snapshots.verify import History


def check_keys(
    project: Path, options: Options, parsed: Parsed, nodes: tuple[SnapshotNode, ...]
) -> None:
    """Refuse NULL and duplicate keys before dbt writes anything.

    Raises PlatformError (exit code 1) with counts and examples.
    """
    names = tuple(node.name for node in nodes)
    compiled = dbt_runner.compile(project, _only(options, names), parsed=parsed)
    sql = {node.unique_id: node.compiled_code for node in compiled.nodes}
    query = preflight_sql((node, sql[node.unique_id]) for node in nodes)
    try:
        # The SQL is compiled already: what looks like Jinja in it is text.
        found = dbt_runner.show(
            project, inline(options, f"{{% raw %}}{query}{{% endraw %}}"), parsed=parsed
        )
    except PlatformError as error:
        if "does not exist" not in error.message:
            raise
        raise PlatformError(
            f"what the snapshot reads is not there yet: {error.message}",
            hint="build it first: platform build --select "
            + " ".join(f"+{name}" for name in names),
        ) from error
    problems = key_problems(found)
    if problems:
        paths = {node.name: node for node in nodes}
        first = paths[problems[0].snapshot]
        raise PlatformError(
            "\n".join(_refusal(problem, paths[problem.snapshot]) for problem in problems),
            where=first.where(),
            hint="nothing was written; filter or repair these rows upstream, or choose the"
            " columns that do identify a row as unique_key",
            exit_code=ExitCode.FINDINGS,
        )


def refuse_the_past(
    run_at: str,
    project: Path,
    options: Options,
    parsed: Parsed,
    nodes: tuple[SnapshotNode, ...],
) -> None:
    """Refuse a time that lies before what a history already holds.

    dbt would end open versions before they begin, and open others beside them: nothing that a
    later run could repair. A timestamp snapshot takes its times from the rows, not from the run.
    Raises PlatformError (exit code 1) when a history is newer or reaches no point in time, (2)
    when the run's time cannot be read.
    """
    at = time_of_run(run_at)
    checked = tuple(node for node in nodes if node.strategy != "timestamp")
    if not checked:
        return
    for found in look_at_history(project, options, parsed, checked):
        reached = found.reaches()
        if reached and reached > at:
            raise PlatformError(
                f"{found.snapshot}: its history already reaches {found.newest}, so a run of"
                f" {run_at} would rewrite it",
                where=next(n.where() for n in checked if n.name == found.snapshot),
                hint="nothing was written; give a later time, or none for now\n"
                "to load the past, begin with an empty history: `platform snapshot backfill`",
                exit_code=ExitCode.FINDINGS,
            )


def look_at_history(
    project: Path,
    options: Options,
    parsed: Parsed,
    nodes: tuple[SnapshotNode, ...],
    *,
    at: str = "",
) -> tuple[History, ...]:
    """The histories that exist, with what is wrong in them; `at` as in `verify_sql`."""
    found = dbt_runner.show(project, inline(options, verify_sql(nodes, at=at)), parsed=parsed)
    return histories(found)


def refuse_unsound(found: tuple[History, ...], nodes: tuple[SnapshotNode, ...]) -> None:
    """Raise PlatformError (exit code 1) when a history breaks an invariant."""
    unsound = [one for history in found for one in history.unsound]
    if not unsound:
        return
    lines = [
        f"{one.snapshot}: {FAULTS[one.fault]}, {_keys(one.keys)}: {_list(one.examples, one.keys)}"
        for one in unsound
    ]
    raise PlatformError(
        "the history is not sound:\n" + "\n".join(lines),
        where=next(node.where() for node in nodes if node.name == unsound[0].snapshot),
        hint="do not build on it before it is repaired; these keys show where it went wrong",
        exit_code=ExitCode.FINDINGS,
    )


def _only(options: Options, names: tuple[str, ...]) -> Options:
    return replace(options, select=names, exclude=(), selector=None, indirect_selection="empty")


def inline(options: Options, sql: str) -> Options:
    """The options for one query of our own, less what only a build understands."""
    return replace(
        options,
        select=(),
        exclude=(),
        selector=None,
        inline=sql,
        limit=-1,
        # What a build may have been told, and `dbt show` does not know.
        resource_type=(),
        exclude_resource_type=(),
        full_refresh=None,
        empty=None,
        sample=None,
        event_time_start=None,
        event_time_end=None,
        store_failures=None,
    )


def _refusal(problem: KeyProblem, node: SnapshotNode) -> str:
    key = ", ".join(node.unique_key)
    examples = _list(problem.examples, problem.keys)
    if problem.kind == "null":
        rows = "1 row has" if problem.rows == 1 else f"{problem.rows:,} rows have"
        return f"{problem.snapshot}: {rows} no key ({key}): {examples}"
    return (
        f"{problem.snapshot}: {problem.rows:,} rows share {_keys(problem.keys)} ({key}): {examples}"
    )


def _keys(number: int) -> str:
    return f"{number:,} key{'' if number == 1 else 's'}"


def _list(examples: tuple[str, ...], of: int) -> str:
    return ", ".join(examples) + (", ..." if of > len(examples) else "")
