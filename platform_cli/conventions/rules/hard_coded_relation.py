"""Rule: hard-coded-relation."""

from __future__ import annotations

from collections.abc import Iterator

from platform_cli.conventions.rule import Violation, query_of, rule
from platform_cli.project.project import Project
from platform_cli.project.resources import AnyResource, Model, Seed, Snapshot, Source
from platform_cli.project.sql.queries import Queries


@rule(severity="error")
def hard_coded_relation(
    node: Model | Snapshot,
    project: Project,
    queries: Queries,
    *,
    allowed: tuple[str, ...] = ("information_schema", "pg_catalog", "dual"),
) -> Iterator[Violation]:
    """Tables are read with `ref()` and `source()`, never by a name written into the SQL.

    ## Why
    dbt does not see a name in the SQL: it builds the model too early, lineage ends there, and in
    development the model reads the production table (or the other way round).

    ## Instead of
    ```sql
    select flight_id from analytics.stg_flights
    ```

    ## Write
    ```sql
    select flight_id from {{ ref('stg_flights') }}
    ```
    Functions (`read_csv(...)`) are left alone. `allowed` names schemas, databases and tables that
    no model and no source can stand for.
    """
    for relation in query_of(node, queries).relations:
        parts = relation.name.lower().split(".")
        if any(part in allowed for part in parts):
            continue
        calls = sorted(_calls(project, parts[-1]))
        if len(calls) == 1:
            instead = f"write {{{{ {calls[0]} }}}}"
        else:
            instead = "use ref() for a model, or declare a source and use source()"
        yield Violation(f"{relation.name} is named by hand", at=relation, help=instead)


def _calls(project: Project, name: str) -> Iterator[str]:
    """The calls that would read what has this name in the database."""
    for resource in project.resources.values():
        if _name(resource) != name:
            continue
        if isinstance(resource, Source):
            yield f"source('{resource.source_name}', '{resource.name}')"
        elif isinstance(resource, Model | Seed | Snapshot):
            yield f"ref('{resource.name}')"


def _name(resource: AnyResource) -> str:
    named = resource.identifier if isinstance(resource, Source) else getattr(resource, "alias", "")
    return (named or resource.name).lower()
