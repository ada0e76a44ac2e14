"""What a new model is called, and of which kind it is: said, asked for, or by what it reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from platform_cli.commands._model_wishes import Wishes
from platform_cli.commands._questions import asked
from platform_cli.errors import PlatformError
from platform_cli.project.identifiers import snake_case
from platform_cli.project.layers import Layers
from platform_cli.project.resources import Model, Seed, Snapshot
from platform_cli.scaffold.model.kinds import Kind, load_kinds
from platform_cli.scaffold.model.name import check_name, free_name, kind_of, no_kind
from platform_cli.scaffold.model.parents import Parent
from platform_cli.scaffold.query.kind import proposed_kind, proposed_name

if TYPE_CHECKING:
    from platform_cli.project.project import Project


def taken_names(project: Project) -> dict[str, str]:
    """What has a relation, by its name in small letters, and its file: names clash in any case."""
    return {
        one.name.lower(): one.path
        for one in project.resources.values()
        if isinstance(one, Model | Seed | Snapshot) and one.package_name == project.name
    }


def name_and_kind(
    wishes: Wishes, parents: tuple[Parent, ...], project: Project, layers: Layers
) -> tuple[str, Kind]:
    """As said, or asked for; the default is what the model reads and does.

    Raises PlatformError, with a valid name, for one that cannot be, and when nobody says one.
    """
    kinds = {one.name: one for one in load_kinds()}
    taken = taken_names(project)
    resources = [one.resource for one in parents]
    query = wishes.query
    likely = proposed_kind(
        resources,
        layers,
        joins=query.joins if query else len(parents) > 1,
        sums_up=query.sums_up if query else bool(wishes.by or wishes.measures),
    )
    given = kinds[wishes.kind] if wishes.kind else None
    check = _Names(layers, given, kinds[likely], taken)
    name = wishes.name
    if not name:
        default = proposed_name(given or kinds[likely], wishes.file, resources, layers, taken)
        name = asked("What is it called?", None, default=default, refuse=check.asked)
        name = name or (default if query else None)
    if not name:
        raise PlatformError("a model has a name", hint="platform new-model NAME --from ...")
    kind = check(name)
    if kind is None and query:
        kind = kinds[likely]
    if kind is None:
        answer = asked("Which kind?", None, default=likely, choices=tuple(kinds))
        if not answer:
            raise no_kind(name, kinds[likely], kinds.values(), layers.by_name)
        kind = kinds[answer]
    check_name(name, kind, layers.by_name, taken)
    return name, kind


class _Names:
    """May a model have this name, as far as it can be told before its kind is known?"""

    def __init__(
        self, layers: Layers, given: Kind | None, likely: Kind, taken: Mapping[str, str]
    ) -> None:
        self._layers = layers.by_name
        self._given = given
        self._likely = likely
        self._taken = taken

    def __call__(self, name: str) -> Kind | None:
        """The kind that is wished for, or that the name says."""
        kinds = load_kinds()
        kind = self._given or kind_of(snake_case(name), kinds)
        if kind is None and not self._may_say_nothing(name, kinds):
            raise no_kind(name, self._likely, kinds, self._layers)
        if kind is not None:
            check_name(name, kind, self._layers, self._taken)
        return kind

    def asked(self, name: str) -> None:
        """The same of an answer, which has to be new: then the question comes again."""
        self(name)
        if path := self._taken.get(name.lower()):
            raise PlatformError(
                f"{name!r} is there already: {path}",
                hint=f"for example {free_name(name, self._taken)}",
            )

    def _may_say_nothing(self, name: str, kinds: Iterable[Kind]) -> bool:
        """Whether some layer here takes a name that is of no kind by its prefix."""
        layers = [self._layers.get(one.layer) for one in kinds]
        known = [one.prefixes for one in layers if one is not None]
        return any(not prefixes or name.startswith(prefixes) for prefixes in known)


def kind_for(kind: Kind, name: str, wishes: Wishes, parents: tuple[Parent, ...]) -> Kind:
    """A fact that reads only new rows is incremental; `dim_x_history` of a snapshot a history."""
    kinds = {one.name: one for one in load_kinds()}
    if kind.name == "fact" and (wishes.incremental_on or wishes.append):
        return kinds["incremental"]
    is_history = name.endswith(("_history", "_versions"))
    if kind.name == "dimension" and is_history and isinstance(parents[0].resource, Snapshot):
        return kinds["history"]
    return kind
