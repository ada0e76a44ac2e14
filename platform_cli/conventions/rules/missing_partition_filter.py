"""Rule: missing-partition-filter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from platform_cli.conventions.rule import Violation, known, query_of, rule
from platform_cli.project.project import Project
from platform_cli.project.resources import AnyResource, Model
from platform_cli.project.sql.queries import Queries


@rule(severity="error")
def missing_partition_filter(
    model: Model, project: Project, queries: Queries, *, meta_key: str = "large"
) -> Iterator[Violation]:
    """Who reads a table that is declared large says which part of it.

    ## Why
    Without a condition on its partition column every run, and every preview, reads all of it.
    A model, or a table of a source, is large when its YAML says so:
    ```yaml
    - name: positions
      config:
        meta: {large: event_date}
    ```
    Of a list of columns one is enough, and `large: true` asks for any condition. It may stand
    anywhere in the query, in `on` too, and goes by the name of the column: whether another table
    has that column is not looked into.

    ## Instead of
    ```sql
    select flight_id from {{ source('raw', 'positions') }}
    ```

    ## Write
    ```sql
    select flight_id from {{ source('raw', 'positions') }}
    where event_date >= date '2024-01-01'
    ```
    `meta_key` is the key in `meta`.
    """
    for reference in known(model, "references"):
        parent = project.resources.get(reference.unique_id or "")
        large = _large(parent, meta_key) if parent is not None else None
        if not large or parent is None:
            continue
        filtered = query_of(model, queries).filtered
        columns = [str(one).lower() for one in (large if isinstance(large, list) else [large])]
        if large is True:
            if not filtered:
                yield Violation(
                    f"{parent.name} is large, and all of it is read",
                    at=reference,
                    help="add a condition",
                )
        elif not set(columns) & set(filtered):
            yield Violation(
                f"{parent.name} is large, and no condition names {' or '.join(columns)}",
                at=reference,
                help=f"add a condition on {' or '.join(columns)}",
            )


def _large(resource: AnyResource, key: str) -> Any:
    meta = known(resource, "meta", {})
    return meta.get(key) or (known(resource, "config.meta", {}) or {}).get(key)
