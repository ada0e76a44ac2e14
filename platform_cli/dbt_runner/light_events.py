"""dbt's events without their cost where nobody listens.

dbt builds two protobuf messages for every event, also for the debug events of each statement
that no log and no callback wants: a tenth of a build's processor time. Here the message is built
when somebody asks for it, and events that nobody asked for end at once.
"""

from __future__ import annotations

from typing import Any

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


def install() -> None:
    """Replace dbt's event manager, and its events' way of building their message; once."""
    from dbt_common.events import event_manager_client
    from dbt_common.events.base_types import BaseEvent
    from dbt_common.events.event_manager import EventManager

    if getattr(BaseEvent, "_platform_light", False):
        return

    class LightEventManager(EventManager):
        """dbt's own, but events that nobody will see are not turned into messages."""

        def fire_event(
            self,
            e: Any,
            level: Any = None,
            node: Any = None,
            force_warn_or_error_handling: bool = False,
        ) -> None:
            if not self.loggers and not force_warn_or_error_handling:
                said = (level or e.level_tag()).value
                if said in _QUIET and type(e).__name__ not in WANTED:
                    return
            super().fire_event(e, level, node, force_warn_or_error_handling)

    manager: Any = LightEventManager
    event_manager_client.ctx_set_event_manager(manager())

    _build_messages_when_asked(BaseEvent)


def _build_messages_when_asked(event: Any) -> None:
    build, ask = event.__init__, event.__getattr__

    def remember(self: Any, *args: Any, **kwargs: Any) -> None:
        self.__dict__["_arguments"] = (args, kwargs)

    def build_when_asked(self: Any, key: str) -> Any:
        if "pb_msg" not in self.__dict__:
            args, kwargs = self.__dict__.pop("_arguments", ((), {}))
            build(self, *args, **kwargs)
        return ask(self, key)

    event.__init__ = remember
    event.__getattr__ = build_when_asked
    event._platform_light = True  # noqa: SLF001
