"""PyYAML's safe loading, without the tree of nodes in between: the same values in half the time.

Anchors, aliases, tags, merge keys and several documents are left to PyYAML itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple, cast

from yaml import CSafeLoader, YAMLError
from yaml.events import (
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)
from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode

from platform_cli.project.files.block_yaml import Unusual, block_load

_RESOLVERS: dict[str, list[tuple[str, Any]]] = CSafeLoader.yaml_implicit_resolvers
_TEXT = "tag:yaml.org,2002:str"
_SPECIAL = frozenset({"tag:yaml.org,2002:merge", "tag:yaml.org,2002:value"})
_words: dict[str, Any] = {}


class Twice(NamedTuple):
    """A key that a mapping has a second time; line and column count from 1."""

    key: str
    line: int
    column: int


def fast_load(text: str, twice: list[Twice] | None = None) -> Any:
    """The value of a YAML document, exactly as `yaml.load(text, CSafeLoader)` gives it.

    Keys that are there twice are added to `twice`, in the order of the text.

    Raises:
        yaml.YAMLError: as PyYAML does.
    """
    try:
        return block_load(text, _plain, _flow)
    except (Unusual, YAMLError, TypeError, ValueError, RecursionError):
        pass
    loader = CSafeLoader(text)
    try:
        return _document(loader)
    except (Unusual, YAMLError, TypeError, ValueError):
        pass
    finally:
        loader.dispose()
    again = CSafeLoader(text)
    try:
        node = again.get_single_node()
        if node is None:
            return None
        if twice is not None:
            twice += sorted(_twice(node), key=lambda one: one[1:])
        return again.construct_document(node)
    finally:
        again.dispose()


def _twice(top: Node) -> Iterator[Twice]:
    nodes, seen = [top], set()
    while nodes:
        node = nodes.pop()
        if id(node) in seen or not isinstance(node, CollectionNode):
            continue
        seen.add(id(node))
        if not isinstance(node, MappingNode):
            nodes += node.value
            continue
        keys: set[tuple[str, str]] = set()
        for key, value in node.value:
            nodes += (key, value)
            if isinstance(key, ScalarNode) and key.tag not in _SPECIAL:
                if (key.tag, key.value) in keys:
                    yield Twice(key.value, key.start_mark.line + 1, key.start_mark.column + 1)
                keys.add((key.tag, key.value))


def _flow(text: str) -> Any:
    """The value of a flow mapping or list that stands on one line of a text."""
    loader = CSafeLoader(text)
    try:
        return _document(loader)
    finally:
        loader.dispose()


def _document(loader: CSafeLoader) -> Any:
    event = loader.get_event
    event()
    if type(event()) is not DocumentStartEvent:
        raise Unusual
    value = _build(event(), event)
    if type(event()) is not DocumentEndEvent or type(event()) is not StreamEndEvent:
        raise Unusual
    return value


def _build(event: Any, following: Any) -> Any:  # noqa: C901, PLR0912
    kind = type(event)
    if kind is ScalarEvent:
        if event.anchor is not None or event.tag is not None:
            raise Unusual
        return _plain(event.value) if event.implicit[0] else event.value
    if kind is MappingStartEvent:
        if event.anchor is not None or event.tag is not None:
            raise Unusual
        mapping: dict[Any, Any] = {}
        event = following()
        while (kind := type(event)) is not MappingEndEvent:
            if kind is ScalarEvent and event.anchor is None and event.tag is None:
                key = event.value
                if event.implicit[0] and (not key or key[0] in _RESOLVERS):
                    key = _plain(key)
            else:
                raise Unusual
            if key in mapping:
                raise Unusual
            event = following()
            if type(event) is ScalarEvent:
                if event.anchor is not None or event.tag is not None:
                    raise Unusual
                value = event.value
                if event.implicit[0] and (not value or value[0] in _RESOLVERS):
                    value = _plain(value)
                mapping[key] = value
            else:
                mapping[key] = _build(event, following)
            event = following()
        return mapping
    if kind is SequenceStartEvent:
        if event.anchor is not None or event.tag is not None:
            raise Unusual
        items = []
        event = following()
        while type(event) is not SequenceEndEvent:
            items.append(_build(event, following))
            event = following()
        return items
    raise Unusual


def _plain(text: str) -> Any:
    """The value of an unquoted word: true, 12, 2024-01-31, or itself."""
    known = _words.get(text, _words)
    if known is not _words:
        return known
    for tag, pattern in _RESOLVERS.get(text[0] if text else "", ()):
        if pattern.match(text):
            if tag in _SPECIAL:
                raise Unusual
            constructor = cast("Any", CSafeLoader(""))
            value = constructor.construct_object(ScalarNode(tag, text))
            break
    else:
        value = text
    _words[text] = value
    return value
