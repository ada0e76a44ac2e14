"""What a call of dbt can be told, and how that reads on dbt's command line."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """dbt's own flags under dbt's own names, and two of ours; None and () mean "not given".

    What is not given is not passed on: an explicit `--target`, even the default one, makes
    dbt throw its partial parse away, and so would every plain `dbt` run after ours.
    Paths should be absolute: dbt runs in the project's folder.
    """

    select: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    selector: str | None = None
    target: str | None = None
    profile: str | None = None
    profiles_dir: Path | None = None
    target_path: Path | None = None
    vars: str | None = None
    threads: int | None = None
    full_refresh: bool | None = None
    fail_fast: bool | None = None
    defer: bool | None = None
    state: Path | None = None
    defer_state: Path | None = None
    favor_state: bool | None = None
    indirect_selection: str | None = None
    resource_type: tuple[str, ...] = ()
    exclude_resource_type: tuple[str, ...] = ()
    empty: bool | None = None
    sample: str | None = None
    event_time_start: str | None = None
    event_time_end: str | None = None
    store_failures: bool | None = None
    warn_error: bool | None = None
    warn_error_options: str | None = None
    version_check: bool | None = None
    introspect: bool | None = None
    write_json: bool | None = None
    inline: str | None = None
    limit: int | None = None
    log_file: bool = False
    wait: float = 60.0
    """Seconds to wait at most for another process in the target folder, or in the database."""


def for_parsing(options: Options) -> Options:
    """What of the options `dbt parse` knows: not the selection, nor how to run."""
    plain = Options()
    return replace(options, **{name: getattr(plain, name) for name in _NOT_PARSING})


_NOT_PARSING = (
    "select",
    "exclude",
    "selector",
    "resource_type",
    "exclude_resource_type",
    "full_refresh",
    "empty",
    "sample",
    "event_time_start",
    "event_time_end",
    "state",
    "store_failures",
    "introspect",
    "write_json",
    "inline",
    "limit",
)
_OURS = frozenset({"log_file", "wait"})
"""Not dbt's."""
_ONE_SIDED = frozenset({"full_refresh", "store_failures", "warn_error"})
"""Switches that dbt knows only in the positive."""


def arguments(options: Options) -> list[str]:
    """The options as arguments of dbt's command line."""
    words: list[str] = []
    for field in fields(options):
        value = getattr(options, field.name)
        if value is None or value == () or field.name in _OURS:
            continue
        flag = field.name.replace("_", "-")
        if value is True:
            words.append(f"--{flag}")
        elif value is False:
            words += [] if field.name in _ONE_SIDED else [f"--no-{flag}"]
        elif isinstance(value, tuple):
            # `--select=a`: a value that starts with a hyphen must not become an option.
            words += [f"--{flag}={item}" for item in value]
        else:
            words.append(f"--{flag}={value}")
    return words
