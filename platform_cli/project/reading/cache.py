"""The last reading of a project, kept on disk and used only while nothing it read has changed.

A file under dbt's target folder, in platform_cli: a checksum, then what was read (every input
file's content, the folders' listings, environment variables), then the result. Written to the side
and renamed, so concurrent runs see a whole file; anything wrong with it is as if it were not there.

A profile names passwords: of an environment variable only a fingerprint is kept, and nobody but
the file's owner may read it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any, Literal

import msgspec
from msgspec import Struct

from platform_cli.project.files.tree import digest, list_below
from platform_cli.project.problem import Problem
from platform_cli.project.reading.sealed_file import read_sealed, write_sealed
from platform_cli.project.resources import AnyResource, Macro, Undecided
from platform_cli.project.settings.profile import Target
from platform_cli.target_folder import target_folder

_ABSENT = b""
Kind = Literal["facts", "sql", "style", "check", "columns"]
"""What is kept: facts of the files, of the SQL, what sqlfluff said, what a check found, what the
columns are made of."""


class Evidence(Struct, frozen=True, array_like=True):
    """What a reading depended on. Paths are relative to the root where they are inside it."""

    files: dict[str, bytes]
    """Path -> fingerprint of the content; empty for a file that was looked for and not there."""
    folders: dict[str, bytes]
    """Folder -> fingerprint of the names below it."""
    packages: tuple[str, ...]
    """The folders of installed packages, in the file system's order."""
    packages_path: str
    environment: dict[str, bytes]
    """Variable -> fingerprint of its value; empty for one that was asked for and not set."""
    day: str | None
    """Set when some Jinja asks what day it is."""


class Saved(Struct, frozen=True, array_like=True):
    """The result of a reading."""

    name: str
    resources: list[AnyResource]
    disabled: list[AnyResource]
    problems: list[Problem]
    target: Target | None
    no_target: Undecided | None
    model_paths: tuple[str, ...]
    waiving: tuple[str, ...]
    macros: list[Macro]


def cache_path(root: str, request: tuple[Any, ...]) -> str:
    """The cache file for a project read in this way (target, profiles.yml, vars)."""
    seal = blake2b(repr(request).encode(), digest_size=6).hexdigest()
    return os.path.join(target_folder(Path(root)), "platform_cli", f"project-{seal}.bin")


def kept_path(path: str, kind: Kind) -> str:
    """The file of this kind beside a project's cache file."""
    folder, name = os.path.split(path)
    return os.path.join(folder, name.replace("project-", f"{kind}-"))


def read_cache(path: str, root: str) -> Saved | None:
    """The saved result, None unless it is whole and everything it read is as it was."""
    last = read_last(path, root)
    return last.saved() if last is not None and not last.changed else None


class Last:
    """The last reading: what it depended on, which files have changed since, and its result."""

    def __init__(
        self, evidence: Evidence, seal: bytes, changed: list[str], body: memoryview
    ) -> None:
        self.evidence = evidence
        self.seal = seal
        """As `evidence_seal` has it."""
        self.changed = changed
        """Paths as the evidence has them."""
        self._body = body

    @property
    def unchanged_seal(self) -> bytes | None:
        """The fingerprint of what was read; None when it has changed since."""
        return None if self.changed else self.seal

    def saved(self) -> Saved | None:
        """The result, as the files were then; None when it cannot be read."""
        try:
            return msgspec.msgpack.decode(self._body, type=Saved)
        except (msgspec.MsgspecError, ValueError):
            return None


def read_last(path: str, root: str) -> Last | None:
    """The last reading, None unless it is whole and only the content of files has changed."""
    body = read_sealed(path)
    if body is None:
        return None
    try:
        length = int.from_bytes(body[:8], "little")
        first, second = body[8 : 8 + length], body[8 + length :]
        evidence = msgspec.msgpack.decode(first, type=Evidence)
        changed = changed_files(evidence, root)
    except (msgspec.MsgspecError, ValueError):
        return None
    return None if changed is None else Last(evidence, digest(first), changed, second)


def evidence_seal(evidence: Evidence) -> bytes:
    """A fingerprint of all that was read."""
    return digest(msgspec.msgpack.encode(evidence))


def write_cache(path: str, evidence: Evidence, saved: Saved) -> None:
    """Keep a result. A folder that cannot be written is no error: there is no cache then."""
    try:
        first = msgspec.msgpack.encode(evidence)
        second = msgspec.msgpack.encode(saved)
    except (TypeError, ValueError, OverflowError):  # a value that msgpack cannot hold
        return
    write_sealed(path, len(first).to_bytes(8, "little"), first, second)


def changed_files(evidence: Evidence, root: str) -> list[str] | None:
    """The files with another content; None when more than the content of files has changed."""
    if not _same_world(evidence, root):
        return None
    changed = []
    for path, seal in evidence.files.items():
        content = _content(os.path.join(root, path))
        if content is None or seal == _ABSENT:
            if content is not None or seal != _ABSENT:
                return None
        elif digest(content) != seal:
            changed.append(path)
    return changed


def _same_world(evidence: Evidence, root: str) -> bool:
    environ = os.environ
    if any(_value(environ.get(name)) != seal for name, seal in evidence.environment.items()):
        return False
    if evidence.day is not None and evidence.day != today():
        return False
    if evidence.packages != package_folders(root, evidence.packages_path):
        return False
    return all(
        listing_digest(os.path.join(root, folder)) == seal
        for folder, seal in evidence.folders.items()
    )


def _content(path: str) -> bytes | None:
    """A file's content; None for one that is not there. Plain system calls: there are thousands."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError:
        return None
    try:
        content = os.read(handle, 1 << 20)
        while len(content) % (1 << 20) == 0 and (more := os.read(handle, 1 << 20)):
            content += more
    except OSError:
        return None
    finally:
        os.close(handle)
    return content


def gather(
    root: str,
    read: Mapping[str, bytes],
    looked_for: Iterable[str],
    folders: Iterable[str],
    packages_path: str,
    environment: Mapping[str, str | None],
    *,
    timely: bool,
) -> Evidence:
    """The evidence of a reading; `read` maps absolute paths to fingerprints."""
    inside = root + os.sep

    def short(path: str) -> str:
        return path.removeprefix(inside)

    files = {short(path): seal for path, seal in read.items()}
    for path in looked_for:
        if path not in read:
            files.setdefault(short(path), _ABSENT)
    return Evidence(
        files=files,
        folders={short(folder): listing_digest(folder) for folder in folders},
        packages=package_folders(root, packages_path),
        packages_path=packages_path,
        environment=environment_seals(environment),
        day=today() if timely else None,
    )


def package_folders(root: str, packages_path: str) -> tuple[str, ...]:
    """The names in the packages folder, in the file system's order."""
    try:
        return tuple(os.listdir(os.path.join(root, packages_path)))
    except OSError:
        return ()


def listing_digest(folder: str) -> bytes:
    """A fingerprint of the names of all files below a folder, in the order they are listed."""
    return digest("\0".join(list_below(folder)).encode("utf-8", "surrogateescape"))


def today() -> str:
    """The day, here and in UTC."""
    return f"{datetime.now().astimezone().date()} {datetime.now(UTC).date()}"


def environment_seals(environment: Mapping[str, str | None]) -> dict[str, bytes]:
    """A fingerprint of each variable's value, empty for one that is not set."""
    return {name: _value(value) for name, value in environment.items()}


def _value(value: str | None) -> bytes:
    return _ABSENT if value is None else digest(value.encode("utf-8", "surrogateescape"))
