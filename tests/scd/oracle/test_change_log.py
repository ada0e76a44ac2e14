"""The README's rules for events, one by one, on the oracle."""

from dataclasses import replace
from itertools import permutations

import pytest

from tests.scd.oracle.examples import history, play, refused, source
from tests.scd.oracle.model import Settings, Source

TYPES = {"id": "INTEGER", "name": "VARCHAR", "note": "VARCHAR", "seq": "INTEGER"}
LOG = Settings("change_log", ("id",), "seq")


def events(*rows: str) -> Source:
    """`1 a x 3` is an event of key 1 at 3; `-` is NULL, a leading D or T its kind."""
    ops, values = "", []
    for row in rows:
        op, *cells = row.split() if row[0] in "DT" else ["U", *row.split()]
        ops += op
        key, name, note, seq = (None if cell == "-" else cell for cell in cells)
        values.append((key and int(key), name, note, int(seq or 0)))
    return source(TYPES, *values, ops=ops)


def shown(settings: Settings, *rows: str) -> list[tuple[object, ...]]:
    return history(play(settings, (1, events(*rows)))[0], "name", "note")


def test_order_and_batches_do_not_matter():
    rows = ["1 a x 1", "1 b x 3", "D 1 - - 5", "1 b x 6", "1 b x 7"]
    right = [("a", "x", 1, 3), ("b", "x", 3, 5), ("b", "x", 6, None)]
    for order in permutations(rows):
        memory, _ = play(LOG, (1, events(*order[:2])), (2, events(*order[1:])))
        assert history(memory, "name", "note") == right


def test_two_events_of_one_key_at_one_sequence_are_refused():
    memory, outcomes = play(
        LOG, (1, events("1 a x 1")), (2, events("1 b x 1", "2 b x 1")), (3, events("1 a x 1"))
    )
    assert refused(outcomes) == [[], ["conflicting_events"], []]
    assert history(memory, "id") == [(1, 1, None)]


def test_a_null_key_or_sequence_is_refused():
    _, outcomes = play(LOG, (1, events("- a x 1")), (2, source(TYPES, (1, "a", "x", None))))
    assert refused(outcomes) == [["null_key"], ["null_sequence"]]


def test_truncate_ends_what_began_before_it():
    rows = ["1 a x 1", "1 b x 4", "T - - - 3"]
    assert shown(LOG, *rows) == [("a", "x", 1, 3), ("b", "x", 4, None)]


@pytest.mark.parametrize(("option", "filled"), [(True, "x"), (["name"], None), (False, None)])
def test_ignored_nulls_keep_the_value_before_them(option, filled):
    settings = replace(LOG, scd={"ignore_null_updates": option})
    assert shown(settings, "1 a x 1", "1 b - 2") == [("a", "x", 1, 2), ("b", filled, 2, None)]


def test_ignored_nulls_end_with_the_life_of_the_key():
    settings = replace(LOG, scd={"ignore_null_updates": True})
    rows = ["1 a x 1", "D 1 - - 2", "1 b - 3"]
    assert shown(settings, *rows) == [("a", "x", 1, 2), ("b", None, 3, None)]


def test_of_events_at_one_time_the_last_counts():
    types = TYPES | {"tie": "INTEGER"}
    rows = source(types, (1, "a", "x", 1, 2), (1, "b", "y", 1, 1), (1, "c", "y", 0, 9))
    settings = replace(LOG, scd={"sequence_by": ["tie"]})
    memory, _ = play(settings, (1, rows))
    assert history(memory, "name") == [("a", 1, None), ("c", 0, 1)]


def test_an_untracked_difference_overwrites():
    settings = replace(LOG, scd={"track_columns": ["name"]})
    rows = ["1 a x 1", "1 a y 2", "1 b y 3"]
    assert shown(settings, *rows) == [("a", "y", 1, 3), ("b", "y", 3, None)]


def test_a_deleted_record_has_the_last_known_values():
    settings = replace(LOG, hard_deletes="new_record")
    rows = ["1 a x 1", "D 1 - - 2", "D 1 - - 3", "D 2 - - 1"]
    assert shown(settings, *rows) == [("a", "x", 1, 2), ("a", "x", 2, "deleted")]
    assert shown(settings, *rows, "1 a x 5")[1:] == [("a", "x", 2, 5), ("a", "x", 5, None)]


def test_type_1_has_the_last_state_only():
    settings = replace(LOG, scd={"type": 1})
    rows = ["1 b x 3", "1 a x 1", "2 c x 1", "D 2 - - 2"]
    assert shown(settings, *rows) == [("b", "x", 3, None)]


def test_the_first_version_reaches_back():
    settings = replace(LOG, scd={"initial_valid_from": 0})
    assert shown(settings, "1 b x 3", "1 a x 2") == [("a", "x", 0, 3), ("b", "x", 3, None)]
