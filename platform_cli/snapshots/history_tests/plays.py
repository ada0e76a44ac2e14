"""A written test as the macro takes it: rows become queries, values SQL of the right type."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from platform_cli.dbt_runner import Play, PlayRun
from platform_cli.snapshots.history_tests.columns import Columns, Compared

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from platform_cli.dbt_runner import SnapshotSource
    from platform_cli.errors import PlatformError
    from platform_cli.snapshots.history_tests.written import HistoryTest, Row


@dataclass(frozen=True, slots=True)
class ToPlay:
    """A test, how it is played, and what is wrong with its columns.

    `named` has, per expected row, the positions in `play.columns` that it speaks of, and `key`
    those of the key.
    """

    test: HistoryTest
    play: Play
    named: tuple[tuple[int, ...], ...]
    key: tuple[int, ...]
    problems: tuple[PlatformError, ...]


def to_play(number: int, test: HistoryTest, source: SnapshotSource) -> ToPlay:
    """The test as the play of that number."""
    columns = Columns(test, source)
    of_run = [columns.of(run) for run in test.runs]
    there = dict.fromkeys(name for one in of_run for name in one)
    compared = Compared(test, source, there)
    expect = [
        {name: value for said, value in row.items() if (name := compared.column(said))}
        for row in test.expect
    ]
    names = compared.names
    keys = {compared.column(name) for name in source.key}
    play = Play(
        number=number,
        snapshot=source.unique_id,
        runs=tuple(
            PlayRun(_rows_sql(run.rows, types), run.at, run.allow, run.refused)
            for run, types in zip(test.runs, of_run, strict=True)
        ),
        columns=names,
        expect=tuple(
            tuple(row[name].literal() if name in row else "null" for name in names)
            for row in expect
        ),
        check=_check_sql(test, of_run),
    )
    return ToPlay(
        test=test,
        play=play,
        named=tuple(tuple(i for i, name in enumerate(names) if name in row) for row in expect),
        key=tuple(i for i, name in enumerate(names) if name in keys),
        problems=(*columns.problems(), *compared.problems),
    )


def _rows_sql(rows: tuple[Row, ...], types: Mapping[str, str]) -> str:
    """A query with these rows; columns that a row does not name are NULL."""
    selected = [f"select {', '.join(_cells(row, types))}" for row in rows]
    if not selected:
        return f"select {', '.join(_cells({}, types))} where 1 = 0"
    return "\nunion all\n".join(selected)


def _cells(row: Row, types: Mapping[str, str]) -> Iterator[str]:
    given = {name.lower(): value for name, value in row.items()}
    for name, kind in types.items():
        value = given.get(name.lower())
        yield f"cast({value.literal() if value else 'null'} as {kind}) as {_quoted(name)}"


def _check_sql(test: HistoryTest, of_run: list[dict[str, str]]) -> str:
    """A query for the cells (`run.row.column`) that their column's type cannot hold."""
    checks = []
    for at, (run, types) in enumerate(zip(test.runs, of_run, strict=True)):
        kinds = {name.lower(): kind for name, kind in types.items()}
        for n, row in enumerate(run.rows):
            for name, value in row.items():
                kind = kinds.get(name.lower())
                if kind and value.kind != "null":
                    place = f"{at}.{n}.{name}".replace("'", "''")
                    checks.append(
                        f"select '{place}' as place where"
                        f" try_cast({value.literal()} as {kind}) is null"
                    )
    return "\nunion all\n".join(checks)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
