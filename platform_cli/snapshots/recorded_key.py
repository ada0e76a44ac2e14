"""Is the key in the YAML the one that the history was written with."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from platform_cli.errors import ExitCode, PlatformError, did_you_mean
from platform_cli.snapshots.history_table import key_parts
from platform_cli.warehouse import rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from platform_cli.snapshots.history_table import HistoryTable
    from platform_cli.warehouse import Connection


def key_change(history: HistoryTable) -> str:
    """A sentence that names both keys when the last recorded run had another one, or nothing."""
    recorded = history.runs[-1].unique_key if history.runs else ()
    if not recorded or _bare(recorded) == _bare(history.node.unique_key):
        return ""
    said = ", ".join(filter(None, history.node.unique_key)) or "none"
    return (
        f"its versions were written with unique_key {', '.join(recorded)}"
        f" (run {history.runs[-1].number}), and the YAML says {said}"
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


def insist_on_a_key(connection: Connection, history: HistoryTable) -> None:
    """Raise PlatformError (exit code 1) when the history has no such column, or takes no such SQL.

    The message names near columns, or the key that the last recorded run wrote with.
    """
    problem, near = "", ""
    if not any(part.strip() for part in history.node.unique_key):
        problem, near = "has no unique_key", "set it under `config:` of the snapshot"
    else:
        try:
            rows(connection, f"describe select {', '.join(history.key)} from {history.table()}")
        except PlatformError as error:
            said_by_duckdb, _, _ = error.message.partition("\n")
            problem = f"cannot ask its history for unique_key: {said_by_duckdb}"
            for part, type_ in zip(history.node.unique_key, history.key_types, strict=True):
                if not type_ and part.isidentifier():
                    problem = f"has no column {part} in its history, which unique_key names"
                    near = did_you_mean(part, history.data)
    if problem:
        said = key_change(history)
        raise PlatformError(
            f"{history.name} {problem}",
            where=history.where(),
            hint="; ".join(filter(None, (near, said, said and what_to_do(history)))),
            exit_code=ExitCode.FINDINGS,
        )


def with_recorded_key(history: HistoryTable) -> HistoryTable:
    """The history under the key of its last recorded run."""
    key, types = key_parts(history.runs[-1].unique_key, history.columns)
    return replace(history, key=key, key_types=types)


def _bare(key: Iterable[str]) -> list[str]:
    return [part.strip().removeprefix('"').removesuffix('"').lower() for part in key]
