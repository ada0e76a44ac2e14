"""What `meta.scd` of a snapshot may hold: the settings that `platform_macros` knows.

The truth is in macros/scd/settings/, which refuses the same in the same words at run time;
tests/project/test_scd_settings.py holds the two together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from platform_cli.errors import did_you_mean

STRATEGIES = ("timestamp", "check", "change_log")
SETTINGS = (
    "sequence_by",
    "delete_when",
    "truncate_when",
    "ignore_null_updates",
    "track_columns",
    "ignore_columns",
    "type",
    "initial_valid_from",
    "tolerance",
    "check_ties",
    "guards",
    "backfill",
)
GUARDS = {"empty_source": False, "mass_delete": True, "mass_change": True, "missing_history": False}
"""Each guard, and whether it has a share of the open versions as its limit."""
BACKFILL = ("files", "var", "var_is_read")
_ONLY_FOR = {
    "sequence_by": "change_log",
    "delete_when": "change_log",
    "truncate_when": "change_log",
    "ignore_null_updates": "change_log",
    "type": "change_log",
    "check_ties": "timestamp",
}
_TIME = re.compile(r"\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d([.]\d+)?)?)?")
_SHARE = "true, false, or a part of the open versions, from 0 to 1: 5 % is 0.05"


class WrongSetting(NamedTuple):
    """What is wrong with a setting; `keys` lead to it, below `meta.scd`."""

    keys: tuple[str, ...]
    message: str
    help: str


def wrong_settings(scd: Any, strategy: str) -> Iterator[WrongSetting]:
    """The settings that do not exist, have a value that is none, or are another strategy's.

    `scd` is the value of `meta.scd`. A strategy of the project's own has the settings of all.
    """
    if not isinstance(scd, dict):
        yield _value((), scd, "it is a mapping of settings")
        return
    yield from _unknown((), scd, SETTINGS, "setting")
    for name, value in scd.items():
        only = _ONLY_FOR.get(name, strategy)
        if only != strategy and strategy in STRATEGIES:
            yield WrongSetting(
                (name,),
                f"meta.scd.{name} is for strategy {only}",
                f"with {strategy} it means nothing",
            )
        if wrong := _wrong_value(name, value, strategy):
            yield _value((name,), value, wrong)
    yield from _tolerance(scd.get("tolerance", {}), strategy)
    yield from _guards(scd.get("guards", {}))
    backfill = scd.get("backfill", {})
    if isinstance(backfill, dict):
        yield from _unknown(("backfill",), backfill, BACKFILL, "setting")
        if not isinstance(declared := backfill.get("var_is_read", False), bool):
            yield _value(("backfill", "var_is_read"), declared, "it is true or false")
    else:
        yield _value(("backfill",), backfill, "it is a mapping: {files: ..., var: ...}")


def _wrong_value(name: str, value: Any, strategy: str) -> str:
    """What the value should be, if it is something else."""
    if name in {"track_columns", "ignore_columns", "sequence_by"}:
        return "" if _is_columns(value) else "it is a list of columns"
    if name in {"delete_when", "truncate_when"}:
        return "" if isinstance(value, str) else "it is a condition in SQL, as text"
    if name == "check_ties":
        return "" if isinstance(value, bool) else "it is true or false"
    if name == "ignore_null_updates":
        fine = isinstance(value, bool) or _is_columns(value)
        return "" if fine else "it is true, or a list of columns"
    if name == "type" and strategy == "change_log":
        known = str(value) in {"1", "2"}
        return "" if known else "there are 1 (only the current rows) and 2 (all versions)"
    if name == "initial_valid_from" and strategy != "change_log":
        fine = value is None or bool(_TIME.fullmatch(str(value)))
        return "" if fine else "it is a time, as 2020-01-31 or 2020-01-31 08:00:00, in UTC"
    return ""


def _is_columns(value: Any) -> bool:
    if isinstance(value, list):
        return bool(value) and all(isinstance(one, str) for one in value)
    return isinstance(value, str) and bool(value)


def _tolerance(tolerance: Any, strategy: str) -> Iterator[WrongSetting]:
    if tolerance and strategy == "change_log":
        yield WrongSetting(
            ("tolerance",),
            "meta.scd.tolerance is for strategies timestamp and check",
            "what an event changes would depend on the events before it",
        )
    if not isinstance(tolerance, dict):
        example = "it is a mapping of columns to numbers: {latitude: 0.0001}"
        yield _value(("tolerance",), tolerance, example)
        return
    for name, value in tolerance.items():
        if not _is_number(value) or value < 0:
            yield _value(("tolerance", str(name)), value, "it is a number, 0 or more")


def _guards(guards: Any) -> Iterator[WrongSetting]:
    if not isinstance(guards, dict):
        yield _value(("guards",), guards, "it is a mapping: {mass_delete: 0.5}")
        return
    yield from _unknown(("guards",), guards, tuple(GUARDS), "guard")
    for name, value in guards.items():
        if name not in GUARDS or isinstance(value, bool):
            continue
        if not GUARDS[name]:
            yield _value(("guards", name), value, "it is true or false")
        elif not _is_number(value) or not 0 <= value <= 1:
            yield _value(("guards", name), value, f"it is {_SHARE}")


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _unknown(
    above: tuple[str, ...], given: dict[Any, Any], known: tuple[str, ...], what: str
) -> Iterator[WrongSetting]:
    for name in given:
        if name not in known:
            yield WrongSetting(
                (*above, str(name)),
                f"{'.'.join(('meta.scd', *above))} has no {what} {name}",
                did_you_mean(str(name), known) or f"there are: {', '.join(known)}",
            )


def _value(keys: tuple[str, ...], value: Any, wanted: str) -> WrongSetting:
    return WrongSetting(keys, f"{'.'.join(('meta.scd', *keys))} is {value}", wanted)
