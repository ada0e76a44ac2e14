"""The random histories meet every rule, and what they find wrong is seen."""

from collections import Counter
from dataclasses import replace

import pytest

from tests.scd.properties.case import Case, case_of_json
from tests.scd.properties.compare import COUNTED, meta_names, problems
from tests.scd.properties.expect import Expected, expect
from tests.scd.properties.play import Dump, Played
from tests.scd.properties.run import cases

REFUSALS = {
    "clock",
    "conflicting_events",
    "duplicate_key",
    "empty_source",
    "key_change",
    "mass_change",
    "mass_delete",
    "missing_column",
    "missing_history",
    "null_key",
    "null_sequence",
    "reserved_column",
    "sequence_type",
    "unknown_setting",
}
KINDS = {"new", "returned", "changed", "closed", "overwritten", "late", "unchanged"}


def test_every_rule_is_met():
    met: Counter[str] = Counter()
    for case in cases(1, 300, ["state", "events"]):
        for expected in expect(case):
            met.update(expected.outcome.refusals)
            met.update(name for name in KINDS if expected.outcome.counts[name])
    assert (REFUSALS | KINDS) - set(met) == set()


def test_a_seed_gives_the_same_histories_and_they_can_be_printed():
    some = list(cases(3, 20, ["state", "events"]))
    assert some == list(cases(3, 20, ["state", "events"]))
    assert [case_of_json(case.as_json()) for case in some] == some


def right(expected: Expected) -> Played:
    """A run that did what the oracle says."""
    history = expected.memory.history
    counts = {name: expected.outcome.counts[name] for name in (*COUNTED, "open", "versions")}
    refusals = sorted(expected.outcome.refusals)
    runs = expected.memory.runs
    if history is None:
        return Played(refusals, counts, runs)
    meta = meta_names(expected)
    columns = history.types | dict.fromkeys(meta.values(), "ANY")
    rows = []
    for number, version in enumerate(sorted(history.versions, key=str)):
        end = expected.current if version.is_open else version.end
        own = [number, version.updated_at, version.start, end, str(version.deleted)][: len(meta)]
        rows.append((*version.values.values(), *own))
    return Played(refusals, counts, runs, Dump(columns, rows))


@pytest.fixture(scope="module")
def case() -> Case:
    """A history of several versions whose last run wrote."""
    for each in cases(5, 60, ["state"]):
        last = expect(each)[-1]
        plain = not each.batches[-1].config.get("columns")
        if plain and last.outcome.counts["versions"] > 3 and last.outcome.counts["unchanged"]:
            return each
    raise AssertionError("no such case")


def test_a_right_run_has_no_problems(case: Case):
    assert problems(case, [right(expected) for expected in expect(case)]) == []


@pytest.mark.parametrize("wrong", ["row", "value", "id", "type", "count", "refusal", "runs", "end"])
def test_a_wrong_run_is_seen(case: Case, wrong: str):
    played = [right(expected) for expected in expect(case)]
    last = played[-1]
    dump = last.dump
    assert dump is not None
    first, *others = dump.rows
    end = list(dump.columns).index("dbt_valid_to")
    changed = {
        "row": replace(last, dump=Dump(dump.columns, others)),
        "value": replace(last, dump=Dump(dump.columns, [("?", *first[1:]), *others])),
        "id": replace(last, dump=with_ids(dump)),
        "type": replace(
            last, dump=Dump(dump.columns | {next(iter(dump.columns)): "BLOB"}, dump.rows)
        ),
        "count": replace(last, counts=last.counts | {"unchanged": 99}),
        "refusal": replace(last, refusals=["mass_delete"]),
        "runs": replace(last, runs=99),
        "end": replace(
            last, dump=Dump(dump.columns, [(*row[:end], 1, *row[end + 1 :]) for row in dump.rows])
        ),
    }
    assert problems(case, [*played[:-1], changed[wrong]])


def with_ids(dump: Dump) -> Dump:
    """The same id for every version."""
    at = list(dump.columns).index("dbt_scd_id")
    return Dump(dump.columns, [(*row[:at], 1, *row[at + 1 :]) for row in dump.rows])
