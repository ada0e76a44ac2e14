"""Fix: same-column-same-description."""

from __future__ import annotations

from collections.abc import Iterator

from platform_cli.conventions.described_upstream import described_upstream
from platform_cli.conventions.fix import Scene, SuggestedError, column_of, fix
from platform_cli.project.edits.edit import Edit, SetKey, entry_way
from platform_cli.project.edits.properties_home import properties_home
from platform_cli.project.edits.written import written
from platform_cli.project.entry_place import Item
from platform_cli.project.resources import Model
from platform_cli.reporting.diagnostic import Diagnostic


@fix()
def same_column_same_description(finding: Diagnostic, model: Model, scene: Scene) -> Iterator[Edit]:
    """The words upstream, where they say all that is said here, and more."""
    column = column_of(finding, model)
    if column is None:
        return
    text = " ".join(described_upstream(scene.project, model, column.name).split())
    if not text:
        raise SuggestedError("that it is the same column is not certain")
    path = properties_home(scene.project, model)
    way = (*entry_way(model), "columns", Item(column.name), "description")
    if "{{" in text or written(scene.project, path, way) != column.description:
        raise SuggestedError("one of the descriptions has Jinja in it")
    if not _says_all(text, column.description):
        raise SuggestedError("it says what the other does not: which is right is for a person")
    yield SetKey(path, way, text)


def _says_all(more: str, less: str) -> bool:
    """Whether all words of a text are in the other, in their order."""
    words = iter(_words(more))
    return all(word in words for word in _words(less))


def _words(text: str) -> list[str]:
    return [word.strip(".,;:!?()'\"") for word in text.casefold().split()]
