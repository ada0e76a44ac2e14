"""Every environment variable that a project needs and that is not set: dbt names one per run."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from platform_cli.errors import Where

_CALL = re.compile(r"""\benv_var\(\s*(['"])(?P<name>[^'"]+)\1\s*\)""")
_SUFFIXES = {".sql", ".yml", ".yaml", ".py", ".md"}
_NOT_READ = {"target", "logs", "venv", "node_modules"}


@dataclass(frozen=True, slots=True)
class MissingEnvVar:
    """A variable without a default, and the first place that asks for it."""

    name: str
    where: Where


def missing_env_vars(root: Path) -> tuple[MissingEnvVar, ...]:
    """Those that the texts of the project and its packages ask for, by name.

    A call in a comment counts too: who reads the list is already looking for a missing one.
    """
    found: dict[str, MissingEnvVar] = {}
    for file in sorted(_texts(root)):
        try:
            text = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            continue
        for call in _CALL.finditer(text):
            name = call["name"]
            if name not in os.environ and name not in found:
                line = text.count("\n", 0, call.start()) + 1
                path = file.relative_to(root).as_posix()
                found[name] = MissingEnvVar(name, Where(path, line))
    return tuple(found.values())


def _texts(root: Path) -> Iterator[Path]:
    for folder, folders, names in os.walk(root):
        folders[:] = [one for one in folders if one not in _NOT_READ and one[0] != "."]
        yield from (Path(folder, name) for name in names if Path(name).suffix in _SUFFIXES)
