from pathlib import Path

from platform_cli.project.problem import Problem
from platform_cli.project.project import Project
from platform_cli.project.reading.consequences import without_consequences
from tests.read_builders import a_project, load

BROKEN = Problem("no end", kind="file", path="models/a.sql")
PROJECT = {
    "models/a.sql": "{% if true %} select 1 as id",
    "models/b.sql": "select * from {{ ref('a') }}",
    "models/_m.yml": """\
        models:
          - name: a
            columns: [{name: id, data_tests: [unique]}]
        unit_tests:
          - {name: u, model: a, given: [], expect: {rows: []}}
        """,
}


def test_who_misses_a_resource_is_left_out_when_its_file_is_broken() -> None:
    missed = Problem("model b refers to a, but there is none", kind="ref", missing="a")
    other = Problem("model b refers to c, but there is none", kind="ref", missing="c")
    assert without_consequences([missed, BROKEN, other]) == [BROKEN, other]


def test_what_names_nothing_missing_stays_whatever_it_says() -> None:
    says = Problem("model b refers to a, but there is no such thing", path="models/b.sql")
    nowhere = Problem("no file", kind="file", path="")
    assert without_consequences([says, BROKEN, nowhere]) == [says, BROKEN, nowhere]


def test_a_warning_about_a_file_breaks_nothing() -> None:
    empty = Problem("empty", kind="file", severity="warn", path="models/a.sql")
    missed = Problem("b misses a", missing="a")
    assert without_consequences([empty, missed]) == [empty, missed]


def test_a_model_that_cannot_be_read_is_the_only_problem_also_from_the_cache(
    tmp_path: Path,
) -> None:
    for project in (load(tmp_path, PROJECT), Project.load(tmp_path)):
        (problem,) = project.problems
        assert (problem.path, problem.kind) == ("models/a.sql", "file")


def test_the_same_project_without_the_model_has_all_of_them(tmp_path: Path) -> None:
    a_project(tmp_path, PROJECT)
    (tmp_path / "models/a.sql").unlink()
    read, cached = Project.load(tmp_path), Project.load(tmp_path)
    assert {problem.missing for problem in read.problems} == {"a"}
    assert sorted({problem.path for problem in read.problems}) == ["models/_m.yml", "models/b.sql"]
    assert cached.problems == read.problems


def test_a_broken_version_hides_who_misses_it_and_no_other_version(tmp_path: Path) -> None:
    project = load(
        tmp_path,
        {
            "models/a_v1.sql": "select 1",
            "models/a_v2.sql": "{% if true %}",
            "models/_m.yml": "models: [{name: a, versions: [{v: 1}, {v: 2}]}]",
            "models/b.sql": "select * from {{ ref('a', v=2) }}",
            "models/c.sql": "select * from {{ ref('a', v=3) }}",
        },
    )
    paths = {problem.path for problem in project.problems}
    assert {"models/a_v2.sql", "models/c.sql"} <= paths
    assert "models/b.sql" not in paths


def test_a_source_table_is_missed_even_when_a_file_of_its_name_is_broken(tmp_path: Path) -> None:
    project = load(
        tmp_path,
        {"models/a.sql": "{% if true %}", "models/b.sql": "select * from {{ source('raw', 'a') }}"},
    )
    assert sorted(problem.path for problem in project.problems) == ["models/a.sql", "models/b.sql"]
