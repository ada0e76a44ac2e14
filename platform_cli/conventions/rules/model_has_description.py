"""Rule: model-has-description."""

from __future__ import annotations

from collections.abc import Iterator

from platform_cli.conventions.rule import Violation, known, rule
from platform_cli.project.resources import Model
from platform_cli.project.still_to_write import is_still_to_write


@rule(severity="error")
def model_has_description(model: Model) -> Iterator[Violation]:
    """A model has a description in its properties file; `TODO` is none.

    ## Why
    The description is the only text a colleague sees before using the table: what a row is, what is
    in and what is left out.

    A model that no properties file knows is for model-has-yaml-entry.

    ## Instead of
    ```yaml
    - name: fct_flights
      description: TODO
    ```

    ## Write
    ```yaml
    - name: fct_flights
      description: One row per flight that was scheduled to leave New York, cancelled ones included.
    ```
    """
    if model.properties_path is None:
        return  # one cause, one finding: model-has-yaml-entry
    text = known(model, "description", "").strip()
    if not text:
        yield Violation("no description", help="add `description:` to its entry")
    elif is_still_to_write(text):
        yield Violation("the description is still to be written", help="replace the TODO")
