"""Remove artifacts that dbt could not finish: it writes them in place, also on a full disk."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_ARTIFACTS = ("manifest.json", "run_results.json", "semantic_manifest.json")


@contextmanager
def whole(target: Path) -> Iterator[None]:
    """Let dbt work inside; afterwards its artifacts in the target folder are whole or gone.

    `--state` and documentation tools would stumble over them long after the disk was emptied.
    """
    before = {name: _stamp(target / name) for name in _ARTIFACTS}
    try:
        yield
    finally:
        for name, stamp in before.items():
            file = target / name
            if _stamp(file) != stamp and not _ends_well(file):
                with suppress(OSError):
                    file.unlink()


def _stamp(file: Path) -> int:
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return 0


def _ends_well(file: Path) -> bool:
    """Reading a large manifest costs as much as writing it; its last byte costs nothing."""
    try:
        with file.open("rb") as content:
            content.seek(-1, 2)
            if content.read() != b"}":
                return False
        return file.stat().st_size % 4096 != 0 or _parses(file)
    except OSError:
        return False


def _parses(file: Path) -> bool:
    """A text that was cut at a block of the disk may by chance end in a brace."""
    try:
        json.loads(file.read_bytes())
    except ValueError:
        return False
    return True
