"""What snapshots did or would do, for people and as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from platform_cli.dbt_runner import Sample, SnapshotReport

VERSION = 1

_ALWAYS = ("new", "changed", "closed", "unchanged")
_KINDS = ("new", "changed", "closed", "returned", "late", "overwritten", "unchanged")


def counts_text(counts: Mapping[str, int]) -> str:
    """`3 new, 1 changed, 0 closed, 12 unchanged`; the other kinds when there are any."""
    return ", ".join(
        f"{counts.get(kind, 0):,} {kind}" for kind in _KINDS if kind in _ALWAYS or counts.get(kind)
    )


def plan_text(reports: Iterable[SnapshotReport]) -> str:
    """A paragraph per snapshot: the counts, some of the changes, and why it would be refused."""
    return "\n\n".join(_paragraph(report) for report in reports)


def plan_json(reports: Iterable[SnapshotReport]) -> str:
    """The reports as they are, under a version."""
    return json.dumps({"version": VERSION, "snapshots": [asdict(one) for one in reports]}, indent=2)


def _paragraph(report: SnapshotReport) -> str:
    # What is refused because of its keys, say, is not counted any further.
    counted = any(report.counts.get(kind) for kind in _KINDS) or not report.refusals
    lines = [f"{report.name}: {counts_text(report.counts) if counted else 'not counted'}"]
    lines += [f"  {_sample(one)}" for one in report.samples]
    lines += [
        f"  refused: {one.name}: {one.message}"
        + (f" (for example {'; '.join(one.keys)})" if one.keys else "")
        for one in report.refusals
    ]
    return "\n".join(lines)


def _sample(sample: Sample) -> str:
    cells = ", ".join(
        f"{cell.column} {_value(cell.old)} -> {_value(cell.new)}" for cell in sample.cells
    )
    return f"{sample.kind} {sample.key}" + (f": {cells}" if cells else "")


def _value(text: str | None) -> str:
    return "NULL" if text is None else text
