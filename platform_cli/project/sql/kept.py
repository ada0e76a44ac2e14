"""What was worked out from a node's SQL, kept on disk while nothing it depends on has changed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Generic, TypeVar

import msgspec
from msgspec import Struct
from msgspec.msgpack import decode, encode

from platform_cli.project.reading.cache import Kind, environment_seals, kept_path, today
from platform_cli.project.reading.sealed_file import read_sealed, write_sealed
from platform_cli.project.resources import Undecided
from platform_cli.project.settings.env_vars import EnvVars

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from platform_cli.project.project import Project
    from platform_cli.project.resources import Node
    from platform_cli.project.sql.positions import Rendered
    from platform_cli.project.sql.rendering import Renderer
    from platform_cli.project.sql.seals import Seals

Value = TypeVar("Value")
Answer = TypeVar("Answer")
_PLACEHOLDER = re.compile(r"""["`]dbt_resource["`]\.["`][^"`]*["`]\.["`]([^"`]*)["`]""")


def without_placeholders(reason: str) -> str:
    """A reason for a person: with the name of a relation where our placeholder for it stands."""
    return _PLACEHOLDER.sub(r"\1", reason)


class _State(Struct, frozen=True, array_like=True):
    """What a value depends on; `whole` is of the project in which it was last found true."""

    whole: bytes
    quick: bytes
    thorough: bytes
    day: str | None


class _Entry(Struct, Generic[Value], frozen=True, array_like=True):
    state: _State
    value: Value


class _File(Struct, Generic[Value], array_like=True):
    environment: dict[str, bytes]
    """As in `Evidence`: fingerprints, no values."""
    entries: dict[str, _Entry[Value]]


class Kept(Generic[Value]):
    """Values by node: what `find` does not know is worked out elsewhere, and `put` here."""

    def __init__(self, project: Project, type_: Any, kind: Kind, salt: bytes = b"") -> None:
        """`type_` is that of the values, `kind` that of their file. `salt` is a fingerprint of what
        the values depend on besides the project.
        """
        self._project = project
        self._type = type_
        self._kind = kind
        self._salt = salt
        self._file: _File[Value] | None = None
        self._seals: Seals | None = None
        self._whole = b""
        self._path = ""
        self._is_new = False
        self._rendered = False
        self._day = today()
        self._wanted: dict[str, _State] = {}
        self._edited: set[str] = set()
        """Nodes whose file has changed since the project was read: no seal is of that text."""

    def find(self, node: Node) -> Value | None:
        """The value of this node; None when it has to be worked out anew."""
        kept = self._file or self._open()
        whole = self._whole
        entry = kept.entries.get(node.unique_id)
        if entry is not None and entry.state.day in {None, self._day}:
            if entry.state.whole == whole:
                return entry.value
        else:
            entry = None
        state = self._state(node, whole, entry.state if entry else None)
        if entry is not None and entry.state.thorough == state.thorough != b"":
            kept.entries[node.unique_id] = _Entry(state, entry.value)
            self._is_new = True
            return entry.value
        self._wanted[node.unique_id] = state
        return None

    def forget(self, node: Node) -> None:
        """The value that `find` knows holds no longer, for a reason of the caller's."""
        if (entry := (self._file or self._open()).entries.pop(node.unique_id, None)) is not None:
            self._wanted[node.unique_id] = entry.state

    def put(self, node: Node, value: Value) -> None:
        """The value of a node that `find` did not know."""
        kept = self._file or self._open()
        state = self._wanted.pop(node.unique_id)
        if node.unique_id in self._edited:
            return
        kept.entries[node.unique_id] = _Entry(state, value)
        self._is_new = True

    def content(self, node: Node) -> bytes:
        """What the node's file holds; nothing when it holds no SQL."""
        if not node.path.endswith(".sql"):
            return b""
        try:
            content = (self._project.root / node.path).read_bytes()
        except OSError:  # it went away while we read: the next run says so
            return b""
        if self._seals is not None and self._seals.is_edited(node, content):
            self._edited.add(node.unique_id)
        return content

    def read(
        self,
        node: Node,
        content: bytes,
        use: Callable[[Iterable[Rendered]], Answer],
        *,
        guess: str = "",
        renderer: Renderer | None = None,
    ) -> Answer | Undecided:
        """What `use` makes of the node's SQL (as `Renderer` has it, `guess` too); Undecided where
        neither it nor rendering can tell. `renderer` may be one that knows more than the usual.
        """
        from platform_cli.project.jinja.dialect import BrokenJinja, Unknown
        from platform_cli.project.sql.rendering import renderer_of

        self._rendered = True
        rendering = renderer or renderer_of(self._project)
        try:
            return use(rendering.render(node, content, guess=guess))
        except Unknown as unknown:
            return Undecided(without_placeholders(unknown.reason), node.path, unknown.line)
        except BrokenJinja as broken:
            reason = f"dbt may fail to render it: {broken.message}"
            return Undecided(reason, node.path, broken.line)
        except UnicodeDecodeError:
            return Undecided("its file is not UTF-8 text", node.path)
        except RecursionError:
            return Undecided("its SQL is nested too deeply", node.path)

    @property
    def environment(self) -> dict[str, bytes]:
        """The variables that the SQL asked for, as fingerprints, once it is kept."""
        return self._file.environment if self._file else {}

    def keep(self) -> None:
        """Write down what is known, if any of it is new."""
        if not self._is_new or self._file is None or not self._path:
            return
        for scope in self._project.scopes.values() if self._rendered else ():
            if isinstance(scope.env, EnvVars):
                self._file.environment.update(environment_seals(scope.env.asked))
        write_sealed(self._path, encode(self._file))
        self._is_new = False

    def _state(self, node: Node, whole: bytes, old: _State | None) -> _State:
        """What the value depends on now; the thorough part is only asked for when it has to be."""
        if self._seals is None:
            return _State(whole, b"", b"", None)
        from platform_cli.project.sql.seals import seal

        quick = seal(self._salt, self._seals.quick(node))
        if old is not None and old.quick == quick:
            return msgspec.structs.replace(old, whole=whole)
        text = self.content(node).decode("utf-8", "replace")
        thorough, of_today = self._seals.thorough(node, text)
        day = self._day if of_today else None
        return _State(whole, quick, seal(self._salt, thorough), day)

    def _open(self) -> _File[Value]:
        self._file = _File({}, {})
        evidence = self._project.evidence
        if evidence is None:
            return self._file
        from platform_cli.project.reading.read_through import path_of
        from platform_cli.project.sql.seals import Seals, seal

        self._seals = Seals(self._project, evidence)
        self._whole = seal(self._salt, self._seals.whole)
        self._path = kept_path(path_of(self._project.root, self._project.request), self._kind)
        body = read_sealed(self._path)
        if body is None:
            return self._file
        try:
            kept = decode(body, type=_File[self._type])  # type: ignore[name-defined]
        except (msgspec.MsgspecError, ValueError):
            return self._file
        env = EnvVars()
        now = environment_seals({name: env.get(name) for name in kept.environment})
        if now == kept.environment:
            self._file = kept
        return self._file
