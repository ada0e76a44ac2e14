"""Source freshness: the thresholds of a source, its table and their configs, merged as in dbt."""

from __future__ import annotations

from typing import Any

Threshold = dict[str, Any]
_NOTHING: Threshold = {"count": None, "period": None}


def threshold(raw: Any) -> Threshold | None:
    """A threshold from YAML with all its keys; None only for an explicit null."""
    if raw is None:
        return None
    given = raw if isinstance(raw, dict) else {}
    return {
        "warn_after": _time(given.get("warn_after", _NOTHING)),
        "error_after": _time(given.get("error_after", _NOTHING)),
        "filter": given.get("filter"),
    }


def is_set(value: Threshold | None) -> bool:
    """Whether a threshold has a complete warning or error time."""
    return value is not None and (_complete(value["warn_after"]) or _complete(value["error_after"]))


def merge_thresholds(*thresholds: Threshold | None) -> Threshold | None:
    """The thresholds from weak to strong as one.

    A null takes everything before it away; after a null only a complete threshold counts.
    """
    current = thresholds[0]
    for update in thresholds[1:]:
        base = current
        if base is not None and update is not None:
            current = {
                **base,
                **{key: value for key, value in update.items() if value is not None},
                "error_after": _merge(base["error_after"], update["error_after"]),
                "warn_after": _merge(base["warn_after"], update["warn_after"]),
            }
        elif base is None and is_set(update):
            current = update
        else:
            current = None
    return current


def _merge(base: Threshold | None, update: Threshold | None) -> Threshold | None:
    if _complete(base) and _complete(update):
        return {**(base or {}), **(update or {})}
    if update is None:
        return None
    return update if _complete(update) or base is None else base


def _time(raw: Any) -> Threshold | None:
    if raw is None:
        return None
    given = raw if isinstance(raw, dict) else {}
    return {"count": given.get("count"), "period": given.get("period")}


def _complete(time: Threshold | None) -> bool:
    return time is not None and time["count"] is not None and time["period"] is not None
