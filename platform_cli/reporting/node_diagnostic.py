"""A failed node as a diagnostic: file, message, compiled SQL, next step."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from platform_cli.database_file import explain
from platform_cli.errors import Where
from platform_cli.reporting.diagnostic import Diagnostic

if TYPE_CHECKING:
    from platform_cli.dbt_runner import NodeResult


_STACK = re.compile(r"^\s*> (?:in|called by) .*\n?", re.MULTILINE)
"""The macros of dbt through which an error went: of use to none but their authors."""

_ADVICE = (
    (
        r"Table with name \S+ does not exist",
        "if that is a model that is not built yet: platform build --select +{name}",
    ),
    (
        r"No files found that match the pattern",
        "put the file there, or correct its path (external_location of the source);"
        " it is meant from the project's folder",
    ),
    (
        r"enforced contract that failed",
        "make the SQL and the YAML say the same: cast the column, or correct its data_type",
    ),
    (
        r"' is undefined\.",
        "correct the macro's name, or install its package",
    ),
)


def _advice(node: NodeResult) -> list[str]:
    """What to do about errors that have a usual cause."""
    if known := explain(node.message):
        return known.hint.splitlines()
    return [
        text.format(name=node.name) for words, text in _ADVICE if re.search(words, node.message)
    ]


def node_diagnostic(node: NodeResult, *, folder: str = "") -> Diagnostic:
    """What went wrong in `node`. `folder` goes before the project's paths, so that they open."""
    help_lines = _advice(node) if node.status == "error" else []
    if node.compiled_path:
        line = f":{node.compiled_line}" if node.compiled_line else ""
        help_lines.append(f"compiled SQL: {folder}{node.compiled_path}{line}")
    if node.status == "fail":
        help_lines.append(
            f"see the rows: platform test --select {node.name} --store-failures"
            if node.resource_type == "test"
            else f"the test is in {folder}{node.path}"
        )
    return Diagnostic(
        message=_message(node),
        severity="warn" if node.status == "warn" else "error",
        where=Where(folder + node.path, node.line) if node.path else None,
        help="\n".join(help_lines),
        resource=node.unique_id,
    )


def _message(node: NodeResult) -> str:
    kind = node.resource_type.replace("_", " ")
    if node.resource_type == "test" and node.status in {"fail", "warn"} and node.failures:
        rows = "1 row" if node.failures == 1 else f"{node.failures:,} rows"
        return f"test {node.name}: {rows} that should not be there"
    if known := explain(node.message):
        return f"{kind} {node.name}: {known.message}{f': {known.where}' if known.where else ''}"
    text = _STACK.sub("", node.message).strip() or "no reason given"
    return f"{kind} {node.name}: {text}"
