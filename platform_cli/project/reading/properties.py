"""The entries of properties files, with the Jinja in them rendered as dbt renders it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Literal, NamedTuple

from platform_cli.errors import PlatformError
from platform_cli.project.entry_place import Entries, Item
from platform_cli.project.files.tree import InputFile, decode, read_bytes
from platform_cli.project.files.yaml_values import KeyPath, render_tree
from platform_cli.project.problem import Problem
from platform_cli.project.reading.shape import wrong_shape
from platform_cli.project.resources import Undecided

_LATE = frozenset({"tests", "data_tests", "description", "loaded_at_query"})
_COLUMN_LATE = frozenset({"tests", "data_tests", "description"})
_HOOKS = frozenset({"pre_hook", "post_hook", "loaded_at_query"})
_NAMED = (
    "models",
    "seeds",
    "snapshots",
    "sources",
    "macros",
    "analyses",
    "exposures",
    "metrics",
    "semantic_models",
    "saved_queries",
    "functions",
)


class PropertiesFile(NamedTuple):
    """One properties file: its value, and how to render a string in it."""

    file: InputFile
    data: dict[str, Any]
    render: Callable[[str, KeyPath], Any]
    problems: list[Problem]

    def entries(self, key: str) -> Iterator[dict[str, Any]]:
        """The rendered entries under a key such as `models`; broken ones become problems."""
        for raw in self.data.get(key) or ():
            if not isinstance(raw, dict) or not ("name" in raw or "model" in raw):
                self.problem(f"an entry under `{key}` has no name")
                continue
            entry = render_tree(raw, self.render, _RULES.get(key, _wanted))
            if isinstance(entry.get("name", ""), Undecided):
                undecided = entry["name"]
                self.problem(f"the name of an entry under `{key}` is undecided: {undecided.reason}")
                continue
            if wrong := wrong_shape(entry, key):
                self.problem(wrong)
                continue
            yield entry

    def problem(
        self,
        message: str,
        *,
        severity: Literal["error", "warn"] = "error",
        hint: str = "",
        missing: str = "",
    ) -> None:
        """Note something wrong in this file."""
        self.problems.append(
            Problem(
                message=f"{self.file.path}: {message}",
                kind="yaml",
                severity=severity,
                path=self.file.path,
                hint=hint,
                missing=missing,
            )
        )

    def orphan(self, key: str, name: str, *, hint: str) -> None:
        """Note an entry that describes nothing; what it says is lost, so its place is looked up."""
        text = decode(read_bytes(self.file.absolute, self.file.path), self.file.path)
        line, column = Entries(text).place((key, Item(name))) or (0, 0)
        self.problems.append(
            Problem(
                message=f"{key} has an entry {name!r}, but there is no such resource",
                kind="properties-without-resource",
                severity="warn",
                path=self.file.path,
                line=line,
                column=column,
                hint=hint or "delete the entry, or give it the name of what it describes",
                missing=name,
            )
        )


def check_shape(data: Any, path: str) -> dict[str, Any] | None:
    """The file's mapping, None when it is empty.

    Raises:
        PlatformError: dbt refuses the file: not a mapping, or lists that are none.
    """
    from platform_cli.errors import Where

    if not data:
        return None
    if not isinstance(data, dict):
        raise PlatformError(
            f"{path} does not hold a mapping",
            hint="a properties file has keys such as `models:` and `sources:`",
            where=Where(path, 1),
        )
    for key in _NAMED:
        if key not in data:
            continue
        if not isinstance(data[key], list):
            raise PlatformError(
                f"`{key}` in {path} is not a list",
                hint="each entry starts with a dash: `- name: ...`",
                where=Where(path),
            )
        for at, entry in enumerate(data[key]):
            if not isinstance(entry, dict) or "name" not in entry:
                raise PlatformError(
                    f"entry {at + 1} of `{key}` in {path} has no `name`", where=Where(path)
                )
    return data


def _wanted(path: KeyPath) -> bool:
    """dbt's rule of what is rendered at once in a properties file (schema_renderer)."""
    depth = len(path)
    if depth == 0:
        return True
    first = path[0]
    if first in _LATE:
        return False
    if depth == 2 and path[1] in _LATE:  # noqa: PLR2004
        return False
    if depth >= 2 and first == "config" and path[1] in _HOOKS:  # noqa: PLR2004
        return False
    if depth == 5 and path[4] == "description":  # noqa: PLR2004
        return False
    return not (
        depth >= 3  # noqa: PLR2004
        and first in {"columns", "dimensions", "measures", "entities"}
        and path[2] in _COLUMN_LATE
    )


def _wanted_in_source(path: KeyPath) -> bool:
    if not path:
        return True
    if path[0] in {"description", "loaded_at_query"}:
        return False
    if len(path) >= 2 and path[0] == "config" and path[1] == "loaded_at_query":  # noqa: PLR2004
        return False
    return not (path[0] == "tables" and not _wanted(path[2:]))


def _wanted_in_macro(path: KeyPath) -> bool:
    if path and path[0] == "arguments":
        return _wanted(path[1:])
    return _wanted(path)


_RULES: dict[str, Callable[[KeyPath], bool]] = {
    "sources": _wanted_in_source,
    "macros": _wanted_in_macro,
}
