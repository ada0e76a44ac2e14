"""The mark of a text that somebody has yet to write, as scaffolding leaves it."""

from __future__ import annotations


def is_still_to_write(text: str) -> bool:
    """Whether a description only says that it is missing: it starts with TODO, in any case."""
    return text.strip()[:4].upper() == "TODO"
