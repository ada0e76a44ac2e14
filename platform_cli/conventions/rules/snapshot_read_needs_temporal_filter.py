"""Rule: snapshot-read-needs-temporal-filter."""

from __future__ import annotations

from collections.abc import Iterator

from platform_cli.conventions.rule import Violation, known, query_of, rule
from platform_cli.project.project import Project
from platform_cli.project.resources import Model, Snapshot
from platform_cli.project.sql.queries import Queries

USUAL = ("dbt_valid_from", "dbt_valid_to")


@rule(severity="error")
def snapshot_read_needs_temporal_filter(
    model: Model,
    project: Project,
    queries: Queries,
    *,
    validity_columns: tuple[str, ...] = ("dbt_is_deleted", "is_current"),
) -> Iterator[Violation]:
    """Who reads a snapshot says which versions of a row.

    ## Why
    A snapshot has a row for every version. A query that says nothing of versions counts every
    airport once for each time it changed.
    Only queries that never name a column of validity are found: `dbt_valid_from`, `dbt_valid_to`
    (or what the snapshot's config calls them), and those in `validity_columns`.

    ## Instead of
    ```sql
    select icao, airport_name from {{ ref('snp_airports') }}
    ```

    ## Write
    ```sql
    select icao, airport_name
    from {{ platform_macros.current_rows(ref('snp_airports')) }} as airports
    ```
    or `platform_macros.as_of(ref('snp_airports'), '2024-01-01')`, or `where dbt_valid_to is null`.
    """
    seen: set[str] = set()
    for reference in known(model, "references"):
        parent = project.resources.get(reference.unique_id or "")
        if not isinstance(parent, Snapshot) or parent.unique_id in seen:
            continue
        seen.add(parent.unique_id)  # a query that names no version names none anywhere
        query = query_of(model, queries)
        if not any(one.name == parent.unique_id for one in query.reads):
            continue  # named for the order of the build only
        names = known(parent, "config.snapshot_meta_column_names", {})
        columns = {*USUAL, *validity_columns, *map(str, names.values())}
        if not {one.lower() for one in columns} & set(query.mentioned):
            yield Violation(
                f"reads all versions of {parent.name} as if they were rows of today",
                at=reference,
                help=f"read platform_macros.current_rows(ref('{parent.name}')), as_of(...), or "
                "add `where dbt_valid_to is null`",
            )
