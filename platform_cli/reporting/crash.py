"""What a user sees when the platform itself fails: short, and ready for a bug report."""

from __future__ import annotations

import errno
import sys
import tempfile
import traceback
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from platform_cli import __version__

_ENVIRONMENT = {
    errno.ENOSPC: "the disk is full; free some space and run the command again",
    errno.EROFS: "this file system is read-only; work in a folder you can write to",
    errno.EACCES: "you are not allowed to do that; look at the owner and mode of the file",
    errno.EPERM: "you are not allowed to do that; look at the owner and mode of the file",
    errno.EMFILE: "too many open files; raise the limit with `ulimit -n`",
}


def report(error: BaseException) -> str:
    """The message for an unexpected error; the traceback goes to a log file it names."""
    if isinstance(error, OSError) and error.errno in _ENVIRONMENT:
        subject = f": {error.filename}" if error.filename else ""
        return f"error: {error.strerror}{subject}\n  help: {_ENVIRONMENT[error.errno]}"
    lines = [f"error: the platform failed: {type(error).__name__}: {error}"]
    try:
        lines.append(f"  log: {_write_log(error)}")
    except OSError:
        lines.append("  log: could not be written")
    lines.append(f"  versions: {_versions()}")
    lines.append(
        "  help: this is a bug of the platform; give its engineers these lines and the log"
    )
    return "\n".join(lines)


def _write_log(error: BaseException) -> Path:
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", prefix="platform-", suffix=".log", delete=False
    ) as log:
        log.write(f"{' '.join(sys.argv)}\n{_versions()}\n\n")
        log.writelines(traceback.format_exception(error))
    return Path(log.name)


def _versions() -> str:
    found = [f"platform {__version__}", f"python {sys.version.split()[0]}"]
    for name in ("dbt-core", "dbt-duckdb", "duckdb"):
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(f"{name} missing")
    return ", ".join(found)
