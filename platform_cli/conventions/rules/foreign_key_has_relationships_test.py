"""Rule: foreign-key-has-relationships-test."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from platform_cli.conventions.rule import Violation, rule
from platform_cli.project.graph import Graph
from platform_cli.project.keys import single_keys
from platform_cli.project.layers import Layers
from platform_cli.project.resources import Model


@rule(severity="info")
def foreign_key_has_relationships_test(
    model: Model,
    graph: Graph,
    layers: Layers,
    *,
    in_layers: tuple[str, ...] = ("marts",),
    endings: tuple[str, ...] = ("_id", "_key", "_sk"),
    tests: tuple[str, ...] = ("relationships", "relationships_where", "foreign_key"),
) -> Iterator[Violation]:
    """A column of a mart that is the key of another has a relationships test.

    ## Why
    A value that the other table does not have drops out of every inner join, and the sums are
    silently too small.

    A column is taken for a foreign key when its name has one of the `endings`, it is no key of its
    own model, and it is the tested key of the model in these layers that is named after it:
    `passenger_id` of `dim_passengers`. A foreign_key constraint is as good as a test.

    ## Instead of
    ```yaml
    columns:
      - name: passenger_id
    ```

    ## Write
    ```yaml
    columns:
      - name: passenger_id
        data_tests:
          - relationships:
              arguments: {to: ref('dim_passengers'), field: passenger_id}
    ```
    """
    if layers.of(model) not in in_layers:
        return
    known_layers = [layers.by_name[one] for one in in_layers if one in layers.by_name]
    prefixes = ("", *(prefix for one in known_layers for prefix in one.prefixes))
    own: frozenset[str] | None = None
    for name, column in model.columns.items():  # names of columns are never undecided
        if not name.lower().endswith(endings):
            continue
        named = [
            one
            for table in _tables_of(name.lower(), endings, prefixes)
            for one in _by_name(graph).get(table, ())
            if one.name != model.name and layers.of(one) in in_layers
        ]
        targets = [one for one in named if name.lower() in _keys(one, graph)]
        if len(targets) != 1:
            continue
        if own is None:
            own = _keys(model, graph) | _tested(model, graph, tests)
        if name.lower() not in own:
            target = targets[0].name
            yield Violation(
                f"{name} is the key of {target}, and nothing tests that it is there",
                at=column,
                help=f"add `relationships` with `to: ref('{target}')` to its data_tests",
            )


def _keys(model: Model, graph: Graph) -> frozenset[str]:
    return single_keys(model, graph.tests.get(model.unique_id, ()))


@lru_cache(maxsize=1)
def _by_name(graph: Graph) -> Mapping[str, list[Model]]:
    """The models by name, in lower case."""
    found: dict[str, list[Model]] = defaultdict(list)
    for resource in graph.resources.values():
        if isinstance(resource, Model):
            found[resource.name.lower()].append(resource)
    return found


@cache
def _tables_of(column: str, endings: tuple[str, ...], prefixes: tuple[str, ...]) -> tuple[str, ...]:
    """The names of a table of which the column is the key."""
    one = column[: -len(next(ending for ending in endings if column.endswith(ending)))]
    forms = (one, f"{one}s", f"{one}es", f"{one[:-1]}ies")
    return tuple({prefix + form for form in forms for prefix in prefixes})


def _tested(model: Model, graph: Graph, names: tuple[str, ...]) -> set[str]:
    """The columns whose relation to another table is tested or promised."""
    found = set()
    for test in graph.tests.get(model.unique_id, ()):
        column = test.column_name or test.arguments.get("column_name")
        if test.test_name in names and column:
            found.add(str(column).lower())
    for column in model.columns.values():
        if any(one.get("type") == "foreign_key" for one in column.constraints):
            found.add(column.name.lower())
    for constraint in model.constraints:
        if constraint.get("type") == "foreign_key":
            found |= {str(name).lower() for name in constraint.get("columns") or ()}
    return found
