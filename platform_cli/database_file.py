"""What DuckDB's complaints about its file mean, and what to do about each.

Both doors meet them: `warehouse` from DuckDB itself, `dbt_runner` inside dbt's messages. So
they are told apart by their text, which needs neither of the two.
"""

from __future__ import annotations

import re

from platform_cli.errors import ExitCode, PlatformError, Where
from platform_cli.processes import describe

_FILE = re.compile(r'(?:file|database) "(?P<path>[^"]+)"')
_SUFFIXES = (".duckdb", ".db", ".ddb", ".duckdb.wal")
_LOCKED = re.compile(r'Could not set lock on file "(?P<path>[^"]+)"')
_LOCK = re.compile(r"Could not set lock on file .*?\(PID (?P<pid>\d+)\)", re.DOTALL)


def locked_file(complaint: str) -> str:
    """The file that another process holds, by DuckDB's complaint; else an empty string."""
    found = _LOCKED.search(complaint)
    return found["path"] if found else ""


def explain(complaint: str, path: str = "") -> PlatformError | None:
    """The error for the user, or None when the complaint is not about the database file.

    `path` names the file that was being opened, when the caller knows.
    """
    found = _FILE.search(complaint)
    # "Permission denied" and its like also come from a Parquet file that a query reads.
    ours = bool(path) or (found is not None and found["path"].endswith(_SUFFIXES))
    path = found["path"] if found else path
    if "Could not set lock on file" in complaint:
        held = _LOCK.search(complaint)
        holder = describe(int(held["pid"])) if held else "another process"
        return _error(
            f"{holder} holds the database file",
            _WAIT,
            path,
        )
    for words, message, hint in _ALWAYS + (_WHEN_OURS if ours else ()):
        if words in complaint:
            return _error(message, hint, path)
    return None


_WAIT = (
    "one process can write to a DuckDB file, and nobody can read it meanwhile:\n"
    "wait for that process, or close the connection there (a notebook, a dbt run, a database"
    " browser), then run this again"
)
_REBUILD = (
    "if everything in it can be built again, move it away and run `platform build`;\n"
    "history tables (snapshots) cannot be built again: restore a backup for those"
)
_ALWAYS = (
    (
        "not a valid DuckDB database file",
        "this is not a DuckDB file (an empty file is not one either)",
        "check `path` in profiles.yml; move the file away if it is in the way of the real one",
    ),
    ("Corrupt database file", "the database file is damaged", _REBUILD),
    (
        "newer version of DuckDB",
        "the database file was written by a newer DuckDB",
        "upgrade duckdb (`platform doctor` shows the versions)",
    ),
    (
        "No space left on device",
        "the disk is full",
        "free some space and run the command again",
    ),
    (
        "File too large",
        "the database may not grow further: a limit on file sizes is reached",
        "raise the limit (`ulimit -f`, a disk quota) or free space, and run the command again",
    ),
)
_WHEN_OURS = (
    ("Could not read enough bytes", "the database file is cut short", _REBUILD),
    (
        "database does not exist",
        "there is no database file yet",
        "run `platform build` first, or check `path` in profiles.yml",
    ),
    (
        "Is a directory",
        "the database's path is a folder, not a file",
        "check `path` in profiles.yml",
    ),
    (
        "No such file or directory",
        "the database file's folder does not exist",
        "create the folder, or check `path` in profiles.yml",
    ),
    (
        "Permission denied",
        "you may not open the database file",
        "look at the owner and mode of the file and its folder",
    ),
    (
        "Operation not permitted",
        "you may not write to the database file",
        "look at the owner, mode and attributes (`lsattr`) of the file and its folder",
    ),
    (
        "Read-only file system",
        "the database file lies on a read-only file system",
        "choose a `path` in profiles.yml that you can write to",
    ),
)


def _error(message: str, hint: str, path: str) -> PlatformError:
    where = Where(path) if path else None
    return PlatformError(message, hint=hint, where=where, exit_code=ExitCode.ENVIRONMENT)
