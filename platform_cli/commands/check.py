"""Say which conventions the project breaks, where, and how to mend it.

Section: Check
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from platform_cli.commands._findings import FINDINGS_FORMAT, rendered
from platform_cli.commands._options import DbtCommand
from platform_cli.commands._project import project_options, read_project
from platform_cli.commands._selection import (
    Asked,
    earlier_in_state,
    selected,
    selection_options,
    take_asked,
)
from platform_cli.config import load_config
from platform_cli.conventions.all_rules import all_rules
from platform_cli.conventions.baseline import read_baseline
from platform_cli.conventions.check import examine
from platform_cli.conventions.exemptions import Exemptions
from platform_cli.conventions.rules_in_use import RuleInUse, rules_in_use
from platform_cli.conventions.waivers_in_sql import waiver_form
from platform_cli.errors import ExitCode, PlatformError
from platform_cli.project.layers import Layers
from platform_cli.project.locate import locate
from platform_cli.reporting.findings import Findings

if TYPE_CHECKING:
    from platform_cli.commands._session import Session
    from platform_cli.project.project import Project


@click.command(cls=DbtCommand)
@selection_options
@click.option(
    "--write-baseline",
    is_flag=True,
    help="Hold back what is found now: baseline.json. Later it only loses what is mended.",
)
@click.option(
    "--grow-baseline", is_flag=True, help="With --write-baseline: add what is new as well."
)
@click.option("--fix", is_flag=True, help="Mend what can be mended safely, and say what is left.")
@click.option(
    "--diff", "--dry-run", is_flag=True, help="Show what --fix would change, and write nothing."
)
@FINDINGS_FORMAT
@project_options
@click.pass_obj
def check(
    session: Session,
    /,
    *,
    write_baseline: bool,
    grow_baseline: bool,
    fix: bool,
    diff: bool,
    output_format: str,
    **given: Any,
) -> ExitCode:
    """Say which conventions the project breaks, where, and how to mend it.

    Reads files only: no dbt, no database (--fix asks DuckDB for types and rows, if it is there).
    Returns 1 when an error is found, and with --fix while one is left; warnings alone return 0.

    \b
    Examples:
      platform check
      platform check --select fct_flights+
      platform check --select models/marts tag:nightly --exclude group:growth
      platform check --changed origin/main --output-format github
      platform check --write-baseline
      platform check --diff
      platform check --fix --select models/marts
    """
    asked = take_asked(given)
    _refuse(asked, write=write_baseline, grow=grow_baseline, fix=fix or diff)
    root = locate(session.directory)
    config = load_config(root)
    known = all_rules(root)
    rules = rules_in_use(known, config.check, root)
    project = read_project(root, **given)
    ids, before = selected(project, session, asked)
    earlier = before or earlier_in_state(project, session, asked)
    today = datetime.now().astimezone().date()
    examined = partial(
        examine,
        rules=rules,
        settings=config.check,
        today=today,
        earlier=earlier,
        known=[one.name for one in known],
    )
    baseline = read_baseline(root)
    checked = examined(project, selected=ids, baseline=baseline)
    if write_baseline:
        from platform_cli.commands._baseline import written

        locked = config.check.locked
        new = written(root, project, checked, baseline, locked=locked, grow=grow_baseline)
        checked = examined(project, selected=ids, baseline=new)
    findings = checked.findings
    if fix or diff:
        from platform_cli.commands._fix import Fixing, show
        from platform_cli.commands._fix import fix as mend

        def again(changed: Project) -> Findings:
            new = changed.resources.keys() - project.resources.keys()
            wanted = None if ids is None else new.union(ids)
            return examined(changed, selected=wanted, baseline=baseline).findings

        layers = Layers(config.check.layers, project.model_paths)
        fixing = Fixing(project, rules, layers, given, again)
        if diff:
            show(findings, fixing, session)
            return ExitCode.FINDINGS if findings.errors else ExitCode.OK
        findings = mend(findings, fixing, session, talk=output_format == "text")
    text = rendered(findings, output_format, root, rules, say_more=session.verbosity > 0)
    if text:
        click.echo(text)
    if session.verbosity >= 0:
        if output_format == "text" and (rule := _to_waive(findings, rules, config.check.locked)):
            latest = today + timedelta(days=config.check.waivers.max_days)
            click.echo(f"waive: {waiver_form(rule, str(latest))} in its SQL, or in YAML", err=True)
        click.echo(f"next: {_next(findings, [one.rule.name for one in rules])}", err=True)
    if findings.failures:
        return ExitCode.ENVIRONMENT
    return ExitCode.FINDINGS if findings.errors else ExitCode.OK


def _refuse(asked: Asked, *, write: bool, grow: bool, fix: bool) -> None:
    """Raise PlatformError for options that do not go together."""
    if grow and not write:
        raise PlatformError("--grow-baseline needs --write-baseline")
    if write and fix:
        raise PlatformError("fix first, then write the baseline of what is left")
    if write and asked != Asked():
        raise PlatformError(
            "a baseline is of the whole project", hint="leave --select away with --write-baseline"
        )


def _to_waive(findings: Findings, rules: Sequence[RuleInUse], locked: tuple[str, ...]) -> str:
    """The first rule with a finding that may be waived."""
    can_be = {one.rule.name for one in rules if one.rule.sees is not Exemptions} - {*locked}
    return next((one.name for one in findings.diagnostics if one.name in can_be), "")


def _next(findings: Findings, rules: list[str]) -> str:
    if findings.failures:
        return f"mend the rule {findings.failures[0].rule}, or set it to off in platform.yml"
    if explained := [one.name for one in findings.diagnostics if one.name in rules]:
        return f"platform explain {explained[0]}"
    return "platform check, when these are mended" if findings.errors else "platform build"
