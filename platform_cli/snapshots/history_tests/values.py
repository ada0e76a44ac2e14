"""What a cell in YAML means: kinder to data than YAML 1.1, where NO is false and 007 is 7."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

Kind = Literal["null", "bool", "int", "float", "date", "timestamp", "timestamptz", "text", "json"]

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_BOOL = frozenset({"true", "True", "TRUE", "false", "False", "FALSE"})
# A number with a leading zero is a code: a postal code, a FIPS code.
_INT = re.compile(r"[-+]?(0|[1-9]\d*)")
_FLOAT = re.compile(r"[-+]?((0|[1-9]\d*)\.\d*|\.\d+)([eE][-+]?\d+)?")
_NO_NUMBER = re.compile(r"[-+]?\.(inf|nan)", re.IGNORECASE)
_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}([Tt ].*)?")


@dataclass(frozen=True, slots=True)
class Value:
    """A value as text, of which kind it is, and the line it stands in. NULL has no text."""

    kind: Kind
    text: str
    line: int

    def literal(self) -> str:
        """The value as SQL, not yet of a column's type."""
        if self.kind == "null":
            return "null"
        quoted = "'" + self.text.replace("'", "''") + "'"
        return f"cast({quoted} as json)" if self.kind == "json" else quoted


class WrongValueError(ValueError):
    """A value that looks like a date and is none."""


def value_of(node: yaml.Node) -> Value:
    """The value of a YAML node. Raises WrongValueError for 2024-13-01."""
    line = node.start_mark.line + 1
    if not isinstance(node, yaml.ScalarNode):
        return Value("json", json.dumps(_plain(node), separators=(",", ":")), line)
    kind = _kind(node)
    text = node.value
    if kind == "float" and _NO_NUMBER.fullmatch(text):
        text = text.replace(".", "")
    return Value(kind, "" if kind == "null" else text, line)


def time_of(value: Value) -> datetime | None:
    """The date or time that a value means; None when it is another kind of value.

    The time of day is optional, and so is the offset.
    """
    if value.kind not in {"date", "timestamp", "timestamptz", "text"}:
        return None
    try:
        return datetime.fromisoformat(value.text)
    except ValueError:
        return None


def _kind(node: yaml.ScalarNode) -> Kind:
    text = node.value
    if node.style:  # in quotes, or a block of text
        return "text"
    if text in _NULL:
        return "null"
    if text in _BOOL:
        return "bool"
    if _INT.fullmatch(text):
        return "int"
    if _FLOAT.fullmatch(text) or _NO_NUMBER.fullmatch(text):
        return "float"
    return _kind_of_time(text) if _DATE.fullmatch(text) else "text"


def _kind_of_time(text: str) -> Kind:
    try:
        if len(text) == len("2024-01-31"):
            date.fromisoformat(text)
            return "date"
        return "timestamptz" if datetime.fromisoformat(text).tzinfo else "timestamp"
    except ValueError:
        raise WrongValueError(text) from None


def _plain(node: yaml.Node) -> Any:
    """A list or mapping as JSON has it."""
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item) for item in node.value]
    if isinstance(node, yaml.MappingNode):
        return {key.value: _plain(item) for key, item in pairs(node)}
    kind = _kind(node) if isinstance(node, yaml.ScalarNode) else "null"
    if kind == "null":
        return None
    if kind in {"bool", "int", "float"}:
        read: dict[str, Any] = {"bool": _bool, "int": int, "float": float}
        return read[kind](node.value)
    return node.value


def _bool(text: str) -> bool:
    return text.lower() == "true"


def pairs(node: yaml.MappingNode) -> Iterator[tuple[yaml.ScalarNode, yaml.Node]]:
    """Keys and values, those merged in with `<<` first; of equal keys the last counts."""
    found: dict[str, tuple[yaml.ScalarNode, yaml.Node]] = {}
    for key, value in node.value:
        if key.value == "<<" and isinstance(value, yaml.MappingNode):
            found = {one.value: (one, inner) for one, inner in pairs(value)} | found
    for key, value in node.value:
        if isinstance(key, yaml.ScalarNode) and key.value != "<<":
            found[key.value] = (key, value)
    yield from found.values()
