"""Folders and packages that are not what they should be."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.broken_projects.case import case, run

PROJECT = "dbt_project.yml"


@contextmanager
def a_loop(project: Path) -> Iterator[None]:
    (project / "models" / "again").symlink_to(project / "models")
    (project / "models" / "nowhere.sql").symlink_to(project / "gone.sql")
    yield


@contextmanager
def deep(project: Path) -> Iterator[None]:
    below = project / "models" / "/".join(["deep"] * 60)
    below.mkdir(parents=True)
    (below / "stg_deep.sql").write_text("select 1 as deep_id")
    yield


DEEP = "main.stg_deep"

CASES = (
    case(
        "there is no project here",
        {"dbt_project.yml": None},
        run("check", 2, "No dbt project here", "-C DIR"),
        run("build", 2, "No dbt project here", "-C DIR"),
    ),
    case(
        "there are two projects below",
        {"dbt_project.yml": None, "a/dbt_project.yml": "name: a", "b/dbt_project.yml": "name: b"},
        run("check", 2, "a, b", "-C a"),
        run("build", 2, "a, b", "-C a"),
    ),
    case(
        "a platform.py lies in the current folder",
        {"platform.py": "raise SystemExit('taken')\n", "click.py": "raise SystemExit('taken')\n"},
        run("check", 0, "no findings", never=("taken",), apart=True),
        run("doctor", 0, "platform.py", apart=True),
    ),
    case(
        "packages.yml asks for a package that is not installed",
        {"packages.yml": "packages:\n  - package: dbt-labs/dbt_utils\n    version: 1.3.0\n"},
        run("check", 1, "packages.yml", "dbt deps"),
        run("build", 2, "dbt deps"),
    ),
    case(
        "a package needs another dbt",
        {PROJECT: "name: shop\nprofile: shop\nrequire-dbt-version: '>=9.0.0'\n"},
        run("build", 2, PROJECT, "9.0.0"),
    ),
    case(
        "folders link to each other, and a file to nowhere",
        {},
        run("check", 1, "models/nowhere.sql"),
        run("build", 2, "models/nowhere.sql"),
        trouble=a_loop,
    ),
    case(
        "a folder sixty deep",
        {},
        run("check", 1, "stg_deep"),
        run("build --select stg_deep", 0, new=(DEEP,)),
        trouble=deep,
    ),
    case(
        "target is a file",
        {"target": "not a folder"},
        run("build", 3, "target", "--target-path"),
    ),
    case(
        "a file of dbt's state is damaged",
        {"target/partial_parse.msgpack": b"\xc1" * 100},
        run("check", 0),
        run("build", 0),
    ),
)
