"""Read the files of tests; everything that is written wrongly is found at once, with its line."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

import yaml

from platform_cli.errors import PlatformError, Where, did_you_mean
from platform_cli.project.files.yaml_files import broken_yaml
from platform_cli.snapshots.history_tests.refusals import GUARDS, REFUSALS
from platform_cli.snapshots.history_tests.values import (
    Value,
    WrongValueError,
    pairs,
    time_of,
    value_of,
)
from platform_cli.snapshots.history_tests.written import HistoryTest, Row, Run, TestFile

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

FOLDER = "snapshot_tests"
"""Beside dbt_project.yml: no folder that dbt reads."""

_FILE = ("snapshot", "columns", "tests")
_TEST = ("name", "columns", "runs", "expect")
_RUN = ("at", "rows", "columns", "without", "allow", "expect_refused")
_DATES = (
    "dates are written 2024-01-31, 2024-01-31 12:30:00 or, with an offset, 2024-01-31T12:30:00Z"
)


def read_tests(project: Path) -> tuple[TestFile, ...]:
    """The files of the folder `snapshot_tests`, by path."""
    folder = project / FOLDER
    found = sorted(file for file in folder.rglob("*") if file.suffix in {".yml", ".yaml"})
    return tuple(_Reader(file.relative_to(project).as_posix()).file(file) for file in found)


class _Reader:
    """Reads one file, noting what is wrong and going on."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[PlatformError] = []

    def file(self, file: Path) -> TestFile:
        try:
            root = _compose(file, self.path)
        except PlatformError as error:
            return TestFile(self.path, "", 1, (), (error,))
        parts = self._mapping(root, _FILE, "a file of tests", needed=("snapshot", "tests"))
        snapshot = self._text(parts.get("snapshot"), "snapshot")
        columns = self._types(parts.get("columns"))
        tests = tuple(
            self._test(node, snapshot, columns) for node in self._list(parts.get("tests"), "tests")
        )
        self._twice(tests)
        line = parts["snapshot"].start_mark.line + 1 if "snapshot" in parts else 1
        return TestFile(self.path, snapshot, line, tests, tuple(self.problems))

    def _test(self, node: yaml.Node, snapshot: str, columns: dict[str, str]) -> HistoryTest:
        parts = self._mapping(node, _TEST, "a test", needed=("name", "runs", "expect"))
        runs = tuple(self._run(run) for run in self._list(parts.get("runs"), "runs"))
        if "runs" in parts and not runs:
            self._wrong(parts["runs"], "a test needs at least one run")
        expect = self._list(parts.get("expect"), "expect")
        return HistoryTest(
            snapshot=snapshot,
            name=self._text(parts.get("name"), "name"),
            path=self.path,
            line=node.start_mark.line + 1,
            runs=runs,
            expect=tuple(self._row(row) for row in expect),
            expect_lines=tuple(row.start_mark.line + 1 for row in expect),
            columns=columns | self._types(parts.get("columns")),
        )

    def _run(self, node: yaml.Node) -> Run:
        parts = self._mapping(node, _RUN, "a run", needed=("at", "rows"))
        allow = self._names(parts.get("allow"), "allow", GUARDS, "guard")
        refused = self._names(parts.get("expect_refused"), "expect_refused", REFUSALS, "refusal")
        if len(refused) > 1:
            self._wrong(parts["expect_refused"], "a run is refused for one reason: name one")
        rows = tuple(self._row(row) for row in self._list(parts.get("rows"), "rows"))
        without = self._names(parts.get("without"), "without")
        if held := {name for row in rows for name in row}.intersection(without):
            self._wrong(
                node, f"this run has rows with {', '.join(sorted(held))}, and is without it"
            )
        return Run(
            at=self._time(parts["at"]) if "at" in parts else "",
            line=node.start_mark.line + 1,
            rows=rows,
            columns=self._types(parts.get("columns")),
            without=without,
            allow=allow,
            refused=refused[0] if refused else "",
        )

    def _row(self, node: yaml.Node) -> Row:
        if not isinstance(node, yaml.MappingNode):
            self._wrong(
                node, "a row is a mapping of columns to values", "{code: A, name: Aberdeen}"
            )
            return {}
        self._repeated(node)
        return {key.value: value for key, inner in pairs(node) if (value := self._value(inner))}

    def _value(self, node: yaml.Node) -> Value | None:
        try:
            return value_of(node)
        except WrongValueError as error:
            self._wrong(node, f"{error} is no date", f"{_DATES}; text stands in quotes")
        except RecursionError:
            self._wrong(node, "this value holds itself")
        return None

    def _time(self, node: yaml.Node) -> str:
        value = self._value(node)
        if value is None:
            return ""
        time = time_of(value)
        if time is None:
            self._wrong(node, f"at: {value.text or 'NULL'!r} is no date or time", _DATES)
            return ""
        utc = time.astimezone(UTC) if time.tzinfo else time
        return utc.strftime("%Y-%m-%d %H:%M:%S.%f")

    def _types(self, node: yaml.Node | None) -> dict[str, str]:
        if node is None:
            return {}
        if not isinstance(node, yaml.MappingNode):
            self._wrong(node, "columns: is a mapping of columns to types", "{elevation: double}")
            return {}
        return {key.value: self._text(kind, "a type") for key, kind in pairs(node)}

    def _names(
        self, node: yaml.Node | None, what: str, known: Iterable[str] = (), kind: str = ""
    ) -> tuple[str, ...]:
        """A name, or a list of names; with `known`, each must be one of these."""
        if node is None:
            return ()
        given = node.value if isinstance(node, yaml.SequenceNode) else [node]
        names = []
        for one in given:
            name = self._text(one, what)
            bare = name.replace("-", "_") if kind else name
            if kind and name and bare not in known:
                self._wrong(
                    one,
                    f"there is no {kind} {name}",
                    did_you_mean(bare, known) or f"there are: {', '.join(known)}",
                )
            elif name:
                names.append(bare)
        return tuple(names)

    def _text(self, node: yaml.Node | None, what: str) -> str:
        if node is None:
            return ""
        if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
            self._wrong(node, f"{what}: must be text")
            return ""
        text: str = node.value
        return text.strip()

    def _list(self, node: yaml.Node | None, what: str) -> list[yaml.Node]:
        if isinstance(node, yaml.SequenceNode):
            items: list[yaml.Node] = node.value
            return items
        # `rows:` with nothing behind it is no list either: an empty one is written out.
        if node is not None:
            self._wrong(node, f"{what}: must be a list", f"an empty one is written `{what}: []`")
        return []

    def _mapping(
        self, node: yaml.Node, known: tuple[str, ...], what: str, *, needed: tuple[str, ...]
    ) -> dict[str, yaml.Node]:
        if not isinstance(node, yaml.MappingNode):
            self._wrong(node, f"{what} is a mapping", f"its keys are {', '.join(known)}")
            return {}
        self._repeated(node)
        found = {}
        meant = ""
        for key, value in pairs(node):
            if key.value in known:
                found[key.value] = value
            else:
                near = did_you_mean(key.value, known)
                hint = near or f"its keys are {', '.join(known)}"
                self._wrong(key, f"{what} has no key {key.value!r}", hint)
                meant += near
        for name in needed:
            if name not in found and repr(name) not in meant:
                self._wrong(node, f"{what} needs `{name}:`", _WHY.get(name, ""))
        return found

    def _repeated(self, node: yaml.MappingNode) -> None:
        seen = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._wrong(key, "a key must be a name")
            elif key.value in seen:
                self._wrong(key, f"{key.value!r} is there twice")
            else:
                seen.add(key.value)

    def _twice(self, tests: tuple[HistoryTest, ...]) -> None:
        seen: dict[str, int] = {}
        for test in tests:
            if test.name and test.name in seen:
                where = Where(self.path, test.line)
                first = f"the first is in line {seen[test.name]}"
                self.problems.append(
                    PlatformError(f"two tests are called {test.name!r}", hint=first, where=where)
                )
            seen.setdefault(test.name, test.line)

    def _wrong(self, node: yaml.Node, message: str, hint: str = "") -> None:
        mark = node.start_mark
        where = Where(self.path, mark.line + 1, mark.column + 1)
        self.problems.append(PlatformError(message, hint=hint, where=where))


_WHY = {
    "expect": "the rows that the history must hold after the last run; `expect: []` for none",
    "at": "the time of the run, such as 2024-01-31",
    "rows": "what the source holds then; `rows: []` for nothing",
    "snapshot": "the name of the snapshot that the tests are of",
}


def _compose(file: Path, path: str) -> yaml.Node:
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        hint = "save the file as UTF-8"
        raise PlatformError(f"{path} is not UTF-8 text", hint=hint, where=Where(path)) from None
    except OSError as error:
        raise PlatformError(f"{path} cannot be read: {error.strerror}", where=Where(path)) from None
    try:
        # The loader in C is faster, and ends Python when lists are nested ten thousand deep.
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise broken_yaml(error, text.lstrip(), path) from error
    except RecursionError:
        raise PlatformError(f"{path} is nested too deeply", where=Where(path)) from None
    if root is None:
        raise PlatformError(
            f"{path} is empty", where=Where(path), hint="write a test, or remove it"
        )
    return root
