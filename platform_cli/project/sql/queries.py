"""The facts about the SQL of a project's nodes, worked out when asked for and kept on disk.

sqlglot and Jinja are imported only when there is something new to read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct
from msgspec.msgpack import decode, encode

from platform_cli.project.reading.cache import environment_seals, queries_path, today
from platform_cli.project.reading.sealed_file import read_sealed, write_sealed
from platform_cli.project.resources import Model, Node, Snapshot, Undecided
from platform_cli.project.settings.env_vars import EnvVars
from platform_cli.project.sql.query import Query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from platform_cli.project.project import Project
    from platform_cli.project.sql.rendering import Renderer
    from platform_cli.project.sql.seals import Seals

_NOTHING = Query()
_PLACEHOLDER = re.compile(r"""["`]dbt_resource["`]\.["`][^"`]*["`]\.["`]([^"`]*)["`]""")


class _Entry(Struct, frozen=True, array_like=True):
    """What is known of one node, and what it depends on."""

    whole: bytes
    """Of the project in which it was last found true."""
    quick: bytes
    thorough: bytes
    query: Query
    undecided: Undecided | None
    day: str | None


class _Kept(Struct, array_like=True):
    environment: dict[str, bytes]
    """As in `Evidence`: fingerprints, no values."""
    entries: dict[str, _Entry]


class Queries:
    """The facts by node. `keep` writes down what is new."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._kept: _Kept | None = None
        self._seals: Seals | None = None
        self._renderer: Renderer | None = None
        self._path = ""
        self._is_new = False
        self._day = today()
        self._answers: dict[str, Query | Undecided] = {}

    def of(self, node: Node) -> Query | Undecided:
        """The facts of a model's or snapshot's SQL; Undecided when only dbt can tell its text.

        A Python model has no SQL, and no facts.
        """
        answer = self._answers.get(node.unique_id)
        if answer is None:
            answer = self._answers[node.unique_id] = self._of(node)
        return answer

    def _of(self, node: Node) -> Query | Undecided:
        if isinstance(node, Model) and node.language != "sql":
            return _NOTHING
        kept = self._kept or self._open()
        entry = kept.entries.get(node.unique_id)
        whole = self._seals.whole if self._seals else b""
        if entry is None or entry.whole != whole or entry.day not in {None, self._day}:
            entry = kept.entries[node.unique_id] = self._looked_at(node, entry, whole)
            self._is_new = True
        return entry.undecided or entry.query

    @property
    def environment(self) -> dict[str, bytes]:
        """The variables that the SQL asked for, as fingerprints, once it is kept."""
        return self._kept.environment if self._kept else {}

    def keep(self) -> None:
        """Write down what is known, if any of it is new."""
        if not self._is_new or self._kept is None or not self._path:
            return
        for env in self._environments() if self._renderer else ():
            self._kept.environment.update(environment_seals(env.asked))
        write_sealed(self._path, encode(self._kept))
        self._is_new = False

    def _environments(self) -> Iterator[EnvVars]:
        for scope in self._project.scopes.values():
            if isinstance(scope.env, EnvVars):
                yield scope.env

    def _open(self) -> _Kept:
        self._kept = _Kept({}, {})
        evidence = self._project.evidence
        if evidence is None:
            return self._kept
        from platform_cli.project.reading.read_through import path_of
        from platform_cli.project.sql.seals import Seals

        self._seals = Seals(self._project, evidence)
        self._path = queries_path(path_of(self._project.root, self._project.request))
        body = read_sealed(self._path)
        if body is None:
            return self._kept
        try:
            kept = decode(body, type=_Kept)
        except (msgspec.MsgspecError, ValueError):
            return self._kept
        env = EnvVars()
        now = environment_seals({name: env.get(name) for name in kept.environment})
        if now == kept.environment:
            self._kept = kept
        return self._kept

    def _looked_at(self, node: Node, old: _Entry | None, whole: bytes) -> _Entry:
        """The entry of a node, the old one when nothing that it depends on has changed."""
        if self._seals is None:
            return _Entry(whole, b"", b"", *self._read(node, self._content(node)), None)
        quick = self._seals.quick(node)
        if old is not None and old.day in {None, self._day} and old.quick == quick:
            return msgspec.structs.replace(old, whole=whole)
        content = self._content(node)
        if self._seals.is_edited(node, content):
            return _Entry(b"", b"", b"", *self._read(node, content), None)
        text = content.decode("utf-8", "replace")
        thorough, of_today = self._seals.thorough(node, text)
        day = self._day if of_today else None
        if old is not None and (old.thorough, old.day) == (thorough, day):
            return msgspec.structs.replace(old, whole=whole, quick=quick)
        return _Entry(whole, quick, thorough, *self._read(node, content), day)

    def _content(self, node: Node) -> bytes:
        if not node.path.endswith(".sql"):
            return b""
        try:
            return (self._project.root / node.path).read_bytes()
        except OSError:  # it went away while we read: the next run says so
            return b""

    def _read(self, node: Node, content: bytes) -> tuple[Query, Undecided | None]:
        from platform_cli.project.jinja.dialect import BrokenJinja, Unknown
        from platform_cli.project.sql.analysis import analysed
        from platform_cli.project.sql.rendering import Renderer

        scope = self._project.scope(node.package_name)
        if self._renderer is None:
            # What the profile asked for is in the target, and counts there.
            for env in self._environments():
                env.begin_anew()
            self._renderer = Renderer(self._project.scopes, self._project.resources)
        try:
            rendered = self._renderer.render(node, content)
            return analysed(
                rendered, scope.macros.adapter, snapshot=isinstance(node, Snapshot)
            ), None
        except Unknown as unknown:
            reason = _PLACEHOLDER.sub(r"\1", unknown.reason)
            return _NOTHING, Undecided(reason, node.path, unknown.line)
        except BrokenJinja as broken:
            reason = f"dbt may fail to render it: {broken.message}"
            return _NOTHING, Undecided(reason, node.path, broken.line)
        except UnicodeDecodeError:
            return _NOTHING, Undecided("its file is not UTF-8 text", node.path)
        except RecursionError:
            return _NOTHING, Undecided("its SQL is nested too deeply", node.path)
