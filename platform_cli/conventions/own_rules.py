"""A project's own rules: the Python files of its folder `rules/`, made like ours.

The fix of a rule is the function `fix_<rule>` in the same file, with `@fix()`.
"""

from __future__ import annotations

import sys
import traceback
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, get_args

from msgspec.structs import replace

from platform_cli.conventions.rule import Rule
from platform_cli.conventions.rule_run import OFFERED
from platform_cli.errors import PlatformError, Where
from platform_cli.project.project import Project
from platform_cli.project.resources import Resource

if TYPE_CHECKING:
    from platform_cli.conventions.fix import Fix


def own_rules(folder: Path) -> tuple[Rule, ...]:
    """The rules in a project's folder, in alphabetical order.

    Files that begin with `_` or `test_` are none.

    Raises PlatformError, with the place, for a file that cannot be read as a rule.
    """
    return tuple(
        _rule(folder.parent, file) for file in sorted(folder.glob("[!_]*.py")) if _is_rule(file)
    )


def _is_rule(file: Path) -> bool:
    return not file.name.startswith("test_") and file.is_file()


def _rule(root: Path, file: Path) -> Rule:
    path = file.relative_to(root).as_posix()
    module = _module(file, path)
    found = getattr(module, file.stem, None)
    if not isinstance(found, Rule):
        raise PlatformError(
            f"{path} has no rule named {file.stem}",
            where=Where(path),
            hint=f"write a function `{file.stem}` with @rule(severity=...): "
            "platform new-rule shows how",
        )
    if not found.sentence or "\n## Why\n" not in found.page:
        raise PlatformError(
            f"rule {found.name} says neither what it wants nor why",
            where=Where(path, found.function.__code__.co_firstlineno),
            hint="write its docstring: a sentence, then `## Why`, `## Instead of` and `## Write`",
        )
    if wrong := _not_offered(found):
        raise PlatformError(
            f"rule {found.name} asks for {wrong}, which no rule can have",
            where=Where(path, found.function.__code__.co_firstlineno),
            hint="annotate first what it sees (Model, Source, ...), then Project, Graph, Layers "
            "or Queries; and its settings behind a `*`",
        )
    return replace(found, own_fix=_fix(module, file.stem, path))


def _fix(module: ModuleType, name: str, path: str) -> Fix | None:
    """The function `fix_<rule>` of the same file."""
    found = getattr(module, f"fix_{name}", None)
    if found is None:
        return None
    from platform_cli.conventions.fix import Fix

    if not isinstance(found, Fix):
        raise PlatformError(
            f"fix_{name} in {path} is no fix",
            where=Where(path, getattr(getattr(found, "__code__", None), "co_firstlineno", None)),
            hint="write @fix() above it: from platform_cli.conventions.fix import fix",
        )
    return found


def _not_offered(rule: Rule) -> str:
    """The first annotation that nothing fits."""
    seen = get_args(rule.sees) or (rule.sees,)
    asked = [one for one in seen if not _is_seen(one)]
    asked += [kind for _, kind in rule.wants if kind not in OFFERED]
    return getattr(asked[0], "__name__", str(asked[0])) if asked else ""


def _is_seen(kind: Any) -> bool:
    return kind is Project or (isinstance(kind, type) and issubclass(kind, Resource))


def _module(file: Path, path: str) -> ModuleType:
    """The file's module. Not imported: that would leave a __pycache__ in a person's folder."""
    module = ModuleType(f"platform_own_rules.{file.stem}")
    module.__file__ = str(file)
    try:
        code = compile(file.read_text(encoding="utf-8"), str(file), "exec")
        sys.modules[module.__name__] = module  # annotations are looked up there
        exec(code, module.__dict__)  # noqa: S102  (the project's own code, as its macros are)
    except SyntaxError as error:
        raise PlatformError(
            f"{path} is not valid Python: {error.msg}",
            where=Where(path, error.lineno, error.offset),
            hint="correct it, or move the file out of rules/",
        ) from None
    except (Exception, SystemExit) as error:  # noqa: BLE001  (whatever a person wrote there)
        lines = [
            one.lineno
            for one in traceback.extract_tb(error.__traceback__)
            if one.filename == str(file)
        ]
        raise PlatformError(
            f"{path} cannot be loaded: {type(error).__name__}: {error}",
            where=Where(path, lines[-1] if lines else None),
            hint="a rule annotates what it sees and returns: "
            "def my_rule(model: Model) -> Iterator[Violation]",
        ) from None
    return module
