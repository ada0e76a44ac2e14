"""Read the properties files of all packages and add what they say to the state."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from platform_cli.errors import PlatformError
from platform_cli.project.files.tree import InputFile
from platform_cli.project.problem import problem_of
from platform_cli.project.reading.columns import column_tags
from platform_cli.project.reading.data_tests import GenericTests, Subject, WrongTest, entry_tests
from platform_cli.project.reading.draft import Draft
from platform_cli.project.reading.exposures import add_group, read_exposure
from platform_cli.project.reading.macro_entries import macro_entries
from platform_cli.project.reading.patches import Patches, version_columns
from platform_cli.project.reading.properties import PropertiesFile, check_shape
from platform_cli.project.reading.sources import SourceTables
from platform_cli.project.reading.state import State
from platform_cli.project.reading.wrong_keys import wrong_keys
from platform_cli.project.resources import Exposure, Macro, Reference

if TYPE_CHECKING:
    from platform_cli.project.reading.facts import Facts

_TYPES = {"models": "model", "seeds": "seed", "snapshots": "snapshot"}


class YamlNodes:
    """Goes through the properties files in dbt's order."""

    def __init__(self, state: State, facts: Facts) -> None:
        self._state = state
        self._facts = facts
        self._patches = Patches(state, facts)
        self._tests = GenericTests(state, facts)
        self._sources = SourceTables(state)
        self.exposures: list[Exposure] = []
        self.macros: list[Macro] = []
        """Those of the project itself."""
        self.unit_tests: list[tuple[PropertiesFile, dict[str, Any]]] = []

    def read(self, file: InputFile, data: Any) -> None:
        """Take one file's value."""
        from platform_cli.project.settings.world import renderer

        state = self._state
        checked = self._checked(file, data)
        if checked is None:
            return
        names = state.scopes[file.package].yaml_names
        properties = PropertiesFile(
            file,
            checked,
            renderer(names, file.path, state.problems),
            state.problems,
        )
        for key in _TYPES:
            if key in checked:
                self._read_nodes(properties, key)
        for entry in properties.entries("sources"):
            self._sources.collect(properties, entry)
        for entry in properties.entries("data_tests"):
            self._patch_singular(properties, entry)
        for entry in properties.entries("analyses"):
            self._patch(properties, "analyses", entry)
        for entry in properties.entries("exposures"):
            self.exposures.append(read_exposure(state, self._facts, properties, entry))
        for entry in properties.entries("groups"):
            add_group(state, properties, entry)
        if file.package == state.root.name:
            defined = state.scopes[file.package].macros.packages.get(file.package, {})
            self.macros += macro_entries(file, checked, defined)
        self.unit_tests += [(properties, entry) for entry in properties.entries("unit_tests")]

    def _checked(self, file: InputFile, data: Any) -> dict[str, Any] | None:
        """The file's mapping, None without one; what is wrong becomes problems."""
        try:
            checked = check_shape(data, file.path)
        except PlatformError as error:
            self._state.problems.append(problem_of(error, "yaml"))
            return None
        if checked and file.package == self._state.root.name:
            self._state.problems += wrong_keys(file, checked)
        return checked

    def finish_sources(self) -> None:
        """Make the sources and their tests, after all files were read."""
        state = self._state
        for source in self._sources.finish(self._tests):
            if source.enabled:
                state.sources[source.unique_id] = source
            else:
                state.disabled_others.append(source)

    def _read_nodes(self, properties: PropertiesFile, key: str) -> None:
        entries = list(properties.entries(key))
        if key == "snapshots":
            self._add_snapshots(properties, entries)
        for entry in entries:
            self._patch(properties, key, entry)
        for entry in entries:
            if key == "models" and entry.get("versions"):
                for version in entry["versions"]:
                    columns = version_columns(entry, version)
                    own = version.get("tests") or version.get("data_tests")
                    tests = own if own is not None else entry_tests(entry)
                    self._add_tests(properties, entry, columns, tests, version.get("v"))
            else:
                self._add_tests(
                    properties, entry, entry.get("columns") or (), entry_tests(entry), None
                )

    def _patch(self, properties: PropertiesFile, key: str, entry: dict[str, Any]) -> None:
        try:
            self._patches.patch(properties, key, entry)
        except PlatformError as error:  # broken Jinja in a hook
            self._state.problems.append(problem_of(error, "jinja"))

    def _add_tests(
        self,
        properties: PropertiesFile,
        entry: dict[str, Any],
        columns: Any,
        tests: Any,
        version: Any,
    ) -> None:
        name = entry["name"]
        reference = Reference("ref", (name,), version or None)
        subject = Subject(properties.file, properties.render, name, reference, version)
        quoted = bool(entry.get("quote_columns"))
        refs = self._patches.refs
        work: list[tuple[Any, dict[str, Any] | None]] = []
        for column in columns:
            if isinstance(column, dict):
                work += [(test, column) for test in entry_tests(column)]
        work += [(test, None) for test in tests]
        for test, column in work:
            tags = column_tags(column) if column else []
            try:
                self._tests.add(subject, test, column, refs, tags=tags, quoted=quoted)
            except WrongTest as error:
                properties.problem(f"a test of {name!r}: {error}")
            except PlatformError as error:
                self._state.problems.append(problem_of(error, "jinja"))

    def _add_snapshots(self, properties: PropertiesFile, entries: list[dict[str, Any]]) -> None:
        """Snapshots written in YAML alone: those with a `relation`."""
        from platform_cli.project.jinja.sql import read_expression

        state, file = self._state, properties.file
        folders = os.path.splitext(file.relative)[0].split("/")[:-1]
        added = False
        for entry in entries:
            if "relation" not in entry:
                continue
            name = entry["name"]
            draft = Draft(
                "snapshot",
                f"snapshot.{file.package}.{name}",
                name,
                file.package,
                file.path,
                file.original,
                f"{file.relative}/{name}.sql",
                [file.package, *folders, name],
            )
            reference = read_expression(str(entry["relation"]))
            if reference is None:
                properties.problem(
                    f"the relation of snapshot {name!r} is neither a ref nor a source",
                    hint="write it like this: relation: ref('my_model')",
                )
            else:
                draft.references = [reference]
            draft.config = state.configs.build("snapshot", draft.fqn, file.package)
            state.names.unnamed(draft)
            # dbt puts it among the enabled nodes first, whatever its config says
            if draft.unique_id in state.nodes:
                properties.problem(f"snapshot {name!r} exists already")
                continue
            state.nodes[draft.unique_id] = draft
            added = True
        if added:
            self._patches.look_up()

    def _patch_singular(self, properties: PropertiesFile, entry: dict[str, Any]) -> None:
        package, name = properties.file.package, entry["name"]
        node = self._state.nodes.get(f"test.{package}.{name}")
        if node is None:
            properties.problem(
                f"data_tests has an entry {name!r}, but there is no such test",
                severity="warn",
                missing=name,
            )
            return
        if config := entry.get("config"):
            self._state.configure(node, package, config)
        node.properties_path = properties.file.path
        node.description = entry.get("description") or ""
