"""Projects of a few files, most without a seed or a table, and what our reader makes of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent
from typing import Any

from platform_cli.project.project import Project
from tests.builders import write

PROJECT = """\
name: shop
profile: shop
"""
PROFILES = """\
shop:
  target: dev
  outputs:
    dev: {type: duckdb, path: shop.duckdb, schema: main}
    prod: {type: duckdb, path: prod.duckdb, schema: live}
"""


def write_files(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files below a folder; text is dedented."""
    return write(
        root,
        {
            name: dedent(content) if isinstance(content, str) else content
            for name, content in files.items()
        },
    )


def a_project(root: Path, files: Mapping[str, str | bytes] | None = None) -> Path:
    """A minimal dbt project named `shop` with a DuckDB profile, and these files."""
    defaults = {"dbt_project.yml": PROJECT, "profiles.yml": PROFILES}
    return write_files(root, {**defaults, **(files or {})})


def load(root: Path, files: Mapping[str, str | bytes] | None = None, **how: Any) -> Project:
    """Write a minimal project with these files, and read it."""
    return Project.load(a_project(root, files), **how)
