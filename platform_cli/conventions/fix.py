"""What a fix is, and where fixes come from.

A fix is a function of a finding that yields edits (`project.edits`): it decides, and writes
nothing. It lies in `fixes/`, in a file named like its rule, and is imported when somebody asks for
fixes: `platform check` alone does not pay for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any, Literal, Protocol

from msgspec import Struct

from platform_cli.errors import Where
from platform_cli.project.edits.edit import Edit, RefusedError
from platform_cli.project.graph import Graph
from platform_cli.project.layers import Layers
from platform_cli.project.project import Project
from platform_cli.project.resources import AnyResource, Column, Node
from platform_cli.reporting.diagnostic import Diagnostic

FIXES = Path(__file__).parent / "fixes"

Kind = Literal["automatic", "suggested"]


class SuggestedError(RefusedError):
    """A fix that a person has to make; the message says why, and what would be right."""


class Built(Protocol):
    """What was built, as the database describes it."""

    def columns(self, node: Node) -> tuple[tuple[str, str], ...] | None:
        """Names and types of the columns of a node's relation; None when it cannot be told."""
        ...

    def holds(self, node: Node, condition: str) -> bool | None:
        """Whether no row of the relation comes from `condition`, a `from ... where` to append.

        None when it cannot be told.
        """
        ...


class Scene(Struct, frozen=True):
    """What a fix may ask about besides the finding."""

    project: Project
    graph: Graph
    layers: Layers
    built: Built
    settings: Mapping[str, Mapping[str, Any]] = {}
    """The settings of the rules, by their names."""
    home: Path | None = None
    """The project's own folder, when it is read from another."""
    texts: dict[str, str] = {}
    """What was read already."""

    def setting(self, rule: str, name: str) -> Any:
        """The value of a setting of a rule in this project."""
        return self.settings[rule][name]

    def text(self, path: str) -> str:
        """The text of a file of the project, with its line ends as they are.

        Raises RefusedError when it cannot be read.
        """
        try:
            if path not in self.texts:
                self.texts[path] = (self.project.root / path).read_bytes().decode("utf-8")
            return self.texts[path]
        except (OSError, UnicodeDecodeError) as error:
            raise RefusedError(f"{path} cannot be read as text") from error


class Fix(Struct, frozen=True):
    """How the findings of one rule are mended."""

    kind: Kind
    function: Callable[[Diagnostic, AnyResource, Scene], Iterable[Edit]]


def fix(kind: Kind = "automatic") -> Callable[[Callable[..., Iterable[Edit]]], Fix]:
    """Make a fix of a function of a finding, its resource and the scene, which yields edits.

    It raises SuggestedError for a finding that it leaves to a person.
    """
    return lambda function: Fix(kind, function)


@cache
def load_fix(rule: str) -> Fix | None:
    """The fix of the rule of that name, None when it has none."""
    name = rule.replace("-", "_")
    if not (FIXES / f"{name}.py").is_file():
        return None
    found: Fix = getattr(import_module(f"platform_cli.conventions.fixes.{name}"), name)
    return found


def column_of(finding: Diagnostic, resource: AnyResource) -> Column | None:
    """The declared column that the finding is about."""
    name = finding.anchor.removeprefix("column:").partition(".")[0]
    if not finding.anchor.startswith("column:"):
        return None
    columns: dict[str, Column] = getattr(resource, "columns", {})
    return columns.get(name)


def offset(text: str, where: Where | None) -> int:
    """Where in the text a line and column is; carriage returns count, as in the file.

    Raises SuggestedError when the finding has no such place.
    """
    if where is None or where.line is None or where.column is None:
        raise SuggestedError("its place in the file is not known")
    return _line_starts(text)[: where.line][-1] + where.column - 1


@lru_cache(maxsize=2)
def _line_starts(text: str) -> list[int]:
    return [0, *(found.end() for found in re.finditer("\n", text))]
