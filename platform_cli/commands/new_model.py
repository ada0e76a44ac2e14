"""Write a new model: its SQL, and the YAML beside it with owner, contract and key tests.

Section: Write
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from platform_cli.commands._project import project_options, read_project
from platform_cli.commands._terminal import on_terminal
from platform_cli.config import load_config
from platform_cli.errors import PlatformError
from platform_cli.project.duckdb_file import duckdb_file
from platform_cli.project.identifiers import snake_case
from platform_cli.project.layers import Layers
from platform_cli.project.locate import locate
from platform_cli.project.resources import Model, Seed, Snapshot
from platform_cli.reporting.plan_as_text import plan_as_text
from platform_cli.scaffold.described_columns import DescribedColumns
from platform_cli.scaffold.kinds import Kind, kind_names, load_kinds
from platform_cli.scaffold.model_files import NewModel, model_files
from platform_cli.scaffold.model_folder import check_folder, model_folder
from platform_cli.scaffold.model_key import model_key
from platform_cli.scaffold.model_name import check_name, free_name, kind_of
from platform_cli.scaffold.model_owner import check_owner, groups, likely_owner
from platform_cli.scaffold.parents import Parent, read_parents
from platform_cli.scaffold.plan import Plan, plan_files, write
from platform_cli.scaffold.select_list import SelectedColumn, SelectList, select_list

if TYPE_CHECKING:
    from platform_cli.commands._session import Session
    from platform_cli.project.project import Project


@click.command()
@click.argument("name")
@click.option(
    "--from",
    "parents",
    multiple=True,
    metavar="ref:MODEL|source:NAME.TABLE",
    help="What it reads; again for each further parent, which is joined to the first.",
)
@click.option("--kind", type=click.Choice(kind_names()), help="By default what the prefix says.")
@click.option("--owner", metavar="GROUP", help="The dbt group that answers for it.")
@click.option("--description", help="What a row is, what is in, what is left out.")
@click.option("--key", multiple=True, metavar="COLUMN", help="The column(s) that identify a row.")
@click.option(
    "--join",
    "joins",
    multiple=True,
    metavar="PARENT:LEFT=RIGHT",
    help="How a further parent is joined: a column of the first one, and one of its own.",
)
@click.option(
    "--folder",
    metavar="DIR",
    help="From the project's root; by default where it keeps models like this one.",
)
@click.option(
    "--incremental-on",
    metavar="COLUMN",
    help="A fact that only reads rows from its newest value of this column on.",
)
@project_options
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
@click.option("--yes", is_flag=True, help="Do not ask before writing.")
@click.pass_obj
def new_model(
    session: Session,
    /,
    *,
    name: str,
    parents: tuple[str, ...],
    kind: str | None,
    owner: str | None,
    description: str | None,
    key: tuple[str, ...],
    joins: tuple[str, ...],
    folder: str | None,
    incremental_on: str | None,
    dry_run: bool,
    yes: bool,
    **place: Any,
) -> None:
    """Write a new model: its SQL, and the YAML beside it with owner, contract and key tests.

    What is missing is asked for on a terminal. Files that are there are never overwritten.

    \b
    Examples:
      platform new-model stg_planes --from source:flights.planes --owner fleet_reliability
      platform new-model fct_departures --from ref:fct_flights --owner network_planning --dry-run
      platform new-model fct_arrivals --from ref:stg_flights --from ref:dim_airports \\
        --join dim_airports:destination_iata=iata --owner network_planning
    """
    root = locate(session.directory)
    layers = load_config(root).check.layers
    chosen = _kind(name, kind)
    check_name(name, chosen, layers)
    project = read_project(root, **place)
    read = _parents(project, parents, [one for _ in layers.values() for one in _.prefixes])
    selected = select_list(read, joins)
    owner = _owner(owner, read, groups(project.resources, project.name))
    found_key = model_key(name, key, read, selected)
    typed = bool(selected.columns) and all(one.data_type for one in selected.columns)
    contract = chosen.public and typed and not selected.unknown
    if len(found_key.columns) > 1 and not contract:
        raise PlatformError(
            "a key of several columns stands in a contract, and this model has none",
            hint="a contract needs a fact or a dimension, and parents whose types are known",
        )
    layers_here = Layers(layers, project.model_paths)
    model = NewModel(
        name=name,
        kind=chosen,
        folder=check_folder(folder, project.model_paths)
        if folder
        else model_folder(
            chosen,
            owner,
            parents=read,
            resources=project.resources.values(),
            layers=layers_here,
            package=project.name,
        ),
        parents=read,
        selected=selected,
        owner=owner,
        description=_asked("What is a row of it?", description) or "TODO",
        key=found_key.columns,
        contract=contract,
        incremental_on=_incremental(incremental_on, chosen, selected),
    )
    plan = plan_files(root, model_files(model))
    _refuse_taken(name, project, plan)
    if session.verbosity >= 0:
        for note in _notes(model, found_key.because, layers_here):
            click.echo(f"note: {note}", err=True)
    click.echo(plan_as_text(plan.files, with_diff=dry_run or session.verbosity > 0))
    if dry_run or not plan.changes:
        return
    if on_terminal() and not yes and not click.confirm("Write?", default=True, err=True):
        click.echo("nothing was written", err=True)
        return
    write(plan)
    if session.verbosity >= 0:
        click.echo(f"next: {_next(model, plan)}", err=True)


def _kind(name: str, wish: str | None) -> Kind:
    kinds = {one.name: one for one in load_kinds()}
    by_name = kind_of(snake_case(name), kinds.values())
    if wish or by_name:
        return kinds[wish] if wish else by_name or kinds[""]
    answer = _asked("Which kind?", None, choices=tuple(kinds))
    if answer:
        return kinds[answer]
    raise PlatformError(
        f"what kind of model is {name!r}? Its name says none",
        hint=f"start it with {', '.join(one.prefix for one in kinds.values())}, or give --kind",
    )


def _parents(project: Project, words: tuple[str, ...], prefixes: list[str]) -> tuple[Parent, ...]:
    if not words:
        answer = _asked("From which parent (ref:MODEL or source:NAME.TABLE)?", None)
        if not answer:
            raise PlatformError(
                "a model reads something", hint="say what: --from ref:MODEL or source:NAME.TABLE"
            )
        words = (answer,)
    split = [word.strip() for several in words for word in several.split(",")]
    describe = DescribedColumns(project.root, _database(project))
    return read_parents(split, project.resources, project.name, prefixes, describe)


def _database(project: Project) -> Path | None:
    """The target's DuckDB file, when it is there."""
    file = duckdb_file(project)
    return file if isinstance(file, Path) and file.is_file() else None


def _owner(wish: str | None, parents: tuple[Parent, ...], known: tuple[str, ...]) -> str:
    likely = likely_owner(parents, known)
    owner = wish or _asked("Whose is it (group)?", None, default=likely) or likely
    if not owner:
        some = f": there are {', '.join(known)}" if known else ""
        raise PlatformError(
            "a model has an owner", hint=f"say whose it is with --owner GROUP{some}"
        )
    check_owner(owner, known)
    return owner


def _incremental(wish: str | None, kind: Kind, selected: SelectList) -> SelectedColumn | None:
    if wish is None:
        return None
    if kind.name != "fact":
        raise PlatformError(
            f"a {kind.name} is not incremental", hint="--incremental-on is for facts"
        )
    found = next((one for one in selected.columns if one.name == wish), None)
    if found is None:
        names = ", ".join(one.name for one in selected.columns)
        raise PlatformError(
            f"--incremental-on {wish!r} is not a column of it", hint=f"it has {names}"
        )
    return found


def _refuse_taken(name: str, project: Project, plan: Plan) -> None:
    """A second run with the same answers is no conflict; another resource of that name is."""
    taken = {
        one.name: one.path
        for one in project.resources.values()
        if isinstance(one, Model | Seed | Snapshot) and one.package_name == project.name
    }
    path = taken.get(name) or next((one.path for one in plan.conflicts), None)
    if path and (plan.conflicts or plan.changes):
        raise PlatformError(
            f"{name!r} is there already: {path}",
            hint=f"edit that one, or choose another name, for example {free_name(name, taken)}",
        )


def _notes(model: NewModel, because: str, layers: Layers) -> list[str]:
    """What was decided for the author, and what is left to do."""
    notes = [f"key: {model.key[0]} ({because}); --key COLUMN chooses another"] if because else []
    layer = layers.at(f"{model.folder}/{model.name}.sql")
    notes += [
        f"{layer} may not read {one.resource.name}: `platform check` will say so"
        for one in model.parents
        if not layers.may_read(layer, one.resource)
    ]
    notes += [
        f"joined {one.alias} on {one.left} = {one.right}; --join says it otherwise"
        for one in model.selected.joins
        if one.proposed
    ]
    notes += [
        f"{one.alias}: {one.right} is not known to be unique; if it is not, rows are multiplied"
        for one in model.selected.joins
        if not one.unique
    ]
    notes += [
        f"{one.resource.name}: only the columns that its YAML mentions; it is not built yet"
        for one in model.parents
        if one.columns and not one.complete
    ]
    notes += [f"{one}: its columns are not known, look for TODO" for one in model.selected.unknown]
    if model.kind.public and not model.contract:
        notes.append("no contract and not public yet: not all types are known")
    return notes


def _next(model: NewModel, plan: Plan) -> str:
    if any("TODO" in file.text for file in plan.files):
        return f"write what is marked TODO, then `platform check --select {model.name}`"
    return f"platform build --select {model.name}"


def _asked(
    question: str,
    answer: str | None,
    *,
    default: str | None = None,
    choices: tuple[str, ...] = (),
) -> str | None:
    """The answer given, or one from the terminal; None without a terminal."""
    if answer is not None or not on_terminal():
        return answer
    type_ = click.Choice(choices) if choices else None
    said = click.prompt(
        question, default=default or "", show_default=bool(default), type=type_, err=True
    )
    return str(said).strip() or None
