"""Random lives of snapshots over a current state."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

from tests.scd.properties.case import Batch, Case, Config
from tests.scd.properties.table import Table

CURRENT = ["timestamp '9999-12-31'", "cast('9999-12-31' as date)", "to_date('9999-12-31')"][:2]
RENAMED = {"dbt_valid_from": "valid from", "dbt_valid_to": "VALID_TO", "dbt_scd_id": "version_id"}
HARD_DELETES = ["ignore", "invalidate", "invalidate", "new_record", "new_record"]
MISTAKES = ["null_key", "duplicate_key", "null_sequence", "missing", "unknown", "reserved", "text"]


def state_case(name: str, random: Random) -> Case:
    """Up to seven runs of one snapshot."""
    many = random.random() < 0.12
    strategy = random.choice(["timestamp", "check", "check"])
    timed = strategy == "timestamp" or random.random() < 0.5
    table = Table(random, many=many, timed=timed)
    config = first_config(strategy, table, random)
    evolving = random.random() < 0.5
    batches: list[Batch] = []
    day = 3
    for _ in range(random.randint(2, 3 if many else 5)):
        live(table, day, random)
        if batches and evolving and random.random() < 0.5:
            table.evolve()
        if batches and random.random() < 0.12:
            config = other_config(config, random)
        columns, rows = table.listed()
        batch = Batch(at_of(day), columns, rows, in_force(config, table, random))
        if random.random() < 0.15:
            batch = replace(
                batch, allow=[random.choice(["empty_source", "mass-delete", "mass_change"])]
            )
        if rows and random.random() < 0.2:
            batch = replace(batch, rows=[*rows, random.choice(rows)])
        if batches and random.random() < 0.02:
            batch = replace(batch, lost=True, allow=random.choice([[], ["missing_history"]]))
        if random.random() < 0.07:
            batches.append(mistaken(batch, table, random))
            day += random.choice([0, 1])
        batches.append(batch)
        if random.random() < 0.2:
            again = random.choice([day, day, day + 1])
            day = again
            batches.append(replace(batch, at=at_of(again), lost=False))
        day += random.choice([1, 1, 1, 2]) if random.random() < 0.97 else random.choice([0, -1])
    return Case(name, batches)


def at_of(day: int) -> str:
    return f"2024-01-{max(1, day):02} 06:00:00.000000"


def live(table: Table, day: int, random: Random) -> None:
    """What happens to the source until that day."""
    size = 30 if table.many else 4
    if not table.rows:
        for _ in range(random.randint(3, 2 * size)):
            table.add(day)
        return
    if table.many and random.random() < 0.3:
        for _ in range(4 * size):
            table.change(day)
    busy = random.random() < 0.2
    for _ in range(random.randint(0, (3 if busy else 1) * size)):
        random.choice([table.change, table.change, table.add])(day)
    if random.random() < 0.5:
        for _ in range(random.randint(size // 3, max(1, size // 2))):
            table.leave()
    if random.random() < 0.04:
        while table.rows:
            table.leave()


def first_config(strategy: str, table: Table, random: Random) -> Config:
    """The configuration; columns are named as they are at the start."""
    scd: dict[str, Any] = {}
    values = table.values()
    if random.random() < 0.15:
        scd["track_columns"] = random.sample(values, random.randint(1, len(values)))
    if random.random() < 0.15:
        scd["ignore_columns"] = random.sample(values, random.randint(1, len(values)))
    if random.random() < 0.15:
        scd["initial_valid_from"] = random.choice(["2000-01-01", "2024-01-01 12:00:00"])
    if random.random() < 0.15:
        scd["guards"] = random.choice(
            [
                {"empty_source": False},
                {"mass_delete": 0.5},
                {"mass_change": False, "mass_delete": 0.05},
            ]
        )
    numbers = [name for name in values if table.types[name] in {"DOUBLE", "DECIMAL(10,2)"}]
    if numbers and random.random() < 0.3:
        scd["tolerance"] = {random.choice(numbers): random.choice([0.5, 1])}
    every = random.random() < 0.6
    return {
        "strategy": strategy,
        "unique_key": table.keys,
        "updated_at": table.updated_at,
        "check_cols": None
        if strategy == "timestamp"
        else ("all" if every else random.sample(values, random.randint(1, len(values)))),
        "hard_deletes": random.choice(HARD_DELETES),
        "valid_to_current": random.choice(CURRENT) if random.random() < 0.25 else None,
        "columns": RENAMED if random.random() < 0.15 else {},
        "scd": scd,
    }


def other_config(config: Config, random: Random) -> Config:
    """A change of mind."""
    return config | random.choice(
        [
            {"hard_deletes": random.choice(HARD_DELETES)},
            {"valid_to_current": random.choice([*CURRENT, None])},
            {"columns": random.choice([RENAMED, {}])},
            {"strategy": "check", "check_cols": "all"},
            {"wider": True},
            {"strategy": "timestamp"} if config["updated_at"] else {},
        ]
    )


def in_force(config: Config, table: Table, random: Random) -> Config:
    """The configuration with the key's and the time's names as they are now."""
    now = config | {"unique_key": list(table.keys), "updated_at": table.updated_at}
    if now.pop("wider", False):
        now["unique_key"].append(table.values()[0])
    if now["strategy"] == "timestamp":
        now["check_cols"] = None
    if config["updated_at"] is None:
        now["updated_at"] = None
    return now


def mistaken(batch: Batch, table: Table, random: Random) -> Batch:
    """The batch with something in it that must be refused, most of the time."""
    what = random.choice(MISTAKES)
    names = [name for name, _ in batch.columns]
    rows = [list(row) for row in batch.rows]
    if what in {"null_key", "null_sequence", "duplicate_key"} and rows:
        column = table.updated_at if what == "null_sequence" else table.keys[-1]
        if what == "duplicate_key":
            column = random.choice(table.values())
            rows.append(list(random.choice(rows)))
        if column:
            rows[-1][names.index(column)] = None
        return replace(batch, rows=rows)
    if what == "missing":
        gone = names.index(random.choice(names))
        columns = [each for number, each in enumerate(batch.columns) if number != gone]
        rows = [[cell for number, cell in enumerate(row) if number != gone] for row in rows]
        return replace(batch, columns=columns, rows=rows)
    if what == "unknown":
        scd = batch.config["scd"] | {"track_colums": []}
        return replace(batch, config=batch.config | {"scd": scd})
    if what == "reserved":
        columns = [*batch.columns, (random.choice(["dbt_scd_id", "DBT_VALID_TO"]), "INTEGER")]
        return replace(batch, columns=columns, rows=[[*row, "1"] for row in rows])
    if what == "text" and table.updated_at:
        columns = [
            (name, "VARCHAR" if name == table.updated_at else kind) for name, kind in batch.columns
        ]
        return replace(batch, columns=columns)
    return batch
