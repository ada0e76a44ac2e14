"""What to do about an error of the database or of dbt that has a usual cause."""

from __future__ import annotations

import re

from platform_cli.database_file import explain

_USUAL = (
    (
        r"Table with name \S+ does not exist",
        "if that is a model that is not built yet: platform build --select +{model}",
    ),
    (
        r"No files found that match the pattern",
        (
            "put the file there, or correct its path (external_location of the source); it is meant"
            " from the project's folder"
        ),
    ),
    (
        r"enforced contract that failed",
        "make the SQL and the YAML say the same: cast the column, or correct its data_type",
    ),
    (
        r"'\w+' is undefined",
        "correct the name of the macro or variable, or install the package it comes from",
    ),
    (
        r"environment variable '\w+' is required",
        "set it, or give it a default: env_var('NAME', 'value')",
    ),
)


def advice(message: str, model: str) -> list[str]:
    """One line for each thing to do; none when the message is unknown."""
    if known := explain(message):
        return known.hint.splitlines()
    return [text.format(model=model) for words, text in _USUAL if re.search(words, message)]
