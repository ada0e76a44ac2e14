"""dbt's results of nodes as ours, with the place of an error and the cause of a skip."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from platform_cli.dbt_runner.declared_line import declared_line, only_line, source_text
from platform_cli.dbt_runner.results import FAILED, NodeResult

if TYPE_CHECKING:
    from pathlib import Path

_EXCERPT = re.compile(r"^\s*LINE \d+: (?P<text>.+)$", re.MULTILINE)
_CULPRIT = re.compile(
    r'(?:[Cc]olumn(?: named)? |with name |near |type )"?(?P<name>[^\s"!]+)"?'
    r"|function: (?P<call>\w+)"
    r"|'(?P<undefined>\w+)' is undefined"
)
_OUR_REFUSAL = (
    "> in macro materialization_snapshot_default (scd/materialization_snapshot_default.sql)"
)
_HEADLINE = re.compile(r"^[A-Z]\w+ Error in .+ \(.+\)$")


def node_results(results: Any, manifest: Any, project: Path) -> tuple[NodeResult, ...]:
    """Every result of a run, in dbt's order."""
    failed = [result.node for result in results if str(result.status) in FAILED]
    return tuple(_node(result, failed, manifest, project) for result in results)


def _node(result: Any, failed: list[Any], manifest: Any, project: Path) -> NodeResult:
    node = result.node
    affected = (result.adapter_response or {}).get("rows_affected")
    message = _without_headline(result.message or "")
    compiled = getattr(node, "compiled_code", "") or ""
    return NodeResult(
        unique_id=node.unique_id,
        name=node.name,
        resource_type=str(node.resource_type),
        status=str(result.status),  # type: ignore[arg-type]  # dbt's words are ours
        message=message,
        seconds=result.execution_time,
        path=getattr(node, "original_file_path", "") or "",
        compiled_path=_relative(getattr(node, "compiled_path", "") or "", project),
        rows_affected=affected if isinstance(affected, int) else None,
        failures=result.failures,
        relation=getattr(node, "relation_name", "") or "",
        depends_on=_parents(node),
        compiled_code=compiled,
        line=_own_line(node, message, project) if str(result.status) in FAILED else None,
        compiled_line=_line(message, compiled),
        skipped_because=_causes(node, failed, manifest) if str(result.status) == "skipped" else (),
    )


def _relative(path: str, project: Path) -> str:
    """A target folder that was named absolutely makes dbt's paths absolute."""
    return path.removeprefix(f"{project}/")


def _without_headline(message: str) -> str:
    """dbt repeats the error's type, the node and the file in the first line, then indents."""
    first, _, rest = message.strip().partition("\n")
    if not rest or not _HEADLINE.match(first):
        return message.strip()
    lines = [line.removeprefix("  ").rstrip() for line in rest.splitlines()]
    if _OUR_REFUSAL in lines:
        # The macros that it came through say nothing to the one who reads it.
        lines = lines[: lines.index(_OUR_REFUSAL)]
    return "\n".join(line for line in lines if line and not line.startswith("compiled code at"))


def _line(message: str, code: str) -> int | None:
    """The one line of `code` with what the database quotes or, else, with the name it gives.

    Its own line number is of no use: it counts the statement that dbt wraps around the code.
    """
    if quoted := _EXCERPT.search(message):
        text = quoted["text"].strip().removesuffix("...").removeprefix("...")
        wanted = re.compile(re.escape(text))
    elif culprit := _CULPRIT.search(message):
        wanted = re.compile(rf"\b{re.escape(next(filter(None, culprit.groups())))}\b")
    else:
        return None
    return only_line(wanted, code)


def _own_line(node: Any, message: str, project: Path) -> int | None:
    """The line of a model that is at fault; of a snapshot or unit test, where it is declared."""
    if node.resource_type == "model":
        return _line(message, source_text(project / node.original_file_path))
    if node.resource_type not in {"snapshot", "unit_test"}:
        return None
    return declared_line(node.name, project / node.original_file_path)


def _parents(node: Any) -> tuple[str, ...]:
    depends_on = getattr(node, "depends_on", None)
    return tuple(getattr(depends_on, "nodes", None) or ())


def _causes(node: Any, failed: list[Any], manifest: Any) -> tuple[str, ...]:
    """The failed nodes upstream of a skipped one, and the failed tests of what is upstream."""
    above: set[str] = set()
    todo = list(_parents(node))
    while todo:
        unique_id = todo.pop()
        if unique_id in above:
            continue
        above.add(unique_id)
        found = manifest.nodes.get(unique_id) if manifest else None
        todo += _parents(found) if found is not None else ()
    return tuple(
        candidate.name
        for candidate in failed
        if candidate.unique_id in above
        or (candidate.resource_type == "test" and above.intersection(_parents(candidate)))
        or (
            candidate.resource_type == "unit_test"
            and {node.unique_id, *above} & {*_parents(candidate)}
        )
    )
