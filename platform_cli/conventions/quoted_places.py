"""Where a file has its text in quotes: what looks like a comment there is none."""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Callable

_ESCAPED = r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*\""""
_DOUBLED = r"""'[^']*'|"[^"]*\""""
_JINJA = re.compile(
    rf"""\{{\#.*?\#\}}|\{{\{{(?:{_ESCAPED}|[^'"])*?\}}\}}|\{{%(?:{_ESCAPED}|[^'"])*?%\}}""",
    re.DOTALL,
)
_READINGS = [
    re.compile(
        rf"(?P<quoted>{text}|`[^`]*`|\$(?P<tag>\w*)\$.*?\$(?P=tag)\$)"
        rf"|(?:{comment})[^\n]*|/\*.*?\*/",
        re.DOTALL,
    )
    for text in (_DOUBLED, _ESCAPED)
    for comment in ("--", "--|#|//")
]
"""Dialects differ in what a backslash does to a quote, and in what begins a comment."""


def is_quoted(text: str, path: str) -> Callable[[int], bool]:
    """Whether a place of the file is surely in quotes: in each dialect, whatever Jinja renders to.

    Of a Python file: whether no comment begins there.
    """
    if path.endswith(".py"):
        comments = _comments(text)
        return lambda at: comments is not None and at not in comments
    jinja, readings = _quoted(text)
    return lambda at: (
        any(start < at < end for start, end in jinja)
        or all(any(start < at < end for start, end in one) for one in readings)
    )


def _quoted(text: str) -> tuple[list[tuple[int, int]], list[list[tuple[int, int]]]]:
    """The Jinja but its comments, and what is in quotes by each way to read the SQL around it."""
    # Jinja goes first: a quote in it is none of the SQL.
    jinja = [one.span() for one in _JINJA.finditer(text) if not one[0].startswith("{#")]
    sql = _JINJA.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    readings = [
        [one.span() for one in reading.finditer(sql) if one["quoted"]] for reading in _READINGS
    ]
    # With a branch in the quotes, the text may end in one of them and go on in the other.
    if any("{%" in text[start:end] for one in readings for start, end in one):
        return jinja, [[]]
    return jinja, readings


def _comments(text: str) -> set[int] | None:
    """Where comments of Python begin; None when it is no Python."""
    lines = [0]
    for line in io.StringIO(text):
        lines.append(lines[-1] + len(line))
    try:
        return {
            lines[token.start[0] - 1] + token.start[1]
            for token in tokenize.generate_tokens(io.StringIO(text).readline)
            if token.type == tokenize.COMMENT
        }
    except (tokenize.TokenError, SyntaxError):
        return None
