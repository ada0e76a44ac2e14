"""What a rule is, and where rules come from.

A rule is a function of one resource that yields violations. The annotation of its first parameter
says which resources it sees; further parameters ask for more by their annotation (`Project`,
`Graph`, `Layers`, `Queries`); keyword-only ones with defaults are its settings in `platform.yml`.
The function knows neither severity, file, nor output. Its docstring is the rule's page.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_type_hints

from msgspec import Struct

from platform_cli.errors import Where
from platform_cli.project.resources import AnyResource, Argument, Column, Node, Reference, Undecided
from platform_cli.project.sql.positions import SqlSpan
from platform_cli.project.sql.queries import Origins, Queries
from platform_cli.project.sql.query import Query
from platform_cli.reporting.diagnostic import Severity

if TYPE_CHECKING:
    from platform_cli.conventions.fix import Fix

SQL = "SQL"
"""What a rule about SQL needs, as an UndecidedError names it: said once, not per rule."""
RULES = Path(__file__).parent / "rules"


class Key(Struct, frozen=True):
    """A key of a resource's config or properties, as `hard_deletes`, `owner` or `meta.scd.type`.

    Of a `column` (of a macro: an argument) it is a key of that one's entry, as `data_type`.
    """

    name: str
    column: Column | Argument | None = None


class Violation(Struct, frozen=True):
    """What is wrong with a resource.

    `at` is the part of it that is wrong: a column as declared, a `ref()` or `source()` call, a
    key, a part of its SQL, or a place; None is the resource itself. The place in the file and the
    anchor are found from it. `of` is for a rule that sees the project: the unique id of the
    resource it is about.
    """

    message: str
    at: Column | Reference | Key | SqlSpan | Where | None = None
    help: str = ""
    of: str = ""

    @property
    def anchor(self) -> str:
        """The name of the part, which stays when lines move: `column:id`, `ref:stg_flights`."""
        if isinstance(self.at, SqlSpan):
            return self.at.anchor
        if isinstance(self.at, Key):
            if self.at.column is None:
                return f"key:{self.at.name}"
            kind = "argument" if isinstance(self.at.column, Argument) else "column"
            return f"{kind}:{self.at.column.name}.{self.at.name}"
        if isinstance(self.at, Column):
            return f"column:{self.at.name}"
        if isinstance(self.at, Reference):
            return f"{self.at.kind}:{'.'.join(self.at.args)}"
        return ""


class Setting(Struct, frozen=True):
    """One setting of a rule: its type as annotated, and the value when nobody sets it."""

    name: str
    type: Any
    default: Any


class Rule(Struct, frozen=True):
    """A convention that is checked."""

    name: str
    severity: Severity
    sees: type[Any]
    wants: tuple[tuple[str, type], ...]
    settings: tuple[Setting, ...]
    page: str
    function: Callable[..., Iterator[Violation]]
    opt_in: bool = False
    """Off, unless the preset is `strict` or platform.yml names it."""
    own_fix: Fix | None = None
    """The fix of a rule of the project's own; ours lie in `fixes/`."""

    @property
    def sentence(self) -> str:
        """The convention in one sentence."""
        return self.page.split("\n", 1)[0]

    @property
    def fix(self) -> Literal["automatic", "suggested", "none"]:
        """How `platform check --fix` mends its findings; asked when somebody wants to read it."""
        made = self.mended_by()
        return made.kind if made else "none"

    def mended_by(self) -> Fix | None:
        """The fix of its findings; None when it has none."""
        from platform_cli.conventions.fix import load_fix

        return self.own_fix or load_fix(self.name)


class UndecidedError(Exception):
    """A rule needs a value that only dbt can tell. No user sees this: it is counted."""

    def __init__(self, name: str, undecided: Undecided) -> None:
        super().__init__(f"{name}: {undecided.reason}")
        self.name = name
        self.undecided = undecided


def known(resource: AnyResource, name: str, default: Any = None) -> Any:
    """The value of an attribute, or of a config key written `config.<key>[.<key>]`.

    Rules read whatever may be undecided through this. Raises UndecidedError, which ends the rule
    for this resource without a finding.
    """
    if resource.undecided:
        for unknown, undecided in resource.undecided.items():
            if f"{unknown}.".startswith(f"{name}.") or f"{name}.".startswith(f"{unknown}."):
                raise UndecidedError(name, undecided)
    first, keys = _way(name)
    value: Any = getattr(resource, first)
    for key in keys:
        if not isinstance(value, dict):
            return default
        value = value.get(key)
    return default if value is None else value


def query_of(node: Node, queries: Queries | Origins) -> Query:
    """The facts about a node's SQL.

    Raises UndecidedError when only dbt can tell its SQL, or nobody understands it.
    """
    found = queries.of(node)
    if isinstance(found, Undecided):
        raise UndecidedError(SQL, found)
    return found


@cache
def _way(name: str) -> tuple[str, list[str]]:
    first, *keys = name.split(".")
    return first, keys


def rule(
    severity: Severity = "error", *, opt_in: bool = False
) -> Callable[[Callable[..., Iterator[Violation]]], Rule]:
    """Make a rule of a function; the rule's name is the function's in kebab case."""

    def make(function: Callable[..., Iterator[Violation]]) -> Rule:
        hints = get_type_hints(function)
        sees, *wants, _ = hints  # the last one is the return value
        parameters = inspect.signature(function).parameters
        settings = {
            name: Setting(name, hints[name], parameters[name].default)
            for name in wants
            if parameters[name].kind is inspect.Parameter.KEYWORD_ONLY
        }
        return Rule(
            name=function.__name__.replace("_", "-"),
            severity=severity,
            sees=hints[sees],
            wants=tuple((name, hints[name]) for name in wants if name not in settings),
            settings=tuple(settings.values()),
            page=inspect.cleandoc(function.__doc__ or ""),
            function=function,
            opt_in=opt_in,
        )

    return make


def load_rules(folder: Path = RULES) -> tuple[Rule, ...]:
    """The rules of a folder, one per file and named like it, in alphabetical order."""
    names = sorted(file.stem for file in folder.glob("[!_]*.py"))
    return tuple(
        getattr(import_module(f"platform_cli.conventions.rules.{name}"), name) for name in names
    )
