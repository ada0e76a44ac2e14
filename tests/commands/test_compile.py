"""`platform compile`."""

from pathlib import Path

import pytest

from platform_cli.cli import run
from tests.builders import tiny_project


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_project(tmp_path_factory.mktemp("tiny"))


def test_one_model_is_printed_and_nothing_else(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["-C", str(project), "compile", "-s", "fct_letters"]) == 0
    out, err = capsys.readouterr()
    compiled = project / "target/compiled/tiny/models/fct_letters.sql"
    assert out.strip() == compiled.read_text().strip()
    assert out.startswith("select id, upper(letter)")
    assert err == ""


def test_several_models_are_listed_as_files(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["-C", str(project), "compile", "-s", "+fct_letters", "--exclude", "letters"]) == 0
    assert set(capsys.readouterr().out.split()) == {
        "target/compiled/tiny/models/stg_letters.sql",
        "target/compiled/tiny/models/fct_letters.sql",
    }


def test_everything_leaves_the_manifest(project: Path) -> None:
    (project / "target/manifest.json").unlink(missing_ok=True)
    assert run(["-q", "-C", str(project), "compile"]) == 0
    assert (project / "target/manifest.json").is_file()


def test_inline_sql_is_compiled(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sql = "select * from {{ ref('fct_letters') }}"
    assert run(["-C", str(project), "compile", "--inline", sql]) == 0
    assert capsys.readouterr().out.strip() == 'select * from "tiny"."main"."fct_letters"'


def test_an_unknown_model_has_near_names(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["-C", str(project), "compile", "-s", "fct_leters"]) == 2
    assert "did you mean 'fct_letters'" in capsys.readouterr().err
