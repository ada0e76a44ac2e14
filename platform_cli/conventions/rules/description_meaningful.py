"""Rule: description-meaningful."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import cache

from platform_cli.conventions.rule import Key, Violation, known, rule
from platform_cli.project.layers import Layers
from platform_cli.project.resources import Exposure, Macro, Model, Seed, Snapshot, Source
from platform_cli.project.still_to_write import is_still_to_write

PLACEHOLDERS = (
    "n/a",
    "na",
    "none",
    "null",
    "tba",
    "tbc",
    "tbd",
    "to be defined",
    "to be documented",
    "fixme",
    "xxx",
    "placeholder",
    "wip",
    "?",
    "-",
)
FILLING = {"a", "an", "and", "column", "field", "for", "in", "is", "macro", "model", "of", "on"}
FILLING |= {"source", "table", "the", "this", "to"}


@rule(severity="warn")
def description_meaningful(
    resource: Model | Snapshot | Seed | Source | Exposure | Macro,
    layers: Layers,
    *,
    placeholders: tuple[str, ...] = PLACEHOLDERS,
    columns_in_layers: tuple[str, ...] = (),
) -> Iterator[Violation]:
    """A description says more than the name.

    ## Why
    A text that repeats the name, or keeps a place for one, looks like documentation in every list
    and tells nobody what a row is.

    A description is without meaning when it is one of the `placeholders`, starts with `TODO`, or
    has no word that is not in the name. Of columns only placeholders are found, except in the
    layers of `columns_in_layers`: "Name of the airport" may be all there is to say of a column.
    That there is a description at all is for model-has-description and columns-documented. Of a
    macro and its arguments those are looked at that a properties file describes.

    ## Instead of
    ```yaml
    - name: fct_flights
      description: The flights table.
    ```

    ## Write
    ```yaml
    - name: fct_flights
      description: One row per flight that was scheduled to leave New York, cancelled ones included.
    ```
    """
    text = known(resource, "description", "")
    if len(text) <= len(resource.name) + LONGEST or is_still_to_write(text):
        wrong = _wrong(text, resource.name, placeholders)
        # Of a model a TODO is for model-has-description.
        if wrong and not (wrong == TODO and isinstance(resource, Model)):
            help_ = _OF_MACRO if isinstance(resource, Macro) else _HELP
            yield Violation(f"the description {wrong}", at=Key("description"), help=help_)
    if isinstance(resource, Macro):
        yield from _arguments(resource, placeholders)
    if isinstance(resource, Exposure | Macro):
        return
    strict = layers.of(resource) in columns_in_layers
    longest = sys.maxsize if strict else _longest(placeholders)
    for column in known(resource, "columns").values():
        text = column.description
        if not text or len(text) > longest:
            continue  # nearly always
        wrong = _wrong(text, column.name, placeholders)
        if wrong == EMPTY or (strict and wrong == NAME_ONLY):
            yield Violation(
                f"the description of column {column.name} {wrong}",
                at=Key("description", column),
                help="say what a value means: its unit, its time zone, what NULL stands for",
            )


LONGEST = 40
"""So much longer than the name is no text that only says the name."""
TODO = "is still to be written"
EMPTY = "only keeps a place"
NAME_ONLY = "says no more than the name"
_HELP = "say what one row is, what is in and what is left out"
_OF_MACRO = "say what it gives, for what, and what becomes of NULL"


def _arguments(macro: Macro, placeholders: tuple[str, ...]) -> Iterator[Violation]:
    for argument in macro.arguments.values():
        wrong = _wrong(argument.description, argument.name, placeholders)
        if wrong in {TODO, EMPTY}:
            yield Violation(
                f"the description of argument {argument.name} {wrong}",
                at=Key("description", argument),
                help="say what to give: an SQL expression, a relation, one of which words",
            )


@cache
def _longest(placeholders: tuple[str, ...]) -> int:
    """How long a text with one of them can be, a full stop included."""
    return 2 + max(map(len, placeholders), default=0)


@cache
def _wrong(text: str, name: str, placeholders: tuple[str, ...]) -> str:
    plain = text.strip().lower()
    if is_still_to_write(plain):
        return TODO
    if plain.rstrip(".!… ") in placeholders:
        return EMPTY
    if len(text) > len(name) + LONGEST:
        return ""
    said = {_singular(word) for word in re.findall(r"\w+", plain.replace("_", " "))} - FILLING
    in_name = {_singular(word) for word in re.findall(r"[a-z0-9]+", _parted(name))}
    return "" if said - in_name or not plain else NAME_ONLY


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and len(word) > 3 else word  # noqa: PLR2004


def _parted(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
