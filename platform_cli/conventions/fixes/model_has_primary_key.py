"""Fix: model-has-primary-key."""

from __future__ import annotations

from collections.abc import Iterator

from platform_cli.conventions.declared_key import declared_key
from platform_cli.conventions.disabled_tests import disabled_tests
from platform_cli.conventions.fix import Scene, SuggestedError, fix
from platform_cli.project.edits.edit import AddItem, Edit, entry_way
from platform_cli.project.edits.properties_home import properties_home
from platform_cli.project.edits.written import tests_key
from platform_cli.project.entry_place import Item
from platform_cli.project.resources import Column, Model, column_named
from platform_cli.reporting.diagnostic import Diagnostic
from platform_cli.warehouse import quoted

_TESTS = ("unique", "not_null")


@fix()
def model_has_primary_key(_: Diagnostic, model: Model, scene: Scene) -> Iterator[Edit]:
    """`unique` and `not_null` on the one column that is declared as key."""
    tests = scene.graph.tests.get(model.unique_id, ())
    key = declared_key(model, tests)
    if not key:
        guess = next((one for one in model.columns.values() if one.name.endswith("_id")), None)
        perhaps = f"; {guess.name} looks like one" if guess else ""
        raise SuggestedError(f"no key is declared anywhere{perhaps}")
    if len(key) > 1:
        raise SuggestedError(
            f"the key has several columns ({', '.join(key)}): test their combination"
        )
    [name] = key
    column = column_named(model.columns, name) or Column(name)
    _refuse_false(model, column, scene)
    path = properties_home(scene.project, model)
    way = (*entry_way(model), "columns", Item(column.name))
    there = {one.test_name for one in tests if one.column_name == column.name}
    off = disabled_tests(model, scene.project)
    if any(one.test_name in _TESTS and one.column_name == column.name for one in off):
        raise SuggestedError(f"tests of {column.name} are there and disabled: enable them")
    for test in _TESTS:
        if test not in there:
            yield AddItem(path, (*way, tests_key(scene.project, path, way)), test)


def _refuse_false(model: Model, column: Column, scene: Scene) -> None:
    """Leave it to a person when what is built says that it is no key."""
    name = quoted(column.name)
    if scene.built.holds(model, f"where {name} is null") is False:
        raise SuggestedError(f"{column.name} is NULL in rows that are built")
    if scene.built.holds(model, f"group by {name} having count(*) > 1") is False:
        raise SuggestedError(f"{column.name} is not unique in what is built")
