from pathlib import Path

import pytest

from tests.read_builders import load

GOOD = "{name: a, columns: [{name: id, data_tests: [unique]}]}"


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ("{name: off}", "put it in quotes"),
        ("{name: 12}", "put it in quotes"),
        ("{name: b, columns: {id: text}}", "`columns` of 'b' is not a list"),
        ("{name: b, columns: [id]}", "not a mapping"),
        ("{name: b, columns: [{description: x}]}", "has no name"),
        ("{name: b, columns: [{name: id, tests: unique}]}", "`tests` of 'b.id' is not a list"),
        ("{name: b, config: [enabled]}", "`config` of 'b' is not a mapping"),
        ("{name: b, description: {a: b}}", "not text"),
        ("{name: b, versions: [1, 2]}", "no `v`"),
        ("{name: b, tests: [x], data_tests: [y]}", "both"),
    ],
)
def test_a_wrong_entry_is_a_problem_and_the_next_is_read(
    tmp_path: Path, entry: str, words: str
) -> None:
    files = {
        "models/a.sql": "select 1 as id",
        "models/b.sql": "select 1 as id",
        "models/_m.yml": f"models:\n  - {entry}\n  - {GOOD}\n",
    }
    project = load(tmp_path, files)
    (problem,) = project.problems
    assert words in problem.message
    assert problem.path == "models/_m.yml"
    assert list(project.model("a").columns) == ["id"]


def test_a_source_without_a_tables_name_is_a_problem(tmp_path: Path) -> None:
    project = load(
        tmp_path, {"models/_s.yml": "sources: [{name: raw, tables: [{description: x}]}]"}
    )
    assert "has no name" in project.problems[0].message
