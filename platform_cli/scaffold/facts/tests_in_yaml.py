"""Data tests put into the properties file of what they test."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from platform_cli.project.edits.edit import AddItem, Edit, SetKey, entry_way
from platform_cli.project.edits.properties_home import properties_home
from platform_cli.project.edits.written import tests_key
from platform_cli.project.entry_place import Item
from platform_cli.project.identifiers import quoted
from platform_cli.project.project import Project
from platform_cli.project.resources import column_named
from platform_cli.scaffold.facts.proposed_tests import Proposal
from platform_cli.scaffold.named import Table


def edits_of_tests(project: Project, table: Table, proposals: Iterable[Proposal]) -> Iterator[Edit]:
    """What adds the tests; columns are found by name in any case, and entries made for new ones."""
    path, entry = properties_home(project, table), entry_way(table)
    quoted_now: set[str] = set()
    for one in proposals:
        if not one.column:
            yield AddItem(path, (*entry, tests_key(project, path, entry)), one.test)
            continue
        declared = column_named(table.columns, one.column)
        name = declared.name if declared else one.column
        way = (*entry, "columns", Item(name))
        odd = quoted(name.lower()) != name.lower()
        if odd and name not in quoted_now and not (declared and declared.quote):
            quoted_now.add(name)
            yield SetKey(path, (*way, "quote"), value=True)
        yield AddItem(path, (*way, tests_key(project, path, way)), one.test)
