"""Rule: dead-model."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from platform_cli.conventions.rule import Violation, known, rule
from platform_cli.conventions.unread import is_unread
from platform_cli.project.graph import Graph
from platform_cli.project.layers import Layers
from platform_cli.project.project import Project
from platform_cli.project.resources import DataTest, Model


@rule(severity="warn")
def dead_model(
    model: Model,
    graph: Graph,
    layers: Layers,
    project: Project,
    *,
    in_layers: tuple[str, ...] = ("staging", "intermediate"),
) -> Iterator[Violation]:
    """A model that is made for other models is read by one.

    ## Why
    A model that nothing reads is built, tested and paid for every night, and is mended whenever its
    source changes.

    Only models of the layers that exist to be read (`in_layers`) are looked at. Read by a snapshot,
    an exposure, an analysis, a hook or the test of another model is read; public models and those
    with versions have readers elsewhere.

    ## Instead of
    ```
    models/intermediate/int_delays__old.sql
    ```

    ## Write
    Delete the file and its entry in the properties file, or declare who uses it:
    ```yaml
    exposures:
      - name: delay_research
        type: notebook
        owner: {name: Ada Lovelace, email: research@example.com}
        depends_on: [ref('int_delays__old')]
    ```
    """
    if layers.of(model) not in in_layers or not is_unread(model.unique_id, graph, project):
        return
    if model.version is not None or known(model, "access") == "public":
        return
    if all(layers.at(path) in in_layers for path in _one_of_each_folder(graph)):
        return  # a package: its readers are in other projects
    if model.unique_id not in _tested_against(graph):
        yield Violation(
            "nothing reads this model", help="delete it, or declare its user as an exposure"
        )


@lru_cache(maxsize=1)
def _tested_against(graph: Graph) -> set[str]:
    """What tests read that do not hang on it."""
    return {
        unique_id
        for test in graph.resources.values()
        if isinstance(test, DataTest)
        for unique_id in test.depends_on
        if unique_id != test.attached_node
    }


@lru_cache(maxsize=1)
def _one_of_each_folder(graph: Graph) -> list[str]:
    """The files of models, one of each folder: all of a folder are in one layer."""
    models = (one for one in graph.resources.values() if isinstance(one, Model))
    return list({one.path.rpartition("/")[0]: one.path for one in models}.values())
