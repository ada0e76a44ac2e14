"""Files of waivers that nobody reads: they have another name, or another place."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from platform_cli.conventions.own_files import WAIVERS

if TYPE_CHECKING:
    from platform_cli.project.project import Project

_NAMES = ("waivers.yml", "waivers.yaml", "waiver.yml", "waiver.yaml")
_CONTENT = re.compile(rb"^waivers?\s*:", re.MULTILINE)


def beside_it(root: Path) -> list[str]:
    """What lies beside dbt_project.yml and is nearly named like the file of waivers."""
    try:
        names = [one.name for one in os.scandir(root)]
    except OSError:
        return []
    return [one for one in _nearly(names) if one != WAIVERS]


def stray_waivers(project: Project) -> Iterator[str]:
    """The paths of such files, among dbt's own files too, that have waivers in them."""
    paths = beside_it(project.root)
    if (evidence := project.evidence) is not None:
        packages = evidence.packages_path.rstrip("/") + "/"
        read = _nearly(one for one, seal in evidence.files.items() if seal)
        paths += [one for one in read if "/" in one and not one.startswith((packages, "../", "/"))]
    for path in sorted(paths):
        try:
            content = (project.root / path).read_bytes()
        except OSError:
            continue
        if _CONTENT.search(content):
            yield path


def _nearly(paths: Iterable[str]) -> list[str]:
    return [
        one
        for one in paths
        if one[-12:].lower().endswith(_NAMES) and one.rpartition("/")[2].lower() in _NAMES
    ]
