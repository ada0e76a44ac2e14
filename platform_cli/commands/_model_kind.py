"""What a new model is called, and of which kind it is: said, asked for, or by what it reads."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from platform_cli.commands._model_wishes import Wishes
from platform_cli.commands._questions import asked
from platform_cli.config import Layer
from platform_cli.errors import PlatformError
from platform_cli.project.identifiers import snake_case
from platform_cli.project.layers import Layers
from platform_cli.project.resources import Snapshot
from platform_cli.scaffold.model.kinds import Kind, load_kinds
from platform_cli.scaffold.model.name import check_name, kind_of
from platform_cli.scaffold.model.parents import Parent
from platform_cli.scaffold.query.kind import proposed_kind, proposed_name

if TYPE_CHECKING:
    from platform_cli.project.project import Project
    from platform_cli.scaffold.query.draft import QueryDraft


def model_name(wishes: Wishes, layers: dict[str, Layer]) -> str:
    """The name as said, or asked for. Raises PlatformError when nobody says one."""
    name = wishes.name or asked("What is it called?", None, refuse=_well_named(layers))
    if not name:
        raise PlatformError("a model has a name", hint="platform new-model NAME --from ...")
    return name


def _well_named(layers: dict[str, Layer]) -> Callable[[str], None]:
    """Asks again for a name whose prefix says its kind, when that kind does not take it."""

    def refuse(name: str) -> None:
        kind = kind_of(snake_case(name), load_kinds())
        if kind is not None:
            check_name(name, kind, layers)

    return refuse


def proposed(
    wishes: Wishes, query: QueryDraft, parents: tuple[Parent, ...], project: Project, layers: Layers
) -> tuple[str, Kind]:
    """The name and kind of a query: as wished, or by what it does."""
    kinds = {one.name: one for one in load_kinds()}
    resources = [one.resource for one in parents]
    by_name = kind_of(snake_case(wishes.name or ""), kinds.values())
    kind = by_name or kinds[proposed_kind(query, resources, layers)]
    if wishes.kind:
        kind = kinds[wishes.kind]
    if wishes.name:
        return wishes.name, kind
    taken = {one.name.lower() for one in project.resources.values()}
    proposal = proposed_name(kind, wishes.file, resources, layers, taken)
    return asked(
        "What is it called?", None, default=proposal, refuse=_well_named(layers.by_name)
    ) or proposal, kind


def model_kind(name: str, wish: str | None) -> Kind:
    """The kind as said, by the name's prefix, or asked for.

    Raises PlatformError when nobody says one.
    """
    kinds = {one.name: one for one in load_kinds()}
    by_name = kind_of(snake_case(name), kinds.values())
    if wish or by_name:
        return kinds[wish] if wish else by_name or kinds["fact"]
    answer = asked("Which kind?", None, choices=tuple(kinds))
    if answer:
        return kinds[answer]
    prefixes = dict.fromkeys(one.prefix for one in kinds.values())
    raise PlatformError(
        f"what kind of model is {name!r}? Its name says none",
        hint=f"start it with {', '.join(prefixes)}, or give --kind",
    )


def kind_for(kind: Kind, wishes: Wishes, parents: tuple[Parent, ...]) -> Kind:
    """A fact that reads only new rows is incremental; `dim_x_history` of a snapshot a history."""
    kinds = {one.name: one for one in load_kinds()}
    if kind.name == "fact" and (wishes.incremental_on or wishes.append):
        return kinds["incremental"]
    is_history = (wishes.name or "").endswith(("_history", "_versions"))
    if kind.name == "dimension" and is_history and isinstance(parents[0].resource, Snapshot):
        return kinds["history"]
    return kind
