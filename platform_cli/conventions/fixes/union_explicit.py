"""Fix: union-explicit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from platform_cli.conventions.fix import Scene, SuggestedError, fix, offset
from platform_cli.project.edits.edit import Edit, ReplaceText
from platform_cli.project.resources import Model, Snapshot
from platform_cli.reporting.diagnostic import Diagnostic

DISTINCT = ("bigquery", "databricks", "duckdb", "postgres", "snowflake", "spark", "trino")
"""Where `union distinct` is a word of the language."""


@fix()
def union_explicit(finding: Diagnostic, node: Model | Snapshot, scene: Scene) -> Iterator[Edit]:
    """`union distinct`, which is what `union` says; `all` would be a decision."""
    if "columns" in finding.message:
        raise SuggestedError("which columns belong together is for a person to say")
    adapter = scene.project.scope(node.package_name).macros.adapter
    if adapter not in DISTINCT:
        raise SuggestedError(f"{adapter} may not know `union distinct`")
    text = scene.text(node.path)
    union = re.compile("union", re.IGNORECASE).match(text, offset(text, finding.where))
    if union is not None:
        word = " DISTINCT" if union[0].isupper() else " distinct"
        yield ReplaceText(node.path, union.start(), union[0], f"{union[0]}{word}")
