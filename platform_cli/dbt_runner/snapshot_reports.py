"""What the snapshots of `platform_macros` say of a run: counts, refusals, some of the changes."""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MARK = "platform_snapshot "
"""What the macro `scd_report` writes before its JSON."""

_PLAN = "PLATFORM_CLI_SNAPSHOT_PLAN"
_ALLOW = "PLATFORM_CLI_SNAPSHOT_ALLOW"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a snapshot was not taken: the refusal's name, a sentence, and some of the keys."""

    name: str
    message: str
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A value that differs, as text; None is NULL."""

    column: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class Sample:
    """One change: of which kind, of which key, and what differs."""

    kind: str
    key: str
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class SnapshotReport:
    """One run, or plan, of one snapshot.

    `counts` has source, new, returned, changed, closed, overwritten, late, unchanged, and, of
    the history afterwards (of a plan: before), open and versions.
    """

    name: str
    plan: bool
    counts: Mapping[str, int]
    refusals: tuple[Refusal, ...] = ()
    samples: tuple[Sample, ...] = ()


def snapshot_report(line: str) -> SnapshotReport:
    """The report in one line of dbt's log that begins with `MARK`."""
    said: dict[str, Any] = json.loads(line.removeprefix(MARK))
    return SnapshotReport(
        name=said["name"],
        plan=bool(said["plan"]),
        counts={kind: int(n) for kind, n in said["counts"].items()},
        refusals=tuple(
            Refusal(r["name"], r["message"], tuple(r["keys"])) for r in said["refusals"]
        ),
        samples=tuple(
            Sample(s["kind"], s["key"], tuple(Cell(**cell) for cell in s["cells"]))
            for s in said["samples"]
        ),
    )


@contextlib.contextmanager
def asking(*, plan: bool, allow: tuple[str, ...]) -> Iterator[None]:
    """Tell the macros by the environment: other variables would make dbt parse everything anew."""
    told = {_PLAN: "1" if plan else "", _ALLOW: ",".join(allow)}
    before = {name: os.environ.get(name) for name in told}
    os.environ.update(told)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
