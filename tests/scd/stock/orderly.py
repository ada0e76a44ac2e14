"""Random histories on which dbt's own snapshot is right."""

from __future__ import annotations

from random import Random

from tests.scd.properties.case import Batch, Case, Config
from tests.scd.properties.literals import some_value

KINDS = ["INTEGER", "DOUBLE", "VARCHAR", "DECIMAL(10,2)", "DATE", "BOOLEAN"]
BATCHES = 4
KEYS = ["1", "2", "3", "4", "5"]

Row = dict[str, str | None]


def moment(batch: int, hour: int = 6) -> str:
    """The time of a batch; earlier hours of its day lie between it and the batch before."""
    return f"2024-01-{batch + 3:02} {hour:02}:00:00.000000"


def orderly_case(name: str, random: Random) -> Case:
    """Every batch at its own time; what these histories leave out stands in test_stock.py."""
    strategy = random.choice(["timestamp", "check", "check with updated_at"])
    timed = strategy != "check"
    types = {f"v{number}": random.choice(KINDS) for number in range(random.randint(1, 3))}
    keys = random.choice([["id"], ["id", "region"]])
    config: Config = {
        "strategy": strategy.split()[0],
        "unique_key": keys,
        "updated_at": "updated_at" if timed else None,
        "check_cols": None if strategy == "timestamp" else "all",
        "hard_deletes": random.choice(["ignore", "invalidate", "new_record"]),
        "valid_to_current": random.choice([None, None, "timestamp '9999-12-31'"]),
        "scd": {"guards": {"empty_source": False}},
    }
    columns = [(key, "INTEGER") for key in keys] + list(types.items())
    columns += [("updated_at", "TIMESTAMP")] if timed else []
    rows: dict[tuple[str, ...], Row] = {}
    batches = []
    for batch in range(BATCHES):
        step(rows, keys, types, batch, random)
        listed = [[row[column] for column, _ in columns] for row in rows.values()]
        batches.append(Batch(moment(batch), columns, listed, config))
    return Case(name, batches)


def step(
    rows: dict[tuple[str, ...], Row],
    keys: list[str],
    types: dict[str, str],
    batch: int,
    random: Random,
) -> None:
    """Some keys leave, come, return or change; a time moves if and only if a value does."""
    for key in list(rows):
        if random.random() < 0.25:
            del rows[key]
        elif random.random() < 0.5:
            values: Row = {name: some_value(random, kind) for name, kind in types.items()}
            if any(rows[key][name] != value for name, value in values.items()):
                rows[key] = rows[key] | values | {"updated_at": moment(batch, random.randint(0, 6))}
    for _ in range(random.randint(0, 3)):
        key = tuple(random.choice(KEYS) for _ in keys)
        if key not in rows:
            rows[key] = {
                **dict(zip(keys, key, strict=True)),
                **{name: some_value(random, kind) for name, kind in types.items()},
                "updated_at": moment(batch, random.randint(0, 6)),
            }
