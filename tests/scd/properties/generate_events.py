"""Random change logs: events late, repeated, out of order, in any batches."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

from tests.scd.properties.case import Batch, Case, Config
from tests.scd.properties.generate_state import CURRENT, at_of
from tests.scd.properties.literals import some_value
from tests.scd.properties.table import Table

SEQUENCES = {
    "INTEGER": [str(number) for number in range(1, 9)],
    "BIGINT": [str(number) for number in range(1, 9)],
    "DATE": [f"2024-01-0{number}" for number in range(1, 9)],
    "TIMESTAMP": [
        f"2024-01-0{number} {hour}:00:00" for number in range(1, 4) for hour in ("00", "06")
    ],
    "TIMESTAMP WITH TIME ZONE": [f"2024-01-0{number} 01:00:00+02" for number in range(1, 7)],
}

Event = dict[str, str | None]


def events_case(name: str, random: Random) -> Case:
    """A change log in up to five batches."""
    table = Table(random, many=False, timed=True)
    assert table.updated_at is not None
    table.types[table.updated_at] = random.choice(list(SEQUENCES))
    tie = random.random() < 0.5
    if tie:
        table.types["tie"] = "INTEGER"
    table.types["op"] = "VARCHAR"
    config = events_config(table, tie, random)
    events = [event(table, random) for _ in range(random.randint(1, 14))]
    if config["scd"].get("type") == 1 or random.random() < 0.93:  # type 1 forgets old events
        events = without_conflicts(events, table, tie)
    batches = []
    for day in range(3, 3 + random.randint(1, 5)):
        some = [each for each in events if random.random() < 0.5]
        if random.random() < 0.3:
            some += some
        batches.append(batch_of(table, some, day, config, random))
        if len(batches) > 1 and random.random() < 0.1:
            batches.append(replace(batches[-1], at=at_of(day)))
    batches.append(batch_of(table, events, 20, config, random))
    if random.random() < 0.3:
        batches = evolved(batches, table, random)
    if len(batches) > 1 and random.random() < 0.05:
        lost = random.randrange(1, len(batches))
        anew = replace(batches[lost], lost=True, allow=random.choice([[], ["missing_history"]]))
        batches = [*batches[:lost], anew, *batches[lost + 1 :]]
    return Case(name, batches)


def event(table: Table, random: Random) -> Event:
    key = dict(zip(table.keys, table.new_key(), strict=True))
    made: Event = {**key}
    for name in table.values():
        made[name] = some_value(random, table.types[name])
    updated_at = table.updated_at or ""
    made[updated_at] = random.choice(SEQUENCES[table.types[updated_at]])
    made["op"] = random.choice(["I", "U", "U", "U", "D", None])
    if random.random() < 0.04:
        made["op"] = "T"
        made |= dict.fromkeys(table.keys) if random.random() < 0.7 else {}
    if "tie" in made:
        made["tie"] = random.choice(["1", "2", "3"])
    if random.random() < 0.005:
        made[random.choice([updated_at, table.keys[0]])] = None
    return made


def without_conflicts(events: list[Event], table: Table, tie: bool) -> list[Event]:
    """One event for each key and sequence; a truncate is alone at its sequence."""
    updated_at = table.updated_at or ""
    kept: dict[tuple[str | None, ...], Event] = {}
    alone = {(each[updated_at], each.get("tie")) for each in events if each["op"] == "T"}
    for each in events:
        place = (each[updated_at], each.get("tie"))
        key = tuple(each[name] for name in table.keys)
        if each["op"] == "T":
            kept[place] = each
        elif place not in alone:
            kept[(*place, *key)] = each
    return list(kept.values())


def events_config(table: Table, tie: bool, random: Random) -> Config:
    values = [name for name in table.values() if name not in {"op", "tie"}]
    scd: dict[str, Any] = {"delete_when": "op = 'D'"}
    if tie:
        scd["sequence_by"] = ["tie"]
    if random.random() < 0.5:
        scd["truncate_when"] = "op = 'T'"
    if random.random() < 0.3:
        scd["ignore_null_updates"] = random.choice([True, random.sample(values, 1)])
    if random.random() < 0.3:
        scd["track_columns"] = random.sample(values, random.randint(1, len(values)))
    elif random.random() < 0.6:
        scd["ignore_columns"] = ["op", *random.sample(values, random.randint(0, 1))]
    if random.random() < 0.15:
        scd["type"] = random.choice([1, 1, 2])
    if random.random() < 0.15 and "INT" not in table.types[table.updated_at or ""]:
        scd["initial_valid_from"] = "2000-01-01"
    numbers = "INT" in table.types[table.updated_at or ""]
    return {
        "strategy": "change_log",
        "unique_key": table.keys,
        "updated_at": table.updated_at,
        "hard_deletes": random.choice(["ignore", "invalidate", "new_record"]),
        "valid_to_current": random.choice(CURRENT)
        if random.random() < 0.2 and not numbers
        else None,
        "scd": scd,
    }


def batch_of(table: Table, events: list[Event], day: int, config: Config, random: Random) -> Batch:
    rows = [[each[name] for name in table.types] for each in events]
    random.shuffle(rows)
    return Batch(at_of(day), list(table.types.items()), rows, config)


def evolved(batches: list[Batch], table: Table, random: Random) -> list[Batch]:
    """The first batches did not know a column yet, or had it in a narrower type."""
    names = [name for name in table.values() if name not in {"op", "tie"}]
    named = str(batches[0].config["scd"])
    free = [name for name in names if name not in named]
    if len(names) < 2 or not free:
        return batches
    gone = list(table.types).index(random.choice(free))
    first = random.randint(1, len(batches))
    return [
        replace(
            batch,
            columns=[each for number, each in enumerate(batch.columns) if number != gone],
            rows=[
                [cell for number, cell in enumerate(row) if number != gone] for row in batch.rows
            ],
        )
        if index < first
        else batch
        for index, batch in enumerate(batches)
    ]
