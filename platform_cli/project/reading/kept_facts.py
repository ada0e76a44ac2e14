"""What single files said the last time, for the next reading after one of them has changed.

A fact depends on the file's own content and on the world around it: dbt_project.yml, profile,
macros, packages, vars, environment variables, the day. All of one file of facts belong to one
world; in another world there are none.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from typing import Any

import msgspec
from msgspec import Raw, Struct
from msgspec.msgpack import decode, encode

from platform_cli.project.jinja.sql import SqlFacts
from platform_cli.project.reading.cache import environment_seals
from platform_cli.project.reading.relation_names import Step
from platform_cli.project.reading.sealed_file import read_sealed, write_sealed
from platform_cli.project.settings.env_vars import EnvVars


class _Kept(Struct, array_like=True):
    world: bytes
    environment: dict[str, bytes]
    """As in `Evidence`: fingerprints, no values."""
    day: str | None
    """Set when some Jinja asks what day it is."""
    facts: dict[str, tuple[bytes, Raw]]
    """By what they are of: the fingerprint of the content, and the fact itself."""
    names: dict[str, Step]


class KeptFacts:
    """The facts of the last reading and of this one."""

    def __init__(self, path: str = "") -> None:
        """`path` is the file of facts; without one there are none and they are not kept."""
        self._path = path
        self._world = b""
        self._old: dict[str, tuple[bytes, Raw]] = {}
        self._new: dict[str, tuple[bytes, Raw]] = {}
        self.names: dict[str, Step] = {}
        """What the generate_*_name macros answered."""

    def open(self, world: bytes, day: str, env: EnvVars) -> None:
        """Take what was kept, if it is of this world."""
        self._world = world
        body = read_sealed(self._path) if self._path else None
        if body is None:
            return
        try:
            kept = decode(body, type=_Kept)
        except (msgspec.MsgspecError, ValueError):
            return
        if kept.world != world or kept.day not in (None, day):
            return
        # asking notes the name: what is kept was asked for, and counts for this reading too
        if (
            environment_seals({name: env.get(name) for name in kept.environment})
            == kept.environment
        ):
            self._old = kept.facts
            self.names.update(kept.names)

    def sql(self, key: str, content: bytes, read: Callable[[], SqlFacts]) -> SqlFacts:
        """What the SQL of this content says; `content` is its fingerprint.

        Raises:
            PlatformError: as `read` does; that is not kept.
        """
        if (known := self.last(key, content)) is not None:
            self._new.setdefault(key, self._old.get(key) or self._new[key])
            return known
        found = read()
        self._keep(key, content, found, SqlFacts)
        return found

    def value(self, key: str, content: bytes, read: Callable[[], Any]) -> Any:
        """A YAML file's value, likewise.

        Raises:
            PlatformError: as `read` does.
        """
        old = self._old.get(key)
        if old is not None and old[0] == content:
            try:
                value = decode(old[1])
            except msgspec.MsgspecError:
                pass
            else:
                self._new[key] = old
                return value
        value = read()
        self._keep(key, content, value, Any)
        return value

    def _keep(self, key: str, content: bytes, fact: Any, kind: Any) -> None:
        """Keep what comes back as it went: dates, tuples and huge numbers do not."""
        try:
            raw = encode(fact)
            # msgpack tells 1, 1.0 and true apart, so that equal values have equal types.
            if not _is_plain(fact) and decode(raw, type=kind) != fact:
                return
        except (msgspec.MsgspecError, TypeError, ValueError, OverflowError):
            return
        self._new[key] = (content, Raw(raw))

    def last(self, key: str, content: bytes) -> SqlFacts | None:
        """What the SQL under this key said the last time, when its content was this."""
        old = self._new.get(key) or self._old.get(key)
        if old is None or old[0] != content:
            return None
        try:
            return decode(old[1], type=SqlFacts)
        except msgspec.MsgspecError:
            return None

    def keep_all(self) -> None:
        """Keep the facts that this reading did not ask for as well."""
        self._new = {**self._old, **self._new}

    def write(self, environment: dict[str, bytes], day: str | None) -> None:
        """Keep this reading's facts; `day` is set when some of them hold for that day only."""
        if not self._path:
            return
        try:
            kept = encode(_Kept(self._world, environment, day, self._new, self.names))
        except ValueError:  # a file's name that is not UTF-8
            return
        write_sealed(self._path, kept)


def _is_plain(fact: Any) -> bool:
    """Facts of texts and line numbers alone, as most are."""
    return (
        type(fact) is SqlFacts
        and not fact.config
        and all(ref.version is None for ref in fact.references)
    )


def fingerprint(*parts: object) -> bytes:
    """A fingerprint of values whose text tells them whole."""
    return blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=16).digest()
