"""What the SQL of a hook does, judged by its text."""

from __future__ import annotations

import re
from collections.abc import Iterator

_COMMENT = re.compile(r"\{#.*?#\}|/\*.*?\*/|--[^\n]*", re.DOTALL)
_TAG = re.compile(r"\{%.*?%\}", re.DOTALL)
_EXPRESSION = re.compile(r"\{\{-?\s*(.*?)\s*-?\}\}", re.DOTALL)
_QUIET = re.compile(r"(log|print|exceptions\.warn|return)\b")
_TEXT = re.compile(r"'(?:[^']|'')*'|\$(\w*)\$.*?\$\1\$", re.DOTALL)
_FILLING = re.compile(
    r"\b(if (not )?exists|or replace|unique|transient|global|local|concurrently)\b ?"
)

UNCLEAR = "jinja"
"""What a statement starts with that a macro or a variable says."""


def statements(sql: str) -> Iterator[str]:
    """The statements in lower case, without comments, texts and filling words.

    `{{ this }}` is `this`, any other Jinja is `jinja`; `create or replace table x` is
    `create table x`. Both branches of an `{% if %}` are there.
    """
    sql = _EXPRESSION.sub(_spoken, _TAG.sub(" ", _COMMENT.sub(" ", sql)))
    for part in _TEXT.sub("''", sql).split(";"):
        words = " ".join(part.lower().split())
        if words := _FILLING.sub("", words):
            yield words


def _spoken(expression: re.Match[str]) -> str:
    inner = expression[1]
    if _QUIET.match(inner):
        return " "
    return "this" if re.fullmatch(r"this(\.\w+)*", inner) else UNCLEAR
