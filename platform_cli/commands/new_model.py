"""Write a new model: its SQL, and the YAML beside it with owner, contract and tests.

Section: Write
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from platform_cli.commands._built_data import built_data
from platform_cli.commands._model_draft import drafted_model
from platform_cli.commands._model_kind import taken_names
from platform_cli.commands._model_parents import model_parents
from platform_cli.commands._model_wishes import Wishes, split_words
from platform_cli.commands._project import project_options, read_project
from platform_cli.commands._unread import refuse_unread
from platform_cli.commands._writing import Planned, Wish, carry_out, writing_options
from platform_cli.config import load_config
from platform_cli.errors import ExitCode, PlatformError, did_you_mean
from platform_cli.project.layers import Layers
from platform_cli.project.locate import locate
from platform_cli.project.made_path import made_path
from platform_cli.scaffold.model.files import model_files
from platform_cli.scaffold.model.kind_template import refuse_strange
from platform_cli.scaffold.model.kinds import kind_names
from platform_cli.scaffold.model.made_model import made_file
from platform_cli.scaffold.model.name import free_name
from platform_cli.scaffold.plan import Plan, plan_files
from platform_cli.scaffold.source.of_word import Declarations
from platform_cli.scaffold.trial import Trial

if TYPE_CHECKING:
    from platform_cli.commands._session import Session
    from platform_cli.project.project import Project


@click.command()
@click.argument("name", required=False)
@click.option(
    "--from",
    "parents",
    multiple=True,
    metavar="PARENT",
    help="What it reads: ref:MODEL, source:NAME.TABLE, table:SCHEMA.TABLE or a file of data. "
    "Again for each further parent, which is joined to the first.",
)
@click.option(
    "--sql",
    "file",
    metavar="FILE",
    help="A query that is there already, or - for standard input: its tables become refs and "
    "sources, and it is kept otherwise.",
)
@click.option("--kind", type=click.Choice(kind_names()), help="By default what the prefix says.")
@click.option("--owner", metavar="GROUP", help="The dbt group that answers for it.")
@click.option("--sla", metavar="WORDS", help="How fresh it will be, as 24h: `meta.sla`.")
@click.option("--description", help="What a row is, what is in, what is left out.")
@click.option("--key", multiple=True, metavar="COLUMN", help="The column(s) that identify a row.")
@click.option(
    "--join",
    "joins",
    multiple=True,
    metavar="PARENT:LEFT=RIGHT",
    help="How a further parent is joined: a column of the first one, and one of its own.",
)
@click.option("--by", multiple=True, metavar="COLUMN", help="An aggregate has one row per this.")
@click.option(
    "--measure",
    "measures",
    multiple=True,
    metavar="FUNCTION:COLUMN",
    help="What an aggregate computes beside the number of rows, as sum:amount.",
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
@click.option("--append", is_flag=True, help="It only adds rows: those behind the newest value.")
@click.option(
    "--unit-test/--no-unit-test",
    default=True,
    help="Whether to write a unit test of made-up rows.",
)
@project_options
@writing_options
@click.pass_obj
def new_model(
    session: Session,
    /,
    *,
    target: str | None,
    profiles_dir: Any,
    vars: str | None,  # noqa: A002  (dbt's word)
    dry_run: bool,
    check_only: bool,
    yes: bool,
    as_json: bool,
    file: str | None,
    **wishes: Any,
) -> ExitCode:
    """Write a new model: its SQL, and the YAML beside it with owner, contract and tests.

    Types, keys, relations and the unit test come from the data that is there. What is missing is
    asked for on a terminal. Files that are there are never overwritten.

    \b
    Examples:
      platform new-model stg_planes --from source:flights.planes --owner fleet_reliability
      platform new-model fct_departures --from ref:fct_flights --owner network_planning --dry-run
      platform new-model fct_arrivals --from ref:stg_flights --from ref:dim_airports \\
        --join dim_airports:destination_iata=iata --owner network_planning --sla 24h
      platform new-model stg_gates --from data/ops/gates.csv --owner network_planning
      platform new-model --sql delays.sql --owner network_planning
      platform new-model agg_carriers --from ref:fct_flights --by carrier_code \\
        --measure avg:arrival_delay_minutes --owner network_planning
    """
    root = locate(session.directory)
    refuse_strange(root, kind_names())
    project = read_project(root, target=target, profiles_dir=profiles_dir, vars=vars)
    refuse_unread(project, "written")
    wishes |= {one: split_words(wishes[one]) for one in ("by", "key", "measures")}
    wish = Wishes(**wishes, file=file or "", here=_below(root, session.directory))
    text = _read_query(file, wish, session.directory) if file else ""
    with built_data(project) as (built, why):
        layers = Layers(load_config(root).check.layers, project.model_paths)
        sources = Declarations(project, layers, built, why)
        if file:
            from platform_cli.scaffold.query.draft import query_draft

            query = query_draft(
                text, file, project, lambda word: sources.word(word, session.directory)
            )
            wish = replace(wish, parents=query.parents, query=query)
        else:
            wish = replace(wish, parents=model_parents(wish, sources, session.directory))
        drafted = drafted_model(wish, sources.project, Trial(sources.project, built))
    model = drafted.model
    files = model_files(model)
    plan = plan_files(root, [*sources.files(), *files, made_file(model, files, root)])
    _refuse_taken(model.name, project, plan)
    notes = [f"{why}: what it reads was worked out from its SQL and files"] if why else []
    notes += drafted.notes
    if session.verbosity >= 0 and not as_json:
        for note in notes:
            click.echo(f"note: {note}", err=True)
    then = _next(model.name, plan)
    return carry_out(
        root,
        Planned(
            changes=plan.changes,
            words={},
            details={"model": model.name, "kind": model.kind.name, "notes": notes, "next": then},
            then=then,
            ours=(made_path(model.name),),
        ),
        Wish(dry_run, check_only, yes, as_json),
        session,
    )


def _read_query(file: str, wish: Wishes, here: Path) -> str:
    """The text of a file, or of standard input."""
    for option, given in (
        ("--from", wish.parents),
        ("--join", wish.joins),
        ("--by", wish.by),
        ("--measure", wish.measures),
    ):
        if given:
            raise PlatformError(
                f"{option} does not go with --sql", hint="the query says what it reads, and how"
            )
    if file == "-":
        return sys.stdin.read()
    try:
        return (here / file).read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        near = did_you_mean(Path(file).name, [one.name for one in here.glob("*.sql")])
        raise PlatformError(f"there is no file {file}", hint=near or f"looked in {here}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise PlatformError(
            f"{file} cannot be read: {error}", hint="name a text file with one query"
        ) from error


def _below(root: Path, here: Path) -> str:
    """The folder from the project's root; empty when it is the root, or not in it."""
    top, folder = root.resolve(), here.resolve()
    inside = folder != top and folder.is_relative_to(top)
    return folder.relative_to(top).as_posix() if inside else ""


def _refuse_taken(name: str, project: Project, plan: Plan) -> None:
    """A second run with the same answers is no conflict; another resource of that name is.

    Databases do not tell names apart by case.
    """
    taken = taken_names(project)
    path = taken.get(name.lower()) or next((one.path for one in plan.conflicts), None)
    if path and (plan.conflicts or plan.changes):
        raise PlatformError(
            f"{name!r} is there already: {path}",
            hint=f"edit that one, or choose another name, for example {free_name(name, taken)}",
        )


def _next(name: str, plan: Plan) -> str:
    if any("TODO" in file.text for file in plan.files):
        return f"write what is marked TODO, then `platform check --select {name}`"
    if any("unverified: true" in file.text for file in plan.files):
        return f"look at the unit test's rows, then `platform confirm {name}`"
    return f"platform build --select {name}"
