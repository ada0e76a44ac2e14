"""What a model reads although its layer may not."""

from __future__ import annotations

from collections.abc import Iterator

from platform_cli.conventions.rule import known
from platform_cli.project.layers import Layers
from platform_cli.project.project import Project
from platform_cli.project.resources import AnyResource, Model, Reference


def refused_reads(
    model: Model, project: Project, layers: Layers
) -> Iterator[tuple[str, Reference, AnyResource]]:
    """The model's layer, the call, and what it reads: of each call to what the layer may not read.

    Nothing for a model outside of layers. Raises UndecidedError when only dbt knows the calls.
    """
    layer = layers.of(model)
    if layer is None:
        return
    for reference in known(model, "references"):
        parent = project.resources.get(reference.unique_id or "")
        if parent is not None and not layers.may_read(layer, parent):
            yield layer, reference, parent
