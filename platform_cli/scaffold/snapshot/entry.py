"""The entry of a new snapshot, and the lines that hand it to platform_macros."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from posixpath import commonprefix, dirname
from typing import Any

from platform_cli.errors import PlatformError, Where
from platform_cli.project.edits.edit import AddItem, Edit, ReplaceText
from platform_cli.project.identifiers import quoted, snake_case
from platform_cli.project.project import Project
from platform_cli.project.resources import AnyResource, Node, Snapshot, Source
from platform_cli.project.snapshot_override import OVERRIDE, hands_over, has_package
from platform_cli.scaffold.project_folders import first_folder
from platform_cli.scaffold.snapshot.choice import Choice

_OVERRIDES = ("materialization_snapshot", "materialization_snapshot_of_platform_macros")
_PREFIXES = ("snp_", "snap_", "snapshot_", "scd_", "hist_")


def check_snapshot_name(project: Project, name: str, read: AnyResource) -> None:
    """Raise PlatformError, with one that is, for a name that is none, is taken, or unlike others.

    A snapshot of this name that reads the same is the one that is meant.
    """
    others = [one.name for one in project.of(Snapshot) if one.package_name == project.name]
    shared = commonprefix(others)
    prefix = next((one for one in _PREFIXES if shared.startswith(one)), "")
    plain = snake_case(name)
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        better = plain if plain.startswith(prefix) else f"{prefix}{plain.lstrip('_')}"
        raise PlatformError(
            f"{name!r} is no name for a snapshot: small letters, digits and _ only",
            hint=f"for example {better}",
        )
    if not name.startswith(prefix):
        raise PlatformError(
            f"the snapshots of this project start with {prefix}", hint=f"for example {prefix}{name}"
        )
    for one in project.resources.values():
        same = (
            isinstance(one, Node) and one.name.lower() == name and one.package_name == project.name
        )
        if same and not (isinstance(one, Snapshot) and read.unique_id in one.depends_on):
            raise PlatformError(
                f"{name!r} is there already: {one.path}",
                hint="edit that one, or choose another name",
                where=Where(one.path),
            )


def snapshot_home(project: Project, name: str) -> str:
    """The file of a new snapshot: beside the others, or in the first of snapshot-paths."""
    own = [one for one in project.of(Snapshot) if one.package_name == project.name]
    if there := next((one for one in own if one.name == name), None):
        return there.properties_path or there.path
    folders = Counter(dirname(one.path) for one in own if one.path.endswith((".yml", ".yaml")))
    folder = (
        folders.most_common(1)[0][0]
        if folders
        else first_folder(project, "snapshot-paths", "snapshots")
    )
    return f"{folder}/{name}.yml"


def snapshot_edits(
    project: Project, name: str, read: Node | Source, choice: Choice, owner: str | None
) -> Iterator[Edit]:
    """The entry, and the override when the package is there and does not take the snapshots yet."""
    there = any(
        one.name == name and one.package_name == project.name for one in project.of(Snapshot)
    )
    if not there:
        entry = _entry(project, name, read, choice, owner)
        yield AddItem(snapshot_home(project, name), ("snapshots",), entry)
    if has_package(project) and not hands_over(project):
        folder = first_folder(project, "macro-paths", "macros")
        # A file of that name that does something else is a person's.
        files = (f"{folder}/{name}.sql" for name in _OVERRIDES)
        free = next((one for one in files if not os.path.lexists(project.root / one)), None)
        if free:
            yield ReplaceText(free, 0, "", OVERRIDE)


def taken_by(project: Project) -> str:
    """What to say of who takes the snapshots; empty when platform_macros does."""
    if hands_over(project):
        return ""
    if has_package(project):
        return (
            "dbt's own snapshots are handed to platform_macros from now on, all of this project: it"
            " refuses what would make a wrong history"
        )
    return (
        "dbt itself takes the snapshots here, and writes a wrong history without a word when keys"
        " repeat or updated_at does not move; with platform_macros in packages.yml it is refused"
    )


def _entry(
    project: Project, name: str, read: Node | Source, choice: Choice, owner: str | None
) -> dict[str, Any]:
    if isinstance(read, Source):
        relation, what = f"source('{read.source_name}', '{read.name}')", read.name
    else:
        other = f"'{read.package_name}', " if read.package_name != project.name else ""
        relation, what = f"ref({other}'{read.name}')", read.name
    entry: dict[str, Any] = {
        "name": name,
        "description": f"TODO: the history of {what}, one row per version of what",
        "relation": relation,
        "config": ({"group": owner} if owner else {}) | choice.config,
    }
    if has_package(project) or hands_over(project):
        entry["data_tests"] = ["platform_macros.valid_history"]
    keys = [
        {
            "name": one,
            **({"quote": True} if quoted(one) != one.lower() else {}),
            "data_tests": ["not_null"],
        }
        for one in choice.key
    ]
    version = {"name": "dbt_scd_id", "description": "Identifies a version."}
    return {**entry, "columns": [*keys, version | {"data_tests": ["unique", "not_null"]}]}
