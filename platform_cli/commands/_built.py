"""Whether what a query reads has been built: asked before DuckDB would say so in its own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from platform_cli.errors import ExitCode, PlatformError, Where
from platform_cli.project.resources import Node

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from platform_cli.commands._database import Kinds
    from platform_cli.project.project import Project


def require_file(file: Path, node: Node) -> None:
    """Raise PlatformError when there is no database yet."""
    if not file.exists():
        raise PlatformError(
            f"there is no database yet: {file}",
            hint=f"build the model and what it reads: {_command(node)}",
            where=Where(node.path),
            exit_code=ExitCode.FINDINGS,
        )


def require_parents(project: Project, node: Node, kinds: Kinds) -> None:
    """Raise PlatformError, with their names, when relations that the node reads are not there."""
    missing = [parent.name for parent in _parents(project, node) if _key(parent) not in kinds]
    if missing:
        raise PlatformError(
            f"{node.name} reads {', '.join(missing)}, which "
            f"{'is' if len(missing) == 1 else 'are'} not built yet",
            hint=f"build what it reads, then preview again: {_command(node)}",
            where=Where(node.path),
            exit_code=ExitCode.FINDINGS,
        )


def _parents(project: Project, node: Node) -> Iterator[Node]:
    """The nodes whose relations the SQL reads: parents, through ephemeral ones."""
    todo, seen = [node], {node.unique_id}
    while todo:
        for reference in todo.pop().references:
            parent = project.resources.get(reference.unique_id or "")
            if not isinstance(parent, Node) or parent.unique_id in seen:
                continue
            seen.add(parent.unique_id)
            if parent.config.get("materialized") == "ephemeral":
                todo.append(parent)
            else:
                yield parent


def _key(node: Node) -> tuple[str, str, str]:
    return (
        (node.database or "").lower(),
        (node.schema or "").lower(),
        (node.alias or node.name).lower(),
    )


def _command(node: Node) -> str:
    return f"platform build --select +{node.name}"
