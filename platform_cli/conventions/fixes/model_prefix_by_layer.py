"""Fix: model-prefix-by-layer."""

from __future__ import annotations

from collections.abc import Iterator

from platform_cli.conventions.fix import Scene, SuggestedError, fix
from platform_cli.project.edits.edit import Edit
from platform_cli.project.edits.rename_model import rename_model
from platform_cli.project.resources import Model
from platform_cli.reporting.diagnostic import Diagnostic


@fix()
def model_prefix_by_layer(_: Diagnostic, model: Model, scene: Scene) -> Iterator[Edit]:
    """The only prefix of its layer before the name, in every call; the table keeps its name."""
    layers = scene.layers.by_name
    layer = scene.layers.of(model)
    prefixes = layers[layer].prefixes if layer in layers else ()
    if len(prefixes) != 1:
        raise SuggestedError(f"{layer} has several prefixes: {', '.join(prefixes)}")
    others = {prefix for one in layers.values() for prefix in one.prefixes}
    if other := next((one for one in sorted(others) if model.name.startswith(one)), ""):
        raise SuggestedError(f"it is called like a model of another layer ({other}): move it?")
    yield from rename_model(scene.project, model, f"{prefixes[0]}{model.name}")
