"""Fix: foreign-key-has-relationships-test."""

from __future__ import annotations

import re
from collections.abc import Iterator

from platform_cli.conventions.fix import Scene, SuggestedError, column_of, fix
from platform_cli.project.edits.edit import AddItem, Edit, entry_way
from platform_cli.project.edits.properties_home import properties_home
from platform_cli.project.edits.written import tests_key
from platform_cli.project.entry_place import Item
from platform_cli.project.resources import Model, column_named
from platform_cli.reporting.diagnostic import Diagnostic
from platform_cli.warehouse import quoted


@fix()
def foreign_key_has_relationships_test(
    finding: Diagnostic, model: Model, scene: Scene
) -> Iterator[Edit]:
    """A relationships test to the model that the finding names."""
    column = column_of(finding, model)
    named = re.search(r"ref\('(\w+)'\)", finding.help)
    target = scene.project.model(named[1]) if named else None
    if column is None or target is None:
        return
    declared = column_named(target.columns, column.name)
    field = declared.name if declared else column.name  # a constraint of the model names it, too
    mine, its = quoted(column.name), quoted(field)
    relation = ".".join(quoted(one) for one in (target.schema, target.alias) if one)
    orphans = f"where {mine} is not null and {mine} not in (select {its} from {relation})"  # noqa: S608
    if scene.built.holds(model, orphans) is False:
        raise SuggestedError(f"rows that are built have a {column.name} that {target.name} has not")
    path = properties_home(scene.project, model)
    way = (*entry_way(model), "columns", Item(column.name))
    test = {"relationships": {"arguments": {"to": f"ref('{target.name}')", "field": field}}}
    yield AddItem(path, (*way, tests_key(scene.project, path, way)), test)
