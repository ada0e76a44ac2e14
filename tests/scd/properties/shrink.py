"""Makes a failing case small: pieces go as long as it still fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from tests.scd.properties.case import Batch, Case

Fails = Callable[[list[Case]], list[Case]]
"""Gives back the cases that fail, played together."""

ROUNDS = 15
AT_ONCE = 24
NEEDED = {"strategy", "unique_key"}


def smallest(case: Case, fails: Fails) -> Case:
    """The smallest failing case that taking pieces away leads to."""
    left = 0
    for _ in range(ROUNDS):
        pieces = list(candidates(case))[left : left + AT_ONCE]
        named = {f"{case.name}_{number}": each for number, each in enumerate(pieces)}
        failing = fails([replace(each, name=name) for name, each in named.items()])
        smaller = [each for each in failing if size(each) < size(case)]
        if smaller:
            case = replace(min(smaller, key=size), name=case.name)
        else:
            left += AT_ONCE
            if len(pieces) < AT_ONCE:
                return case
    return case


def size(case: Case) -> int:
    """How much there is to read."""
    options = sum(
        value not in (None, [], {}, "ignore")
        for batch in case.batches
        for value in [*batch.config.values(), *(batch.config.get("scd") or {}).values()]
    )
    cells = sum((len(batch.rows) + 1) * (len(batch.columns) + 1) for batch in case.batches)
    return 10 * len(case.batches) + options + cells


def candidates(case: Case) -> Iterator[Case]:
    """The case without one piece, the largest pieces first."""
    yield from (case.with_batches(batches) for batches in without_one_for_all(case.batches))
    for index, batch in enumerate(case.batches):
        for number in range(len(batch.rows)):
            yield changed(case, index, without_row(batch, number))
    for index, batch in enumerate(case.batches[1:]):
        yield changed(case, index + 1, replace(case.batches[index + 1], config=batch.config))


def without_one_for_all(batches: list[Batch]) -> Iterator[list[Batch]]:
    """Without a batch; or all batches without a column, the row at a place, an option."""
    for number in range(len(batches) - 1, 0, -1):
        yield batches[:number]
        yield batches[: number - 1] + batches[number:]
    for name in sorted({name.lower() for batch in batches for name, _ in batch.columns}):
        yield [without_column(batch, name) for batch in batches]
    for number in range(max(len(batch.rows) for batch in batches)):
        yield [without_row(batch, number) for batch in batches]
    for option in {option for batch in batches for option in batch.config} - NEEDED:
        yield [with_config(batch, {option: None}) for batch in batches]
    for option in {option for batch in batches for option in batch.config.get("scd") or {}}:
        yield [without_scd(batch, option) for batch in batches]
    yield [replace(batch, allow=[]) for batch in batches]


def changed(case: Case, index: int, batch: Batch) -> Case:
    return case.with_batches([*case.batches[:index], batch, *case.batches[index + 1 :]])


def without_row(batch: Batch, number: int) -> Batch:
    return replace(batch, rows=batch.rows[:number] + batch.rows[number + 1 :])


def without_column(batch: Batch, name: str) -> Batch:
    kept = [number for number, (column, _) in enumerate(batch.columns) if column.lower() != name]
    if len(kept) in {0, len(batch.columns)}:
        return batch
    return replace(
        batch,
        columns=[batch.columns[number] for number in kept],
        rows=[[row[number] for number in kept] for row in batch.rows],
    )


def with_config(batch: Batch, other: dict[str, Any]) -> Batch:
    config = {name: value for name, value in (batch.config | other).items() if value is not None}
    return replace(batch, config=config)


def without_scd(batch: Batch, option: str) -> Batch:
    scd = {name: value for name, value in batch.config["scd"].items() if name != option}
    return with_config(batch, {"scd": scd})
