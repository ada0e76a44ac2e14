"""May a model have this name, and what still says the old one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from platform_cli.errors import PlatformError, Where
from platform_cli.project.identifiers import snake_case
from platform_cli.project.layers import Layers
from platform_cli.project.made_path import MADE
from platform_cli.project.resources import Node

if TYPE_CHECKING:
    from platform_cli.config import Check
    from platform_cli.project.edits.drafts import Change
    from platform_cli.project.project import Project
    from platform_cli.project.resources import Model

_RULE = "model-prefix-by-layer"


def check_new_name(name: str, model: Model, project: Project, settings: Check) -> None:
    """Raise PlatformError, with a valid name, unless the model may be called so."""
    plain = snake_case(name)
    prefixes = _prefixes(model, project, settings)
    if prefixes and not plain.startswith(prefixes):
        every = {one for layer in settings.layers.values() for one in layer.prefixes}
        bare = next((plain.removeprefix(one) for one in every if plain.startswith(one)), plain)
        plain = f"{prefixes[0]}{bare.lstrip('_')}"
    if name != plain:
        why = (
            f"a model of its layer starts with {' or '.join(prefixes)}"
            if prefixes and re.fullmatch(r"[a-z_][a-z0-9_]*", name)
            else "small letters, digits and _ only"
        )
        raise PlatformError(f"{name!r} is no name for it: {why}", hint=f"for example {plain}")
    every_node = (*project.resources.values(), *project.disabled.values())
    for one in every_node:
        if isinstance(one, Node) and one is not model and one.name.lower() == name.lower():
            raise PlatformError(
                f"there is a {one.name} already: {one.path}", hint="choose another name"
            )


def still_saying(old: str, project: Project, changes: Sequence[Change]) -> Iterator[Where]:
    """The lines that would still have the name: texts and comments, for a person to look at."""
    from platform_cli.project.edits.rename_model import texts_of

    word = re.compile(rf"(?<!\w){re.escape(old)}(?!\w)")
    alias = re.compile(rf"\balias\b\W*{re.escape(old)}\b")
    after = {one.old_path or one.path: one for one in changes}
    for path, text in texts_of(project).with_word(old).items():
        change = after.get(path)
        # What was made once, under the old name, is remembered as it was.
        if (change and change.gone) or path.startswith(f"{MADE}/"):
            continue
        lines = (change.after if change else text).splitlines()
        for number, line in enumerate(lines, 1):
            if word.search(line) and not alias.search(line):
                yield Where(change.path if change else path, number)


def as_notes(places: Iterable[Where], name: str) -> Iterator[str]:
    """A line per file, with all of its lines."""
    for path, several in groupby(places, key=lambda one: one.path):
        lines = ", ".join(str(one.line) for one in several)
        yield f"note: {path} still says {name}: line {lines}"


def _prefixes(model: Model, project: Project, settings: Check) -> tuple[str, ...]:
    if settings.rule(_RULE).severity == "off":
        return ()
    layer = Layers(settings.layers, project.model_paths).of(model)
    return settings.layers[layer].prefixes if layer else ()
