"""Sources: from entries under `sources:` to tables, with overrides and tests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from platform_cli.errors import PlatformError
from platform_cli.project.problem import problem_of
from platform_cli.project.reading.columns import column_tags, read_columns
from platform_cli.project.reading.data_tests import GenericTests, Subject, WrongTest, entry_tests
from platform_cli.project.reading.freshness import is_set, merge_thresholds, threshold
from platform_cli.project.reading.lenient import as_list, as_mapping
from platform_cli.project.reading.state import State
from platform_cli.project.resources import Reference, Source, Undecided

if TYPE_CHECKING:
    from platform_cli.project.reading.properties import PropertiesFile

_NOT_PATCHED = frozenset({"name", "overrides", "tables"})


class Table(NamedTuple):
    """One table of one source entry, before its config is worked out."""

    properties: PropertiesFile
    source: dict[str, Any]
    table: dict[str, Any]


class SourceTables:
    """Collects the tables of all files, then makes sources of them."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._tables: dict[str, Table] = {}
        self._overrides: dict[tuple[str, str], dict[str, Any]] = {}

    def collect(self, properties: PropertiesFile, entry: dict[str, Any]) -> None:
        """Take one entry; an entry with `overrides` changes another package's source."""
        name = entry["name"]
        if "overrides" in entry:
            key = (str(entry["overrides"]), name)
            if key in self._overrides:
                properties.problem(f"source {name!r} of {key[0]!r} is overridden a second time")
                return
            self._overrides[key] = entry
            return
        package = properties.file.package
        for table in entry.get("tables") or ():
            if not isinstance(table, dict) or not isinstance(table.get("name"), str):
                properties.problem(f"a table of source {name!r} has no name")
                continue
            unique_id = f"source.{package}.{name}.{table['name']}"
            if unique_id in self._tables:
                properties.problem(
                    f"source table {name}.{table['name']} is declared twice; the first is in "
                    f"{self._tables[unique_id].properties.file.path}"
                )
                continue
            self._tables[unique_id] = Table(properties, entry, table)

    def finish(self, tests: GenericTests) -> Iterator[Source]:
        """The sources; their tests are added on the way."""
        for unique_id, (properties, source, table) in self._tables.items():
            package = properties.file.package
            override = self._overrides.get((package, source["name"]))
            if override is not None:
                source, table = _overridden(source, table, override)
            self._add_tests(tests, Table(properties, source, table))
            yield self._source(unique_id, properties, source, table)

    def _add_tests(self, tests: GenericTests, item: Table) -> None:
        properties, source, table = item
        subject = Subject(
            properties.file,
            properties.render,
            f"{source['name']}_{table['name']}",
            Reference("source", (source["name"], table["name"])),
        )
        inherited = [*as_list(source.get("tags")), *as_list(table.get("tags"))]
        quoted = bool((table.get("quoting") or {}).get("column"))
        if (table.get("quoting") or {}).get("column") is None:
            quoted = bool((source.get("quoting") or {}).get("column"))
        work: list[tuple[Any, dict[str, Any] | None]] = []
        for column in table.get("columns") or ():
            if isinstance(column, dict):
                work += [(entry, column) for entry in entry_tests(column)]
        work += [(entry, None) for entry in entry_tests(table)]
        for entry, column in work:
            tags = inherited + (column_tags(column) if column else [])
            try:
                tests.add(subject, entry, column, None, tags=tags, quoted=quoted)
            except WrongTest as error:
                properties.problem(f"a test of source {subject.name}: {error}")
            except PlatformError as error:
                self._state.problems.append(problem_of(error, "jinja"))

    def _source(
        self,
        unique_id: str,
        properties: PropertiesFile,
        source: dict[str, Any],
        table: dict[str, Any],
    ) -> Source:
        state = self._state
        file = properties.file
        folders = os.path.splitext(file.relative)[0].split("/")[:-1]
        fqn = [file.package, *folders, source["name"], table["name"]]
        config = state.configs.build("source", fqn, file.package, None, _patch(source, table))
        undecided = {
            f"config.{key}": value for key, value in config.items() if isinstance(value, Undecided)
        }
        config = {k: v for k, v in config.items() if not isinstance(v, Undecided)}
        values: dict[str, Any] = {}
        target = state.names.target
        for key, value in (
            ("database", source.get("database") or _database(target)),
            ("schema", source.get("schema") or source["name"]),
            ("identifier", table.get("identifier") or table["name"]),
        ):
            if isinstance(value, Undecided):
                undecided[key] = value
            else:
                values[key] = value
        if "config.enabled" in undecided:
            undecided["enabled"] = undecided["config.enabled"]
        return Source(
            unique_id=unique_id,
            name=table["name"],
            package_name=file.package,
            path=file.path,
            properties_path=file.path,
            description=table.get("description") or "",
            quoting=_quoting(source) | _quoting(table),
            enabled=config.get("enabled", True) is not False,
            tags=tuple(config.get("tags", ())),
            meta=config.get("meta", {}),
            config=config,
            undecided=undecided,
            fqn=tuple(fqn),
            source_name=source["name"],
            source_description=source.get("description") or "",
            loader=source.get("loader") or "",
            columns=read_columns(table.get("columns") or ()),
            freshness=config.get("freshness"),
            loaded_at_field=config.get("loaded_at_field"),
            **values,
        )


def _patch(source: dict[str, Any], table: dict[str, Any]) -> dict[str, Any]:
    """What the entry says about config; tags, meta and freshness come from several places."""
    own, inner = as_mapping(source.get("config")), as_mapping(table.get("config"))
    patch = {**own, **inner}
    fresh = merge_thresholds(
        threshold(source.get("freshness", {})),
        threshold(own.get("freshness", {})),
        threshold(table.get("freshness", {})),
        threshold(inner.get("freshness", {})),
    )
    if is_set(fresh) or fresh is None:
        patch["freshness"] = fresh
    else:
        patch.pop("freshness", None)
    at_table = "loaded_at_field" in table or bool(inner.get("loaded_at_field"))
    if at_table:
        patch["loaded_at_field"] = table.get("loaded_at_field") or inner.get("loaded_at_field")
    else:
        patch["loaded_at_field"] = source.get("loaded_at_field") or own.get("loaded_at_field")
    if table.get("loaded_at_query") is not None or inner.get("loaded_at_query") is not None:
        patch["loaded_at_query"] = table.get("loaded_at_query") or inner.get("loaded_at_query")
    elif at_table:
        patch["loaded_at_query"] = None
    else:
        patch["loaded_at_query"] = source.get("loaded_at_query") or own.get("loaded_at_query")
    patch["meta"] = {
        **as_mapping(source.get("meta")),
        **as_mapping(own.get("meta")),
        **as_mapping(table.get("meta")),
        **as_mapping(inner.get("meta")),
    }
    tags = (source.get("tags"), own.get("tags"), table.get("tags"), inner.get("tags"))
    patch["tags"] = sorted(
        {tag for value in tags for tag in as_list(value) if isinstance(tag, str)}
    )
    return patch


def _overridden(
    source: dict[str, Any], table: dict[str, Any], override: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    changed = {k: v for k, v in override.items() if k not in _NOT_PATCHED and v is not None}
    source = {**source, **changed}
    for patch in override.get("tables") or ():
        if isinstance(patch, dict) and patch.get("name") == table["name"]:
            table = {**table, **{k: v for k, v in patch.items() if v is not None}}
            break
    return source, table


def _database(target: Any) -> Any:
    return target if isinstance(target, Undecided) else target.database


def _quoting(entry: dict[str, Any]) -> dict[str, bool]:
    given = entry.get("quoting")
    if not isinstance(given, dict):
        return {}
    return {key: value for key, value in given.items() if isinstance(value, bool)}
