"""Give a column of a model another name, there and wherever it is read.

Section: Write
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click
from msgspec.structs import asdict

from platform_cli.commands._own_model import own_model
from platform_cli.commands._paths import from_here
from platform_cli.commands._project import project_options, read_project
from platform_cli.commands._unread import refuse_unread
from platform_cli.commands._writing import Planned, carry_out, take_wish, writing_options
from platform_cli.errors import ExitCode, PlatformError, Where, did_you_mean
from platform_cli.project.edits.drafts import Drafts
from platform_cli.project.edits.edit import RefusedError
from platform_cli.project.edits.stage import staged
from platform_cli.project.identifiers import snake_case
from platform_cli.project.locate import locate
from platform_cli.project.project import Project

if TYPE_CHECKING:
    from collections.abc import Sequence

    from platform_cli.commands._session import Session
    from platform_cli.project.edits.rename_column import Left, Reader, RenameColumn, Renaming
    from platform_cli.project.lineage.columns import ColumnLineage
    from platform_cli.project.resources import Model


@click.command()
@click.argument("column", metavar="MODEL.OLD")
@click.argument("new")
@click.option(
    "--partly",
    is_flag=True,
    help="Write what is proven although places are left, which break until somebody edits them.",
)
@writing_options
@project_options
@click.pass_obj
def rename_column(
    session: Session, /, *, column: str, new: str, partly: bool, **given: Any
) -> ExitCode:
    """Give a column of a model another name, there and wherever it is read.

    Its SQL, YAML, contract, tests and unit tests get the new name. A model that reads the column by
    its name reads the new one, and hands it on as before: nothing changes behind it. Each edited
    model is proven, by column lineage and by its rows in DuckDB, so what it reads has to be built.
    Every other place is listed with its owner; while there is one, nothing is written (exit code
    1), unless --partly says so.

    \b
    Examples:
      platform rename-column fct_delays.minutes delay_minutes --dry-run
      platform rename-column stg_flights.tail tail_number --partly
    """
    from platform_cli.project.edits.rename_column import RenameColumn
    from platform_cli.project.lineage.columns import ColumnLineage

    wish = take_wish(given)
    root = locate(session.directory)
    project = read_project(root, **given)
    refuse_unread(project, "renamed")
    name, _, old = column.partition(".")
    model = own_model(project, name)
    lineage = ColumnLineage(project)
    old = _check_names(lineage, model, old, new)
    work = RenameColumn(lineage, model, old, new)
    try:
        planned = work.planned()
        drafts, readers, left = _proven(project, model, (old, new), work, planned)
    except RefusedError as error:
        raise PlatformError(
            f"{model.name}.{old} is not renamed: {error}",
            hint="nothing was written",
            where=Where(model.path),
        ) from error
    changes = drafts.changes() if partly or not left else ()
    if left and not wish.as_json:
        from platform_cli.reporting.dependents_as_text import places_as_text

        click.echo(places_as_text(left, folder=from_here(root)))
    words = {one.path: [f"{old} -> {new}"] for one in changes}
    details = {
        "model": model.name,
        "old": old,
        "new": new,
        "readers": [one.node.name for one in readers],
        "left": left,
    }
    if left and not partly:
        if wish.as_json:
            from platform_cli.reporting.changes_as_json import changes_as_json

            click.echo(changes_as_json((), written=False, details=details))
        count = f"{len(left)} place{' is' if len(left) == 1 else 's are'}"
        click.echo(
            f"nothing was written: {count} left to a person; --partly writes the others", err=True
        )
        return ExitCode.FINDINGS
    then = f"platform build --select {model.name}+"
    code = carry_out(root, Planned(changes, words, details, then), wish, session)
    if session.verbosity >= 0 and model.config.get("materialized") == "incremental":
        click.echo(
            f"note: the table of {model.name} has the old column: build it with --full-refresh,"
            " or rename the column there first",
            err=True,
        )
    return ExitCode.FINDINGS if left else code


def _check_names(lineage: ColumnLineage, model: Model, old: str, new: str) -> str:
    """The column as it is written. Raises PlatformError when it is not there, or new is taken."""
    made = lineage.of(model.unique_id)
    names = [one.name for one in made.columns] if made else []
    found = next((one for one in names if one.lower() == old.lower()), None)
    if found is None:
        raise PlatformError(
            f"{model.name} has no column {old!r}" if old else "say which column: MODEL.COLUMN",
            hint=did_you_mean(old, names) or f"it has {', '.join(names)}",
            where=Where(model.path),
        )
    if new != snake_case(new):
        raise PlatformError(
            f"{new!r} is no name for a column: small letters, digits and _ only",
            hint=f"for example {snake_case(new)}",
        )
    taken = next((one for one in names if one.lower() == new and one != found), None)
    if taken is not None:
        raise PlatformError(f"{model.name} has a column {taken} already", where=Where(model.path))
    return found


def _proven(
    project: Project,
    model: Model,
    names: tuple[str, str],
    work: RenameColumn,
    planned: Renaming,
) -> tuple[Drafts, list[Reader], list[Left]]:
    """The files with the edits that are proven, whose they are, and what is left.

    Raises RefusedError when the model itself is not proven to stay what it is.
    """
    from platform_cli.commands._column_proof import ColumnProof

    drafts = _made(project, planned, planned.readers)
    with staged(project.root, drafts.changes()) as stage:
        after = Project.load(stage, keep=False, **asdict(project.request))
        proof = ColumnProof(project, after, model, *names)
        if why := proof.why_not(model.unique_id):
            raise RefusedError(why)
        reasons = {one.node.unique_id: proof.why_not(one.node.unique_id) for one in planned.readers}
    good = [one for one in planned.readers if not reasons[one.node.unique_id]]
    left = [
        *planned.left,
        *(
            work.left(one.node, Where(one.node.path), reasons[one.node.unique_id])
            for one in planned.readers
            if one not in good
        ),
    ]
    return _made(project, planned, good), good, left


def _made(project: Project, planned: Renaming, readers: Sequence[Reader]) -> Drafts:
    drafts = Drafts(project.root)
    drafts.make([*planned.own, *(edit for one in readers for edit in one.edits)])
    return drafts
