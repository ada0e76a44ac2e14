"""What to do about an error of the database or of dbt that has a usual cause."""

from __future__ import annotations

from platform_cli.database_file import explain
from platform_cli.reporting.usual_error import usual_error


def advice(message: str, model: str, release: str = "") -> list[str]:
    """One line for each thing to do; none when the message is unknown.

    `release` is the file that a backfill let the model read.
    """
    if known := explain(message):
        return known.hint.splitlines()
    usual = usual_error(message)
    if not usual:
        return []
    text = (release and usual.of_release) or usual.help
    return [text.format(model=model, release=release)]
