"""PyYAML's safe loading, without the tree of nodes in between: the same values in half the time.

Anchors, aliases, tags, merge keys and several documents are left to PyYAML itself.
"""

from __future__ import annotations

from typing import Any, cast

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
from yaml.nodes import ScalarNode

from platform_cli.project.files.block_yaml import Unusual, block_load

_RESOLVERS: dict[str, list[tuple[str, Any]]] = CSafeLoader.yaml_implicit_resolvers
_TEXT = "tag:yaml.org,2002:str"
_SPECIAL = frozenset({"tag:yaml.org,2002:merge", "tag:yaml.org,2002:value"})
_words: dict[str, Any] = {}


def fast_load(text: str) -> Any:
    """The value of a YAML document, exactly as `yaml.load(text, CSafeLoader)` gives it.

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
        return again.get_single_data()
    finally:
        again.dispose()


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
