"""The hooks that a dbt project's own pre-commit takes from here."""

from pathlib import Path

import pytest
import yaml

from platform_cli.cli import run
from tests.git_builders import commit, git
from tests.small_project import write_project

HOOKS = yaml.safe_load((Path(__file__).parent.parent / ".pre-commit-hooks.yaml").read_text())
UNOWNED = {"models/staging/raw/stg_new.sql": "select 1 as new_id\n"}


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_a_hook_needs_no_profile_and_finds_what_is_about_to_be_committed(
    hook, tmp_path, monkeypatch, capsys
) -> None:
    assert hook["entry"] == "platform"
    assert not hook["pass_filenames"]
    monkeypatch.chdir(write_project(tmp_path, {"profiles.yml": None, ".gitignore": "target/\n"}))
    monkeypatch.setenv("DBT_PROFILES_DIR", str(tmp_path / "nowhere"))
    commit(tmp_path)
    assert run(hook["args"]) == 0
    write_project(tmp_path, UNOWNED | {"profiles.yml": None})
    assert run(hook["args"]) == 1
    assert "stg_new" in capsys.readouterr().out


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_before_the_first_commit_everything_is_new(hook, tmp_path, monkeypatch, capsys) -> None:
    monkeypatch.chdir(write_project(tmp_path, {"profiles.yml": None, ".gitignore": "target/\n"}))
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", "--all")
    assert run(hook["args"]) == 0
    write_project(tmp_path, UNOWNED | {"profiles.yml": None})
    assert run(hook["args"]) == 1
    assert "stg_new" in capsys.readouterr().out
