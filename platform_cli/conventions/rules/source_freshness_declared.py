"""Rule: source-freshness-declared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache

from platform_cli.conventions.promised import promised
from platform_cli.conventions.rule import Violation, known, rule
from platform_cli.project.graph import Graph
from platform_cli.project.resources import Source


@rule(severity="info")
def source_freshness_declared(
    source: Source, graph: Graph, *, sla: str = "sla"
) -> Iterator[Violation]:
    """A source says how old its data may be.

    ## Why
    When loading stops, every model is built as always, from the data of last week. Freshness is the
    only thing that notices.

    It is said once per source, at its first table, when none of its tables has freshness; and at
    each table without it on which something with an SLA depends (`meta.sla`; the setting `sla` is
    its name). A source that no one adds to says so: `freshness: null`.

    ## Instead of
    ```yaml
    sources:
      - name: flights
        tables:
          - name: flights
    ```

    ## Write
    ```yaml
    sources:
      - name: flights
        config:
          loaded_at_field: loaded_at
          freshness:
            warn_after: {count: 2, period: day}
        tables:
          - name: flights
    ```
    """
    if _declared(source):
        return
    help_ = "add `freshness:` under `config:`, or `freshness: null` when nothing is added to it"
    if sla and (reader := promised(graph, sla).get(source.unique_id)):
        yield Violation(f"no freshness, and the SLA of {reader} depends on it", help=help_)
        return
    tables = _tables(graph)[source.package_name, source.source_name]
    if source is tables[0] and not any(map(_declared, tables)):
        many = f"{len(tables)} table{'s' * (len(tables) != 1)}"
        yield Violation(f"no freshness for the source {source.source_name} ({many})", help=help_)


@lru_cache(maxsize=1)
def _tables(graph: Graph) -> Mapping[tuple[str, str], list[Source]]:
    """The tables of each source, by package and name."""
    found: dict[tuple[str, str], list[Source]] = defaultdict(list)
    for resource in graph.resources.values():
        if isinstance(resource, Source):
            found[resource.package_name, resource.source_name].append(resource)
    return found


def _declared(source: Source) -> bool:
    """Whether thresholds are set, or null is: then nobody shall measure it."""
    freshness = known(source, "freshness")
    if freshness is None:
        return True
    times = (freshness.get("warn_after"), freshness.get("error_after"))
    return any(isinstance(one, dict) and one.get("count") is not None for one in times)
