"""A run of dbt for a terminal: failures, what they cost, the slowest nodes, the count."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from click import style

from platform_cli.reporting.diagnostic import render
from platform_cli.reporting.node_diagnostic import node_diagnostic

if TYPE_CHECKING:
    from platform_cli.dbt_runner import NodeResult, RunResult

SLOWEST = 5
_MOST = 8
"""Names listed in one line."""
_WORDS = ("success", "pass", "warn", "error", "fail", "partial success", "skipped", "no-op")
_COLOURS = {"success": "green", "pass": "green", "warn": "yellow", "skipped": "yellow"}
_FEW = 3
_GRAVE = ("does not match any", "something else than a run wrote to the history")


def run_as_text(
    command: str, result: RunResult, *, folder: str = "", say_more: bool = False
) -> str:
    """Paragraphs without a trailing newline; the last line is the count.

    `folder` goes before the project's paths, so that they open. `say_more` adds dbt's warnings.
    """
    blocks = ["\n".join(result.prints)] if result.prints else []
    blocks += [_warnings(result.warnings, say_more=say_more)] if result.warnings else []
    warned = [node for node in result.nodes if node.status == "warn"]
    blocks += [render(node_diagnostic(node, folder=folder)) for node in (*warned, *result.failed)]
    if result.skipped:
        blocks.append(_skipped(result.skipped))
    if len(result.nodes) > _FEW:
        blocks.append(_slowest(result.nodes))
    return "\n\n".join([*blocks, _summary(command, result)])


def grave_warnings(warnings: tuple[str, ...]) -> list[str]:
    """A line for each warning that nobody should have to ask for."""
    grave = [text for text in warnings if any(words in text for words in _GRAVE)]
    return [f"{style('warn', fg='yellow')}: {text}" for text in grave]


def _warnings(warnings: tuple[str, ...], *, say_more: bool) -> str:
    if say_more:
        return "\n".join(f"{style('warn', fg='yellow')}: {text}" for text in warnings)
    shown = grave_warnings(warnings)
    if rest := len(warnings) - len(shown):
        shown.append(f"dbt warned {rest} time{'s' if rest > 1 else ''} (-v shows what of)")
    return "\n".join(shown)


def _skipped(skipped: tuple[NodeResult, ...]) -> str:
    lines = [style("skipped", fg="yellow", bold=True)]
    by_cause = sorted(skipped, key=lambda node: node.skipped_because)
    for causes, group in groupby(by_cause, lambda node: node.skipped_because):
        names = [node.name for node in group]
        because = _some(list(causes)) if causes else "an earlier failure"
        lines.append(f"  because of {because}: {_some(names)}")
    return "\n".join(lines)


def _some(names: list[str]) -> str:
    more = f" and {len(names) - _MOST} more" if len(names) > _MOST else ""
    return ", ".join(names[:_MOST]) + more


def _slowest(nodes: tuple[NodeResult, ...]) -> str:
    chosen = sorted(nodes, key=lambda node: node.seconds, reverse=True)[:SLOWEST]
    width = max(len(node.name) for node in chosen)
    lines = [style("slowest", bold=True)]
    lines += [f"  {node.name:<{width}}  {node.seconds:6.2f} s" for node in chosen]
    return "\n".join(lines)


def _summary(command: str, result: RunResult) -> str:
    counts = {word: sum(node.status == word for node in result.nodes) for word in _WORDS}
    told = [
        style(f"{number} {word}", fg=_COLOURS.get(word, "red"), bold=True)
        for word, number in counts.items()
        if number
    ]
    text = f"{command}: {', '.join(told) or 'nothing'} in {result.elapsed:.1f} s"
    if result.interrupted:
        names = [node.name for node in result.nodes]
        text += f"\ninterrupted; finished before: {_some(names) if names else 'nothing'}"
    return text
