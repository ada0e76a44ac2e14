"""Progress on stderr: one live line on a terminal, one line per node elsewhere."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from platform_cli.dbt_runner import Progress

_BAD = {"error", "fail", "partial success"}
_COLOUR = {"error": "red", "fail": "red", "partial success": "red", "warn": "yellow"}


class ShowProgress:
    """An `OnEvent` that prints. Close it before printing anything else."""

    def __init__(self, *, verbosity: int) -> None:
        self._quiet = verbosity < 0
        self._verbose = verbosity > 0
        self._live = is_live()
        self._started = time.monotonic()
        self._running: list[str] = []
        if self._live and not self._quiet:
            self._rewrite("reading the project")

    def __call__(self, progress: Progress, /) -> None:
        """Show it."""
        if self._quiet:
            return
        if not progress.resource_type:
            said = {"waiting": "waiting for", "installing": "installing"}[progress.status]
            self._line(f"{said} {progress.name}")
        elif progress.status == "started":
            self._running.append(progress.name)
        else:
            if progress.name in self._running:
                self._running.remove(progress.name)
            if not self._live or self._verbose or progress.status in _BAD:
                self._line(_of(progress))
        if self._live:
            running = ", ".join(self._running) or progress.name
            elapsed = time.monotonic() - self._started
            self._rewrite(f"{progress.n} of {progress.of}  {running}  {elapsed:.0f} s")

    def close(self) -> None:
        """Leave the terminal's line empty."""
        if self._live and not self._quiet:
            click.echo("\r\x1b[2K", nl=False, err=True)

    def _line(self, text: str) -> None:
        click.echo(("\r\x1b[2K" if self._live else "") + text, err=True)

    def _rewrite(self, text: str) -> None:
        import shutil

        width = shutil.get_terminal_size().columns - 1
        click.echo(f"\r\x1b[2K{text[:width]}", nl=False, err=True)


def is_live() -> bool:
    """Whether a line can be rewritten: not in a log, and CI systems keep every version of it."""
    return sys.stderr.isatty() and os.environ.get("TERM") != "dumb" and not os.environ.get("CI")


def _of(progress: Progress) -> str:
    width = len(str(progress.of))
    status = click.style(f"{progress.status:<7}", fg=_COLOUR.get(progress.status, "green"))
    what = "" if progress.resource_type == "model" else f" ({progress.resource_type})"
    return (
        f"{progress.n:>{width}} of {progress.of}  {status} {progress.name}{what}"
        f"  {progress.seconds:.2f} s"
    )
