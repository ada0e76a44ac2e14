"""The DuckDB file of a project's target."""

import pytest

from platform_cli.project.duckdb_file import duckdb_file
from platform_cli.project.project import Project
from platform_cli.project.resources import Undecided
from tests.builders import PROFILES, PROJECT, write


def found(folder, output: str):
    profiles = PROFILES.split("    dev:")[0] + f"    dev: {output}\n"
    write(folder, {"dbt_project.yml": PROJECT, "profiles.yml": profiles})
    return duckdb_file(Project.load(folder))


def test_its_path_is_meant_from_the_projects_root(tmp_path):
    assert found(tmp_path, "{type: duckdb, path: data/x.duckdb}") == tmp_path / "data/x.duckdb"


@pytest.mark.parametrize(
    ("output", "reason"),
    [
        ("{type: duckdb, path: ':memory:'}", "the database is not a file: :memory:"),
        ("{type: duckdb}", "the database is not a file"),
        ("{type: duckdb, path: 'md:mine'}", "the database is not a file: md:mine"),
        ("{type: postgres, schema: a, dbname: b}", "the target is postgres, not DuckDB"),
    ],
)
def test_what_is_no_file_is_said(tmp_path, output, reason):
    file = found(tmp_path, output)
    assert isinstance(file, Undecided)
    assert reason in file.reason
