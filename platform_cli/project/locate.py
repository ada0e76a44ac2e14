"""Find the dbt project that a directory belongs to."""

from __future__ import annotations

from pathlib import Path

from platform_cli.errors import PlatformError

PROJECT_FILE = "dbt_project.yml"


def locate(start: Path) -> Path:
    """The root of the dbt project that `start` lies in, absolute.

    The nearest folder with a dbt_project.yml, from `start` upwards; when there is none, the one
    child folder of `start` that has it.

    Raises:
        PlatformError: no project here, or several child folders with one.
    """
    start = start.absolute()
    if not start.is_dir():
        raise PlatformError(f"No such folder: {start}", hint="give the folder of a dbt project")
    for folder in (start, *start.parents):
        if (folder / PROJECT_FILE).is_file():
            return folder
    try:
        children = sorted(child for child in start.iterdir() if (child / PROJECT_FILE).is_file())
    except OSError:
        children = []
    if len(children) == 1:
        return children[0]
    if children:
        names = ", ".join(child.name for child in children)
        raise PlatformError(
            f"Several dbt projects below {start}: {names}",
            hint=f"choose one with -C, for example: -C {children[0].name}",
        )
    raise PlatformError(
        f"No dbt project here: {PROJECT_FILE} is neither in {start} nor in a folder above it",
        hint="go to your project's folder, or name it with -C DIR",
    )
