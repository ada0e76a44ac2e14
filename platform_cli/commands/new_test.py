"""Propose data tests of a model from its data, and write the chosen ones.

Section: Write
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from platform_cli.commands._data import needs_database, open_data, relation_of
from platform_cli.commands._project import project_options, read_project
from platform_cli.commands._terminal import on_terminal
from platform_cli.commands._unread import refuse_unread
from platform_cli.commands._writing import Planned, Wish, carry_out, take_wish, writing_options
from platform_cli.config import load_config
from platform_cli.errors import ExitCode, PlatformError, did_you_mean
from platform_cli.project.graph import Graph
from platform_cli.project.keys import NOT_NULL, UNIQUE, single_keys, tested_column
from platform_cli.project.layers import Layers
from platform_cli.project.locate import locate
from platform_cli.project.resources import Model, Seed, Source, column_named
from platform_cli.scaffold.named import named_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from platform_cli.commands._database import Contents
    from platform_cli.commands._session import Session
    from platform_cli.project.project import Project
    from platform_cli.scaffold.facts.column_facts import TableFacts
    from platform_cli.scaffold.facts.proposed_tests import Proposal, Target, Tested
    from platform_cli.scaffold.named import Table


class _Found(NamedTuple):
    """What is proposed, what is to be said, and the columns there are."""

    proposals: list[Proposal]
    notes: list[str]
    columns: list[str]


@click.command()
@click.argument("model")
@click.option("--all", "every", is_flag=True, help="Write the suggestions, too.")
@click.option(
    "--column", "columns", multiple=True, metavar="NAME", help="All of this column; again for more."
)
@writing_options
@project_options
@click.pass_obj
def new_test(
    session: Session, /, *, model: str, every: bool, columns: tuple[str, ...], **given: Any
) -> ExitCode:
    """Propose data tests of a model from its data, and write the chosen ones.

    Keys (unique and never NULL in all rows) and relationships (every value is a key of the other
    table) come first. Values of short lists, and columns without NULL, are suggestions: that they
    hold today may be an accident. On a terminal each is asked about; else keys and relationships
    are written, with --all or --column the rest. What is tested already is not proposed again.
    MODEL may be a seed, a snapshot, or source:NAME.TABLE. The data is read, never written.

    \b
    Examples:
      platform new-test fct_flights --dry-run
      platform new-test stg_planes --column engine_type
      platform new-test source:flights.airlines --all
    """
    wish = take_wish(given)
    root = locate(session.directory)
    project = read_project(root, **given)
    refuse_unread(project, "written")
    table = named_table(project.resources, project.name, model, "MODEL")
    if table.package_name != project.name:
        raise PlatformError(
            f"{table.name} is of the package {table.package_name}: its YAML is not this project's",
            hint="write the test in that package, or on a model of yours that reads it",
        )
    layers = Layers(load_config(root).check.layers, project.model_paths)
    found = _look(project, table, layers)
    _check_columns(columns, found.columns)
    chosen = _chosen(found.proposals, wish, every=every, columns=columns)
    from platform_cli.scaffold.drafted import drafted
    from platform_cli.scaffold.facts.tests_in_yaml import edits_of_tests

    changes = drafted(project, edits_of_tests(project, table, chosen))
    if not wish.as_json:
        _show(found.proposals, chosen)
    if session.verbosity >= 0:
        for note in found.notes:
            click.echo(f"note: {note}", err=True)
        if not wish.as_json and len(chosen) < len(found.proposals):
            click.echo("note: --all writes the suggestions, --column those of a column", err=True)
    number = f"{len(chosen)} test{'s' * (len(chosen) != 1)}"
    return carry_out(
        root,
        Planned(
            changes=changes,
            words={one.path: [number] for one in changes},
            details={
                "model": table.name,
                "notes": found.notes,
                "proposals": [
                    {
                        "kind": one.kind,
                        "column": one.column or None,
                        "test": one.test,
                        "because": one.because,
                        "chosen": one in chosen,
                    }
                    for one in found.proposals
                ],
            },
            then=f"platform test --select {_selected(table)}",
        ),
        wish,
        session,
    )


def _look(project: Project, table: Table, layers: Layers) -> _Found:
    from platform_cli.scaffold.facts.column_facts import look_at
    from platform_cli.scaffold.facts.proposed_tests import (
        key_tests,
        not_null_tests,
        relationship_tests,
        value_tests,
    )

    graph = Graph(project.resources)
    tested = _tested(table, graph)
    with open_data(project, needs_database=needs_database(table)) as contents:
        connection = contents.connection
        facts: TableFacts = look_at(connection, relation_of(project, table, contents))
        names = [one.name for one in facts.columns]
        if not facts.rows:
            return _Found([], [f"{table.name} has no rows: nothing can be proposed"], names)
        subject = re.sub(r"^(stg|int|fct|dim|raw|src)_+", "", table.name.lower())
        combination = "dbt_utils" in project.scope(project.name).macros.packages
        keys, missing = key_tests(connection, facts, subject, tested, combination=combination)
        own = {one.column for one in keys} | {one for key in tested.keys for one in key}
        targets = _targets(project, table, graph, layers, contents)
        relations, notes = relationship_tests(connection, facts, targets, tested, own)
        away = own | {one.column for one in relations}
        values = value_tests(connection, facts, tested, away, partial(_is_personal, table))
        with_keys = {one.column for one in keys}
        rest = not_null_tests(connection, facts, tested, with_keys)
        proposals = [*keys, *relations, *values, *rest]
    return _Found(proposals, [*filter(None, [missing]), *notes], names)


def _tested(table: Table, graph: Graph) -> Tested:
    from platform_cli.conventions.declared_keys import declared_keys
    from platform_cli.scaffold.facts.proposed_tests import Tested

    pairs: set[tuple[str, str]] = set()
    for test in graph.tests.get(table.unique_id, ()):
        column = tested_column(test)
        if test.test_name and column:
            name = test.test_name
            same = "unique" if name in UNIQUE else "not_null" if name in NOT_NULL else name
            pairs.add((same, column.strip('"')))
    for declared in table.columns.values():
        for one in declared.constraints:
            if one.get("type") in {"not_null", "primary_key"}:
                pairs.add(("not_null", declared.name.lower()))
    constraints = table.constraints if isinstance(table, Model) else ()
    for one in constraints:
        if one.get("type") == "primary_key":
            pairs |= {("not_null", str(name).lower()) for name in one.get("columns") or ()}
    keys = (frozenset(one.strip('"') for one in key) for key in declared_keys(table, graph))
    return Tested(frozenset(pairs), tuple(keys))


def _targets(
    project: Project, table: Table, graph: Graph, layers: Layers, contents: Contents
) -> list[Target]:
    """The tables with one tested key that are not made from this one, the nearest layer first."""
    from platform_cli.scaffold.facts.proposed_tests import Target

    order = list(layers.by_name)
    below = graph.downstream([table.unique_id]) | {table.unique_id}
    prefixes = [one for layer in layers.by_name.values() for one in layer.prefixes]
    level = _level(layers.of(table), order)
    found: list[tuple[int, str, Target]] = []
    for one in project.resources.values():
        if not isinstance(one, Model | Seed) or one.unique_id in below:
            continue
        tests = graph.tests.get(one.unique_id, ())
        if isinstance(one, Model):
            keys = sorted(single_keys(one, tests))
        else:
            unique = {tested_column(test) for test in tests if test.test_name in UNIQUE}
            filled = {tested_column(test) for test in tests if test.test_name in NOT_NULL}
            keys = sorted(key for key in unique & filled if key)
        bare = next(
            (one.name.removeprefix(p) for p in prefixes if one.name.startswith(p)), one.name
        )
        far = abs(_level(layers.of(one), order) - level)
        relation = partial(_relation, project, one, contents)
        found += [
            (far, one.name, Target(one.name, bare.removesuffix("s"), key, relation)) for key in keys
        ]
    return [target for _, _, target in sorted(found, key=lambda one: one[:2])]


def _level(layer: str | None, order: list[str]) -> int:
    return order.index(layer) if layer in order else 0


def _relation(project: Project, target: Model | Seed, contents: Contents) -> str | None:
    try:
        return relation_of(project, target, contents)
    except PlatformError:
        return None


def _is_personal(table: Table, column: str) -> bool:
    """Whether its values may be a person's: as its entry marks it, else by its name."""
    from platform_cli.conventions.rules.pii_looking_column_needs_classification import META, NAMES
    from platform_cli.project.identifiers import snake_case

    if declared := column_named(table.columns, column):
        marks = [value for key, value in declared.meta.items() if str(key).lower() in META]
        if marks:
            return any(str(one).lower() not in _NO for one in marks)
        if {"pii", "sensitive"} & {one.lower() for one in declared.tags}:
            return True
    return snake_case(column).endswith(("name", *NAMES))


_NO = {"false", "no", "none", "public", "0", ""}


def _check_columns(wanted: Sequence[str], known: Sequence[str]) -> None:
    for one in wanted:
        if one.lower() not in {name.lower() for name in known}:
            near = did_you_mean(one, known) or f"it has {', '.join(known[:_SHOWN])}"
            raise PlatformError(f"--column {one!r} is not a column of it", hint=near)


def _chosen(
    proposals: list[Proposal], wish: Wish, *, every: bool, columns: Sequence[str]
) -> list[Proposal]:
    if every:
        return proposals
    if columns:
        wanted = {one.lower() for one in columns}
        return [one for one in proposals if one.column.lower() in wanted]
    asking = on_terminal() and not (wish.yes or wish.dry_run or wish.check_only or wish.as_json)
    if not asking:
        return [one for one in proposals if one.sure]
    return [
        one
        for one in proposals
        if click.confirm(
            f"{one.column or 'the table'}: {one.words} ({one.because})?", default=one.sure, err=True
        )
    ]


def _show(proposals: list[Proposal], chosen: list[Proposal]) -> None:
    """The chosen ones, and the suggestions; of those without NULL no more than a screen."""
    width = max((len(one.column) for one in proposals), default=0)
    left = [one for one in proposals if one not in chosen]
    shown = left if len(left) <= _SHOWN else [one for one in left if one.kind != "not_null"]
    for verb, some in (("write", chosen), ("suggest", shown)):
        for one in some:
            click.echo(f"{verb:>9}  {one.column:{width}}  {one.words}  ({one.because})")
    if more := len(left) - len(shown):
        click.echo(f"{'suggest':>9}  not_null on {more} more columns that hold no NULL today")


_SHOWN = 20


def _selected(table: Table) -> str:
    return f"source:{table.source_name}.{table.name}" if isinstance(table, Source) else table.name
