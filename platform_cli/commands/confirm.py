"""Say that the rows which a generated unit test expects are right.

Section: Write
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from platform_cli.commands._planned import carry_out, plan_options
from platform_cli.commands._project import project_options, read_project
from platform_cli.errors import ExitCode, PlatformError, Where
from platform_cli.project.edits.edit import RefusedError, Remove
from platform_cli.project.edits.yaml_edit import edited
from platform_cli.project.entry_place import Item
from platform_cli.project.locate import locate
from platform_cli.project.resources import UnitTest
from platform_cli.project.unverified import MARK, is_unverified
from platform_cli.scaffold.plan import NewFile, plan_files

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from platform_cli.commands._session import Session


@click.command()
@click.argument("models", nargs=-1, required=True, metavar="MODEL...")
@project_options
@plan_options
@click.pass_obj
def confirm(
    session: Session,
    /,
    *,
    models: tuple[str, ...],
    target: str | None,
    profiles_dir: Any,
    vars: str | None,  # noqa: A002  (dbt's word)
    **how: Any,
) -> ExitCode:
    """Say that the rows which a generated unit test expects are right.

    Takes the mark `unverified` out of the unit tests of these models; nothing else changes. Look
    at the rows first: they are what the SQL made of them, right or wrong.

    \b
    Examples:
      platform confirm fct_departures
      platform confirm fct_departures agg_carriers --dry-run
    """
    root = locate(session.directory)
    project = read_project(root, target=target, profiles_dir=profiles_dir, vars=vars)
    wanted = {project.model(one).unique_id for one in models}
    tests = [one for one in project.of(UnitTest) if wanted & set(one.depends_on)]
    for name in models:
        unique_id = project.model(name).unique_id
        if not any(unique_id in one.depends_on for one in tests):
            raise PlatformError(
                f"{name} has no unit test", hint=f"platform new-test {name} writes one"
            )
    waiting = [one for one in tests if is_unverified(one)]
    plan = plan_files(root, _without_mark(root, waiting))
    return carry_out(
        plan,
        session,
        notes=[f"{one.name} is confirmed already" for one in tests if one not in waiting],
        after=f"platform build --select {' '.join(models)}",
        **how,
    )


def _without_mark(root: Path, tests: Sequence[UnitTest]) -> list[NewFile]:
    """The properties files without the marks of these unit tests."""
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    for test in tests:
        path = test.path
        if path not in before:
            before[path] = after[path] = (root / path).read_bytes().decode("utf-8")
        entry = ("unit_tests", Item(test.name))
        try:
            after[path] = _removed(after[path], path, entry)
        except RefusedError as error:
            raise PlatformError(
                f"the mark of {test.name} cannot be taken out: {error}",
                hint=f"take `{MARK}: true` out of its meta by hand",
                where=Where(path),
            ) from error
    return [NewFile(path, after[path], before[path]) for path in after]


def _removed(text: str, path: str, entry: tuple[str | Item, ...]) -> str:
    for way in ((*entry, "config", "meta", MARK), (*entry, "meta", MARK)):
        try:
            return edited(text, Remove(path, way))
        except RefusedError as error:
            last = error
    raise last
