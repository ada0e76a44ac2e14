"""The files in which sqlfluff finds its settings for a project: which, and what they say of it.

From the top of the repository down to the folder of the SQL, later ones win. The settings in a
person's home are left out: a file has the same findings everywhere.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from functools import cache
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathspec import PathSpec

FILES = ("setup.cfg", "tox.ini", "pep8.ini", ".sqlfluff", "pyproject.toml")
"""In the order in which sqlfluff reads them."""
IGNORING = ".sqlfluffignore"
_SECTION = re.compile(r"^\[(?=[^\]\n]*sqlfluff).*?(?=^\[|\Z)", re.MULTILINE | re.DOTALL)


def folders_of(home: Path, paths: Iterable[str]) -> tuple[str, ...]:
    """The folders that may hold settings for these files, from the outermost on.

    Relative to `home`, the project's folder, as `paths` are.
    """
    inside = {""}
    for path in paths:
        folder = os.path.dirname(path)
        while folder not in inside:
            inside.add(folder)
            folder = os.path.dirname(folder)
    return (*_above(home), *sorted(inside))


class SettingsFiles:
    """The settings files by the SQL that they are for; each folder is looked at once."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._of: dict[str, tuple[tuple[str, str], ...]] = {}
        self._ignoring: dict[str, list[tuple[str, PathSpec]]] = {}

    def of(self, path: str) -> tuple[tuple[str, str], ...]:
        """Those for one file, as folder and name; the last one wins."""
        folder = os.path.dirname(path)
        if folder not in self._of:
            self._of[folder] = tuple(_there(self._home, folders_of(self._home, [path]), FILES))
        return self._of[folder]

    def ignore(self, path: str) -> bool:
        """Whether an ignore file means it."""
        folder = os.path.dirname(path)
        if folder not in self._ignoring:
            there = _there(self._home, folders_of(self._home, [path]), (IGNORING,))
            self._ignoring[folder] = [(place, _ignored(place)) for place, _ in there]
        whole = os.path.join(self._home, path)
        return any(
            one.match_file(os.path.relpath(whole, place)) for place, one in self._ignoring[folder]
        )


def settings_seal(home: Path, folders: Iterable[str]) -> bytes:
    """A fingerprint of what sqlfluff is told in these folders, and of its own version."""
    seal = blake2b(_installed(), digest_size=12)
    for folder, name in _there(home, folders, (*FILES, IGNORING)):
        text = _text(os.path.join(folder, name))
        if not name.startswith(".sqlfluff"):
            # Most of these files are about other programs, and change with them.
            text = "".join(_SECTION.findall(text)) if "sqlfluff" in text else ""
        if text:
            said = f"{os.path.relpath(folder, home)}\0{name}\0{text}\0"
            seal.update(said.encode("utf-8", "surrogatepass"))
    return seal.digest()


def _ignored(folder: str) -> PathSpec:
    from pathspec import PathSpec

    return PathSpec.from_lines("gitwildmatch", _text(os.path.join(folder, IGNORING)).splitlines())


def _there(home: Path, folders: Iterable[str], names: Iterable[str]) -> list[tuple[str, str]]:
    found = []
    for folder in folders:
        place = os.path.normpath(os.path.join(home, folder))
        try:
            with os.scandir(place) as entries:
                here = {entry.name for entry in entries if entry.name in names and entry.is_file()}
        except OSError:
            continue
        found += [(place, name) for name in names if name in here]
    return found


def _above(home: Path) -> list[str]:
    """From the top of the repository to the folder above the project; none without one."""
    steps = [".."] * len(home.parents)
    for number, folder in enumerate((home, *home.parents)):
        if (folder / ".git").exists():
            return [os.path.join(*steps[:count]) for count in range(number, 0, -1)]
    return []


def _text(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


@cache
def _installed() -> bytes:
    """The versions of sqlfluff, its Rust parser and its plugins, without importing them."""
    found = find_spec("sqlfluff")
    if found is None or not found.submodule_search_locations:
        return b""
    libraries = os.path.dirname(found.submodule_search_locations[0])
    names = [name for name in os.listdir(libraries) if "sqlfluff" in name.lower()]
    return "\0".join(sorted(name for name in names if name.endswith("-info"))).encode()
