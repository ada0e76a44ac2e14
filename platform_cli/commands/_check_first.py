"""The check before a build: the conventions of what is selected, without dbt."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from platform_cli.commands._project import request_of
from platform_cli.commands._selection import Asked, selected
from platform_cli.commands._style import before_build
from platform_cli.config import load_config
from platform_cli.conventions.checker import Checker
from platform_cli.errors import PlatformError

if TYPE_CHECKING:
    from platform_cli.commands._session import Session
    from platform_cli.conventions.verdict import Verdict


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
    place = {name: given.get(name) for name in ("target", "profiles_dir")}
    if place["profiles_dir"] is not None:
        place["profiles_dir"] = session.directory / place["profiles_dir"]
    request = request_of(**place, vars=given.get("vars_"))
    checker = Checker(root, request, before_build(config.check))
    full = checker if checker.settings is config.check else Checker(root, request, config.check)
    verdict = _verdict(checker, full, session, given)
    if verdict is None or verdict.dbt_stops:
        return True  # dbt says it, and more
    findings = verdict.findings
    if findings.errors:
        from platform_cli.commands._findings import rendered

        output_format = given["output_format"]
        click.echo(rendered(findings, output_format, root, lambda: checker.rules, say_more=False))
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


def _verdict(
    checker: Checker, full: Checker, session: Session, given: dict[str, Any]
) -> Verdict | None:
    """What is found in what is selected; None when dbt stops, or only dbt can tell what it is.

    `full` looks at more than a build needs, but may have done so already.
    """
    asked = Asked(given["select"], given["exclude"], given["selector"], given["state"])
    only, never = given.get("resource_type"), given.get("exclude_resource_type")
    whole = asked == Asked() and not only and not never
    if whole and (kept := full.kept()):
        return kept
    try:
        project = checker.project
    except PlatformError:
        return None
    if checker.dbt_stops:
        return None
    if whole:
        return checker.anew() if checker is full else checker.whole()
    try:
        ids = selected(project, session, asked).ids
    except PlatformError as error:
        _say(session, f"note: not checked: {error.message}")
        return None
    if only or never:
        from platform_cli.project.selection.methods import kind_of

        ids = frozenset(
            one
            for one in (project.resources if ids is None else ids)
            if (kind := kind_of(project.resources[one])) not in (never or ())
            and (not only or kind in only)
        )
    return checker.verdict(checker.examine(selected=ids))


def _say(session: Session, text: str) -> None:
    if session.verbosity >= 0:
        click.echo(text, err=True)
