"""The check before a build: the conventions of what is selected, without dbt."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from platform_cli.commands._project import read_project
from platform_cli.commands._selection import Asked, selected
from platform_cli.config import load_config
from platform_cli.errors import PlatformError

if TYPE_CHECKING:
    from platform_cli.commands._session import Session
    from platform_cli.config import Check
    from platform_cli.conventions.rules_in_use import RuleInUse
    from platform_cli.project.project import Project
    from platform_cli.reporting.findings import Findings


def passes_check(
    root: Path, session: Session, given: dict[str, Any], *, wished: bool | None
) -> bool:
    """Whether the build may begin: no convention is broken by what is selected.

    `wished` is what `--check` or `--no-check` said, None leaves it to platform.yml. Warnings are
    one line on stderr. What stops dbt anyway is left to dbt, and a selection that the files alone
    do not tell is noted and not checked.

    Raises PlatformError when platform.yml or a rule's file cannot be read.
    """
    config = load_config(root)
    if not (config.build.check if wished is None else wished):
        return True
    try:
        place = {name: given.get(name) for name in ("target", "profiles_dir")}
        if place["profiles_dir"] is not None:
            place["profiles_dir"] = session.directory / place["profiles_dir"]
        project = read_project(root, **place, vars=given.get("vars_"))
    except PlatformError:
        return True  # dbt says it, and more
    if any(one.severity == "error" and one.kind != "profile" for one in project.problems):
        return True
    try:
        ids = _selected(project, session, given)
    except PlatformError as error:
        _say(session, f"note: not checked: {error.message}")
        return True
    findings, rules = _findings(root, project, ids, config.check)
    if findings.errors:
        from platform_cli.commands._findings import rendered

        click.echo(rendered(findings, given["output_format"], root, rules, say_more=False))
        _say(session, "next: mend these, or waive them; platform build --no-check goes on anyway")
        return False
    warnings = sum(one.severity == "warn" for one in findings.diagnostics)
    if warnings:
        count = f"{warnings} warning{'' if warnings == 1 else 's'}"
        _say(session, f"check: {count} (platform check shows them)")
    if findings.failures:
        _say(
            session, f"check: the rule {findings.failures[0].rule} failed (platform check says why)"
        )
    return True


def _selected(project: Project, session: Session, given: dict[str, Any]) -> frozenset[str] | None:
    asked = Asked(given["select"], given["exclude"], given["selector"], given["state"])
    ids = selected(project, session, asked).ids
    only, never = given.get("resource_type"), given.get("exclude_resource_type")
    if only or never:
        from platform_cli.project.selection.methods import kind_of

        ids = frozenset(
            one
            for one in (project.resources if ids is None else ids)
            if (kind := kind_of(project.resources[one])) not in (never or ())
            and (not only or kind in only)
        )
    return ids


def _findings(
    root: Path, project: Project, ids: frozenset[str] | None, settings: Check
) -> tuple[Findings, tuple[RuleInUse, ...]]:
    from platform_cli.conventions.all_rules import all_rules
    from platform_cli.conventions.baseline import read_baseline
    from platform_cli.conventions.check import check
    from platform_cli.conventions.rules_in_use import rules_in_use

    known = all_rules(root)
    rules = rules_in_use(known, settings, root)
    found = check(
        project,
        rules,
        settings,
        today=datetime.now().astimezone().date(),
        selected=ids,
        known=[one.name for one in known],
        baseline=read_baseline(root),
    )
    return found, rules


def _say(session: Session, text: str) -> None:
    if session.verbosity >= 0:
        click.echo(text, err=True)
