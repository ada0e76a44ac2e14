"""Keys that must not be snapshotted."""

import duckdb
import pytest

from platform_cli.dbt_runner import ShowResult, SnapshotNode
from platform_cli.snapshots.preflight import KeyProblem, key_problems, preflight_sql


def _node(*key: str) -> SnapshotNode:
    return SnapshotNode("snapshot.p.s", "s", "snapshots/s.yml", key, "check", "db", "main", "s")


def _found(values: str, *key: str) -> tuple[KeyProblem, ...]:
    sql = preflight_sql([(_node(*key), f"select * from (values {values}) as v(a, b)")])
    with duckdb.connect() as connection:
        rows = connection.execute(sql).fetchall()
    return key_problems(ShowResult(columns=(), rows=tuple(rows)))


def test_sound_keys_are_no_problem() -> None:
    assert _found("(1, 'x'), (2, 'x')", "a") == ()
    assert _found("(1, 'x'), (1, 'y')", "a", "b") == ()


def test_null_keys_are_counted() -> None:
    assert _found("(null, 'x'), (null, 'y'), (1, 'z')", "a") == (
        KeyProblem("s", "null", rows=2, keys=1, examples=("NULL",)),
    )


def test_a_null_part_of_a_key_is_a_null_key() -> None:
    assert _found("(1, null), (1, 'y')", "a", "b") == (
        KeyProblem("s", "null", rows=1, keys=1, examples=("1, NULL",)),
    )


def test_duplicate_keys_are_counted_with_the_most_frequent_first() -> None:
    assert _found("(1, 'x'), (1, 'y'), (2, 'x'), (2, 'y'), (2, 'z'), (3, '')", "a") == (
        KeyProblem("s", "duplicate", rows=5, keys=2, examples=("2", "1")),
    )


def test_a_key_may_be_an_expression() -> None:
    assert _found("(1, 'x'), (1, 'y')", "a || '-' || b") == ()
    (problem,) = _found("(1, 'x'), (1, 'x')", "a || '-' || b")
    assert problem.examples == ("1-x",)


@pytest.mark.parametrize("keys", [6, 100])
def test_only_some_keys_are_listed_and_all_are_counted(keys: int) -> None:
    (problem,) = _found(", ".join(f"({n}, ''), ({n}, '')" for n in range(keys)), "a")
    assert (problem.rows, problem.keys, len(problem.examples)) == (2 * keys, keys, 5)
