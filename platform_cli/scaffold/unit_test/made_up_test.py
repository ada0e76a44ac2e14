"""A unit test for a new model: made-up rows of its parents, and what the model makes of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from platform_cli.project.identifiers import quoted
from platform_cli.project.resources import Column, Source, column_named
from platform_cli.scaffold.model.parents import Parent
from platform_cli.scaffold.model.select_list import SelectList
from platform_cli.scaffold.trial import Trial
from platform_cli.scaffold.unit_test.drafted_rows import DraftedRows, may_be_key
from platform_cli.scaffold.unit_test.made_up import MadeUp, Value, is_id
from platform_cli.scaffold.unit_test.outcome import Row, outcome
from platform_cli.scaffold.unit_test.sampled_rows import (
    Link,
    Sample,
    Sampler,
    Through,
    columns_read,
    link_of,
)

if TYPE_CHECKING:
    from platform_cli.project.project import Project

__all__ = ["Given", "MadeUpTest", "Value", "made_up_test"]

_WIDEST, _TRIED = 60, 3
_MARKS = ("pii", "contains_pii", "gdpr", "sensitivity", "masking_policy")
_TAGS = {"pii", "sensitive"}
_NO = ("false", "no", "none", "0", "")


@dataclass(frozen=True, slots=True)
class Given:
    """The rows of one parent; as `sql` where dbt could not look up the types of its columns."""

    call: str
    rows: tuple[Row, ...]
    sql: str = ""


@dataclass(frozen=True, slots=True)
class MadeUpTest:
    """What is given, and what comes of it."""

    given: tuple[Given, ...]
    expected: tuple[Row, ...]


def made_up_test(
    trial: Trial,
    project: Project,
    text: str,
    parents: Sequence[Parent],
    selected: SelectList,
    *,
    rows: DraftedRows | None = None,
) -> MadeUpTest | str:
    """The test of a model whose SQL file holds `text`; in words why there is none.

    `rows` are those of the draft: when it keeps none of the sampled ones, others are taken.
    """
    made = _made(trial, project, text, parents, selected)
    if isinstance(made, MadeUpTest) and not made.expected and rows is not None:
        for through in _kept(selected, parents[0], rows):
            again = _made(trial, project, text, parents, selected, through=through)
            if isinstance(again, MadeUpTest) and again.expected:
                return again
    return made


def _kept(selected: SelectList, first: Parent, rows: DraftedRows) -> Iterator[Through]:
    """Values of the first parent's columns that come through, by the likeliest column first."""
    own = [one for one in selected.columns if one.parent == first.alias and one.data_type]
    likely = sorted(own, key=lambda one: not (one.original == first.key or is_id(one.original)))
    for one in likely[:_TRIED]:
        if may_be_key(Column(one.name, data_type=one.data_type)) and (
            values := rows.some(one.name)
        ):
            yield Through(one.original, values)


def _made(
    trial: Trial,
    project: Project,
    text: str,
    parents: Sequence[Parent],
    selected: SelectList,
    *,
    through: Through | None = None,
) -> MadeUpTest | str:
    links = [link_of(join, parents[0]) for join in selected.joins]
    samples = _samples(Sampler(trial, selected, links, through), text, parents)
    if isinstance(samples, str):
        return samples
    made_up = MadeUp()
    given = [_given(one, made_up, links) for one in samples]
    expected = outcome(project, text, samples, [one.rows for one in given])
    if isinstance(expected, str):
        return f"its SQL does not run on made-up rows: {expected}"
    # dbt writes the names of expected columns without quotes.
    plain = [tuple(one for one in row if quoted(one[0]) == one[0]) for row in expected]
    if expected and not plain[0]:
        return "dbt cannot test columns whose names need quotes"
    return MadeUpTest(tuple(given), tuple(plain))


def _samples(sampler: Sampler, text: str, parents: Sequence[Parent]) -> list[Sample] | str:
    """Rows of each parent; in words why there are none."""
    samples: list[Sample] = []
    for parent in parents:
        name = parent.resource.name
        if not re.fullmatch(r"\w+", name):
            return f"dbt cannot test with a table that is called {name!r}"
        read = columns_read(parent, text)
        if not read:
            return f"the columns of {parent.resource.name} that it reads are not known"
        if len(read) > _WIDEST:
            return f"it reads {len(read)} columns of {parent.resource.name}"
        sample = sampler.sample(parent, read)
        if sample is None:
            return f"{parent.resource.name} is not built, or cannot be read"
        samples.append(sample)
    if not samples[0].rows:
        return f"{parents[0].resource.name} has no rows"
    return samples


def _given(sample: Sample, made_up: MadeUp, links: Sequence[Link]) -> Given:
    ends = {end for one in links for end in (one.left, one.right)}
    alias = sample.parent.alias
    rows = tuple(
        tuple(
            (
                column.name,
                made_up.value(
                    column.name,
                    column.data_type or "",
                    value,
                    joined=(alias, column.name) in ends
                    or column.name == sample.parent.key
                    or _is_marked(sample.parent, column.name),
                    plain=column.name in sample.plain,
                ),
            )
            for column, value in zip(sample.columns, row, strict=True)
        )
        for row in sample.rows
    )
    return Given(sample.parent.call, rows, _as_sql(sample, rows))


def _is_marked(parent: Parent, name: str) -> bool:
    """Whether somebody wrote down that the column is personal, whatever it is called."""
    column = column_named(parent.resource.columns, name)
    if column is None:
        return False
    marks = [str(column.meta[key]).lower() for key in _MARKS if key in column.meta]
    return any(one not in _NO for one in marks) or bool(_TAGS & {*column.tags})


def _as_sql(sample: Sample, rows: Sequence[Row]) -> str:
    """The rows as a query, where dbt finds no relation to ask: for files and ephemeral models.

    And for columns with odd names, which dbt would write without quotes.
    """
    source = sample.parent.resource
    metas = (source.config.get("meta") or {}, source.meta)
    is_file = isinstance(source, Source) and any("external_location" in one for one in metas)
    is_there = not is_file and source.config.get("materialized") != "ephemeral"
    if is_there and all(quoted(one.name) == one.name for one in sample.columns):
        return ""
    from platform_cli.warehouse import literal

    def words(row: Row) -> str:
        return ", ".join("null" if value is None else literal(value) for _, value in row)

    names = [quoted(one.name) for one in sample.columns]
    kinds = [one.data_type or "varchar" for one in sample.columns]
    casts = ",\n".join(
        f"    cast({name} as {kind}) as {name}" for name, kind in zip(names, kinds, strict=True)
    )
    values = [f"    ({words(row)})" for row in rows]
    values = values or [f"    ({', '.join(['null'] * len(names))})"]
    none = "" if rows else "\nwhere false"
    return (
        f"select\n{casts}\nfrom (values\n"
        + ",\n".join(values)
        + f"\n) as given ({', '.join(names)}){none}"
    )
