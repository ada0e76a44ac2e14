"""Rule: breaking-change-needs-new-version."""

from __future__ import annotations

from collections.abc import Iterator

from platform_cli.conventions.earlier import Earlier, is_promise, same_type
from platform_cli.conventions.rule import Key, Violation, known, rule
from platform_cli.project.resources import Model

_HELP = "keep it and write a new version (`versions:`), or say until when: `deprecation_date:`"


@rule(severity="error")
def breaking_change_needs_new_version(model: Model, earlier: Earlier) -> Iterator[Violation]:
    """A public model keeps what its contract promised, or a new version changes it.

    ## Why
    Whoever reads a column that vanished, or changed its type, finds out when their build breaks.
    It is compared with git (`platform check --changed`) or with a manifest (`--state DIR`); without
    one of them this rule has nothing to say.

    ## Instead of
    ```yaml
    - name: fct_flights
      columns:
        - name: flight_id
          data_type: varchar   # was: integer
    ```

    ## Write
    ```yaml
    - name: fct_flights
      latest_version: 2
      columns:
        - name: flight_id
          data_type: integer
      versions:
        - v: 1
        - v: 2
          columns:
            - include: all
              exclude: [flight_id]
            - name: flight_id
              data_type: varchar
    ```
    or, where nobody reads it any more, `deprecation_date: 2027-01-31` on the model.
    """
    promise = earlier.promises.get(model.unique_id)
    if promise is None or known(model, "deprecation_date"):
        return
    for name in ("access", "config.contract"):
        known(model, name)
    if not is_promise(model):
        what = "public" if model.access != "public" else "under an enforced contract"
        yield Violation(f"it was a promise to others, and is not {what} any more", help=_HELP)
        return
    columns = known(model, "columns")
    for name, data_type in promise.columns.items():
        column = columns.get(name)
        if column is None:
            yield Violation(f"column {name} is gone, and others may read it", help=_HELP)
        elif not same_type(data_type, column.data_type):
            yield Violation(
                f"column {name} was {data_type} and is {column.data_type} now",
                at=Key("data_type", column),
                help=_HELP,
            )
