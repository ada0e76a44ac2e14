"""What dbt tells while it runs: progress for the one who watches, and what must not get lost."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from platform_cli.dbt_runner.results import NodeResult, Progress
from platform_cli.dbt_runner.snapshot_plays import MARK as PLAYED
from platform_cli.dbt_runner.snapshot_plays import played
from platform_cli.dbt_runner.snapshot_reports import MARK, SnapshotReport, snapshot_report

if TYPE_CHECKING:
    from collections.abc import Callable

    from platform_cli.dbt_runner.results import OnEvent
    from platform_cli.dbt_runner.snapshot_plays import Played

_COUNTED = {
    "LogStartLine": "total",
    "LogModelResult": "total",
    "LogSeedResult": "total",
    "LogSnapshotResult": "total",
    "LogTestResult": "num_models",
}


class Events:
    """A callback for dbt's events that keeps what the result will need.

    `finished` holds the nodes dbt reported as finished: after Ctrl-C there is no other record.
    `broken` is why an operation failed: its result does not say.
    """

    def __init__(
        self, on_event: OnEvent | None, on_played: Callable[[Played], None] | None = None
    ) -> None:
        self.warnings: list[str] = []
        self.prints: list[str] = []
        self.snapshots: list[SnapshotReport] = []
        self.finished: list[NodeResult] = []
        self.planned = 0
        self.broken = ""
        self._on_played = on_played
        self._on_event = on_event
        self._lock = threading.Lock()

    def __call__(self, message: Any) -> None:
        """Take one event of dbt's, whatever its kind."""
        name, level = message.info.name, message.info.level
        if name == "NodeStart":
            self._started(message.data.node_info)
        elif name == "NodeFinished":
            self._finished(message.data)
        elif name == "ConcurrencyLine":
            self.planned = max(self.planned, message.data.node_count)
        elif name in _COUNTED:
            # The plan of `build` leaves out its unit tests; the lines of a run count them.
            self.planned = max(self.planned, getattr(message.data, _COUNTED[name]))
        elif name in {"PrintEvent", "JinjaLogInfo"}:
            self.prints.append(message.data.msg)
        elif name == "JinjaLogDebug" and message.data.msg.startswith(MARK):
            self.snapshots.append(snapshot_report(message.data.msg))
        elif self._on_played and name == "JinjaLogDebug" and message.data.msg.startswith(PLAYED):
            self._on_played(played(message.data.msg))
        elif name in {"RunningOperationCaughtError", "RunningOperationUncaughtError"}:
            self.broken = message.data.exc
        elif level == "warn" and name != "NothingToDo":
            self._warn(message.info.msg)

    def tell(self, status: str, name: str) -> None:
        """Pass on something that is not about a node."""
        if self._on_event:
            self._on_event(Progress(len(self.finished), self.planned, name, "", status))

    def _warn(self, text: str) -> None:
        text = text.removeprefix("[WARNING]: ").removeprefix("[WARNING]").strip()
        if text and text not in self.warnings:
            self.warnings.append(text)

    def _started(self, node: Any) -> None:
        if self._on_event and node.materialized != "ephemeral":
            with self._lock:
                self._on_event(
                    Progress(
                        len(self.finished),
                        self.planned,
                        node.node_name,
                        node.resource_type,
                        "started",
                    )
                )

    def _finished(self, data: Any) -> None:
        node, outcome = data.node_info, data.run_result
        if node.materialized == "ephemeral":
            return
        with self._lock:
            self.finished.append(
                NodeResult(
                    unique_id=node.unique_id,
                    name=node.node_name,
                    resource_type=node.resource_type,
                    status=outcome.status,
                    message=outcome.message,
                    seconds=outcome.execution_time,
                    path=node.node_path,
                )
            )
            if self._on_event:
                self._on_event(
                    Progress(
                        len(self.finished),
                        max(self.planned, len(self.finished)),
                        node.node_name,
                        node.resource_type,
                        outcome.status,
                        outcome.execution_time,
                    )
                )
