"""Write a rule of your own, with its test and its documentation.

Section: Write
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from platform_cli.commands._writing import Planned, carry_out, take_wish, writing_options
from platform_cli.errors import ExitCode, PlatformError
from platform_cli.project.locate import locate
from platform_cli.scaffold.plan import plan_files
from platform_cli.scaffold.rule_files import python_rule, sql_check

if TYPE_CHECKING:
    from platform_cli.commands._session import Session


@click.command()
@click.argument("name")
@click.option("--sql", is_flag=True, help="A check in SQL, as dbt v2 has them, instead of Python.")
@writing_options
@click.pass_obj
def new_rule(session: Session, /, *, name: str, sql: bool, **given: Any) -> ExitCode:
    """Write a rule of your own, with its test and its documentation.

    In Python it goes to `rules/`, its test to `rules/tests/`; with --sql it is a query in `checks/`
    that passes when it finds no rows. Nothing of yours is overwritten.

    \b
    Examples:
      platform new-rule model-has-sla --dry-run
      platform new-rule public-models-have-descriptions --sql
    """
    from platform_cli.conventions.rule import load_rules

    root = locate(session.directory)
    if name.replace("_", "-") in {one.name for one in load_rules()}:
        raise PlatformError(
            f"there is a rule {name} already",
            hint=f"platform explain {name}; its severity and settings are in platform.yml",
        )
    files = sql_check(name) if sql else python_rule(name)
    plan = plan_files(root, files)
    if plan.conflicts:
        raise PlatformError(
            f"{plan.conflicts[0].path} is there already, with another text",
            hint="edit that one, or choose another name",
        )
    after = "platform check" if sql else "python -m pytest rules; platform check"
    return carry_out(
        root,
        Planned(plan.changes, words={}, then=f"write what is marked TODO; {after}"),
        take_wish(given),
        session,
    )
