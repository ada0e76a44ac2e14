"""Render the Jinja in YAML values, in the way dbt walks a YAML document."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

KeyPath = tuple[str | int, ...]


def has_jinja(text: str) -> bool:
    """Whether the text has anything for Jinja to do."""
    return "{" in text and ("{{" in text or "{%" in text or "{#" in text)


def plain_text(text: str) -> str:
    """What Jinja makes of a text without tags: `\\n` line ends, and one last line end lost."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.removesuffix("\n")


def render_tree(
    value: Any,
    render: Callable[[str, KeyPath], Any],
    wanted: Callable[[KeyPath], bool],
    path: KeyPath = (),
) -> Any:
    """A copy of the value with every wanted string rendered; dates become ISO text, as in dbt.

    A part that rendering does not change is not copied.
    """
    if not _changes(value):
        return value
    return _render(value, render, wanted, path)


def _changes(value: Any) -> bool:
    kind = type(value)
    if kind is str:
        return value[-1:] == "\n" or ("{" in value and has_jinja(value)) or "\r" in value
    if kind is dict:
        return any(map(_changes, value.values()))
    if kind is list:
        return any(map(_changes, value))
    return isinstance(value, date)


def _render(
    value: Any,
    render: Callable[[str, KeyPath], Any],
    wanted: Callable[[KeyPath], bool],
    path: KeyPath,
) -> Any:
    kind = type(value)
    if kind is dict:
        return {
            key: item
            if type(item) is str and not _changes(item)
            else _render(item, render, wanted, (*path, str(key)))
            for key, item in value.items()
        }
    if kind is list:
        return [
            item
            if type(item) is str and not _changes(item)
            else _render(item, render, wanted, (*path, at))
            for at, item in enumerate(value)
        ]
    if not _changes(value) or not wanted(path):
        return value
    if isinstance(value, date):
        return value.isoformat()
    return render(value, path) if has_jinja(value) else plain_text(value)
