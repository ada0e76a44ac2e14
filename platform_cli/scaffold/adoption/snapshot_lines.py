"""The lines with which a project hands its snapshots over to the macros package."""

from __future__ import annotations

from collections.abc import Iterator

from platform_cli.project.edits.edit import AddItem, YamlEdit
from platform_cli.project.edits.written import written
from platform_cli.project.locate import PROJECT_FILE
from platform_cli.project.project import Project
from platform_cli.project.resources import Snapshot
from platform_cli.project.snapshot_override import OVERRIDE
from platform_cli.scaffold.adoption.files import Wanted, text_of
from platform_cli.scaffold.adoption.found import Found
from platform_cli.scaffold.adoption.vendored import PACKAGE

_PORTABLE = ("duckdb", "postgres")
"""What the snapshots of platform_macros are tested on."""


def snapshot_edits(project: Project, adapter: str, made: Found) -> Iterator[YamlEdit]:
    """The lines that hand snapshots over: dbt lets only the root project replace them."""
    folders = written(project, PROJECT_FILE, ("macro-paths",))
    folder = str(folders[0]).rstrip("/") if isinstance(folders, list) and folders else "macros"
    path = f"{folder}/materialization_snapshot.sql"
    own = project.scope(project.name).macros.packages[project.name]
    mine = [macro for name, macro in own.items() if name.startswith("materialization_snapshot_")]
    number = sum(1 for one in project.of(Snapshot) if one.package_name == project.name)
    several = f"{number} snapshot{'' if number == 1 else 's'}"
    if any(f"{PACKAGE}.materialization_snapshot_default" not in one.sql for one in mine):
        made.notes.append(
            f"the project has its own snapshot materialization: it stays, and takes the {several}"
        )
        return
    if not mine and adapter not in _PORTABLE:
        made.notes.append(
            f"snapshots stay dbt's own: those of {PACKAGE} are tested on"
            f" {' and '.join(_PORTABLE)}, "
            + (f"not on {adapter}" if adapter else "and nothing says what this project runs on")
        )
        return
    if not mine or text_of(project.root, path) is not None:
        made.wanted.append(Wanted(path, OVERRIDE, ours=True))
    if number and not mine:
        made.notes.append(
            f"{several} will be taken by {PACKAGE}: look at `platform snapshot verify` and"
            " `platform snapshot plan` before the next build"
        )
    dispatched = written(project, PROJECT_FILE, ("dispatch",))
    for one in dispatched if isinstance(dispatched, list) else ():
        if isinstance(one, dict) and one.get("macro_namespace") == "dbt":
            if PACKAGE not in (one.get("search_order") or ()):
                made.notes.append(
                    f"{PROJECT_FILE} has a search order for dbt's macros: put {PACKAGE} into it,"
                    " before dbt, for `platform snapshot backfill`"
                )
            return
    order = [project.name, PACKAGE, "dbt"]
    yield AddItem(PROJECT_FILE, ("dispatch",), {"macro_namespace": "dbt", "search_order": order})
