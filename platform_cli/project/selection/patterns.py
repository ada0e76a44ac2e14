"""The two sorts of patterns in dbt's selections: of qualified names, and of paths."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fnmatch import fnmatchcase, translate
from functools import cache

_WILD = re.compile(r"[*?\[\]]")


def is_wild(value: str) -> bool:
    """Whether the text is a pattern."""
    return _WILD.search(value) is not None


def names_match(fqn: Sequence[str], value: str, *, versioned: bool) -> bool:
    """Whether a qualified name is meant, with its package in front or without it."""
    return _names_match(fqn, value, versioned) or _names_match(fqn[1:], value, versioned)


def _names_match(fqn: Sequence[str], value: str, versioned: bool) -> bool:
    if not fqn:
        return False
    wanted = value.split(".")
    if versioned:
        if fqn[-2:-1] == (value,) or "_".join(fqn[-2:]) == "_".join(wanted[-2:]):
            return True
    elif fqn[-1] == value:
        return True
    flat = ".".join(fqn).split(".")
    if len(flat) < len(wanted):
        return False
    for at, part in enumerate(wanted):
        if is_wild(part):
            if fnmatchcase(".".join(flat[at:]), ".".join(wanted[at:])):
                return True
            leaf = fqn[-2 if versioned and len(fqn) > 1 else -1]
            return len(wanted) == 1 and fnmatchcase(leaf, value)
        if flat[at] != part:
            return False
    return True


@cache
def path_pattern(value: str) -> re.Pattern[str]:
    """Matches the beginning of `path + "/"` for each path that the glob means or that is below.

    `**` stands for any number of folders, the other signs stay inside a name.
    """
    parts = [part for part in value.split("/") if part not in {"", "."}]
    return re.compile("".join("(?:[^/]+/)*" if part == "**" else _name(part) for part in parts))


def _name(part: str) -> str:
    made, at = "", 0
    while at < len(part):
        sign, at = part[at], at + 1
        closing = part.find("]", at + 1) if sign == "[" else -1
        if closing > 0:
            # Python's own reading of a set, in `(?s:` and `)\Z`: there are many odd ones.
            inside = translate(part[at - 1 : closing + 1])[4:].rpartition(")")[0]
            made += f"(?!/){inside}"
            at = closing + 1
        else:
            made += {"*": "[^/]*", "?": "[^/]"}.get(sign) or re.escape(sign)
    return f"{made}/"
