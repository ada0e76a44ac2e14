"""The entry of a model in step with its SQL: columns added, types corrected, what is gone named."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from msgspec import Struct

from platform_cli.errors import Where
from platform_cli.project.edits.edit import (
    AddItem,
    Edit,
    RefusedError,
    Remove,
    SetKey,
    entry_way,
)
from platform_cli.project.edits.properties_home import properties_home
from platform_cli.project.edits.written import written
from platform_cli.project.entry_place import Item, Keys
from platform_cli.project.identifiers import quoted
from platform_cli.project.project import Project
from platform_cli.project.resources import Column, Model

_QUOTES = '"`'

SameType = Callable[[str, str], bool]
"""Whether two types, as somebody wrote them, are one to the database."""


class Returned(Struct, frozen=True):
    """What a model's SQL returns: names with types, None where a type is not known.

    Not `certain` is what was only read off a table that may be older than the SQL.
    """

    columns: tuple[tuple[str, str | None], ...]
    certain: bool = True


class Retyped(Struct, frozen=True):
    """A declared column whose type is another one; `before` is None where none was declared."""

    name: str
    before: str | None
    after: str


class Synced(Struct, frozen=True):
    """What is due for a model, and the edits that do it.

    `vanished` are declared and not returned; `pruned` says whether the edits remove them.
    """

    model: str
    path: str
    edits: tuple[Edit, ...] = ()
    added: tuple[Column, ...] = ()
    retyped: tuple[Retyped, ...] = ()
    vanished: tuple[str, ...] = ()
    pruned: bool = False

    @property
    def words(self) -> str:
        """`fct_delays: +minutes double, flight_id integer -> bigint, -carrier`."""
        parts = [f"+{one.name} {one.data_type or ''}".rstrip() for one in self.added]
        parts += [f"{one.name} {one.before or 'untyped'} -> {one.after}" for one in self.retyped]
        parts += [f"-{name}" for name in self.vanished if self.pruned]
        if len(parts) > _SHOWN:
            counts = (
                (len(self.added), "added"),
                (len(self.retyped), "of another type"),
                (len(self.vanished) if self.pruned else 0, "removed"),
            )
            parts = [f"{count} columns {what}" for count, what in counts if count]
        return f"{self.model}: {', '.join(parts) or 'entry'}"


_SHOWN = 6


def sync_model(
    project: Project,
    model: Model,
    returned: Returned,
    *,
    same_type: SameType,
    describe: Callable[[str], str],
    prune: bool,
) -> Synced:
    """What is due for the model's entry; nothing when it is in step.

    `describe` has the description that a column inherits, or an empty text.

    Raises RefusedError where only a person can tell what the entry should say.
    """
    _refuse(project, model)
    path, entry = properties_home(project, model), entry_way(model)
    declared = {_plain(one.name): one for one in model.columns.values()}
    known = {_plain(name): type_ for name, type_ in returned.columns}
    contract = bool((model.config.get("contract") or {}).get("enforced"))
    added = tuple(
        Column(name, describe(name), type_, quote=True if _is_odd(name) else None)
        for name, type_ in returned.columns
        if _plain(name) not in declared
    )
    vanished = tuple(one.name for plain, one in declared.items() if plain not in known)
    if contract and (untyped := [one.name for one in added if not one.data_type]):
        raise RefusedError(
            f"the contract wants the type of {untyped[0]}, which is known once what the model"
            f" reads is built: platform build --no-check --select +{model.name}"
        )
    retyped = tuple(_retyped(declared, known, same_type, contract=contract))
    pruned = prune and returned.certain and bool(vanished)
    edits: list[Edit] = [
        *_added(project, path, entry, added, described=bool(model.properties_path))
    ]
    columns = (*entry, "columns")
    edits += [SetKey(path, (*columns, Item(one.name), "data_type"), one.after) for one in retyped]
    if pruned:
        edits += [Remove(path, (*columns, Item(name))) for name in vanished]
    return Synced(model.name, path, tuple(edits), added, retyped, vanished, pruned)


def _refuse(project: Project, model: Model) -> None:
    if model.version is not None:
        raise RefusedError("it has versions: their columns are kept by hand")
    if "columns" in model.undecided:
        raise RefusedError(
            f"its columns are known to dbt alone: {model.undecided['columns'].reason}"
        )
    for one in project.problems:
        if one.kind in ("duplicate-key", "duplicate") and one.path == model.properties_path:
            raise RefusedError(f"{Where(one.path, one.line or None)}: {one.message}; {one.hint}")


def _retyped(
    declared: dict[str, Column], known: dict[str, str | None], same: SameType, *, contract: bool
) -> Iterator[Retyped]:
    for plain, one in declared.items():
        type_ = known.get(plain)
        if type_ is None or (one.data_type is None and not contract):
            continue
        if one.data_type is None or not same(one.data_type, type_):
            yield Retyped(one.name, one.data_type, type_)


def _added(
    project: Project, path: str, entry: Keys, added: tuple[Column, ...], *, described: bool
) -> Iterator[Edit]:
    items = [_item(one) for one in added]
    if not described:
        [section, named] = entry
        assert isinstance(section, str)  # noqa: S101  (a model's entry stands in `models`)
        assert isinstance(named, Item)  # noqa: S101
        yield AddItem(path, (section,), {"name": named.name, "columns": items})
    elif items and written(project, path, (*entry, "columns")) is None:
        yield SetKey(path, (*entry, "columns"), items)
    else:
        yield from (AddItem(path, (*entry, "columns"), one) for one in items)


def _item(column: Column) -> dict[str, Any]:
    item: dict[str, Any] = {"name": column.name}
    if column.quote:
        item["quote"] = True
    if column.data_type:
        item["data_type"] = column.data_type
    if column.description:
        item["description"] = column.description
    return item


def _plain(name: str) -> str:
    return name.strip(_QUOTES).lower()


def _is_odd(name: str) -> bool:
    """Whether dbt has to quote the name where it writes it."""
    return quoted(name.lower()) != name.lower()
