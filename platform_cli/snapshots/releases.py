"""Past full extracts of a snapshot's source: which files there are, and of what time each is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from platform_cli.errors import PlatformError, did_you_mean
from platform_cli.project.scd_settings import BACKFILL
from platform_cli.snapshots.point_in_time import point_in_time

if TYPE_CHECKING:
    from datetime import datetime

    from platform_cli.dbt_runner import SnapshotNode

_EXAMPLE = """backfill is set in the snapshot's YAML:
config: {meta: {scd: {backfill: {files: 'data/airports_{date}.parquet', var: airports_release}}}}"""


@dataclass(frozen=True, slots=True)
class Release:
    """One past extract: the date as the file's name spells it, and the time it stands for."""

    file: str
    date: str
    at: datetime


def releases(project: Path, node: SnapshotNode) -> tuple[Release, ...]:
    """The files that the snapshot's `meta.scd.backfill.files` means, oldest first.

    `{date}` in the pattern is a date or a time in ISO 8601 (`2022-04-06`, `20220406`); without
    an offset it is UTC.
    Raises PlatformError when the setting, the files, or a readable date is missing, or when the
    setting has a key that nothing reads.
    """
    unknown = [key for key in node.backfill_keys if key not in BACKFILL]
    if unknown:
        raise PlatformError(
            f"snapshot {node.name}: backfill has no setting {unknown[0]!r}",
            where=node.where(),
            hint=f"nothing was written; {did_you_mean(unknown[0], BACKFILL)}".strip("; ")
            + "\n"
            + _EXAMPLE,
        )
    pattern = node.backfill_files
    if not pattern or not node.backfill_var or "{date}" not in pattern:
        raise PlatformError(
            f"snapshot {node.name} does not say where its past extracts lie",
            where=node.where(),
            hint=_EXAMPLE,
        )
    found = [_release(file, pattern, node) for file in _files(project, pattern)]
    if not found:
        raise PlatformError(
            f"no file matches {pattern}", where=node.where(), hint=f"looked in {project}"
        )
    found.sort(key=lambda one: one.at)
    for one, other in pairwise(found):
        if one.at == other.at:
            raise PlatformError(
                f"two files are of one time, {one.date}: {one.file} and {other.file}",
                where=node.where(),
                hint="nothing was written; keep one of them",
            )
    for one in found:
        _insist_on_readable(project / one.file, one.file)
    return tuple(found)


def insist_on_a_variable_that_is_read(node: SnapshotNode, read: frozenset[str]) -> None:
    """Raise PlatformError when the variable of the backfill is none of `read`.

    Every release would then load the same rows, under its own date: a false history. Who puts the
    name together at run time says so in `var_is_read`, and is believed.
    """
    name = node.backfill_var
    if node.backfill_var_is_read or name in read:
        return
    names = sorted(read)
    raise PlatformError(
        f"nothing that {node.name} reads heeds the variable {name!r} of meta.scd.backfill: every"
        " release would load the same rows",
        where=node.where(),
        hint="nothing was written; "
        + (
            did_you_mean(name, names)
            or f"use {{{{ var('{name}') }}}} where the file is named"
            + (f", or one of those that are read: {', '.join(names)}" if names else "")
        )
        + "\nwhere the name is put together at run time, as in var(prefix ~ '_release'), say that"
        f" it is read: backfill: {{var: {name}, var_is_read: true, ...}}",
    )


def _insist_on_readable(path: Path, name: str) -> None:
    """Found out now, and not after half of the files are loaded."""
    try:
        with path.open("rb") as file:
            empty = not file.read(1)
    except OSError as error:
        raise PlatformError(
            f"{name} cannot be read: {error.strerror}",
            hint="nothing was written; make it readable, or take it out of the folder",
        ) from error
    if empty:
        raise PlatformError(
            f"{name} is empty", hint="nothing was written; fetch it again, or take it away"
        )


def _files(project: Path, pattern: str) -> list[str]:
    root = Path(pattern).anchor or "."
    relative = pattern.replace("{date}", "*").removeprefix(root)
    base = project / root
    return [
        (file if root != "." else file.relative_to(project)).as_posix()
        for file in base.glob(relative)
    ]


def _release(file: str, pattern: str, node: SnapshotNode) -> Release:
    before, after = (re.escape(part) for part in pattern.split("{date}", 1))
    named = re.search(f"{before}(?P<date>.+){after}$", file)
    date = named["date"] if named else ""
    try:
        at = point_in_time(date)
    except ValueError:
        raise PlatformError(
            f"the name of {file} holds no date that can be read: {date!r}",
            where=node.where(),
            hint="dates look like 2022-04-06, 20220406 or 2022-04-06T12:00:00",
        ) from None
    return Release(file, date, at)
