"""Resources of which nobody can tell what holds for them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from platform_cli.project.project import Project
from platform_cli.project.resources import AnyResource

_YAML = (".yml", ".yaml")
_WORD = re.compile(r"\w+")


def unclear(resources: Iterable[AnyResource], project: Project) -> dict[str, str]:
    """By unique id, why no rule can say anything about it.

    Nobody knows whether it is there; or it has no entry, and a properties file with its name in it
    cannot be read.
    """
    hiding = {
        problem.path: _words(project.root / problem.path)
        for problem in project.problems
        if problem.kind in ("file", "yaml")
        and problem.severity == "error"
        and problem.path.endswith(_YAML)
    }
    found = {}
    for one in resources:
        if reason := one.undecided.get("enabled"):
            found[one.unique_id] = f"enabled: {reason.reason}"
        elif hiding and one.properties_path is None and not one.path.endswith(_YAML):
            for path, words in hiding.items():
                if one.name in words:
                    found[one.unique_id] = f"{path} cannot be read, and may describe it"
    return found


def _words(file: Path) -> set[str]:
    try:
        return set(_WORD.findall(file.read_bytes().decode("utf-8", "replace")))
    except OSError:
        return set()
