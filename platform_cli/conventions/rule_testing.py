"""For the tests of a project's own rules: what a rule finds in a small project."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from textwrap import dedent
from typing import Any

from platform_cli.config import Check
from platform_cli.conventions.check import check
from platform_cli.conventions.rules_in_use import rules_in_use
from platform_cli.errors import PlatformError

_PROJECT = "name: tested\nprofile: tested\n"
_PROFILES = "tested:\n  target: dev\n  outputs:\n    dev: {type: duckdb, path: tested.duckdb}\n"


def findings(test: str, files: Mapping[str, str], **settings: Any) -> list[str]:
    """What the rule of a test file finds in a project of these files, as `model: message`.

    `test` is the test's `__file__`: `rules/tests/test_my_rule.py` tests `rules/my_rule.py`. `files`
    are texts by their path; a dbt_project.yml and a profile are there already. `settings` are
    those of the rule in platform.yml.

    Raises PlatformError when the rule cannot be read, AssertionError when it raises.
    """
    from platform_cli.conventions.all_rules import all_rules
    from platform_cli.project.project import Project

    root = Path(test).resolve().parent.parent.parent
    name = Path(test).stem.removeprefix("test_").replace("_", "-")
    rules = [one for one in all_rules(root) if one.name == name]
    if not rules:
        raise PlatformError(f"there is no rule {name} in {root}")
    with tempfile.TemporaryDirectory() as folder:
        for path, text in {
            "dbt_project.yml": _PROJECT,
            "profiles.yml": _PROFILES,
            **files,
        }.items():
            file = Path(folder) / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(dedent(text), encoding="utf-8")
        wanted = Check(rules={name: {"severity": "error", **settings}})
        found = check(
            Project.load(Path(folder)),
            rules_in_use(rules, wanted, Path(folder)),
            wanted,
            today=date.today(),  # noqa: DTZ011  (no waiver is in it)
        )
    assert not found.failures, found.failures[0].reason  # noqa: S101  (it is for tests)
    mine = [one for one in found.diagnostics if one.name == name]
    return [f"{one.resource.split('.')[-1]}: {one.message}" for one in mine]
