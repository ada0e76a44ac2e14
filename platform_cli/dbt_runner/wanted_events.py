"""Which of dbt's events are turned into messages: those that somebody reads.

dbt wraps every event into a message for its loggers and callbacks, also the debug events of
each statement that no log and no callback wants. An event manager of our own, handed to dbt
through its own setter, ends those early.
"""

from __future__ import annotations

from typing import Any

from platform_cli.dbt_runner.snapshot_plays import MARK as PLAYED
from platform_cli.dbt_runner.snapshot_reports import MARK as TAKEN

WANTED = frozenset(
    {
        "ConcurrencyLine",
        "JinjaLogInfo",
        "LogModelResult",
        "LogSeedResult",
        "LogSnapshotResult",
        "LogStartLine",
        "LogTestResult",
        "NodeFinished",
        "NodeStart",
        "PrintEvent",
    }
)
"""Events below a warning that `Events` reads."""

_QUIET = frozenset({"debug", "info", "test"})


def _is_wanted(event: Any) -> bool:
    """dbt logs lines of debugging too; only the reports of snapshots and their tests are read."""
    name = type(event).__name__
    return name in WANTED or (name == "JinjaLogDebug" and event.msg.startswith((TAKEN, PLAYED)))


def pass_on_only_these() -> None:
    """Give dbt an event manager that passes on what `Events` reads, and everything to a log."""
    from dbt_common.events.event_manager import EventManager
    from dbt_common.events.event_manager_client import ctx_set_event_manager, get_event_manager

    if type(get_event_manager()).__name__ == "WantedEvents":
        return

    class WantedEvents(EventManager):
        """dbt's own, less the events that nobody reads."""

        def fire_event(
            self,
            e: Any,
            level: Any = None,
            node: Any = None,
            force_warn_or_error_handling: bool = False,
        ) -> None:
            if not self.loggers and not force_warn_or_error_handling:
                said = (level or e.level_tag()).value
                if said in _QUIET and not _is_wanted(e):
                    return
            super().fire_event(e, level, node, force_warn_or_error_handling)

    manager: Any = WantedEvents
    ctx_set_event_manager(manager())
