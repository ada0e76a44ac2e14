"""Sketches of resources: which of the new ones is an old one under another name.

A sketch is the smallest hashes of all words in a resource's SQL and YAML, without its own name, so
that neither order nor layout nor the file counts. Two sketches share as many of the smallest as
the resources share words.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from hashlib import blake2b
from pathlib import Path

from platform_cli.project.resources import AnyResource

WORDS = 32
"""Hashes per sketch."""
CLOSE = 0.6
"""From this share of words on two are one under two names."""
TOO_FEW = 4
"""Words: of less nothing can be told."""

_COMMENT = re.compile(r"--[^\n]*|/\*.*?\*/|\{#.*?#\}", re.DOTALL)
_WORD = re.compile(r"\w+")
_BYTES = 4


def sketch(resource: AnyResource, root: Path) -> str:
    """The resource's sketch, as text."""
    hashes = sorted(
        blake2b(word.encode("utf-8", "replace"), digest_size=_BYTES).digest()
        for word in _words(resource, root)
    )
    return b64encode(b"".join(hashes[:WORDS])).decode()


def likeness(one: str, other: str) -> float:
    """The share of common words, from 0 to 1; 0 when there are too few to tell."""
    first, second = _hashes(one), _hashes(other)
    if min(len(first), len(second)) < TOO_FEW:
        return 0
    smallest = set(sorted(first | second)[:WORDS])
    return len(smallest & first & second) / len(smallest)


def renamed(
    gone: Mapping[str, str],
    new: Iterable[AnyResource],
    root: Path,
    shared: Callable[[str, str], float],
) -> dict[str, str]:
    """The new unique id of each of the gone ones that is still there under another name.

    `gone` maps unique ids to sketches. Among those that are close enough, the words, the share of
    common findings (`shared`) and the names together decide who is whose.
    """
    sketches = {one.unique_id: sketch(one, root) for one in new}
    pairs = [
        (share + shared(old, now) + _alike(_pairs(old), _pairs(now)), old, now)
        for old, was in gone.items()
        for now, looks in sketches.items()
        if old.split(".")[0] == now.split(".")[0] and (share := likeness(was, looks)) >= CLOSE
    ]
    found: dict[str, str] = {}
    taken: set[str] = set()
    for _, old, now in sorted(pairs, reverse=True):
        if old not in found and now not in taken:
            found[old] = now
            taken.add(now)
    return found


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(len(one | other), 1)


@cache
def _pairs(unique_id: str) -> frozenset[str]:
    """The letters of a resource's name, two by two."""
    name = unique_id.split(".", 2)[-1]
    return frozenset(name[at : at + 2] for at in range(len(name) - 1))


@cache
def _hashes(text: str) -> frozenset[bytes]:
    try:
        raw = b64decode(text)
    except ValueError:  # somebody's edit: then it is like nothing
        return frozenset()
    return frozenset({raw[at : at + _BYTES] for at in range(0, len(raw), _BYTES)})


def _words(resource: AnyResource, root: Path) -> set[str]:
    texts = [resource.description, *(getattr(resource, "columns", None) or ())]
    if resource.path.endswith((".sql", ".py")):
        text = (root / resource.path).read_text(encoding="utf-8", errors="replace")
        texts.append(_COMMENT.sub(" ", text))
    words = {word for text in texts for word in _WORD.findall(text.lower())}
    return words - {resource.name.lower()}
