"""What the facts about a node's SQL depend on, as fingerprints.

A quick one for a project of which some files changed: whatever is neither a resource's file nor
the resource itself counts for every node. A thorough one, asked when the quick one differs: of the
macros only those count that the node's text can reach.
"""

from __future__ import annotations

import re
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING

from msgspec.msgpack import encode

from platform_cli.project.files.tree import digest
from platform_cli.project.reading.cache import evidence_seal
from platform_cli.project.resources import Node, Snapshot
from platform_cli.project.sql.alias import alias_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from platform_cli.project.jinja.macros import Macro, Macros
    from platform_cli.project.project import Project
    from platform_cli.project.reading.cache import Evidence

_WORD = re.compile(r"[A-Za-z_]\w*")
_JINJA = re.compile(r"\{[{%].*?[}%]\}", re.DOTALL)
_OF_SNAPSHOTS = frozenset({"history_of", "graph"})
_OF_THE_DAY = frozenset({"run_started_at", "datetime"})
Known = tuple[bytes, bool]


def seal(*parts: bytes) -> bytes:
    """A fingerprint of bytes that follow each other."""
    made = blake2b(digest_size=12)
    for part in parts:
        made.update(len(part).to_bytes(4, "little"))
        made.update(part)
    return made.digest()


class Seals:
    """The fingerprints of one project as it was read."""

    def __init__(self, project: Project, evidence: Evidence) -> None:
        self._project = project
        self._evidence = evidence
        self._macros: dict[str, _Reached] = {}

    @cached_property
    def whole(self) -> bytes:
        """Of all that was read."""
        return evidence_seal(self._evidence)

    def is_edited(self, node: Node, content: bytes) -> bool:
        """Whether its file has this content only since the project was read: no seal is of that."""
        read = self._evidence.files.get(node.path)
        return bool(content) and read is not None and digest(content) != read

    def quick(self, node: Node) -> bytes:
        """Of the node, its file, and everything that belongs to no resource."""
        return seal(self._world, self._own(node))

    def thorough(self, node: Node, text: str) -> Known:
        """Of the node, its file and what its Jinja can reach; and whether the day counts."""
        if node.package_name not in self._macros:
            scope = self._project.scope(node.package_name)
            shown = (scope.vars, scope.own_vars, scope.quoting, scope.flags, scope.target)
            order = (scope.macros.adapter, scope.macros.dispatch_order, scope.root)
            # Where the project lies changes no rule's answer: a copy of it has the same seals.
            told = repr((shown, order)).replace(str(self._project.root), "")
            around = told.encode("utf-8", "surrogatepass")
            self._macros[node.package_name] = _Reached(scope.macros, around)
        reached = self._macros[node.package_name]
        words = set(_WORD.findall(" ".join(_JINJA.findall(text))))
        macros, deeper = reached.by(words)
        words |= deeper
        history = self._history if words & _OF_SNAPSHOTS else b""
        made = seal(reached.around, self._own(node), macros, history)
        return made, bool(words & _OF_THE_DAY)

    def _own(self, node: Node) -> bytes:
        resources = self._project.resources
        read = [
            (
                one.unique_id,
                type(target).__name__,
                alias_of(target),
                target.config.get("materialized"),
            )
            for one in node.references
            if (target := resources.get(one.unique_id or "")) is not None
        ]
        content = self._evidence.files.get(node.path, b"")
        return seal(content, encode(node), repr(read).encode("utf-8", "surrogatepass"))

    @cached_property
    def _history(self) -> bytes:
        return seal(*(encode(one) for one in self._project.of(Snapshot)))

    @cached_property
    def _world(self) -> bytes:
        evidence = self._evidence
        known = self._project
        of_resources: set[str] = set()
        for one in (*known.resources.values(), *known.disabled.values()):
            of_resources.add(one.path)
            of_resources.add(one.properties_path or one.path)
        others = sorted(item for item in evidence.files.items() if item[0] not in of_resources)
        return seal(encode((others, evidence.packages, evidence.environment)), self._history)


class _Reached:
    """The macros that words can lead to, as fingerprints."""

    def __init__(self, macros: Macros, around: bytes) -> None:
        self.around = around
        self._by_word = macros.by_word
        self._known: dict[str, tuple[frozenset[str], frozenset[str]]] = {}

    def by(self, words: Iterable[str]) -> tuple[bytes, set[str]]:
        """Of all macros that a text with these words can reach, and the words in them."""
        texts: set[str] = set()
        deeper: set[str] = set()
        for word in self._by_word.keys() & set(words):
            if word not in self._known:
                self._known[word] = self._reach(self._by_word[word])
            texts |= self._known[word][0]
            deeper |= self._known[word][1]
        return seal(*sorted(text.encode("utf-8", "surrogatepass") for text in texts)), deeper

    def _reach(self, first: list[Macro]) -> tuple[frozenset[str], frozenset[str]]:
        texts: set[str] = set()
        every: set[str] = set()
        todo = list(first)
        while todo:
            text = todo.pop().sql
            if text in texts:
                continue
            texts.add(text)
            words = set(_WORD.findall(text))
            every |= words
            for word in words & self._by_word.keys():
                todo += self._by_word[word]
        return frozenset(texts), frozenset(every & (_OF_SNAPSHOTS | _OF_THE_DAY))
