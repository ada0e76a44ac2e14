"""The change feed that Databricks' page on change data capture uses to explain AUTO CDC.

docs.databricks.com, "What is change data capture (CDC)?": eight events of four users, two of them
late, and a truncate to be added; the results for types 1 and 2 are those the page describes.
"""

from dataclasses import replace

from tests.scd.oracle.examples import history, play, source
from tests.scd.oracle.model import Settings, Source

TYPES = {
    "userid": "INTEGER",
    "name": "VARCHAR",
    "city": "VARCHAR",
    "operation": "VARCHAR",
    "sequencenum": "INTEGER",
}
FEED = [
    (124, "Raul", "Oaxaca", "INSERT", 1),
    (123, "Isabel", "Monterrey", "INSERT", 1),
    (125, "Mercedes", "Tijuana", "INSERT", 2),
    (126, "Lily", "Cancun", "INSERT", 2),
    (123, None, None, "DELETE", 6),
    (125, "Mercedes", "Guadalajara", "UPDATE", 6),
    (125, "Mercedes", "Mexicali", "UPDATE", 5),
    (123, "Isabel", "Chihuahua", "UPDATE", 5),
]
TRUNCATE = (None, None, None, "TRUNCATE", 3)
TYPE_2 = Settings("change_log", ("userid",), "sequencenum", scd={"ignore_columns": ["operation"]})
TYPE_1 = replace(TYPE_2, scd=TYPE_2.scd | {"type": 1})


def feed(*rows: tuple[object, ...]) -> Source:
    ops = "".join({"DELETE": "D", "TRUNCATE": "T"}.get(str(row[3]), "U") for row in rows)
    return source(TYPES, *rows, ops=ops)


def users(settings: Settings, *rows: tuple[object, ...]) -> list[tuple[object, ...]]:
    memory, _ = play(settings, (1, feed(*rows)))
    return [row[:2] if settings is TYPE_1 else row for row in history(memory, "userid", "city")]


def test_type_2():
    assert users(TYPE_2, *FEED) == [
        (123, "Chihuahua", 5, 6),
        (123, "Monterrey", 1, 5),
        (124, "Oaxaca", 1, None),
        (125, "Guadalajara", 6, None),
        (125, "Mexicali", 5, 6),
        (125, "Tijuana", 2, 5),
        (126, "Cancun", 2, None),
    ]


def test_type_1():
    assert users(TYPE_1, *FEED) == [(124, "Oaxaca"), (125, "Guadalajara"), (126, "Cancun")]


def test_type_1_with_the_truncate():
    assert users(TYPE_1, *FEED, TRUNCATE) == [(125, "Guadalajara")]


def test_history_of_all_columns_but_the_city():
    untracked = replace(TYPE_2, scd={"ignore_columns": ["operation", "city"]})
    assert users(untracked, *FEED) == [
        (123, "Chihuahua", 1, 6),
        (124, "Oaxaca", 1, None),
        (125, "Guadalajara", 2, None),
        (126, "Cancun", 2, None),
    ]


def test_one_event_a_batch_gives_the_same():
    memory, _ = play(TYPE_2, *((1 + number, feed(row)) for number, row in enumerate(FEED)))
    assert history(memory, "userid", "city") == users(TYPE_2, *FEED)
