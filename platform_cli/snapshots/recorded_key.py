"""Is the key in the YAML the one that the history was written with."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from platform_cli.errors import ExitCode, PlatformError
from platform_cli.snapshots.history_table import key_parts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from platform_cli.snapshots.history_table import HistoryTable


def key_change(history: HistoryTable) -> str:
    """A sentence that names both keys when the last recorded run had another one, or nothing."""
    recorded = history.runs[-1].unique_key if history.runs else ()
    if not recorded or _bare(recorded) == _bare(history.node.unique_key):
        return ""
    return (
        f"its versions were written with unique_key {', '.join(recorded)}"
        f" (run {history.runs[-1].number}), and the YAML says {', '.join(history.node.unique_key)}"
    )


def what_to_do(history: HistoryTable) -> str:
    """The next step after a `key_change`."""
    before = ", ".join(history.runs[-1].unique_key)
    return f"set unique_key back to {before}, or begin a new snapshot with the new key"


def insist_on_the_recorded_key(history: HistoryTable) -> None:
    """Raise PlatformError (exit code 1) when the YAML has another key than the last recorded run.

    Under it true versions would look like faults.
    """
    if said := key_change(history):
        raise PlatformError(
            f"{history.name}: {said}; under another key true versions would look like faults",
            where=history.where(),
            hint=f"nothing was written; {what_to_do(history)}",
            exit_code=ExitCode.FINDINGS,
        )


def with_recorded_key(history: HistoryTable) -> HistoryTable:
    """The history under the key of its last recorded run."""
    key, types = key_parts(history.runs[-1].unique_key, history.columns)
    return replace(history, key=key, key_types=types)


def _bare(key: Iterable[str]) -> list[str]:
    return [part.strip().removeprefix('"').removesuffix('"').lower() for part in key]
