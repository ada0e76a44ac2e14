"""May these rows be snapshotted: no NULL keys, no key twice.

dbt itself takes both without a word: a NULL key opens a new version on every run, and two rows
of one key give two open versions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from platform_cli.dbt_runner import ShowResult, SnapshotNode

EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class KeyProblem:
    """Rows that must not be snapshotted: how many, under how many keys, and some of the keys."""

    snapshot: str
    kind: Literal["null", "duplicate"]
    rows: int
    keys: int
    examples: tuple[str, ...]


def preflight_sql(sources: Iterable[tuple[SnapshotNode, str]]) -> str:
    """One query over all snapshots, each given with its compiled SQL.

    Its rows are what `key_problems` reads; none when all keys are sound.
    """
    return "\nunion all\n".join(_of_one(node, sql) for node, sql in sources)


def key_problems(found: ShowResult) -> tuple[KeyProblem, ...]:
    """The answer to `preflight_sql`, one problem per snapshot and kind."""
    by_problem: dict[tuple[str, str], list[tuple[object, ...]]] = {}
    for row in found.rows:
        by_problem.setdefault((str(row[0]), str(row[1])), []).append(row)
    return tuple(
        KeyProblem(
            snapshot=snapshot,
            kind="null" if kind == "null" else "duplicate",
            rows=int(str(rows[0][3])),
            keys=int(str(rows[0][4])),
            examples=tuple(str(row[2]) for row in rows),
        )
        for (snapshot, kind), rows in by_problem.items()
    )


def shown_key(expressions: tuple[str, ...]) -> str:
    """SQL for a key as people read it: `LAX`, or `LAX, 2013` for a key of two columns."""
    return " || ', ' || ".join(f"coalesce(cast({one} as varchar), 'NULL')" for one in expressions)


def _of_one(node: SnapshotNode, sql: str) -> str:
    aliases = [f"key_{n}" for n in range(len(node.unique_key))]
    keys = ", ".join(
        f"({one}) as {alias}" for one, alias in zip(node.unique_key, aliases, strict=True)
    )
    null = " or ".join(f"{alias} is null" for alias in aliases)
    return f"""
select * from (
  with keyed as (select {keys} from ({sql}) as source_rows),
  counted as (
    select {", ".join(aliases)}, count(*) as n from keyed group by {", ".join(aliases)}
  ),
  wrong as (
    select
      case when {null} then 'null' else 'duplicate' end as kind,
      {shown_key(tuple(aliases))} as shown, n
    from counted where ({null}) or n > 1
  ),
  ranked as (
    select
      kind, shown, sum(n) over (partition by kind) as all_rows,
      count(*) over (partition by kind) as all_keys,
      row_number() over (partition by kind order by n desc, shown) as place
    from wrong
  )
  select '{node.name}' as snapshot, kind, shown, all_rows, all_keys
  from ranked where place <= {EXAMPLES} order by kind, place
) as {node.name}_keys"""
