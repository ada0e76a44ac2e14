"""The findings of a check in the format that was asked for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from platform_cli.commands._paths import from_here, from_the_repository
from platform_cli.reporting.findings import Findings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from platform_cli.conventions.rules_in_use import RuleInUse
    from platform_cli.reporting.rule_page import RulePage

FINDINGS_FORMAT = click.option(
    "--output-format",
    type=click.Choice(["text", "json", "github", "gitlab", "sarif", "junit"]),
    default="text",
    help="github: annotations on a pull request; gitlab: code quality; sarif: code scanning; "
    "junit: a rule as a suite of tests.",
)


def rendered(
    findings: Findings,
    output_format: str,
    root: Path,
    rules: Callable[[], Sequence[RuleInUse]],
    *,
    say_more: bool,
) -> str:
    """The findings as text; empty when the format has nothing to say.

    `rules` are asked for by the formats that describe them.
    """
    if output_format == "json":
        from platform_cli.reporting.findings_as_json import findings_as_json

        return findings_as_json(findings)
    if output_format == "text":
        from platform_cli.reporting.excerpt import Excerpts
        from platform_cli.reporting.findings_as_text import findings_as_text

        here = from_here(root)
        return findings_as_text(findings, folder=here, excerpts=Excerpts(root), say_more=say_more)
    folder = from_the_repository(root)
    if output_format == "github":
        from platform_cli.reporting.findings_as_github import findings_as_github

        return findings_as_github(findings, folder=folder)
    if output_format == "gitlab":
        from platform_cli.reporting.findings_as_gitlab import findings_as_gitlab

        return findings_as_gitlab(findings, folder=folder)
    if output_format == "sarif":
        from platform_cli.reporting.findings_as_sarif import findings_as_sarif

        return findings_as_sarif(findings, _pages(rules()), folder=folder)
    from platform_cli.reporting.findings_as_junit import findings_as_junit

    return findings_as_junit(findings, _pages(rules()), folder=folder)


def _pages(rules: Sequence[RuleInUse]) -> list[RulePage]:
    from platform_cli.conventions.catalogue import page
    from platform_cli.reporting.rule_page import RulePage

    return [
        RulePage(one.rule.name, one.severity, one.rule.sentence, page(one.rule)) for one in rules
    ]
