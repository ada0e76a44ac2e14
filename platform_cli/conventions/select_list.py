"""The select list around a star, in the text of a file: Jinja and comments in it are not read."""

from __future__ import annotations

import re

from msgspec import Struct

_PART = re.compile(
    r"""'(?:[^'\\]|'')*'|"[^"]*"|`[^`]*`|(?P<unclear>\{[{%#]|--|/\*|[';"`#\\])"""
    r"""|(?P<word>\w+)|(?P<sign>[(),\[\]])|.""",
    re.DOTALL,
)
_HEAD = re.compile(r"\bselect(?:\s+(?:distinct|all))?(?=\s)", re.IGNORECASE)
_NAMED = re.compile(
    r"""(?:.*[\s)]as\s+|.*\s|(?:(?:\w+|"[^"]+")\.)?)(?P<name>[^\W\d]\w*|"[^"]+")""",
    re.IGNORECASE | re.DOTALL,
)
_STAR = re.compile(r"(?:.*\.\s*)?\*.*", re.DOTALL)


class SelectList(Struct, frozen=True):
    """What is selected before a star and behind it."""

    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def has_other_star(self) -> bool:
        """Whether it is not the only star."""
        return any(_STAR.fullmatch(one) for one in (*self.before, *self.after))


def select_list(text: str, start: int, end: int) -> SelectList | None:
    """The list with the star that stands from `start` to `end`; None when it cannot be told."""
    after = _items(text[end:], until="from")
    if after is None or after[0]:
        return None
    for head in reversed(list(_HEAD.finditer(text, 0, start))):
        before = _items(text[head.end() : start])
        if before is not None:
            return SelectList(tuple(before[:-1]), tuple(after[1:])) if not before[-1] else None
        if _is_unclear(text[head.end() : start]):
            break
    return None


def name_of(item: str) -> str:
    """The name of a column that is selected; empty when it is the database that names it."""
    found = _NAMED.fullmatch(item)
    return found["name"].strip('"') if found else ""


def _is_unclear(text: str) -> bool:
    return any(one["unclear"] for one in _PART.finditer(text))


def _items(text: str, until: str = "") -> list[str] | None:
    """The parts between commas, up to a word; None when it does not come, or all is not clear."""
    depth, at, items = 0, 0, list[str]()
    for one in _PART.finditer(text):
        if one["unclear"]:
            return None
        word, sign = (one["word"] or "").lower(), one["sign"] or ""
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(sign, 0)
        if depth < 0:
            return None
        if depth == 0 and sign == ",":
            items.append(text[at : one.start()].strip())
            at = one.end()
        if depth == 0 and until and word == until:
            return [*items, text[at : one.start()].strip()]
    return None if until or depth else [*items, text[at:].strip()]
