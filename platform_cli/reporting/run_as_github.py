"""A run of dbt as annotations on a pull request, in GitHub's workflow commands.

https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from platform_cli.reporting.node_diagnostic import node_diagnostic

if TYPE_CHECKING:
    from platform_cli.dbt_runner import NodeResult, RunResult

_LEVEL = {"error": "error", "warn": "warning", "info": "notice"}


def run_as_github(result: RunResult, *, folder: str = "") -> str:
    """One annotation per failed or warning node, and per word that selected nothing.

    `folder` is the project's, in the repository.
    """
    unmatched = [text for text in result.warnings if "does not match any" in text]
    lines = [f"::warning title=selection::{_text(text)}" for text in unmatched]
    told = [node for node in result.nodes if node.status == "warn"]
    lines += [_annotation(node, folder) for node in (*told, *result.failed)]
    return "\n".join(lines)


def _annotation(node: NodeResult, folder: str) -> str:
    found = node_diagnostic(node, folder=folder)
    place = f"file={_value(found.where.path)},line={found.where.line or 1}," if found.where else ""
    text = "\n".join(part for part in (found.message, found.help) if part)
    return f"::{_LEVEL[found.severity]} {place}title={_value(node.name)}::{_text(text)}"


def _text(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _value(value: str) -> str:
    return _text(value).replace(":", "%3A").replace(",", "%2C")
