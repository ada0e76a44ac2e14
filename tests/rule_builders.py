"""What one rule finds in the files of a small project."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from platform_cli.config import Check
from platform_cli.conventions.check import check
from platform_cli.conventions.rule import Rule
from platform_cli.conventions.rules_in_use import RuleInUse
from platform_cli.reporting.findings import Findings
from tests.read_builders import load


def checked(
    rule: Rule, folder: Path, files: Mapping[str, str | bytes], **settings: Any
) -> Findings:
    """The findings of this rule alone in a project of these files; nothing else is wrong there."""
    project = load(folder, files)
    assert not [one.message for one in project.problems if one.severity == "error"]
    values = {setting.name: setting.default for setting in rule.settings} | settings
    in_use = RuleInUse(rule, rule.severity, values)
    found = check(project, [in_use], Check(), today=date(2026, 11, 20))
    assert not found.failures
    return found


def found(rule: Rule, folder: Path, files: Mapping[str, str | bytes], **settings: Any) -> list[str]:
    """The same as lines of `path:line:column message`, in order."""
    diagnostics = checked(rule, folder, files, **settings).diagnostics
    return [f"{one.where} {one.message}" for one in diagnostics if one.name == rule.name]
