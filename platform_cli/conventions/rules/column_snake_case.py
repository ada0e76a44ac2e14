"""Rule: column-snake-case."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from platform_cli.conventions.rule import Violation, rule
from platform_cli.project.layers import Layers
from platform_cli.project.resources import Model


@rule(severity="warn")
def column_snake_case(
    model: Model,
    layers: Layers,
    *,
    in_layers: tuple[str, ...] = (),
    pattern: str = "[a-z_][a-z0-9_]*|[A-Z_][A-Z0-9_]*",
) -> Iterator[Violation]:
    """The columns of a model are named in snake case.

    ## Why
    A name with capitals or blanks has to be quoted, and typed exactly, in every query for ever;
    without the quotes some databases find it and others do not.

    Names all in capitals are well: databases that do not care for case show them like this.
    `pattern` is a regular expression for the whole name; `in_layers` limits the rule to these
    layers.

    ## Instead of
    ```yaml
    columns:
      - name: tailNumber
    ```

    ## Write
    ```yaml
    columns:
      - name: tail_number
    ```
    """
    if in_layers and layers.of(model) not in in_layers:
        return
    for name, column in model.columns.items():
        if not _matches(pattern, name):
            yield Violation(
                f"column {name} is not in snake case",
                at=column,
                help=f"call it {_in_snake_case(name)} in the SQL and here",
            )


@cache
def _matches(pattern: str, name: str) -> bool:
    return re.fullmatch(pattern, name) is not None


def _in_snake_case(name: str) -> str:
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name)
    return re.sub(r"\W+", "_", parted).strip("_").lower() or "by another name"
