"""Which dbt is installed. `importlib.metadata` knows too, but takes a tenth of a reading to say."""

from __future__ import annotations

import os
import sys
from functools import cache

_KINDS = (".dist-info", ".egg-info")


@cache
def dbt_version() -> str:
    """The version of dbt-core, as `importlib.metadata` finds it.

    Raises:
        PackageNotFoundError: there is none.
    """
    for place in sys.path:
        try:
            listed = os.listdir(place or ".")
        except OSError:
            continue
        found = [name for name in listed if name[:8].lower() == "dbt_core" and name[8:9] in "-."]
        found = [name for name in found if name.endswith(_KINDS)]
        if len(found) == 1 and (version := _declared(os.path.join(place, found[0]))):
            return version
        if found:
            break
    from importlib.metadata import version as ask

    return ask("dbt-core")


def _declared(folder: str) -> str | None:
    try:
        with open(os.path.join(folder, "METADATA"), encoding="utf-8") as handle:
            for line in handle:
                if line.startswith("Version:"):
                    return line[8:].strip()
                if not line.strip():
                    break
    except OSError:
        return None
    return None
