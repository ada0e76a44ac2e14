"""The one thing to do after a node failed, in the words of the help above it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from platform_cli.database_file import explain
from platform_cli.reporting.usual_error import usual_error

if TYPE_CHECKING:
    from platform_cli.dbt_runner import NodeResult

_ONLY = {"run": "model", "seed": "seed", "snapshot": "snapshot"}
"""The one resource type of a verb that has one."""


def next_step(command: str, node: NodeResult, *, again: str = "") -> str:
    """What to do first, and the command that comes then; `command` is the verb that failed.

    `again` is the command that is typed again, where it is not that verb with a selection.
    """
    if explain(node.message):
        return f"see to the database file, then: {again or f'platform {command}'}"
    if again:
        usual = usual_error(node.message)
        return f"{(usual and usual.first) or f'mend {node.path or node.name}'}, then: {again}"
    again = f"then: platform {command} --select {node.name}"
    if command in {"build", "run"}:
        again += "+"
    if node.resource_type != _ONLY.get(command, node.resource_type):
        # A backfill builds what its snapshot reads; to select that would select nothing.
        again = "then type the same command again"
    mend = f"mend {node.path or node.name}"
    if node.status == "fail":
        mend = f"mend the model, or the test in {node.path}"
        if node.resource_type == "test" and not node.relation:
            # What it tests must be built anew, or the test would see the same rows again.
            again = f"platform build --select 1+{node.name}"
            return f"platform preview {node.name}; when it is mended: {again}"
    usual = usual_error(node.message) if node.status == "error" else None
    if usual and usual.command:
        return usual.command.format(model=node.name)
    return f"{(usual and usual.first) or mend}, {again}"
