"""Rule: columns-documented."""

from __future__ import annotations

from collections.abc import Iterator

from platform_cli.conventions.rule import Violation, known, rule
from platform_cli.project.layers import Layers
from platform_cli.project.resources import Model
from platform_cli.project.still_to_write import is_still_to_write


@rule(severity="warn")
def columns_documented(
    model: Model, layers: Layers, *, in_layers: tuple[str, ...] = ("marts",)
) -> Iterator[Violation]:
    """The columns of a model in a mart have descriptions.

    ## Why
    Units, time zones and what NULL means cannot be guessed from a name.

    ## Instead of
    ```yaml
    columns:
      - name: delay
    ```

    ## Write
    ```yaml
    columns:
      - name: delay
        description: Minutes after the scheduled departure; negative when early, NULL if cancelled.
    ```
    """
    if layers.of(model) not in in_layers:
        return
    columns = known(model, "columns")
    if not columns:
        yield Violation("no columns are declared", help="list them under `columns:`")
    for column in columns.values():
        text = column.description.strip()
        if not text or is_still_to_write(text):
            yield Violation(
                f"column {column.name} has no description", at=column, help="add `description:`"
            )
