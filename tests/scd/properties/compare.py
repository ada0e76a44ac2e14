"""Whether a run left what it must: the exact history, the invariants, the right words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from tests.scd.oracle.values import Value, canonical
from tests.scd.properties.case import Case
from tests.scd.properties.expect import Expected, expect
from tests.scd.properties.play import META, Dump, Played

COUNTED = ("new", "returned", "changed", "closed", "overwritten", "late", "unchanged")


def problems(case: Case, played: list[Played]) -> list[str]:
    """What is wrong, in words; nothing when nothing is."""
    found: list[str] = []
    before: Played | None = None
    for number, (expected, run) in enumerate(zip(expect(case), played, strict=False)):
        found += [
            f"batch {number}: {words}" for words in of_run(case, number, expected, run, before)
        ]
        before = run
    if not found and len(played) < len(case.batches):
        found.append(f"only {len(played)} batches were played")
    return found


def of_run(
    case: Case, number: int, expected: Expected, run: Played, before: Played | None
) -> Iterator[str]:
    if run.crash is not None:
        yield "crashed: " + run.crash
        return
    refused = expected.outcome.refusals
    if bool(refused) != bool(run.refusals) or not set(run.refusals) <= refused:
        yield f"refusals {run.refusals}, expected {sorted(refused)} {run.said}"
    elif (
        run.refusals
        and not case.batches[number].lost
        and (before.dump if before else None) != run.dump
    ):
        yield "I9: a refused run changed the history"
    elif not run.refusals:
        yield from of_counts(case, number, expected, run)
    yield from of_history(expected, run.dump)
    if run.runs != expected.memory.runs:
        yield f"{run.runs} runs on record, expected {expected.memory.runs}"
    if before and repeats(case, number) and not before.refusals and before.dump != run.dump:
        yield "I7: the same input again changed the history"


def repeats(case: Case, number: int) -> bool:
    one, two = case.batches[number - 1], case.batches[number]
    same = (one.columns, one.rows, one.config) == (two.columns, two.rows, two.config)
    return same and not two.lost


def of_counts(case: Case, number: int, expected: Expected, run: Played) -> Iterator[str]:
    events = case.batches[number].config["strategy"] == "change_log"
    names = ("open", "versions", *(() if events else COUNTED))
    said = {name: run.counts.get(name) for name in names}
    right = {name: expected.outcome.counts[name] for name in names}
    if said != right:
        yield f"counts {said}, expected {right}"


def of_history(expected: Expected, dump: Dump | None) -> Iterator[str]:
    history = expected.memory.history
    if history is None or dump is None:
        if (history is None) != (dump is None):
            yield f"there is {'no' if dump is None else 'a'} history"
        return
    meta = meta_names(expected)
    types = {name.lower(): kind for name, kind in dump.columns.items()}
    data = {name: kind for name, kind in types.items() if name not in meta.values()}
    if data != history.types:
        yield f"columns {data}, expected {history.types}"
        return
    if missing := set(meta.values()) - set(types):
        yield f"no column {sorted(missing)}"
        return
    rows = [dict(zip(types, row, strict=True)) for row in dump.rows]
    yield from of_ids([row[meta["dbt_scd_id"]] for row in rows])
    there = Counter(said(row, data, meta) for row in rows)
    right = Counter(
        said(
            {
                **version.values,
                meta["dbt_updated_at"]: version.updated_at,
                meta["dbt_valid_from"]: version.start,
                meta["dbt_valid_to"]: expected.current if version.is_open else version.end,
                meta.get("dbt_is_deleted", ""): "True" if version.deleted else "False",
            },
            data,
            meta,
        )
        for version in history.versions
    )
    if there != right:
        yield (
            "history differs\n      there, but must not be: "
            + "\n                              ".join(sorted(map(str, (there - right).elements())))
            + "\n      not there, but must be: "
            + "\n                              ".join(sorted(map(str, (right - there).elements())))
        )


def said(row: dict[str, Value], data: dict[str, str], meta: dict[str, str]) -> tuple[Any, ...]:
    """A version as something to compare: all its columns but the id."""
    compared = [name for dbt_name, name in meta.items() if dbt_name != "dbt_scd_id"]
    values = [(name, canonical(row[name], kind)) for name, kind in data.items()]
    return tuple(sorted(values) + [(name, row[name]) for name in compared])


def of_ids(ids: list[Value]) -> Iterator[str]:
    if None in ids:
        yield "I4: a version without an id"
    if len(set(ids)) < len(ids):
        yield "I4: an id twice"


def meta_names(expected: Expected) -> dict[str, str]:
    renamed = expected.config.get("columns") or {}
    there = [
        name for name in META if name != "dbt_is_deleted" or expected.memory.has_deleted_column
    ]
    return {name: renamed.get(name, name).lower() for name in there}
