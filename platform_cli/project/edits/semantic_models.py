"""Semantic models that stand on a model: our reader leaves these out."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator

import yaml

from platform_cli.errors import Where
from platform_cli.project.edits.edit import RefusedError
from platform_cli.project.edits.yaml_tree import composed, value_under
from platform_cli.project.files.tree import list_below
from platform_cli.project.project import Project

_REF = re.compile(r"""\bref\s*\(\s*(?:["'][^"']*["']\s*,\s*)?["'](?P<name>[^"']+)["']""")


def semantic_models(
    project: Project, models: Collection[str], text_of: Callable[[str], str]
) -> Iterator[tuple[str, str, Where]]:
    """The name of each, the model that it stands on, and where it says so."""
    for folder in project.model_paths:
        for name in list_below(str(project.root / folder)):
            path = f"{folder}/{name}"
            text = text_of(path) if name.endswith((".yml", ".yaml")) else ""
            if "semantic_models" not in text:
                continue
            for entry in _entries(text):
                said, model = value_under(entry, "name"), value_under(entry, "model")
                ref = _REF.search(str(model.value)) if model is not None else None
                if model is not None and ref and ref["name"] in models:
                    where = Where(path, model.start_mark.line + 1)
                    yield str(said.value) if said is not None else ref["name"], ref["name"], where


def _entries(text: str) -> list[yaml.Node]:
    try:
        top = composed(text)
    except RefusedError:  # the reader has said so
        return []
    every = value_under(top, "semantic_models")
    return list(every.value) if isinstance(every, yaml.SequenceNode) else []
