"""`platform eject-template`, as one sees it."""

import json
from pathlib import Path

import pytest

from platform_cli.cli import run
from tests.small_project import FILES, write_project

NEW = "new-model", "stg_orders", "--from", "source:raw.Orders", "--owner", "sales", "--yes"
SQL = Path("templates/staging/model.sql")


@pytest.fixture
def platform(tmp_path, monkeypatch, capsys):
    """Run `platform` in the small project: code, stdout, stderr."""
    monkeypatch.chdir(write_project(tmp_path))

    def call(*arguments):
        capsys.readouterr()
        return run([*arguments]), *capsys.readouterr()

    return call


def test_the_template_is_copied_with_its_version_and_a_second_time_nothing(platform) -> None:
    code, out, err = platform("eject-template", "staging")
    assert (code, out) == (
        0,
        "create  templates/staging/model.sql\ncreate  templates/staging/model.yml\n",
    )
    assert "next: change templates/staging/" in err
    first = SQL.read_text().splitlines()[0]
    assert first.startswith("[# The template of staging, version ")
    assert platform("eject-template", "staging", "--check")[0] == 0
    assert "nothing to change" in platform("eject-template", "staging")[2]


def test_what_a_person_changed_is_never_overwritten(platform) -> None:
    platform("eject-template", "staging")
    SQL.write_text(SQL.read_text() + "-- ours\n")
    mine = SQL.read_text()
    code, out, err = platform("eject-template", "staging", "--yes")
    assert (code, out, SQL.read_text()) == (2, "", mine)
    assert "templates/staging/model.sql is there already, with another text" in err
    code, _, err = platform("eject-template", "staging", "--dry-run")
    assert (code, SQL.read_text()) == (0, mine)
    assert "--- ours" in err


def test_new_model_takes_the_project_s_template_and_reads_nothing_else_of_it(platform) -> None:
    platform("eject-template", "staging")
    SQL.write_text(SQL.read_text().replace("select * from final", "from final"))
    code, _, err = platform(*NEW, "--no-unit-test", "--description", "An order.")
    assert code == 0, err
    assert Path("models/staging/raw/stg_orders.sql").read_text().endswith(")\n\nfrom final\n")
    # Neither dbt nor a check reads templates.
    found = json.loads(platform("check", "--output-format", "json")[1])
    assert not [one for one in found["findings"] if one["path"].startswith("templates")]


def test_a_broken_template_is_refused_before_anything_is_written(platform) -> None:
    platform("eject-template", "staging")
    text = SQL.read_text()
    SQL.write_text(text.replace("[% for join in", "[% for join of"))
    line = text[: text.index("[% for join in")].count("\n") + 1
    code, out, err = platform(*NEW)
    assert (code, out) == (2, "")
    assert f"--> templates/staging/model.sql:{line}" in err
    assert not list(Path("models").rglob("stg_orders*"))
    assert not Path("templates/made").exists()


def test_a_slip_in_the_folder_s_name_is_said(platform) -> None:
    platform("eject-template", "fact")
    Path("templates/fact").rename("templates/facts")
    code, _, err = platform(*NEW)
    assert (code, "did you mean 'fact'?" in err) == (2, True)


def test_a_project_that_has_its_models_there_is_refused(tmp_path, monkeypatch, capsys) -> None:
    changed = FILES["dbt_project.yml"] + "model-paths: [templates]\n"
    monkeypatch.chdir(write_project(tmp_path, {"dbt_project.yml": changed}))
    assert run(["eject-template", "fact"]) == 2
    assert "dbt reads models in 'templates'" in capsys.readouterr().err
