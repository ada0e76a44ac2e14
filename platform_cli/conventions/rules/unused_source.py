"""Rule: unused-source."""

from __future__ import annotations

from collections.abc import Iterator

from platform_cli.conventions.rule import Violation, rule
from platform_cli.conventions.unread import is_unread
from platform_cli.project.graph import Graph
from platform_cli.project.project import Project
from platform_cli.project.resources import Source


@rule(severity="info")
def unused_source(source: Source, graph: Graph, project: Project) -> Iterator[Violation]:
    """A source table is read by something.

    ## Why
    What nobody reads is still tested, checked for freshness and kept in sync with the system it
    comes from, and whoever reads the list believes that it matters.

    Models, snapshots, analyses, exposures and hooks count as readers.

    ## Instead of
    ```yaml
    sources:
      - name: flights
        tables:
          - name: flights
          - name: flights_old
    ```

    ## Write
    ```yaml
    sources:
      - name: flights
        tables:
          - name: flights
    ```
    """
    if is_unread(source.unique_id, graph, project):
        yield Violation(
            "nothing reads this table", help="delete the entry, or write its staging model"
        )
