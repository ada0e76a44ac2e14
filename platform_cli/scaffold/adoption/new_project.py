"""The files of a new project: a seed, a view, a table, and all that the platform brings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from platform_cli import __version__
from platform_cli.config import default_layers
from platform_cli.errors import PlatformError
from platform_cli.project.identifiers import snake_case
from platform_cli.project.snapshot_override import OVERRIDE
from platform_cli.scaffold.adoption.files import Wanted
from platform_cli.scaffold.adoption.owners import NewGroup
from platform_cli.scaffold.adoption.repository_files import repository_files
from platform_cli.scaffold.adoption.surroundings import Surroundings
from platform_cli.scaffold.adoption.templates import rendered
from platform_cli.scaffold.adoption.vendored import PACKAGE, PACKAGE_FOLDER, package_files

_TAKEN = {
    "dbt", "dbt_duckdb", "dev", "duckdb", "information_schema", "main", "memory", "pg_catalog",
    "system", "temp", PACKAGE,
}  # fmt: skip
"""Names of dbt and DuckDB, and of the schema: a database of that name would be ambiguous."""
_BESIDE = re.compile(r"\.git|\.gitignore|\.gitattributes|readme.*|licen[cs]e.*", re.IGNORECASE)


def project_name(folder: Path, wish: str | None) -> str:
    """What the project, its profile and its database are called.

    Raises PlatformError when the name that is wished, or the folder's, cannot be one.
    """
    name = wish or snake_case(folder.name)
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        proposal = snake_case(name).lstrip("_")
        proposal = proposal if re.match("[a-z]", proposal) else f"project_{proposal}".rstrip("_")
        raise PlatformError(
            f"{name!r} is no name for a project: small letters, digits and _, a letter first",
            hint=f"for example --name {proposal}",
        )
    if name in _TAKEN:
        raise PlatformError(
            f"a project cannot be called {name!r}: dbt or DuckDB has something of that name",
            hint=f"for example --name {name}_project",
        )
    return name


def is_new(folder: Path) -> bool:
    """Whether there is nothing in the folder but what a fresh repository has."""
    return not folder.exists() or all(_BESIDE.fullmatch(one.name) for one in folder.iterdir())


def new_project_files(name: str, group: NewGroup, place: Surroundings) -> Iterator[Wanted]:
    """All files of the project, from its root; those of the repository around it too."""
    answers = {"name": name, "group": group.name, "package": PACKAGE_FOLDER}
    title = name.replace("_", " ").capitalize()
    mart = f"models/marts/{group.name}"
    yield from (
        Wanted(path, rendered(template, **answers, title=title, version=__version__))
        for path, template in {
            "README.md": "README.md",
            "dbt_project.yml": "dbt_project.yml",
            "profiles.yml": "profiles.yml",
            "packages.yml": "packages.yml",
            "requirements.txt": "requirements.txt",
            ".gitignore": "gitignore",
            ".sqlfluff": "sqlfluff.cfg",
            "seeds/example_orders.csv": "example_orders.csv",
            "seeds/example_orders.yml": "example_orders.yml",
            "models/staging/example/stg_example_orders.sql": "stg_example_orders.sql",
            "models/staging/example/stg_example_orders.yml": "stg_example_orders.yml",
            f"{mart}/fct_example_orders.sql": "fct_example_orders.sql",
            f"{mart}/fct_example_orders.yml": "fct_example_orders.yml",
        }.items()
    )
    yield Wanted("models/_groups.yml", rendered("groups.yml", groups=[group]))
    layers = default_layers()
    settings = rendered("platform.yml", adapter="", unpacked=(), layers=layers, notes=())
    yield Wanted("platform.yml", settings)
    yield Wanted("macros/materialization_snapshot.sql", OVERRIDE, ours=True)
    yield from (Wanted(path, text, ours=True) for path, text in package_files().items())
    yield from repository_files(place, builds=True, deps=False, owners=[(f"{mart}/", group.name)])
