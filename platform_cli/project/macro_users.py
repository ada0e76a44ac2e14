"""Who uses a macro, directly or through other macros, by the words in the Jinja.

A word that only looks like the macro's name counts: rather one user too many than one forgotten.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from platform_cli.project.project import Project
from platform_cli.project.resources import AnyResource, DataTest, Node, Seed, UnitTest

if TYPE_CHECKING:
    from platform_cli.project.jinja.macros import Macro

_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_TEXT = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"")
_WORD = re.compile(r"[A-Za-z_]\w*")
OF_EVERY_RELATION = frozenset(
    {"generate_schema_name", "generate_database_name", "generate_alias_name"}
)
"""Macros that dbt calls for every relation, whoever names them."""


class MacroUsers:
    """The macros of the project and its packages, and who uses them."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._words: dict[str, frozenset[str]] = {}

    @cached_property
    def _all(self) -> tuple[Macro, ...]:
        packages = self._project.scope(self._project.name).macros.packages
        return tuple(macro for namespace in packages.values() for macro in namespace.values())

    @cached_property
    def macros(self) -> dict[str, Macro]:
        """Each macro by its unique id; dbt's own are not among them."""
        return {macro.unique_id: macro for macro in self._all}

    def of(self, names: Iterable[str]) -> set[str]:
        """The unique ids of those that use one of the macros, which are named or ids."""
        called = {call for name in names for call in _calls(name.rpartition(".")[2])}
        if not called:
            return set()
        left = list(self._all)
        while reached := [one for one in left if called & _macro_words(one)]:
            called |= {call for one in reached for call in _calls(one.name)}
            left = [one for one in left if one not in reached]
        return {
            unique_id
            for unique_id, resource in self._project.resources.items()
            if called & self._used_by(resource)
        }

    def _used_by(self, resource: AnyResource) -> frozenset[str]:
        if isinstance(resource, DataTest) and resource.test_name:
            return frozenset({f"test_{resource.test_name}"})
        if not isinstance(resource, Node) or isinstance(resource, UnitTest | Seed):
            return frozenset()
        if resource.path not in self._words:
            try:
                text = (self._project.root / resource.path).read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError):
                text = ""
            self._words[resource.path] = jinja_words(text)
        hooks = [resource.config.get(key) for key in ("pre-hook", "post-hook")]
        return (
            self._words[resource.path]
            | (jinja_words(str(hooks)) if any(hooks) else frozenset())
            | {f"materialization_{resource.config.get('materialized')}"}
        )


def jinja_words(text: str, *, quoted: bool = False) -> frozenset[str]:
    """The words in the Jinja of a text; those in quotes on request."""
    pieces = "\n".join(_JINJA.findall(_COMMENT.sub("", text)))
    return frozenset(_WORD.findall(pieces if quoted else _TEXT.sub("''", pieces)))


def _macro_words(macro: Macro) -> frozenset[str]:
    return jinja_words(macro.sql, quoted="dispatch" in macro.sql) - {macro.name}


def _calls(name: str) -> set[str]:
    """The words by which a macro is reached: its name, and what a dispatch or a config says."""
    found = {name}
    if "__" in name:
        found.add(name.split("__", 1)[1])
    if name.startswith("materialization_"):
        found.add(name.rpartition("_")[0])
    return found
