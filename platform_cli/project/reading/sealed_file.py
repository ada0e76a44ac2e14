"""A file of ours on disk that is whole and of this program, or as if it were not there."""

from __future__ import annotations

import os
import sys
from functools import cache
from hashlib import blake2b

import msgspec

_CHECKSUM = 16


def read_sealed(path: str) -> memoryview | None:
    """What `write_sealed` put into the file; None when there is none, or anything is wrong."""
    try:
        with open(path, "rb") as handle:
            content = handle.read()
    except OSError:
        return None
    body = memoryview(content)[_CHECKSUM:]
    if blake2b(body, digest_size=_CHECKSUM, key=_program()).digest() != content[:_CHECKSUM]:
        return None
    return body


def write_sealed(path: str, *parts: bytes) -> None:
    """Put the parts into a file, to the side and renamed. One that cannot be written is no error:
    then there is no cache.
    """
    seal = blake2b(digest_size=_CHECKSUM, key=_program())
    for part in parts:
        seal.update(part)
    aside = f"{path}.{os.getpid()}.tmp"
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(aside, "wb", opener=_for_the_owner) as handle:
            handle.write(seal.digest())
            handle.writelines(parts)
        os.replace(aside, path)
    except OSError:
        try:
            os.unlink(aside)
        except OSError:
            return


@cache
def _program() -> bytes:
    """A fingerprint of the reader and the installed dbt: another version reads anew."""
    seal = blake2b(sys.version.encode() + code_seal(*_reader()), digest_size=16)
    libraries = os.path.dirname(os.path.dirname(os.path.abspath(msgspec.__file__)))
    wanted = ("dbt_", "duckdb", "jinja2", "msgspec", "pathspec", "pyyaml", "sqlglot")
    for name in sorted(os.listdir(libraries)):
        if name.endswith(".dist-info") and name.lower().startswith(wanted):
            seal.update(name.encode())
    return seal.digest()


def code_seal(*folders: str) -> bytes:
    """A fingerprint of the Python files in these folders: of when and how long, to be quick."""
    seal = blake2b(digest_size=16)
    for folder in folders:
        with os.scandir(folder) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                if entry.name.endswith(".py"):
                    state = entry.stat()
                    seal.update(f"{entry.name} {state.st_mtime_ns} {state.st_size}".encode())
    return seal.digest()


def _reader() -> list[str]:
    """`project/` and its rooms: whatever of it changes may read the same files otherwise."""
    top = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    with os.scandir(top) as entries:
        rooms = [entry.path for entry in entries if entry.is_dir() and entry.name[0] != "_"]
    return [top, *sorted(rooms)]


def _for_the_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
