"""The installed packages of a project."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

from platform_cli.project.locate import PROJECT_FILE


def installed_packages(root: str, packages_path: str) -> list[tuple[str, str]]:
    """(absolute root, prefix from the project's root) of each installed package, in dbt's order.

    Every folder in `packages-install-path` is a package (`dbt deps` links local ones there); dbt
    reads them in the order the file system lists them.
    """
    base = os.path.join(root, packages_path)
    try:
        with os.scandir(base) as entries:
            return [
                (entry.path, f"{packages_path}/{entry.name}/")
                for entry in entries
                if entry.is_dir() and not entry.name.startswith("__")
            ]
    except OSError:
        return []


def wanted_packages(packages_yaml: Any, dependencies_yaml: Any) -> list[Any]:
    """The packages that packages.yml or dependencies.yml ask for, as written there."""
    for data in (dependencies_yaml, packages_yaml):
        if isinstance(data, dict) and isinstance(data.get("packages"), list):
            return list(data["packages"])
    return []


def local_packages(root: str, wanted: Sequence[Any]) -> tuple[list[tuple[str, str]], list[str]]:
    """Of the packages that are wanted as `local:` folders: (absolute root, prefix) of those that
    are there, and the folders that are not."""
    there, absent = list[tuple[str, str]](), list[str]()
    for one in wanted:
        local = one.get("local") if isinstance(one, dict) else None
        if not isinstance(local, str) or "{" in local:
            continue
        folder = os.path.normpath(os.path.join(root, local))
        if is_package(folder):
            there.append((folder, f"{local.rstrip('/')}/"))
        else:
            absent.append(local)
    return there, absent


def is_package(root: str) -> bool:
    """Whether the folder has a dbt_project.yml."""
    return os.path.isfile(os.path.join(root, PROJECT_FILE))
