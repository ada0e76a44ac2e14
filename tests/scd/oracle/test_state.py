"""The README's rules for state sources, one by one, on the oracle."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from tests.scd.oracle.examples import counted, day, history, play, refused, source
from tests.scd.oracle.model import Settings

TYPES = {"id": "INTEGER", "name": "VARCHAR"}
TIMED = TYPES | {"at": "TIMESTAMP"}
CHECK = Settings("check", ("id",), hard_deletes="invalidate")
STAMP = Settings("timestamp", ("id",), "at", hard_deletes="invalidate")
LATE = Settings("check", ("id",), "at")


def test_new_changed_closed_returned_unchanged():
    memory, outcomes = play(
        CHECK,
        (1, source(TYPES, (1, "a"), (2, "b"), (3, "c"))),
        (2, source(TYPES, (1, "a"), (2, "B"))),
        (3, source(TYPES, (1, "a"), (2, "B"), (3, "c"))),
    )
    assert history(memory, "id", "name") == [
        (1, "a", 1, None),
        (2, "B", 2, None),
        (2, "b", 1, 2),
        (3, "c", 1, 2),
        (3, "c", 3, None),
    ]
    assert [counted(outcome) for outcome in outcomes] == [
        {"new": 3},
        {"unchanged": 1, "changed": 1, "closed": 1},
        {"unchanged": 2, "returned": 1},
    ]


def test_ignore_keeps_what_is_missing():
    settings = replace(CHECK, hard_deletes="ignore")
    memory, _ = play(settings, (1, source(TYPES, (1, "a"))), (2, source(TYPES)))
    assert history(memory, "id") == [(1, 1, None)]


def test_new_record_keeps_the_last_values_and_ends_when_the_key_returns():
    settings = replace(CHECK, hard_deletes="new_record", allow=("empty_source",))
    runs = [(1, source(TYPES, (1, "a"))), (2, source(TYPES)), (3, source(TYPES))]
    memory, _ = play(settings, *runs)
    assert history(memory, "name") == [("a", 1, 2), ("a", 2, "deleted")]
    memory, outcomes = play(settings, *runs, (4, source(TYPES, (1, "a"))))
    assert history(memory, "name") == [("a", 1, 2), ("a", 2, 4), ("a", 4, None)]
    assert counted(outcomes[-1]) == {"returned": 1}


def test_untracked_columns_show_their_newest_value():
    settings = replace(CHECK, check_cols=("name",))
    types = TYPES | {"note": "VARCHAR"}
    memory, outcomes = play(
        settings, (1, source(types, (1, "a", "x"))), (2, source(types, (1, "a", "y")))
    )
    assert history(memory, "name", "note") == [("a", "y", 1, None)]
    assert counted(outcomes[1]) == {"overwritten": 1}


@pytest.mark.parametrize(
    ("moment", "start"),
    [(2, 2), (1, 3), (5, 3), (3, 3)],
    ids=["its own time", "a tie", "still to come", "the run's time"],
)
def test_where_a_changed_version_starts(moment, start):
    memory, _ = play(
        STAMP,
        (1, source(TIMED, (1, "a", day(1)))),
        (3, source(TIMED, (1, "b", day(moment)))),
    )
    assert history(memory, "name") == [("a", 1, start), ("b", start, None)]


def test_a_bumped_time_alone_opens_no_version():
    memory, outcomes = play(
        STAMP, (1, source(TIMED, (1, "a", day(1)))), (3, source(TIMED, (1, "a", day(2))))
    )
    assert history(memory, "name", "at") == [("a", day(2), 1, None)]
    assert counted(outcomes[1]) == {"overwritten": 1}


def test_a_returned_key_starts_no_earlier_than_its_end():
    memory, _ = play(
        replace(STAMP, allow=("empty_source",)),
        (1, source(TIMED, (1, "a", day(1)))),
        (3, source(TIMED)),
        (5, source(TIMED, (1, "a", day(2)))),
    )
    assert history(memory, "name") == [("a", 1, 3), ("a", 5, None)]


def test_late_takes_its_place():
    memory, outcomes = play(
        LATE,
        (1, source(TIMED, (1, "a", day(1)))),
        (4, source(TIMED, (1, "d", day(4)))),
        (5, source(TIMED, (1, "b", day(2)))),
        (6, source(TIMED, (1, "b", day(2)))),
        (7, source(TIMED, (1, "c", day(2)))),
    )
    assert history(memory, "name") == [
        ("a", 1, 2),
        ("b", 2, 4),
        ("c", 7, None),
        ("d", 4, 7),
    ]
    assert [counted(outcome) for outcome in outcomes[2:]] == [
        {"late": 1},
        {"unchanged": 1},
        {"changed": 1},
    ]


def test_initial_valid_from_is_for_the_first_load():
    since = datetime.fromisoformat("2000-01-01")
    settings = replace(CHECK, scd={"initial_valid_from": since})
    memory, _ = play(settings, (1, source(TYPES, (1, "a"))), (2, source(TYPES, (1, "a"), (2, "b"))))
    assert history(memory, "id") == [(1, since, None), (2, 2, None)]


def test_the_clock():
    one, two = source(TYPES, (1, "a")), source(TYPES, (1, "b"))
    memory, outcomes = play(CHECK, (2, one), (2, one), (2, two), (1, one), (3, two))
    assert refused(outcomes) == [[], [], ["clock"], ["clock"], []]
    assert memory.runs == 3


def test_keys_times_and_names_that_do_not_fit():
    def refusal(settings, rows):
        return refused(play(settings, (1, rows))[1])[0]

    assert refusal(CHECK, source(TYPES, (None, "a"))) == ["null_key"]
    assert refusal(CHECK, source(TYPES, (1, "a"), (1, "b"))) == ["duplicate_key"]
    assert refusal(CHECK, source(TYPES, (1, "a"), (1, "a"))) == []
    assert refusal(STAMP, source(TIMED, (1, "a", None))) == ["null_sequence"]
    assert refusal(STAMP, source(TYPES | {"at": "INTEGER"}, (1, "a", 1))) == ["sequence_type"]
    assert refusal(STAMP, source(TYPES, (1, "a"))) == ["missing_column"]
    assert refusal(CHECK, source(TYPES | {"dbt_valid_to": "DATE"})) == ["reserved_column"]
    assert refusal(replace(CHECK, scd={"typ": 2}), source(TYPES)) == ["unknown_setting"]


def test_guards():
    rows = [(number, "a") for number in range(40)]
    all_there = source(TYPES, *rows)
    eleven_gone = source(TYPES, *rows[11:])
    changed = source(TYPES, *[(number, "b") for number, _ in rows[:25]], *rows[25:])

    def refusal(settings, rows):
        return refused(play(settings, (1, all_there), (2, rows))[1])[1]

    assert refusal(CHECK, source(TYPES)) == ["empty_source", "mass_delete"]
    assert refusal(CHECK, eleven_gone) == ["mass_delete"]
    assert refusal(replace(CHECK, hard_deletes="ignore"), source(TYPES)) == []
    assert refusal(replace(CHECK, scd={"guards": {"mass_delete": 0.5}}), eleven_gone) == []
    assert refusal(replace(CHECK, allow=("mass_delete",)), eleven_gone) == []
    assert refusal(CHECK, source(TYPES, *rows[10:])) == []
    assert refusal(CHECK, changed) == ["mass_change"]


def test_columns_come_and_go():
    wide = TYPES | {"note": "VARCHAR"}
    memory, outcomes = play(
        CHECK,
        (1, source(TYPES, (1, "a"), (2, "b"))),
        (2, source(wide, (1, "a", None), (2, "b", "x"))),
        (3, source(TYPES, (1, "a"), (2, "B"))),
        (4, source(wide, (1, "a", None), (2, "B", None))),
    )
    assert history(memory, "id", "name", "note") == [
        (1, "a", None, 1, None),
        (2, "B", None, 3, None),
        (2, "b", "x", 2, 3),
        (2, "b", None, 1, 2),
    ]
    assert counted(outcomes[3]) == {"unchanged": 2}


@pytest.mark.parametrize(
    ("old", "value", "new", "same", "both"),
    [
        ("INTEGER", 1, "DOUBLE", 1.0, "DOUBLE"),
        ("DATE", date(2024, 1, 1), "TIMESTAMP", day(1), "TIMESTAMP"),
        ("DECIMAL(10,2)", Decimal("1.50"), "DECIMAL(12,4)", Decimal("1.5000"), "DECIMAL(12,4)"),
        ("INTEGER", 1, "VARCHAR", "1", "VARCHAR"),
        ("BIGINT", 2**53 + 1, "DOUBLE", None, "VARCHAR"),
        ("VARCHAR", "7", "INTEGER", 7, "VARCHAR"),
        ("BOOLEAN", True, "INTEGER", None, "VARCHAR"),
        ("INTEGER", 1, "DECIMAL(10,2)", Decimal("1.00"), "DECIMAL(12,2)"),
    ],
)
def test_types_grow_and_values_stay(old, value, new, same, both):
    memory, outcomes = play(
        CHECK,
        (1, source({"id": "INTEGER", "v": old}, (1, value))),
        (2, source({"id": "INTEGER", "v": new}, (1, same))),
    )
    assert memory.history is not None
    assert memory.history.types["v"] == both
    assert counted(outcomes[1]) == ({"changed": 1} if same is None else {"unchanged": 1})


@pytest.mark.parametrize(
    ("old", "value", "text", "what"),
    [
        ("DOUBLE", 1.0, "1", {"overwritten": 1}),
        ("DOUBLE", 1.0, "1.0", {"unchanged": 1}),
        ("DOUBLE", 1000.0, "1e3", {"overwritten": 1}),
        ("DECIMAL(10,2)", Decimal("1.50"), "1.5", {"overwritten": 1}),
        ("INTEGER", 7, "7.0", {"overwritten": 1}),
        ("INTEGER", 7, "007", {"changed": 1}),
        ("DOUBLE", 1.0, "2", {"changed": 1}),
    ],
)
def test_a_number_that_becomes_text_is_the_number_it_spells(old, value, text, what):
    memory, outcomes = play(
        CHECK,
        (1, source({"id": "INTEGER", "v": old}, (1, value))),
        (2, source({"id": "INTEGER", "v": "VARCHAR"}, (1, text))),
        (3, source({"id": "INTEGER", "v": "VARCHAR"}, (1, text))),
    )
    assert [counted(outcome) for outcome in outcomes[1:]] == [what, {"unchanged": 1}]
    assert [v for v, _, end in history(memory, "v") if end is None] == [text]


def test_a_key_that_becomes_text_is_the_same_key():
    memory, outcomes = play(
        CHECK,
        (1, source(TYPES, (1, "a"))),
        (2, source({"id": "VARCHAR", "name": "VARCHAR"}, ("1", "a"))),
    )
    assert counted(outcomes[1]) == {"unchanged": 1}
    assert history(memory, "id") == [("1", 1, None)]


@pytest.mark.parametrize(
    ("kind", "one", "two", "difference"),
    [
        ("DOUBLE", float("nan"), float("nan"), False),
        ("DOUBLE", float("nan"), 1.0, True),
        ("JSON", '{"a":1,"b":2}', '{"b": 2, "a": 1}', False),
        ("JSON", "null", None, True),
        ("INTEGER[]", [1, 2], [2, 1], True),
        ("STRUCT(a INTEGER)", {"a": 1}, {"a": 1}, False),
        ("VARCHAR", "007", "7", True),
        ("VARCHAR", None, None, False),
        ("VARCHAR", "", None, True),
    ],
)
def test_values_compare_by_value(kind, one, two, difference):
    types = {"id": "INTEGER", "v": kind}
    _, outcomes = play(CHECK, (1, source(types, (1, one))), (2, source(types, (1, two))))
    assert counted(outcomes[1]) == ({"changed": 1} if difference else {"unchanged": 1})


def test_small_steps_cannot_add_up_unseen():
    settings = replace(CHECK, scd={"tolerance": {"v": 0.5}})
    types = {"id": "INTEGER", "v": "DOUBLE"}
    steps = [(number + 1, source(types, (1, 0.5 * number))) for number in range(4)]
    memory, outcomes = play(settings, *steps)
    assert history(memory, "v") == [(0.0, 1, 3), (1.0, 3, None)]
    assert [counted(outcome) for outcome in outcomes[1:]] == [
        {"unchanged": 1},
        {"changed": 1},
        {"unchanged": 1},
    ]


def test_a_wider_key_must_tell_all_versions_apart():
    types = {"id": "INTEGER", "region": "VARCHAR"}
    wider = replace(CHECK, unique_key=("id", "region"))
    _, outcomes = play(
        CHECK,
        (1, source(types, (1, None))),
        (2, source(types, (1, "north")), wider),
        (2, source(types, (1, "north"))),
        (3, source(types, (1, "north"), (1, "south")), wider),
    )
    # The closed version, too, would be nobody's.
    assert refused(outcomes) == [[], ["key_change"], [], ["key_change"]]
    _, outcomes = play(
        CHECK,
        (1, source(types, (1, "south"))),
        (2, source(types, (1, "north"))),
        (3, source(types, (1, "north"), (1, "south")), wider),
    )
    assert refused(outcomes) == [[], [], []]
