"""What dbt did, in our own words: nothing of dbt's leaves this package."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, Literal

from platform_cli.dbt_runner.snapshot_reports import SnapshotReport

Status = Literal["success", "error", "fail", "warn", "pass", "skipped", "partial success", "no-op"]

GOOD: frozenset[Status] = frozenset({"success", "pass", "warn", "no-op"})
FAILED: frozenset[Status] = frozenset({"error", "fail", "partial success"})


@dataclass(frozen=True, slots=True)
class Progress:
    """One node started (status "started") or finished. `n` counts finished nodes, from 0."""

    n: int
    of: int
    name: str
    resource_type: str
    status: str
    seconds: float = 0.0


OnEvent = Callable[[Progress], None]
"""Whoever wants to hear of progress. Called from dbt's worker threads, one call at a time."""


@dataclass(frozen=True, slots=True)
class NodeResult:
    """One node of a run. Paths are relative to the project's root.

    `seconds` is the time dbt spent in the node (compiling and executing). `failures` is a
    test's count of failing rows, `rows_affected` what the adapter reports (DuckDB: nothing).
    `compiled_path` is where the compiled SQL was written, empty when dbt did not get that far.
    `line` and `compiled_line` say where in the two files the database saw an error (`line` of a
    snapshot or unit test: where it is declared), None when it did not say or the line cannot be
    found again. `depends_on` holds unique ids,
    `skipped_because` the names of the nodes whose failure made dbt skip this one. `release` is the
    file that a backfill let the node read.
    """

    unique_id: str
    name: str
    resource_type: str
    status: Status
    message: str = ""
    seconds: float = 0.0
    path: str = ""
    compiled_path: str = ""
    rows_affected: int | None = None
    failures: int | None = None
    relation: str = ""
    depends_on: tuple[str, ...] = ()
    compiled_code: str = ""
    line: int | None = None
    compiled_line: int | None = None
    skipped_because: tuple[str, ...] = ()
    release: str = ""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A project as dbt parsed it. Good for further calls with the same files, vars and target.

    `manifest` is dbt's own object, for `dbt_runner` alone.
    """

    manifest: Any

    def names(self) -> tuple[str, ...]:
        """The names of all resources, folders and packages that a selection can mean."""
        nodes = self._nodes()
        return tuple(sorted({part for node in nodes for part in (node.name, *node.fqn)}))

    def paths(self) -> tuple[str, ...]:
        """Their files and folders below the project, and the names of the files alone."""
        paths = [PurePath(node.original_file_path) for node in self._nodes()]
        found = {part.as_posix() for path in paths for part in (path, *path.parents)}
        return tuple(sorted(found | {path.name for path in paths}))

    def tags(self) -> tuple[str, ...]:
        """All their tags."""
        return tuple(sorted({tag for node in self._nodes() for tag in node.tags}))

    def _nodes(self) -> tuple[Any, ...]:
        return (*self.manifest.nodes.values(), *self.manifest.sources.values())


@dataclass(frozen=True, slots=True)
class RunResult:
    """One call of dbt: its nodes in the order they finished; `elapsed` in seconds.

    `warnings` are what dbt would have printed as warnings, `prints` what macros printed,
    `snapshots` what the snapshots of `platform_macros` did.
    `planned` counts the nodes dbt meant to do. `interrupted` says that Ctrl-C stopped it; the
    nodes are then those that had finished. `parsed` is good for further calls.
    """

    nodes: tuple[NodeResult, ...]
    elapsed: float
    warnings: tuple[str, ...] = ()
    prints: tuple[str, ...] = ()
    snapshots: tuple[SnapshotReport, ...] = ()
    interrupted: bool = False
    planned: int = 0
    parsed: Parsed | None = None

    @property
    def failed(self) -> tuple[NodeResult, ...]:
        """The nodes that failed, without those skipped because of them."""
        return tuple(node for node in self.nodes if node.status in FAILED)

    @property
    def skipped(self) -> tuple[NodeResult, ...]:
        """The nodes that dbt did not try."""
        return tuple(node for node in self.nodes if node.status == "skipped")


@dataclass(frozen=True, slots=True)
class ShowResult:
    """The first rows of one model or query, values as Python objects."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    compiled_code: str = ""
