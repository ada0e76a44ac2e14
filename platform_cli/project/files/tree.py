"""List and read a project's input files as dbt does."""

from __future__ import annotations

import os
from collections.abc import Iterable
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from platform_cli.errors import PlatformError, Where

if TYPE_CHECKING:
    from pathspec import PathSpec

HUGE = 64 * 1024 * 1024
"""Bytes. No hand-written file is larger; a larger one is a mistake that would eat the memory."""


class InputFile(NamedTuple):
    """One file. `path` is relative to the root project, `original` to its own package.

    `searched` is the configured folder it was found in and `relative` its path below that.
    """

    package: str
    path: str
    original: str
    searched: str
    relative: str
    absolute: str

    @property
    def stem(self) -> str:
        return os.path.splitext(os.path.basename(self.relative))[0]


class Files:
    """The files of one package: its root, the prefix of its paths, and what .dbtignore hides."""

    def __init__(self, package: str, root: str, prefix: str) -> None:
        self._package = package
        self._root = root
        self._prefix = prefix
        self._listed: dict[str, list[str]] = {}
        self._ignored = _ignore_spec(root)

    def find(self, folders: Iterable[str], suffix: str) -> list[InputFile]:
        """The files with that suffix (any case) below the folders, in the order dbt reads them."""
        found = []
        for folder in folders:
            for relative in self._below(folder):
                if not relative.lower().endswith(suffix):
                    continue
                original = os.path.join(folder, relative)
                if self._ignored is not None and self._ignored.match_file(original):
                    continue
                path = os.path.normpath(self._prefix + original)
                found.append(
                    InputFile(
                        self._package,
                        path if os.sep == "/" else path.replace(os.sep, "/"),
                        original,
                        folder,
                        relative,
                        os.path.join(self._root, original),
                    )
                )
        return found

    def folders(self) -> list[str]:
        """The absolute folders that were searched so far."""
        return [os.path.join(self._root, folder) for folder in self._listed]

    def _below(self, folder: str) -> list[str]:
        listed = self._listed.get(folder)
        if listed is None:
            listed = self._listed[folder] = list_below(os.path.join(self._root, folder))
        return listed


def list_below(top: str) -> list[str]:
    """Paths of the files below a folder, relative to it.

    dbt's rule: hidden folders are searched; names that start with `.`, `#` or `~` are left out;
    linked folders are not followed. A folder that does not exist has no files.
    """
    found: list[str] = []
    waiting = [""]
    while waiting:
        prefix = waiting.pop()
        try:
            with os.scandir(os.path.join(top, prefix) if prefix else top) as entries:
                folders = []
                for entry in entries:
                    name = entry.name
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(f"{prefix}{name}/")
                    elif name[0] not in ".#~" and not entry.is_dir():
                        found.append(prefix + name)
        except OSError:
            continue
        waiting += reversed(folders)
    return found


def read_bytes(absolute: str, path: str) -> bytes:
    """The content of an input file.

    Raises:
        PlatformError: it cannot be read, or it is larger than any project file can sensibly be.
    """
    try:
        with open(absolute, "rb", buffering=0) as handle:
            if os.fstat(handle.fileno()).st_size > HUGE:
                raise PlatformError(
                    f"{path} has more than {HUGE // 1024 // 1024} MB",
                    hint="is it data that got a source file's name? move it out of the project",
                    where=Where(path),
                )
            return handle.readall()
    except OSError as error:
        gone = os.path.islink(absolute) and not os.path.exists(absolute)
        raise PlatformError(
            f"Cannot read {path}: {error.strerror or error}",
            hint="it is a link to a file that is gone: remove the link, or bring the file back"
            if gone
            else "look at the owner and mode of the file",
            where=Where(path),
        ) from error


def decode(content: bytes, path: str) -> str:
    """The file's text.

    Raises:
        PlatformError: it is not UTF-8, with the line of the first wrong byte.
    """
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        if b"\0" in content:
            raise PlatformError(
                f"{path} is not UTF-8: it is no text at all",
                hint="is it data or a picture that got a source file's name? move it out",
                where=Where(path),
            ) from error
        line = content.count(b"\n", 0, error.start) + 1
        raise PlatformError(
            f"{path} is not UTF-8: byte 0x{content[error.start]:02x} on line {line}",
            hint=f"convert it: iconv -f latin1 -t utf-8 '{path}' > tmp && mv tmp '{path}'",
            where=Where(path, line),
        ) from error


def digest(content: bytes | memoryview) -> bytes:
    """A short fingerprint of a file's content."""
    return blake2b(content, digest_size=16).digest()


def _ignore_spec(root: str) -> PathSpec | None:
    path = os.path.join(root, ".dbtignore")
    try:
        with open(path, encoding="utf-8") as handle:
            lines = handle.readlines()
    except FileNotFoundError:
        return None
    from pathspec import PathSpec

    return PathSpec.from_lines("gitwildmatch", lines)
