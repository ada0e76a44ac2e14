"""What a new model is made from: the parents a person names, with the columns they have."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from platform_cli.project.graph import Graph
from platform_cli.project.identifiers import quoted, snake_case
from platform_cli.project.resources import (
    AnyResource,
    Column,
    Reference,
    Source,
)
from platform_cli.scaffold.named import Table, named_table

Describe = Callable[[AnyResource], tuple[Column, ...] | None]
"""Asks the database for the columns of a resource, with types; None when it cannot tell."""


@dataclass(frozen=True, slots=True)
class Parent:
    """A relation that the new model reads.

    `alias` is the name of its import CTE and `call` the `ref()` or `source()`. `complete` is
    False when the columns are only those that somebody documented. `key` is its tested key.
    `only` is a condition for its rows, and `through` a macro that it is read through.
    """

    resource: Table
    alias: str
    call: str
    columns: tuple[Column, ...]
    complete: bool
    key: str | None
    only: str = ""
    through: str = ""

    @property
    def read(self) -> str:
        """What the import CTE selects from, in Jinja."""
        return f"{self.through}({self.call})" if self.through else self.call

    @property
    def reference(self) -> Reference:
        """The `ref()` or `source()`, as dbt finds it when it parses."""
        kind, _, words = self.call.partition("(")
        args = tuple(word.strip(" '") for word in words.rstrip(")").split(","))
        return Reference(
            "source" if kind == "source" else "ref", args, unique_id=self.resource.unique_id
        )


def read_parents(
    words: Iterable[str],
    resources: Mapping[str, AnyResource],
    package: str,
    prefixes: Iterable[str],
    describe: Describe,
) -> tuple[Parent, ...]:
    """The parents that `ref:NAME` and `source:NAME.TABLE` mean, with import names all different.

    Raises PlatformError for a word of another form and, with near names, for an unknown parent.
    """
    graph = Graph(resources)
    found: list[Parent] = []
    for word in words:
        resource = named_table(resources, package, word, "--from")
        parent = _parent(resource, graph, package, tuple(prefixes), describe)
        taken = {one.alias for one in found} | {"final", "recursive"}
        # `order as (...)` is no SQL, and `recursive` none behind `with`.
        if parent.alias in taken or quoted(parent.alias) != parent.alias:
            longer = snake_case(parent.call)
            parent = replace(parent, alias=longer if longer not in taken else f"{longer}_2")
        if all(one.resource.unique_id != resource.unique_id for one in found):
            found.append(parent)
    return tuple(found)


def _parent(
    resource: Table, graph: Graph, package: str, prefixes: tuple[str, ...], describe: Describe
) -> Parent:
    if isinstance(resource, Source):
        alias, call = resource.name, f"source('{resource.source_name}', '{resource.name}')"
    else:
        alias = next(
            (resource.name.removeprefix(one) for one in prefixes if resource.name.startswith(one)),
            resource.name,
        )
        other = f"'{resource.package_name}', " if resource.package_name != package else ""
        call = f"ref({other}'{resource.name}')"
    columns, complete = _columns(resource, describe)
    return Parent(
        resource=resource,
        alias=snake_case(alias),
        call=call,
        columns=columns,
        complete=complete,
        key=_key(resource, graph),
    )


def _columns(resource: Table, describe: Describe) -> tuple[tuple[Column, ...], bool]:
    """The columns with what is known of them, and whether these are all.

    An enforced contract says all; else the database; else what the properties file mentions.
    """
    declared = tuple(resource.columns.values())
    contract = resource.config.get("contract") or {}
    if declared and contract.get("enforced") and all(one.data_type for one in declared):
        return declared, True
    if described := describe(resource):
        by_name = {one.name.lower(): one for one in declared}
        return tuple(_documented(one, by_name.get(one.name.lower())) for one in described), True
    return declared, False


def _documented(described: Column, declared: Column | None) -> Column:
    description = declared.description if declared else ""
    return Column(described.name, description=description, data_type=described.data_type)


def _key(resource: Table, graph: Graph) -> str | None:
    tests = graph.tests.get(resource.unique_id, ())
    unique = [one.column_name for one in tests if one.test_name == "unique"]
    not_null = {one.column_name for one in tests if one.test_name == "not_null"}
    return next((one for one in unique if one in not_null), None)
