"""Tests of snapshots for programs: a versioned JSON document."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from platform_cli.reporting.verdict import Difference, Verdict

VERSION = 1
"""Raised when a key changes its meaning or goes; new keys do not raise it."""


def verdicts_as_json(tests: Sequence[Verdict]) -> str:
    """Every test; paths are relative to the project's root, values are text or null."""
    document = {"version": VERSION, "tests": [_test(one) for one in tests]}
    return json.dumps(document, indent=2, ensure_ascii=False)


def _test(one: Verdict) -> dict[str, Any]:
    return {
        "snapshot": one.snapshot,
        "name": one.name,
        "path": one.path,
        "line": one.line,
        "status": one.status,
        "seconds": one.seconds,
        "message": one.message or None,
        "differences": [_difference(each, one.columns) for each in one.differences],
    }


def _difference(one: Difference, columns: tuple[str, ...]) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "line": one.line,
        "expected": {columns[i]: one.expected[i] for i in one.named} if one.expected else None,
        "found": dict(zip(columns, one.found, strict=True)) if one.found else None,
        "differing": [columns[i] for i in one.differing],
    }
