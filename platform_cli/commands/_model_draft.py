"""From what a person says to a new model; what is missing is asked for, or found in the data."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from platform_cli.commands._model_kind import kind_for, name_and_kind
from platform_cli.commands._model_notes import model_notes
from platform_cli.commands._model_sla import model_sla
from platform_cli.commands._model_wishes import Wishes
from platform_cli.commands._questions import asked
from platform_cli.config import load_config
from platform_cli.errors import PlatformError, Where
from platform_cli.project.graph import Graph
from platform_cli.project.layers import Layers
from platform_cli.project.resources import Column, Snapshot, Undecided
from platform_cli.scaffold.model.answers import Incremental
from platform_cli.scaffold.model.files import NewModel, model_sql
from platform_cli.scaffold.model.folder import check_folder, model_folder
from platform_cli.scaffold.model.key import columns_of_group, model_key
from platform_cli.scaffold.model.kinds import Kind
from platform_cli.scaffold.model.owner import (
    check_owner,
    groups,
    likely_owner,
    owner_by_mail,
    owner_of_folder,
)
from platform_cli.scaffold.model.parents import Parent, read_parents
from platform_cli.scaffold.model.relations import Surroundings, relations
from platform_cli.scaffold.model.select_list import SelectList, select_list
from platform_cli.scaffold.model.shapes import current, pairs, versions
from platform_cli.scaffold.model.shapes import groups as grouped
from platform_cli.scaffold.model.snapshot_columns import SnapshotColumns
from platform_cli.scaffold.query.columns import query_columns, with_inherited
from platform_cli.scaffold.query.layout import laid_out
from platform_cli.scaffold.trial import Trial
from platform_cli.scaffold.unit_test.drafted_rows import DraftedRows
from platform_cli.scaffold.unit_test.made_up_test import MadeUpTest, made_up_test

if TYPE_CHECKING:
    from platform_cli.project.project import Project


@dataclass(frozen=True, slots=True)
class Drafted:
    """The model, and what is to be said about it."""

    model: NewModel
    notes: tuple[str, ...]


def drafted_model(wishes: Wishes, project: Project, trial: Trial) -> Drafted:
    """The model that is wished for.

    Raises PlatformError for what cannot be, or is missing and nobody is there to be asked.
    """
    check = load_config(project.root).check
    layers = check.layers
    layers_here = Layers(layers, project.model_paths)
    prefixes = [one for layer in layers.values() for one in layer.prefixes]
    read = read_parents(wishes.parents, project.resources, project.name, prefixes, trial.columns_of)
    name, kind = name_and_kind(wishes, read, project, layers_here)
    if wishes.query:
        selected = SelectList((), ())
    else:
        kind = kind_for(kind, name, wishes, read)
        read = tuple(_of_today(one, project) for one in read) if kind.shape != "versions" else read
        selected = _shaped(kind, wishes, select_list(read, wishes.joins), read)
        selected = with_inherited(project, selected, read)
    owner = _owner(wishes, read, project)
    folder = (
        check_folder(wishes.folder, project.model_paths)
        if wishes.folder
        else model_folder(
            kind,
            owner,
            parents=read,
            resources=project.resources.values(),
            layers=layers_here,
            package=project.name,
        )
    )
    description = asked("What is a row of it?", wishes.description) or "TODO"
    sla = model_sla(wishes.sla, kind, folder, project, check)
    model = NewModel(
        name=name,
        kind=kind,
        folder=folder,
        parents=read,
        selected=selected,
        owner=owner,
        description=description,
        key=wishes.key,
        contract=False,
        sla=sla.words,
        sla_key=sla.key,
        incremental=_incremental(wishes, kind, selected, read),
        query=wishes.query.text if wishes.query else "",
        root=project.root,
    )
    if wishes.query:
        references = [one.reference for one in read]
        model = replace(model, query=laid_out(project, model.query, model.path, references))
    return _with_what_the_data_says(model, wishes, project, trial, layers_here)


def _with_what_the_data_says(
    model: NewModel, wishes: Wishes, project: Project, trial: Trial, layers: Layers
) -> Drafted:
    """Types, key, relations and a unit test, from the SQL as it would run."""
    text = model_sql(model)
    sql = trial.compiled(text, [one.reference for one in model.parents])
    described = None if isinstance(sql, Undecided) else trial.columns(sql)
    if wishes.query:
        if described is None and not isinstance(sql, Undecided):
            _refuse_broken(trial.complaint(sql), sql, wishes.file, text)
        selected = query_columns(project, wishes.query, model.parents, described or ())
    else:
        selected = _typed(model.selected, described)
    group = columns_of_group(selected, wishes.query.group if wishes.query else None)
    rows = None
    if described and not isinstance(sql, Undecided):
        rows = DraftedRows.of(trial, sql, described, also=(*wishes.key, *(group or ())))
    key = model_key(model.name, wishes.key, model.parents, selected, rows=rows, group=group)
    typed = bool(selected.columns) and all(one.data_type for one in selected.columns)
    contract = model.kind.public and typed and not selected.unknown
    around = Surroundings(Graph(project.resources), layers, layers.at(model.path))
    held, broken = relations(selected, model.parents, around, rows)
    held = tuple(one for one in held if key.columns != (one.column,))
    model = replace(model, selected=selected, key=key.columns, contract=contract, relations=held)
    no_test = ""
    if wishes.unit_test:
        made = made_up_test(trial, project, text, model.parents, selected, rows=rows)
        if isinstance(made, MadeUpTest):
            model = replace(model, unit_test=made)
        else:
            no_test = made
    return Drafted(model, tuple(model_notes(model, key, broken, no_test, around)))


def _refuse_broken(complaint: str, sql: str, file: str, text: str) -> None:
    """Raise PlatformError for a query that DuckDB does not take."""
    if not complaint:
        return
    line = re.search(r"LINE (\d+):", complaint)
    # What is not built yet stands in front of it.
    above = sql.strip().count("\n") - text.strip().count("\n")
    raise PlatformError(
        complaint.replace("the query failed: ", "the query does not run: "),
        hint="mend it until it runs by itself, then run this again",
        where=Where(file, max(int(line[1]) - above, 1) if line else None),
    )


def _typed(selected: SelectList, described: tuple[Column, ...] | None) -> SelectList:
    """With the types that DuckDB tells; without them those that are written down upstream."""
    kinds = {one.name: one.data_type for one in described or ()}
    return replace(
        selected,
        columns=tuple(
            replace(one, data_type=kinds.get(one.name) or one.data_type) for one in selected.columns
        ),
    )


def _of_today(parent: Parent, project: Project) -> Parent:
    """A snapshot is read as it is now: each row once."""
    if not isinstance(parent.resource, Snapshot):
        return parent
    macros = project.scope(project.name).macros
    if macros.in_package(project.name, "platform_macros", "current_rows") is not None:
        return replace(parent, through="platform_macros.current_rows")
    return replace(parent, only=SnapshotColumns.of(parent.resource).is_open())


def _shaped(
    kind: Kind, wishes: Wishes, selected: SelectList, parents: tuple[Parent, ...]
) -> SelectList:
    if kind.shape == "versions":
        return versions(selected, parents)
    if any(isinstance(one.resource, Snapshot) for one in parents):
        selected = current(selected, parents)
    if kind.shape == "groups":
        by = wishes.by
        if not by and (answer := asked("One row per what (columns)?", None)):
            by = tuple(one.strip() for one in answer.split(","))
        return grouped(selected, by, wishes.measures)
    for option, given in (("--by", wishes.by), ("--measure", wishes.measures)):
        if given:
            raise PlatformError(
                f"a {kind.name} model does not sum up", hint=f"{option} is for --kind aggregate"
            )
    return pairs(selected, wishes.key) if kind.shape == "pairs" else selected


def _owner(wishes: Wishes, parents: tuple[Parent, ...], project: Project) -> str:
    known = groups(project.resources, project.name)
    folder = (wishes.folder or wishes.here).strip("/")
    likely = (
        (owner_of_folder(project.resources, folder) if folder else None)
        or likely_owner(parents, known)
        or owner_by_mail(project.resources, project.root)
    )
    owner = (
        wishes.owner
        or asked(
            "Whose is it (group)?", None, default=likely, refuse=lambda one: check_owner(one, known)
        )
        or likely
    )
    if not owner:
        some = f": there are {', '.join(known)}" if known else ""
        raise PlatformError(
            "a model has an owner", hint=f"say whose it is with --owner GROUP{some}"
        )
    check_owner(owner, known)
    return owner


def _incremental(
    wishes: Wishes, kind: Kind, selected: SelectList, parents: tuple[Parent, ...]
) -> Incremental | None:
    if wishes.query:
        if wishes.incremental_on or wishes.append or kind.name == "incremental":
            raise PlatformError(
                "a query is not made incremental: only its author knows which rows are new",
                hint="leave that out, then add config() and is_incremental() to the SQL",
            )
        return None
    if kind.name != "incremental":
        if wishes.incremental_on or wishes.append:
            option = "--incremental-on" if wishes.incremental_on else "--append"
            raise PlatformError(f"a {kind.name} is not incremental", hint=f"{option} is for facts")
        return None
    first = parents[0].alias
    own = {one.name: one for one in selected.columns if one.parent == first}
    wish = wishes.incremental_on or asked(
        "Which column says what is new?", _newest(selected, first)
    )
    if wish is None:
        raise PlatformError(
            "which column says what is new?",
            hint="say it with --incremental-on COLUMN, a time or a number that grows",
        )
    if wish not in own:
        where = f" of {parents[0].resource.name}" if len(parents) > 1 else ""
        raise PlatformError(
            f"--incremental-on {wish!r} is not a column of it",
            hint=f"it has{where} {', '.join(own)}",
        )
    return Incremental(own[wish].original, wish, wishes.append)


def _newest(selected: SelectList, first: str) -> str | None:
    """The only column of the first parent that is a time; None when there are several."""
    times = [
        one.name
        for one in selected.columns
        if one.parent == first and (one.data_type or "").startswith(("date", "timestamp"))
    ]
    return times[0] if len(times) == 1 else None
