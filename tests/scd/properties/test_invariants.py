"""The invariants of SCD histories, on what the oracle says random histories come to."""

from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from random import Random

import pytest

from tests.scd.oracle.model import History, Version, key_of
from tests.scd.oracle.refusals import whole
from tests.scd.properties.case import Batch, Case
from tests.scd.properties.expect import Expected, expect, reader, source_of
from tests.scd.properties.run import cases

Run = tuple[Batch, Expected, History]


@pytest.fixture(scope="module")
def runs() -> list[Run]:
    """Every run that was not refused."""
    return [run for case in cases(17, 200, ["state", "events"]) for run in accepted(case)]


def accepted(case: Case) -> Iterator[Run]:
    for batch, expected in zip(case.batches, expect(case), strict=True):
        if not expected.outcome.refusals:
            assert expected.memory.history is not None
            yield batch, expected, expected.memory.history


def test_one_open_version_no_overlap_no_empty_one(runs: list[Run]) -> None:
    """I1, I2, I3."""
    for batch, expected, history in runs:
        for versions in history.by_key(expected.memory.unique_key).values():
            assert all(each.is_open or each.start < each.end for each in versions), batch
            assert all(one.end is not None for one in versions[:-1]), batch
            assert all(one.end <= two.start for one, two in pairwise(versions)), batch


def test_the_open_versions_are_the_source(runs: list[Run]) -> None:
    """I5 and, at the run's own time, I6; where a late row or a tolerance does not say otherwise."""
    seen = 0
    for batch, _, history in runs:
        config = batch.config
        late = config["strategy"] == "check" and config["updated_at"]
        if config["strategy"] == "change_log" or late or "tolerance" in config["scd"]:
            continue
        source = source_of(reader(), batch)
        columns = [name for name, kind in source.types.items() if history.types[name] == kind]
        kinds = {name: source.types[name] for name in columns}
        there = {whole(each.values, kinds) for each in shown(history, batch)}
        now = {whole(row, kinds) for row in source.rows}
        assert now <= there, batch
        assert now == there or config["hard_deletes"] == "ignore", batch
        seen += len(now)
    assert seen


def shown(history: History, batch: Batch) -> list[Version]:
    at = datetime.fromisoformat(batch.at)
    return [
        each for each in history.versions if each.is_open and not each.deleted and each.start <= at
    ]


def test_any_order_of_events_gives_the_same_history() -> None:
    """I8: the last batch has all events; alone or after others in any order, it ends the same."""
    for case in cases(23, 60, ["events"]):
        if any(batch.lost for batch in case.batches):
            continue  # what began anew does not hold the events of before
        last = case.batches[-1]
        earlier = [batch for batch in case.batches[:-1] if batch.columns == last.columns]
        alone = expect(case.with_batches([last]))[-1]
        if alone.outcome.refusals:
            continue
        Random(case.name).shuffle(earlier)
        mixed = expect(case.with_batches([*earlier, last]))[-1]
        assert versions(mixed) == versions(alone), case


def versions(expected: Expected) -> set[object]:
    history = expected.memory.history
    assert history is not None
    return {
        (
            key_of(each.values, tuple(history.types), history.types),
            each.start,
            each.end,
            each.deleted,
        )
        for each in history.versions
    }
