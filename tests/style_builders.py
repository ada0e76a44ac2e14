"""The rule style at work on a small project, with the settings that its tests are about."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from platform_cli.conventions.rules.style import style
from platform_cli.reporting.findings import Findings
from tests.rule_builders import checked

SETTINGS = """\
[sqlfluff]
rules = LT01, LT04, LT12, CP01
"""
PACKAGE = {
    "packages.yml": "packages: [{local: ../tools}]\n",
    "dbt_packages/tools/dbt_project.yml": "name: tools\n",
    "dbt_packages/tools/macros/m.sql": "{% macro both(a) %}{{ a }},{{ a }}  AS  b{% endmacro %}",
}
"""A package whose macro writes what nobody would be let through with."""
Files = Mapping[str, str | bytes]


def findings(folder: Path, sql: str | bytes, files: Files | None = None) -> Findings:
    """What the rule finds in the model `m`."""
    there = {".sqlfluff": SETTINGS, "models/m.sql": sql, **(files or {})}
    return checked(style, folder, {name: text for name, text in there.items() if text})


def faults(folder: Path, sql: str | bytes, files: Files | None = None) -> list[str]:
    """The same as `line:column code`; nothing may be undecided."""
    found = findings(folder, sql, files)
    assert not found.undecided, found.undecided
    return [
        f"{one.where.line}:{one.where.column} {one.message.split()[0]}"
        for one in found.diagnostics
        if one.name == "style" and one.where
    ]


def why_undecided(folder: Path, sql: str | bytes, files: Files | None = None) -> list[str]:
    """Why nothing is said of the model; nothing may be found."""
    found = findings(folder, sql, files)
    assert not found.diagnostics, found.diagnostics
    return [one.reason for one in found.undecided]
