"""Rule: incremental-has-unique-key."""

from __future__ import annotations

from collections.abc import Iterator

from platform_cli.conventions.rule import Violation, known, rule
from platform_cli.project.resources import Model

WITHOUT_KEY = ("append", "insert_overwrite", "microbatch")
"""Strategies that say by themselves what happens to rows that are there already."""


@rule(severity="error")
def incremental_has_unique_key(model: Model) -> Iterator[Violation]:
    """An incremental model has a unique_key, or says that it only appends.

    ## Why
    Without a key a row that comes again, because a run is repeated or the source sends it twice,
    is there twice, and nothing fails. Whether the SQL keeps such rows out, by a `not exists` on
    `{{ this }}` say, is not looked into.

    ## Instead of
    ```sql
    {{ config(materialized='incremental') }}
    ```

    ## Write
    ```sql
    {{ config(materialized='incremental', unique_key='flight_id') }}
    ```
    or, for rows that never change and never come twice, `incremental_strategy='append'`.
    """
    if known(model, "config.materialized") != "incremental":
        return
    if known(model, "config.unique_key") or known(model, "config.meta.append_only"):
        return
    if known(model, "config.incremental_strategy") not in WITHOUT_KEY:
        yield Violation(
            "incremental without a unique_key: a row that comes again is there twice, unless the "
            "SQL keeps it out",
            help="add `unique_key='...'` to config(), or `incremental_strategy='append'`",
        )
