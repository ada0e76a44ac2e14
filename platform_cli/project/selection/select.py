"""Which resources a person means, in the grammar of dbt's selections."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from pathlib import Path

from msgspec import Struct

from platform_cli.errors import PlatformError, did_you_mean
from platform_cli.project.graph import Graph
from platform_cli.project.project import Project
from platform_cli.project.resources import AnyResource, Operation, Source
from platform_cli.project.selection.expression import (
    ALL_THE_WAY,
    Expression,
    Several,
    Word,
    read_words,
)
from platform_cli.project.selection.methods import METHODS, Answer, method_named


class Selected(Struct, frozen=True):
    """The unique ids that are meant; `unsure` are those of which only dbt can tell."""

    ids: frozenset[str]
    unsure: frozenset[str] = frozenset()


def select(
    project: Project,
    words: Sequence[str] = (),
    *,
    exclude: Iterable[str] = (),
    selector: str | None = None,
    state: Path | None = None,
) -> Selected:
    """What the words mean together, without what `exclude` means; no words mean everything.

    `selector` is a name in selectors.yml and stands instead of words; `state` is the folder of the
    manifest that `state:modified` compares with. Tests belong to it as far as they are named or
    downstream; those that dbt adds to a selected model do not.

    Raises PlatformError, with near names, for a criterion that means nothing, a method that does
    not exist, and a selector or manifest that cannot be read.
    """
    looking = _Looking(project, state)
    if selector is not None:
        if words or exclude:
            raise PlatformError(
                "--selector stands alone: it cannot be combined with --select or --exclude",
                hint="put the other criteria into the selector",
            )
        from platform_cli.project.selection.selectors_file import read_selector

        return _selected(looking.meant(read_selector(project.root, selector)))
    found = looking.meant(read_words(words)) if words else looking.everything()
    if excluded := tuple(exclude):
        found = found.without(looking.meant(read_words(excluded)))
    return _selected(found)


class _Meant(Struct, frozen=True):
    """What is meant for certain, and what may be (the certain ones included)."""

    sure: set[str]
    maybe: set[str]

    def without(self, other: _Meant) -> _Meant:
        return _Meant(self.sure - other.maybe, self.maybe - other.sure)


class _Looking:
    """One selection in one project."""

    def __init__(self, project: Project, state: Path | None) -> None:
        self._project = project
        self._state = state
        self._resources = {
            unique_id: one
            for unique_id, one in project.resources.items()
            if one.enabled and not isinstance(one, Operation)
        }

    @cached_property
    def _graph(self) -> Graph:
        return Graph(self._resources, with_tests=True)

    @cached_property
    def _compared(self) -> Callable[[AnyResource, Word], Answer]:
        from platform_cli.project.selection.state import compare_with

        return compare_with(self._project, self._state)

    def everything(self) -> _Meant:
        return _Meant(set(self._resources), set(self._resources))

    def meant(self, expression: Expression) -> _Meant:
        if isinstance(expression, Word):
            return self._of_word(expression)
        first, *others = [self.meant(part) for part in expression.parts]
        found = first
        for one in others:
            if expression.how == "union":
                found = _Meant(found.sure | one.sure, found.maybe | one.maybe)
            elif expression.how == "intersection":
                found = _Meant(found.sure & one.sure, found.maybe & one.maybe)
            else:
                found = found.without(one)
        if expression.how == "intersection" and not found.maybe and not _may_be_empty(expression):
            raise PlatformError(
                f"nothing in this project is meant by all of {expression.raw!r}",
                hint="a comma means both; a space means either",
            )
        return found

    def _of_word(self, word: Word) -> _Meant:
        here = self._named(word)
        if not here.maybe and not _may_be_empty(word):
            raise self._nothing(word)
        return _Meant(
            self._with_neighbours(word, here.sure), self._with_neighbours(word, here.maybe)
        )

    def _named(self, word: Word) -> _Meant:
        answers: dict[str, Answer]
        if word.method == "state":
            answers = {one: self._compared(of, word) for one, of in self._resources.items()}
        else:
            means, name = method_named(word).means, self._project.name
            answers = {one: means(of, word, name) for one, of in self._resources.items()}
        maybe = {one for one, answer in answers.items() if answer is not False}
        if not maybe and word.method == "fqn":
            maybe = {
                one
                for one, of in self._resources.items()
                if isinstance(of, Source) and f"{of.source_name}.{of.name}" == word.value
            }
            return _Meant(maybe, maybe)
        return _Meant({one for one in maybe if answers[one]}, maybe)

    def _with_neighbours(self, word: Word, here: set[str]) -> set[str]:
        found = set(here)
        if word.childrens_parents:
            found |= self._graph.downstream(here)
            found |= self._graph.upstream(found)
        if word.parents is not None:
            found |= self._graph.upstream(here, _depth(word.parents))
        if word.children is not None:
            found |= self._graph.downstream(here, _depth(word.children))
        return found

    def _nothing(self, word: Word) -> PlatformError:
        known = set(METHODS[word.method].values(self._resources.values()))
        return PlatformError(
            f"nothing in this project matches {word.raw!r}",
            hint=did_you_mean(str(word.value), known)
            or "give a name, a file, a folder, tag:TAG, group:NAME or source:NAME.TABLE",
        )


def _depth(steps: int) -> int | None:
    return None if steps == ALL_THE_WAY else steps


def _may_be_empty(expression: Expression) -> bool:
    """Nothing has changed: that is an answer, and no slip of the pen."""
    if isinstance(expression, Several):
        return any(_may_be_empty(part) for part in expression.parts)
    return expression.method == "state"


def _selected(found: _Meant) -> Selected:
    return Selected(frozenset(found.sure), frozenset(found.maybe - found.sure))
