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
        with open(aside, "wb") as handle:
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
    """A fingerprint of this program and the installed dbt: another version reads anew."""
    seal = blake2b(sys.version.encode(), digest_size=16)
    rooms = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    for room in (rooms, *(os.path.join(rooms, name) for name in sorted(os.listdir(rooms)))):
        if not os.path.isdir(room):
            continue
        with os.scandir(room) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                if entry.name.endswith(".py"):
                    state = entry.stat()
                    seal.update(f"{entry.name} {state.st_mtime_ns} {state.st_size}".encode())
    libraries = os.path.dirname(os.path.dirname(os.path.abspath(msgspec.__file__)))
    wanted = ("dbt_", "jinja2", "pyyaml", "msgspec")
    for name in sorted(os.listdir(libraries)):
        if name.endswith(".dist-info") and name.lower().startswith(wanted):
            seal.update(name.encode())
    return seal.digest()
