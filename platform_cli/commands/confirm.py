"""Say that the rows which a generated unit test expects are right.

Section: Write
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from platform_cli.commands._project import project_options, read_project
from platform_cli.commands._writing import Planned, carry_out, take_wish, writing_options
from platform_cli.errors import ExitCode, PlatformError
from platform_cli.project.edits.edit import Remove
from platform_cli.project.edits.written import meta_way
from platform_cli.project.entry_place import Item
from platform_cli.project.locate import locate
from platform_cli.project.resources import UnitTest
from platform_cli.project.unverified import MARK, is_unverified
from platform_cli.scaffold.drafted import drafted

if TYPE_CHECKING:
    from platform_cli.commands._session import Session
    from platform_cli.project.project import Project


@click.command()
@click.argument("models", nargs=-1, required=True, metavar="MODEL...")
@project_options
@writing_options
@click.pass_obj
def confirm(
    session: Session,
    /,
    *,
    models: tuple[str, ...],
    **given: Any,
) -> ExitCode:
    """Say that the rows which a generated unit test expects are right.

    Takes the mark `unverified` out of the unit tests of these models; nothing else changes. Look
    at the rows first: they are what the SQL made of them, right or wrong.

    \b
    Examples:
      platform confirm fct_departures
      platform confirm fct_departures agg_carriers --dry-run
    """
    wish = take_wish(given)
    root = locate(session.directory)
    project = read_project(root, **given)
    wanted = {project.model(one).unique_id for one in models}
    tests = [one for one in project.of(UnitTest) if wanted & set(one.depends_on)]
    for name in models:
        unique_id = project.model(name).unique_id
        if not any(unique_id in one.depends_on for one in tests):
            raise PlatformError(
                f"{name} has no unit test", hint=f"platform new-test {name} writes one"
            )
    if session.verbosity >= 0:
        for one in tests:
            if not is_unverified(one):
                click.echo(f"note: {one.name} is confirmed already", err=True)
    waiting = [one for one in tests if is_unverified(one)]
    names: dict[str, list[str]] = {}
    for one in waiting:
        names.setdefault(one.path, []).append(one.name)
    return carry_out(
        root,
        Planned(
            changes=drafted(project, [_mark(project, one) for one in waiting]),
            words=names,
            details={"confirmed": [one.name for one in waiting]},
            then=f"platform build --select {' '.join(models)}",
        ),
        wish,
        session,
    )


def _mark(project: Project, test: UnitTest) -> Remove:
    """What takes the mark out, wherever it stands."""
    entry = ("unit_tests", Item(test.name))
    return Remove(test.path, (*meta_way(project, test.path, entry, MARK), MARK))
