"""The project as it was in an earlier commit, read by the reader that reads today's."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

from platform_cli.project.changes.repository import Repository
from platform_cli.project.locate import PROJECT_FILE
from platform_cli.project.project import Project
from platform_cli.target_folder import target_folder

_READ = (".sql", ".py", ".yml", ".yaml", ".csv", ".md", ".dbtignore")
_WHOLE = ".whole"


def base_project(project: Project, repository: Repository, commit: str) -> Project:
    """The project in the commit, as the same target, profiles and vars have it.

    Its files are kept below the target folder until another commit is asked for, so that only the
    first reading is a cold one. Installed packages are today's.

    Raises PlatformError when its dbt_project.yml is missing or broken.
    """
    folder = target_folder(project.root) / "platform_cli" / "base" / commit
    if not (folder / _WHOLE).is_file():
        _write(folder, repository, commit)
    _link_packages(project.root, folder)
    request = project.request
    profiles = request.profiles_dir
    if profiles is None and (project.root / "profiles.yml").is_file():
        profiles = project.root
    return Project.load(
        folder,
        target=request.target,
        profiles_dir=profiles,
        vars=dict(request.vars),
        adapter=request.adapter,
    )


def _write(folder: Path, repository: Repository, commit: str) -> None:
    if folder.parent.is_dir():
        for other in folder.parent.iterdir():
            shutil.rmtree(other, ignore_errors=True)
    wanted = [path for path in repository.files(commit) if path.lower().endswith(_READ)]
    for path, content in repository.read(commit, wanted).items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _WHOLE).touch()


def _link_packages(root: Path, folder: Path) -> None:
    """The base has its dbt_project.yml and no packages: they are not in git."""
    file = folder / PROJECT_FILE
    if not file.is_file():
        return
    text = file.read_text(encoding="utf-8", errors="replace")
    written = re.search(r"^packages-install-path:[ \t]*[\"']?([^\s\"'#{]+)", text, re.MULTILINE)
    name = written[1] if written else "dbt_packages"
    here, there = folder / name, root / name
    if there.is_dir() and not os.path.lexists(here):
        here.parent.mkdir(parents=True, exist_ok=True)
        here.symlink_to(there.resolve(), target_is_directory=True)
