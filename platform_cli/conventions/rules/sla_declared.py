"""Rule: sla-declared."""

from __future__ import annotations

from collections.abc import Iterator

from platform_cli.conventions.meta_value import meta_value, says
from platform_cli.conventions.promised import promised
from platform_cli.conventions.rule import Key, Violation, rule
from platform_cli.project.graph import Graph
from platform_cli.project.layers import Layers
from platform_cli.project.resources import Model, Snapshot, Source


@rule(severity="warn", opt_in=True)
def sla_declared(
    resource: Model | Snapshot | Source,
    graph: Graph,
    layers: Layers,
    *,
    in_layers: tuple[str, ...] = ("marts",),
    key: str = "sla",
    upstream: bool = True,
) -> Iterator[Violation]:
    """A mart says in `meta.sla` how fresh it will be, and so does what it depends on.

    ## Why
    Who builds on a table has to know by when it is there. A promise that what lies upstream does
    not share will be broken by someone who never heard of it.

    Off unless `platform.yml` turns it on. Write the SLA in words or figures: it is only asked
    whether there is one, and `TODO` is none. `key` is its name in `meta`; with `upstream: false`
    only marts need one.

    ## Instead of
    ```yaml
    models:
      - name: fct_flights
    ```

    ## Write
    ```yaml
    models:
      - name: fct_flights
        config:
          meta:
            sla: {ready_by: "06:00", days: weekdays}
    ```
    """
    value = meta_value(resource, key)
    if says(value):
        return
    if value and isinstance(resource, Model) and layers.of(resource) in in_layers:
        yield Violation(
            "the SLA is still to be written", at=Key(f"meta.{key}"), help="replace the TODO"
        )
        return
    help_ = f"add `meta: {{{key}: ...}}` under `config:`, or for the folder in dbt_project.yml"
    if isinstance(resource, Model) and layers.of(resource) in in_layers:
        yield Violation("no SLA", help=help_)
        return
    if upstream and (reader := promised(graph, key).get(resource.unique_id)):
        yield Violation(f"no SLA, and {reader}, which has one, depends on it", help=help_)
