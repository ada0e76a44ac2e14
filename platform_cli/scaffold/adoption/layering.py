"""Which layers a project has already: where its models lie, how they are called, what they read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from platform_cli.config import Layer, default_layers
from platform_cli.project.identifiers import snake_case
from platform_cli.project.layers import Layers
from platform_cli.project.resources import AnyResource, Model, Source

_WORDS = {
    "staging": "staging stage stg raw source sources src bronze landing base",
    "intermediate": "intermediate int transform transforms transformed silver ods prep prepared "
    "cleaned conformed integration",
    "marts": "marts mart gold reporting report reports presentation analytics publish published "
    "dwh warehouse datamart datamarts data_marts products consumption serving mrt core",
}
_LAYER_OF = {word: layer for layer, words in _WORDS.items() for word in words.split()}
_HABIT = 0.25
"""What a quarter of a layer's references do is a habit; less are exceptions, for the baseline."""
_SHORT = 5
"""`fact_`, with its underscore."""
_COVERED = 0.75
"""Names of a layer that are enough for its prefixes to be its convention."""


@dataclass(frozen=True, slots=True)
class Layering:
    """The layers that were found, lowest first, and what a person should know of them."""

    layers: Mapping[str, Layer]
    notes: tuple[str, ...] = ()


def layering(
    models: Sequence[Model], roots: Sequence[str], resources: Mapping[str, AnyResource]
) -> Layering:
    """The layers of these models, whose folders lie below `roots`.

    Folders that are called like a layer decide; without any, each top folder is a layer that may
    read anything. Nothing is returned for a project without folders: then the usual layers hold.
    """
    places = {one.unique_id: _folders(one.path, roots) for one in models}
    named = {
        unique_id: found
        for unique_id, folders in places.items()
        if (found := _named_layer(folders)) is not None
    }
    in_folders = sum(1 for one in places.values() if one)
    if not in_folders:
        return Layering({}, ("models lie in no folders: the usual layers wait for them",))
    if 2 * len(named) >= in_folders:
        return _by_words(models, roots, resources, named, places)
    folders = dict.fromkeys(one[0] for one in sorted(places.values()) if one)
    layers = {
        snake_case(folder): Layer(
            folders=(folder,),
            prefixes=_prefixes(
                [one.name for one in models if places[one.unique_id][:1] == (folder,)]
            ),
        )
        for folder in folders
    }
    note = "its folders are not called like layers: each is one, and may read anything"
    return Layering(layers, (note,))


def _by_words(
    models: Sequence[Model],
    roots: Sequence[str],
    resources: Mapping[str, AnyResource],
    named: Mapping[str, tuple[str, str]],
    places: Mapping[str, tuple[str, ...]],
) -> Layering:
    usual = default_layers()
    folders: dict[str, list[str]] = {layer: [] for layer in usual}
    names: dict[str, list[str]] = {layer: [] for layer in usual}
    for one in models:
        if one.unique_id in named:
            layer, folder = named[one.unique_id]
            names[layer].append(one.name)
            if folder not in folders[layer]:
                folders[layer].append(folder)
    found = {
        layer: Layer(folders=tuple(sorted(folders[layer])), prefixes=_prefixes(names[layer]))
        for layer in usual
        if folders[layer]
    }
    taken = {folder for one in found.values() for folder in one.folders}
    rest = {
        layer: one
        for layer, one in usual.items()
        if layer not in found and not taken & {*one.folders}
    }
    # In the usual order, lowest first.
    layers = {
        layer: found.get(layer) or rest[layer] for layer in usual if layer in {**found, **rest}
    }
    seen = Layers(layers, tuple(roots))
    described = {
        name: Layer(
            folders=layer.folders,
            prefixes=layer.prefixes,
            parents=_parents(name, [one for one in models if seen.of(one) == name], seen, resources)
            if name in found
            else tuple(one for one in layer.parents if one in layers or one == "source"),
        )
        for name, layer in layers.items()
    }
    return Layering(described, tuple(_notes(found, rest, places, named)))


def _notes(
    found: Mapping[str, Layer],
    rest: Iterable[str],
    places: Mapping[str, tuple[str, ...]],
    named: Mapping[str, tuple[str, str]],
) -> Iterable[str]:
    missing = [one for one in rest if one not in found]
    if missing:
        yield f"no folders of {' and '.join(missing)} yet: the usual ones"
    outside = Counter(
        folders[0] if folders else "the top folder"
        for unique_id, folders in places.items()
        if unique_id not in named
    )
    if outside:
        yield f"in no layer: {', '.join(f'{name} ({n})' for name, n in outside.most_common(6))}"


def _folders(path: str, roots: Sequence[str]) -> tuple[str, ...]:
    """The folders between the model path and the file."""
    inside = [root for root in roots if path.startswith(f"{root.rstrip('/')}/")]
    inner = path[len(max(inside, key=len).rstrip("/")) + 1 :] if inside else path
    return tuple(inner.split("/")[:-1])


def _named_layer(folders: tuple[str, ...]) -> tuple[str, str] | None:
    """The layer whose word the first such folder is, and the way to this folder."""
    for at, folder in enumerate(folders):
        word = re.sub(r"^[0-9]+_", "", snake_case(folder).lstrip("_"))
        if word in _LAYER_OF:
            return _LAYER_OF[word], "/".join(folders[: at + 1])
    return None


def _prefixes(names: Sequence[str]) -> tuple[str, ...]:
    """The prefixes that nearly all names have, the most used first; none when many have none."""
    usual = {prefix for layer in default_layers().values() for prefix in layer.prefixes}
    usual |= {"stage_", "bronze_", "silver_", "interm_", "report_"}
    # A longer word is more likely what the models are about.
    counted = Counter(
        found[0]
        for name in names
        if (found := re.match(r"[A-Za-z][A-Za-z0-9]*_", name))
        and (len(found[0]) <= _SHORT or found[0] in usual)
    )
    shared = {
        prefix: count
        for prefix, count in counted.most_common()
        if prefix in usual or count >= max(3, len(names) / 10)
    }
    covered = sum(shared.values()) >= _COVERED * len(names)
    return tuple(shared) if covered else ()


def _parents(
    layer: str, models: Sequence[Model], seen: Layers, resources: Mapping[str, AnyResource]
) -> tuple[str, ...]:
    """What the usual layer of that name may read, and what these models do as a habit."""
    read = Counter(
        seen.of(parent)
        for model in models
        for unique_id in model.depends_on
        if isinstance(parent := resources.get(unique_id), Model | Source)
    )
    allowed = {*default_layers()[layer].parents}
    allowed |= {name for name, count in read.items() if name and count >= _HABIT * read.total()}
    return tuple(one for one in ("source", *seen.by_name) if one in allowed)
