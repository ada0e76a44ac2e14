"""Fix: style."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from platform_cli.conventions.fix import Scene, SuggestedError, fix
from platform_cli.project.edits.edit import Edit, ReplaceText
from platform_cli.project.project import Project
from platform_cli.project.resources import Analysis, Model, Snapshot
from platform_cli.reporting.diagnostic import Diagnostic
from platform_cli.style.fixed import Fixed, fixed


@fix()
def style(finding: Diagnostic, node: Model | Snapshot | Analysis, scene: Scene) -> Iterator[Edit]:
    """sqlfluff's own fixes: of the whole file at once, because they depend on each other."""
    text = scene.text(node.path)
    made = _fixed(scene.project, node.unique_id, text, scene.home or scene.project.root)
    if isinstance(made, str):
        raise SuggestedError(made)
    code = finding.anchor.removeprefix("style:")
    where = finding.where
    if where is None or (code, where.line, where.column) not in made.mended or made.text == text:
        raise SuggestedError(f"sqlfluff has no fix for {code} here")
    yield ReplaceText(node.path, 0, text, made.text)


@lru_cache(maxsize=32)
def _fixed(project: Project, unique_id: str, text: str, home: Path) -> Fixed | str:
    """Asked once for each finding of a file."""
    node = project.resources[unique_id]
    assert isinstance(node, Model | Snapshot | Analysis)  # noqa: S101  (what the rule sees)
    return fixed(project, node, text, home)
