"""Say which conventions the project breaks, where, and how to mend it.

Section: Check
"""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import click
from msgspec.structs import replace

from platform_cli.commands._findings import FINDINGS_FORMAT, rendered
from platform_cli.commands._options import DbtCommand
from platform_cli.commands._project import project_options, request_of
from platform_cli.commands._selection import (
    Asked,
    earlier_in_state,
    selected,
    selection_options,
    take_asked,
)
from platform_cli.commands._style import CountFiles, style_option, with_style
from platform_cli.commands._unread import refuse_unread
from platform_cli.config import load_config
from platform_cli.conventions.checker import Checker
from platform_cli.errors import ExitCode, PlatformError
from platform_cli.project.locate import locate

if TYPE_CHECKING:
    from platform_cli.commands._session import Session
    from platform_cli.conventions.verdict import Verdict
    from platform_cli.project.project import Project
    from platform_cli.reporting.findings import Findings


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
@style_option
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
    style: bool | None,
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
      platform check --style --changed
      platform check --fix --select models/marts
    """
    asked = take_asked(given)
    mending = fix or diff
    _refuse(asked, write=write_baseline, grow=grow_baseline, fix=mending)
    if diff and output_format != "text":
        raise PlatformError(
            f"--diff shows changes, and has no form as {output_format}",
            hint="leave --output-format away, or --diff: then it says what is found",
        )
    root = locate(session.directory)
    config = load_config(root)
    settings = with_style(config.check, style)
    checker = Checker(root, request_of(**given), settings, CountFiles(session))
    checker.merges_baseline = write_baseline
    if asked == Asked() and not (write_baseline or mending):
        return _say(checker, checker.whole(), session, output_format)
    rules, project = checker.rules, checker.project
    ids, before = selected(project, session, asked)
    earlier = before or earlier_in_state(project, session, asked)
    examined = partial(checker.examine, earlier=earlier)
    if mending:
        refuse_unread(project, "fixed")
    checked = examined(selected=ids)
    if write_baseline:
        from platform_cli.commands._baseline import written

        locked = settings.locked
        new = written(root, project, checked, checker.baseline, locked=locked, grow=grow_baseline)
        checked = examined(selected=ids, baseline=new)
    verdict = checker.verdict(checked)
    if mending:
        from platform_cli.commands._fix import Fixing, show
        from platform_cli.commands._fix import fix as mend
        from platform_cli.project.layers import Layers

        def again(changed: Project) -> Findings:
            new = changed.resources.keys() - project.resources.keys()
            wanted = None if ids is None else new.union(ids)
            return examined(changed, selected=wanted).findings

        layers = Layers(settings.layers, project.model_paths)
        fixing = Fixing(project, rules, layers, again)
        if diff:
            show(checked.findings, fixing, session)
            if checked.findings.failures:
                return ExitCode.ENVIRONMENT
            return ExitCode.FINDINGS if checked.findings.errors else ExitCode.OK
        left = mend(checked.findings, fixing, session, talk=output_format == "text")
        verdict = replace(verdict, findings=left)
    return _say(checker, verdict, session, output_format)


def _say(checker: Checker, verdict: Verdict, session: Session, output_format: str) -> ExitCode:
    findings, say_more = verdict.findings, session.verbosity > 0
    text = rendered(findings, output_format, checker.root, lambda: checker.rules, say_more=say_more)
    if text:
        click.echo(text)
    if session.verbosity >= 0:
        rule = next((one for one in _names(findings) if one in verdict.may_be_waived), "")
        if rule and output_format == "text":
            from platform_cli.conventions.waivers_in_sql import waiver_form

            latest = checker.today + timedelta(days=checker.settings.waivers.max_days)
            click.echo(f"waive: {waiver_form(rule, str(latest))} in its SQL, or in YAML", err=True)
        click.echo(f"next: {_next(verdict)}", err=True)
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


def _names(findings: Findings) -> list[str]:
    """The rules of the findings, those of errors first: they are what a person has to do with."""
    ordered = sorted(findings.diagnostics, key=lambda one: one.severity != "error")
    return [one.name for one in ordered]


def _next(verdict: Verdict) -> str:
    findings = verdict.findings
    if findings.failures:
        return f"mend the rule {findings.failures[0].rule}, or set it to off in platform.yml"
    if explained := [name for name in _names(findings) if name in verdict.rules]:
        return f"platform explain {explained[0]}"
    return "platform check, when these are mended" if findings.errors else "platform build"
