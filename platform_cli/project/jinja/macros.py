"""The macros of a project, its packages and dbt itself, found without parsing their bodies."""

from __future__ import annotations

import re
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from platform_cli.project.jinja.blocks import extract_blocks
from platform_cli.project.jinja.dialect import BrokenJinja, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Namespace = dict[str, "Macro"]
_PARENTS = {"redshift": "postgres", "databricks": "spark"}
_MACRO_KINDS = ("macro", "materialization", "test", "data_test")
_ADAPTER = re.compile(r"adapter\s*=\s*(['\"])(?P<name>.*?)\1")
_WORD = re.compile(r"[A-Za-z_]\w*")
# A macro with none of these words, and calling only macros with none of them, records nothing.
_RECORDING = {"ref", "source", "config", "metric", "function", "render", "builtins", "context"}


class Macro(Struct, frozen=True):
    """One macro: its name (`test_x` and `materialization_x_adapter` as dbt says) and its text."""

    name: str
    package: str
    path: str
    line: int
    sql: str

    @property
    def unique_id(self) -> str:
        return f"macro.{self.package}.{self.name}"


def scan_macros(package: str, path: str, text: str) -> list[Macro]:
    """The macros a file defines. BrokenJinja where dbt would stop.

    In `tests/generic/` dbt looks for test blocks only: pass what comes out of such a file
    through `name.startswith("test_")`.
    """
    return [
        Macro(_name(block.kind, block.name, block.tag), package, path, block.first_line, block.full)
        for block in extract_blocks(text, _MACRO_KINDS)
    ]


def _name(kind: str, name: str, tag: str) -> str:
    if kind == "materialization":
        adapter = _ADAPTER.search(tag)
        return f"materialization_{name}_{adapter['name'] if adapter else 'default'}"
    return name if kind == "macro" else f"test_{name}"


def internal_folders(adapter: str) -> list[Path]:
    """The folders of dbt's own projects for this adapter, the one that wins first."""
    spec = find_spec("dbt")
    if spec is None or spec.submodule_search_locations is None:
        return []
    includes = [Path(place) / "include" for place in spec.submodule_search_locations]
    wanted = [adapter, _PARENTS.get(adapter, ""), "global_project"]
    return [
        include / name
        for name in wanted
        for include in includes
        if name and (include / name / "dbt_project.yml").is_file()
    ]


def scan_internal(adapter: str) -> dict[str, list[Macro]]:
    """dbt's own macros by package, the package that wins first."""
    found: dict[str, list[Macro]] = {}
    for folder in internal_folders(adapter):
        declared = (folder / "dbt_project.yml").read_text(encoding="utf-8")
        match = re.search(r"^name:\s*['\"]?(\w+)", declared, re.MULTILINE)
        package = match[1] if match else folder.name
        found[package] = [
            macro
            for file in sorted((folder / "macros").rglob("*.sql"))
            for macro in scan_macros(
                package, file.relative_to(folder).as_posix(), file.read_text(encoding="utf-8")
            )
        ]
        found[package] += [
            macro
            for file in sorted((folder / "tests" / "generic").rglob("*.sql"))
            for macro in scan_macros(
                package, file.relative_to(folder).as_posix(), file.read_text(encoding="utf-8")
            )
        ]
    return found


class Macros:
    """Every macro by package, and dbt's order of looking one up."""

    def __init__(
        self,
        root: str,
        packages: Mapping[str, Iterable[Macro]],
        internal: Mapping[str, Iterable[Macro]],
        adapter: str = "duckdb",
        dispatch: Sequence[Mapping[str, object]] = (),
    ) -> None:
        """`packages` holds the root project too; `internal` is `scan_internal`'s result."""
        self.root = root
        self.adapter = adapter
        self.dispatch_order = {
            str(entry["macro_namespace"]): entry["search_order"] for entry in dispatch
        }
        self.packages = {name: _namespace(macros) for name, macros in packages.items()}
        self.packages.setdefault(root, {})
        self.internal: Namespace = {}
        self.internal_names = frozenset(internal)
        for package in reversed(list(internal)):
            self.internal.update(_namespace(internal[package]))
        self.adapter_known = any(package == f"dbt_{adapter}" for package in internal)
        self._visible: dict[str, dict[str, Macro | Namespace]] = {}
        self._quiet: dict[str, bool] = {}

    @classmethod
    def index(
        cls,
        files: Iterable[tuple[str, str, str]],
        root: str,
        adapter: str = "duckdb",
        dispatch: Sequence[Mapping[str, object]] = (),
    ) -> Macros:
        """From (package, path, text) of every macro file and generic test file, and dbt's own."""
        packages: dict[str, list[Macro]] = {}
        for package, path, text in files:
            packages.setdefault(package, []).extend(scan_macros(package, path, text))
        return cls(root, packages, scan_internal(adapter), adapter, dispatch)

    def visible(self, package: str) -> dict[str, Macro | Namespace]:
        """What a file of this package can name: own macros, the root's, packages, dbt's own."""
        if package not in self._visible:
            self._visible[package] = {
                **self.internal,
                "dbt": self.internal,
                **{name: macros for name, macros in self.packages.items() if macros},
                **self.packages[self.root],
                **self.packages.get(package, {}),
            }
        return self._visible[package]

    def in_package(self, searcher: str, package: str | None, name: str) -> Macro | None:
        """The macro `package.name` as a file of `searcher` finds it, None when there is none."""
        if package is None:
            found = self.visible(searcher).get(name)
            return found if isinstance(found, Macro) else None
        if package == "dbt":
            return self.internal.get(name)
        return self.packages.get(package, {}).get(name)

    def dispatch(self, searcher: str, name: str, namespace: str | None) -> Macro:
        """The implementation that `adapter.dispatch(name, namespace)` picks."""
        if "." in name:
            raise BrokenJinja(f"adapter.dispatch: '{name}' is not a macro's name")
        prefixes = [self.adapter]
        if parent := _PARENTS.get(self.adapter):
            prefixes.append(parent)
        for place in self._places(namespace):
            for prefix in (*prefixes, "default"):
                macro = self.in_package(searcher, place, f"{prefix}__{name}")
                if macro is not None:
                    if not self.adapter_known and macro.name in self.internal:
                        raise Unknown(f"the macros of dbt-{self.adapter} are not installed here")
                    return macro
        if not self.adapter_known:
            raise Unknown(f"the macros of dbt-{self.adapter} are not installed here")
        raise BrokenJinja(f"no macro named '{name}' found within namespace '{namespace}'")

    def dbt_decides(self, *names: str) -> bool:
        """True when no project or package has a macro of its own in place of these of dbt."""
        prefixes = ("", "default__", f"{self.adapter}__")
        wanted = {prefix + name for name in names for prefix in prefixes}
        return all(wanted.isdisjoint(macros) for macros in self.packages.values())

    def _places(self, namespace: str | None) -> Sequence[str | None]:
        """Where dispatch looks: as dbt_project.yml says, the root and the package, or anywhere."""
        if namespace is None:
            return [None]
        order = self.dispatch_order.get(namespace)
        if isinstance(order, list) and order:
            return order
        if namespace in self.packages or namespace in self.internal_names:
            return [self.root, namespace]
        return [None]

    def quiet(self, macro: Macro) -> bool:
        """True when calling it provably records no ref, source or config.

        Judged by words: its text, and that of every macro whose name (or whose name without
        an adapter's prefix) is a word in it, has no word that could record something.
        """
        known = self._quiet.get(macro.sql)
        if known is None:
            reached: set[str] = set()
            todo = [macro]
            known = True
            while todo and known:
                text = todo.pop().sql
                if text in reached:
                    continue
                reached.add(text)
                words = set(_WORD.findall(text.replace("builtins.ref.config", "")))
                if words & _RECORDING:
                    known = False
                for word in words & self.by_word.keys():
                    todo += self.by_word[word]
            self._quiet[macro.sql] = known
        return known

    @cached_property
    def by_word(self) -> dict[str, list[Macro]]:
        """Macros by every word that can lead to them: their names, and what dispatch adds."""
        by_word: dict[str, list[Macro]] = {}
        for namespace in (self.internal, *self.packages.values()):
            for name, macro in namespace.items():
                by_word.setdefault(name, []).append(macro)
                if "__" in name:
                    by_word.setdefault(name.split("__", 1)[1], []).append(macro)
        return by_word


def _namespace(macros: Iterable[Macro]) -> Namespace:
    found: Namespace = {}
    for macro in macros:
        if macro.name in found:
            other = found[macro.name]
            raise BrokenJinja(
                f"two macros are named '{macro.name}' in package '{macro.package}': "
                f"{other.path}:{other.line} and {macro.path}:{macro.line}"
            )
        found[macro.name] = macro
    return found
