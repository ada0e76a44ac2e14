"""dbt's own macros, kept from the last time: they change only when dbt does."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from platform_cli.project.jinja.macros import Macro, scan_internal
from platform_cli.project.reading.sealed_file import read_sealed, write_sealed
from platform_cli.target_folder import target_folder


def internal_macros(root: Path, adapter: str) -> dict[str, list[Macro]]:
    """As `scan_internal` has them; from a file below the target folder when dbt is the same."""
    if not adapter.isidentifier():  # whatever a profile calls its type
        return scan_internal(adapter)
    path = os.path.join(target_folder(root), "platform_cli", f"macros-{adapter}.bin")
    body = read_sealed(path)
    if body is not None:
        try:
            return msgspec.msgpack.decode(body, type=dict[str, list[Macro]])
        except (msgspec.MsgspecError, ValueError):
            pass
    found = scan_internal(adapter)
    write_sealed(path, msgspec.msgpack.encode(found))
    return found
