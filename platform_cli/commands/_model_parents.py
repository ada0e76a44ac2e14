"""What a new model reads: said, or asked for."""

from __future__ import annotations

from pathlib import Path

from platform_cli.commands._model_wishes import Wishes, split_words
from platform_cli.commands._questions import asked
from platform_cli.errors import PlatformError
from platform_cli.scaffold.source.of_word import Declarations


def model_parents(wishes: Wishes, sources: Declarations, here: Path) -> tuple[str, ...]:
    """The parents as `--from` knows them; files and tables have become sources.

    Raises PlatformError when nobody says any, and for one that is not there, with near names.
    """
    words = split_words(wishes.parents)
    if not words:
        answer = asked(
            "What does it read (MODEL, SOURCE.TABLE, table:SCHEMA.TABLE or a file)?",
            None,
            refuse=lambda said: sources.check(split_words([said]), here),
        )
        words = split_words([answer or ""])
    if not words:
        raise PlatformError(
            "a model reads something", hint="say what: --from ref:MODEL or source:NAME.TABLE"
        )
    return tuple(sources.word(one, here) for one in words)
