"""Another name for a column, in the properties files: its entry, keys, tests and unit tests."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import yaml

from platform_cli.errors import Where
from platform_cli.project.edits.edit import ReplaceText
from platform_cli.project.edits.yaml_tree import child, composed, index, value_of, value_under
from platform_cli.project.entry_place import Item

OF_COLUMNS = frozenset({
    "unique_key", "columns", "combination_of_columns", "column_name", "group_by_columns",
    "merge_update_columns", "merge_exclude_columns", "partition_by", "cluster_by", "order_by",
    "event_time", "granularity",
})  # fmt: skip
"""Keys of an entry whose values are names of its columns."""
_TEXTS = frozenset({"description", "name", "values", "tags", "group"})


class YamlPlaces(NamedTuple):
    """The edits, and the places that a person has to look at."""

    edits: list[ReplaceText]
    unsure: list[Where]


class ColumnInYaml:
    """One properties file, and the column `old` of `model` that is to be called `new`."""

    def __init__(self, path: str, text: str, model: str, old: str, new: str) -> None:
        """Raises RefusedError for what is no YAML, or more than one document."""
        self._path = path
        self._text = text
        self._top = composed(text)
        self._model = model
        self._old = old
        self._new = new
        self._word = re.compile(rf"(?<!\w){re.escape(old)}(?!\w)", re.IGNORECASE)
        self._ref = re.compile(rf"""\bref\s*\([^)]*["']{re.escape(model)}["']\s*[,)]""")
        self.found = YamlPlaces([], [])

    def places(self) -> YamlPlaces:
        """All of them."""
        top = self._top
        if top is None:
            return self.found
        entry = self._entry(top, "models", Item(self._model))
        if entry is not None:
            self._of_entry(entry, "")
        for test in self._section(top, "unit_tests"):
            self._of_unit_test(test)
        for semantic in self._section(top, "semantic_models"):
            read = value_under(semantic, "model")
            if read is not None and self._ref.search(str(read.value)):
                self._of_others(semantic)
        for node in _mappings(top):
            to, field = value_under(node, "to"), value_under(node, "field")
            if to is not None and field is not None and self._ref.search(str(to.value)):
                self._if_it_is(field)
        return self.found

    def _of_entry(self, node: yaml.Node, key: str) -> None:
        """The model's entry: names of columns, and what else has the word."""
        if isinstance(node, yaml.ScalarNode):
            if key in OF_COLUMNS:
                self._if_it_is(node)
            elif key not in _TEXTS and self._word.search(str(node.value)):
                self.found.unsure.append(self._where(node))
        elif isinstance(node, yaml.SequenceNode):
            for one in node.value:
                named = value_under(one, "name") if key == "columns" else None
                if named is not None:
                    self._if_it_is(named)
                self._of_entry(one, key)
        else:
            for name, value in node.value:
                # `relationships: {to: ..., field: ...}` has a column of another model.
                if name.value != "field" or value_under(node, "to") is None:
                    self._of_entry(value, str(name.value))

    def _of_others(self, top: yaml.Node) -> None:
        """What says the name in words that only dbt understands."""
        for node in _mappings(top):
            for key, value in node.value:
                said = isinstance(value, yaml.ScalarNode) and self._word.search(str(value.value))
                if said and key.value not in ("description", "model"):
                    self.found.unsure.append(self._where(value))

    def _of_unit_test(self, test: yaml.Node) -> None:
        model = value_under(test, "model")
        if model is not None and model.value == self._model:
            self._of_rows(value_under(test, "expect"))
            for given in self._section(test, "given"):
                read = value_under(given, "input")
                if read is not None and read.value == "this":
                    self._of_rows(given)
        for given in self._section(test, "given"):
            read = value_under(given, "input")
            if read is not None and self._ref.search(str(read.value)):
                self._of_rows(given)

    def _of_rows(self, table: yaml.Node | None) -> None:
        """Rows in YAML have the name as a key, those in CSV in their first line."""
        rows = value_under(table, "rows")
        fixture = value_under(table, "fixture")
        if fixture is not None:
            self.found.unsure.append(self._where(fixture))
        if isinstance(rows, yaml.SequenceNode):
            for row in rows.value:
                for key, _ in row.value if isinstance(row, yaml.MappingNode) else ():
                    self._if_it_is(key)
        elif isinstance(rows, yaml.ScalarNode) and self._word.search(str(rows.value)):
            self.found.unsure.append(self._where(rows))

    def _if_it_is(self, node: yaml.Node) -> None:
        if not isinstance(node, yaml.ScalarNode) or str(node.value).lower() != self._old.lower():
            return
        start = self._text.find(str(node.value), index(node), node.end_mark.index)
        if start < 0:
            self.found.unsure.append(self._where(node))
            return
        edit = ReplaceText(self._path, start, str(node.value), self._new)
        if edit not in self.found.edits:
            self.found.edits.append(edit)

    def _where(self, node: yaml.Node) -> Where:
        return Where(self._path, node.start_mark.line + 1, node.start_mark.column + 1)

    def _entry(self, top: yaml.Node, section: str, named: Item) -> yaml.Node | None:
        items = value_under(top, section)
        number = child(items, named) if items is not None else None
        return value_of(items, number) if items is not None and number is not None else None

    def _section(self, node: yaml.Node, key: str) -> list[yaml.Node]:
        items = value_under(node, key)
        return list(items.value) if isinstance(items, yaml.SequenceNode) else []


def _mappings(top: yaml.Node) -> Iterator[yaml.MappingNode]:
    todo, seen = [top], set[int]()
    while todo:
        node = todo.pop()
        if id(node) in seen or isinstance(node, yaml.ScalarNode):
            continue
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            yield node
            todo += [value for _, value in node.value]
        else:
            todo += node.value
