"""Python, the installed versions, and which `platform` the shell starts."""

from __future__ import annotations

import shutil
import sys
import sysconfig
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import TYPE_CHECKING

from platform_cli.reporting.observation import Observation

if TYPE_CHECKING:
    from collections.abc import Iterator

DISTRIBUTION = "dbt-platform-cli"
OLDEST_PYTHON = (3, 11)
NEWEST_TESTED_PYTHON = (3, 13)


def look_at_installation(here: Path) -> Iterator[Observation]:
    """What is installed, and what of `here` could get in its way."""
    yield _python()
    yield from _versions()
    yield _program()
    yield _shadows(here)


def _python() -> Observation:
    found = ".".join(map(str, sys.version_info[:3]))
    text = f"{found} at {sys.executable}"
    if sys.version_info[:2] < OLDEST_PYTHON:
        return Observation(
            "Python",
            text,
            "error",
            "DuckDB 2 needs Python 3.11 or newer",
            "install a newer Python and set up anew: PYTHON=/path/to/python3.12 make",
        )
    if sys.version_info[:2] > NEWEST_TESTED_PYTHON:
        return Observation(
            "Python",
            text,
            "warn",
            "the platform is tested with Python 3.11 to 3.13",
            "if something fails oddly, set up with one of those: PYTHON=/path/to/python3.13 make",
        )
    return Observation("Python", text)


def _versions() -> Iterator[Observation]:
    from packaging.requirements import Requirement

    try:
        wanted = [Requirement(line) for line in requires(DISTRIBUTION) or []]
    except PackageNotFoundError:
        yield Observation(
            "versions",
            "the platform runs from its source and is not installed",
            "warn",
            "without its metadata the versions it needs are unknown",
            "pip install -e . in the folder with pyproject.toml",
        )
        return
    faults = 0
    for requirement in wanted:
        if requirement.marker and not requirement.marker.evaluate({"extra": ""}):
            continue
        try:
            found = version(requirement.name)
        except PackageNotFoundError:
            found = "missing"
        if found == "missing" or not requirement.specifier.contains(found, prereleases=True):
            faults += 1
            yield Observation(
                requirement.name,
                found if found == "missing" else f"{found} is installed",
                "error",
                f"the platform needs {requirement.specifier}",
                f'{sys.executable} -m pip install "{requirement.name}{requirement.specifier}"',
            )
    if not faults:
        shown = ", ".join(f"{name} {version(name)}" for name in ("dbt-core", "duckdb", "click"))
        yield Observation("versions", f"{shown}, and all others within their ranges")


def _program() -> Observation:
    ours = Path(sysconfig.get_path("scripts"))
    found = shutil.which("platform")
    if found is None:
        return Observation(
            "platform",
            "is not on your PATH",
            "warn",
            "the shell does not know the command by its short name",
            f'source "{ours / "activate"}", or call "{ours / "platform"}"',
        )
    if Path(found).parent.resolve() == ours.resolve():
        return Observation("platform", f"starts {found}")
    short = shutil.which("pf")
    ours_too = short is not None and Path(short).parent.resolve() == ours.resolve()
    return Observation(
        "platform",
        f"starts another program, {found}",
        "warn",
        f"it comes before {ours} on your PATH; other products have a command of this name",
        "use `pf` instead: it is the same command"
        if ours_too
        else f'source "{ours / "activate"}", or put {ours} first on your PATH',
    )


def _shadows(here: Path) -> Observation:
    """Files that Python would import instead of a module when it is started in this folder."""
    tools = {"click", "dbt", "duckdb", "jinja2", "msgspec", "platform_cli", "sqlglot", "yaml"}
    names = tools | sys.stdlib_module_names
    found = sorted(
        path.name
        for path in here.iterdir()
        if (path.suffix == ".py" and path.stem in names)
        or (path.name in names and (path / "__init__.py").is_file())
    )
    # Our own checkout holds our own package.
    found = [name for name in found if name != "platform_cli"]
    if not found:
        return Observation("modules", "no file here hides a Python module")
    return Observation(
        "modules",
        f"{', '.join(found)} in {here} hides the Python module of that name",
        "warn",
        "`python` started in this folder imports the file instead, and fails in odd places",
        f"rename it, for example: mv {found[0]} my_{found[0]}",
    )
