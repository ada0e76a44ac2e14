"""Errors of the database or of dbt that have a usual cause."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class UsualError:
    """What to do about an error, and how that begins.

    `first` is what to do before the command is typed again, empty when the model's file is to be
    mended. `command` is typed instead of the one that failed. Both texts may hold `{model}`.
    `of_release` is the help where a backfill let the node read the file `{release}`.
    """

    words: str
    help: str
    first: str = ""
    command: str = ""
    of_release: str = ""


def usual_error(message: str) -> UsualError | None:
    """The usual error that the message tells of."""
    return next((one for one in _USUAL if re.search(one.words, message)), None)


_USUAL = (
    UsualError(
        r"Table with name \S+ does not exist",
        "if that is a model that is not built yet: platform build --select +{model}",
        command="platform build --select +{model}",
    ),
    UsualError(
        r"Function with name \w+ does not exist",
        "correct the function's name; of a snapshot it may stand in the YAML, too:"
        " dbt_valid_to_current, unique_key, meta.scd",
    ),
    UsualError(
        r"No magic bytes found|too small to be a Parquet file",
        "the file is damaged, or no Parquet file: fetch it again",
        first="fetch the file again",
    ),
    UsualError(
        r"No files found that match the pattern",
        "put the file there, or correct its path (external_location of the source); it is meant"
        " from the project's folder",
        first="put the file there",
    ),
    UsualError(
        r"\w: clock: ",
        "give a time after the last run (--run-at), or set the clock right; to go back:"
        " platform snapshot rewind {model}",
        first="choose a later time",
    ),
    UsualError(
        r"\w: unsound_history: ",
        "the rows in the history are wrong, not the snapshot's file: platform snapshot verify"
        " {model}",
        command="platform snapshot verify {model}",
    ),
    UsualError(
        r"\w: missing_history: ",
        "look for the table first: another target, schema or file, a backup",
        first="bring the table back",
    ),
    UsualError(
        r"\w: (empty_source|mass_delete|mass_change|null_key|duplicate_key|null_sequence): ",
        "the rows that it reads may be wrong, and not its file: platform snapshot plan --select"
        " {model}",
        first="look at the rows that it reads",
        of_release="the rows of this release may be wrong, and not the snapshot's file: look into"
        " {release}",
    ),
    UsualError(
        r"enforced contract that failed",
        "make the SQL and the YAML say the same: cast the column, or correct its data_type",
    ),
    UsualError(
        r"'\w+' is undefined",
        "correct the name of the macro or variable, or install the package it comes from",
    ),
    UsualError(
        r"environment variable '\w+' is required",
        "set it, or give it a default: env_var('NAME', 'value')",
        first="set the variable",
    ),
)
