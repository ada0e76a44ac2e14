"""A failed node as a diagnostic: file, message, compiled SQL, next step."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from platform_cli.database_file import explain
from platform_cli.errors import Where
from platform_cli.reporting.advice import advice
from platform_cli.reporting.diagnostic import Diagnostic

if TYPE_CHECKING:
    from platform_cli.dbt_runner import NodeResult


_STACK = re.compile(r"^\s*> (?:in|called by) .*\n?", re.MULTILINE)
"""The macros of dbt through which an error went: of use to none but their authors."""


def node_diagnostic(node: NodeResult, *, folder: str = "") -> Diagnostic:
    """What went wrong in `node`. `folder` goes before the project's paths, so that they open."""
    help_lines = advice(node.message, node.name, node.release) if node.status == "error" else []
    if node.compiled_path:
        line = f":{node.compiled_line}" if node.compiled_line else ""
        help_lines.append(f"compiled SQL: {folder}{node.compiled_path}{line}")
    if node.status == "fail":
        help_lines.append(_where_to_look(node, folder))
    return Diagnostic(
        message=_message(node),
        severity="warn" if node.status == "warn" else "error",
        where=Where(folder + node.path, node.line) if node.path else None,
        help="\n".join(help_lines),
        resource=node.unique_id,
    )


def _where_to_look(node: NodeResult, folder: str) -> str:
    if node.resource_type != "test":
        return f"the test is in {folder}{node.path}"
    if node.relation:
        return f"the rows are in {node.relation}"
    return f"see the rows: platform preview {node.name}"


def _message(node: NodeResult) -> str:
    kind = node.resource_type.replace("_", " ")
    if node.resource_type == "test" and node.status in {"fail", "warn"} and node.failures:
        rows = "1 row" if node.failures == 1 else f"{node.failures:,} rows"
        return f"test {node.name}: {rows} that should not be there"
    if known := explain(node.message):
        return f"{kind} {node.name}: {known.message}{f': {known.where}' if known.where else ''}"
    text = _STACK.sub("", node.message).strip() or "no reason given"
    return f"{kind} {node.name}: {text}"
