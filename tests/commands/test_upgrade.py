import json
from pathlib import Path

import pytest

from platform_cli.cli import run
from tests.git_builders import commit

PACKAGE = "local_packages/platform_macros"
MACRO = f"{PACKAGE}/sql/distance_km.sql"
WORKFLOW = ".github/workflows/platform.yml"


@pytest.fixture
def project(tmp_path, monkeypatch) -> Path:
    root = tmp_path / "shop"
    root.mkdir()
    commit(root)
    monkeypatch.chdir(root)
    assert run(["init"]) == 0
    commit(root)
    return root


def as_if_older(root: Path, changes: dict[str, str], *, gone: str = "") -> None:
    """As an older version had written it: these texts, and one file that is no more."""
    from platform_cli.scaffold.adoption.vendored import fingerprint

    lock = json.loads((root / "platform.lock").read_text())
    lock["platform"] = "0.0.9"
    if gone:
        changes = {**changes, gone: "-- old\n"}
    for path, text in changes.items():
        (root / path).write_text(text)
        lock["files"][path] = fingerprint(path, text)
    (root / "platform.lock").write_text(json.dumps(lock))
    commit(root)


def test_nothing_is_due_at_once(project, capsys) -> None:
    assert run(["upgrade", "--check"]) == 0
    said = capsys.readouterr()
    assert "note: platform 0.1.0, as before" in said.err
    assert "nothing to change" in said.err


def test_what_is_old_is_renewed_and_what_is_gone_goes(project, capsys) -> None:
    now = (project / MACRO).read_text()
    flow = (project / WORKFLOW).read_text()
    old = flow.replace("==0.1.0", "==0.0.9") + "  mine:\n    runs-on: ubuntu-latest\n"
    as_if_older(project, {MACRO: "-- older\n", WORKFLOW: old}, gone=f"{PACKAGE}/sql/old.sql")
    assert run(["upgrade", "--check"]) == 1
    capsys.readouterr()
    assert run(["upgrade"]) == 0
    said = capsys.readouterr()
    assert "note: platform 0.0.9 -> 0.1.0" in said.err
    assert (project / MACRO).read_text() == now
    assert not (project / PACKAGE / "sql/old.sql").exists()
    assert (project / WORKFLOW).read_text() == (flow + "  mine:\n    runs-on: ubuntu-latest\n")
    assert run(["upgrade", "--check"]) == 0
    assert run(["init", "--check"]) == 0


def test_an_edited_file_is_a_conflict_and_nothing_is_written(project, capsys) -> None:
    as_if_older(project, {MACRO: "-- older\n"}, gone=f"{PACKAGE}/sql/old.sql")
    (project / MACRO).write_text("-- edited\n")
    commit(project)
    assert run(["upgrade", "--yes"]) == 1
    said = capsys.readouterr()
    assert f"conflict  {MACRO}" in said.out
    assert "--- edited" in said.out
    assert (project / MACRO).read_text() == "-- edited\n"
    assert (project / PACKAGE / "sql/old.sql").exists()
    assert json.loads((project / "platform.lock").read_text())["platform"] == "0.0.9"
    (project / MACRO).unlink()
    commit(project)
    assert run(["upgrade"]) == 0
    assert "macro distance_km" in (project / MACRO).read_text()


def test_an_edit_that_nothing_new_comes_for_stays(project, capsys) -> None:
    edited = (project / MACRO).read_text() + "-- edited\n"
    as_if_older(project, {})
    (project / MACRO).write_text(edited)
    commit(project)
    assert run(["upgrade"]) == 0
    assert f"you edited {MACRO}: it stays" in capsys.readouterr().err
    assert (project / MACRO).read_text() == edited


def test_line_ends_of_git_are_no_edit(project) -> None:
    as_if_older(project, {MACRO: "-- older\n"})
    (project / MACRO).write_bytes(b"-- older\r\n")
    commit(project)
    assert run(["upgrade"]) == 0
    assert b"\r\n" in (project / MACRO).read_bytes()


def test_a_workflow_that_was_taken_away_stays_away(project) -> None:
    (project / WORKFLOW).unlink()
    commit(project)
    assert run(["upgrade"]) == 0
    assert not (project / WORKFLOW).exists()
    assert run(["upgrade", "--check"]) == 0


def test_a_project_without_the_platform_is_told(tmp_path, capsys, monkeypatch) -> None:
    (tmp_path / "dbt_project.yml").write_text("name: x\n")
    monkeypatch.chdir(tmp_path)
    assert run(["upgrade"]) == 2
    assert "platform init" in capsys.readouterr().err


def test_a_lock_of_a_newer_platform_is_refused(project, capsys) -> None:
    (project / "platform.lock").write_text('{"platform": "7.0.0"}')
    assert run(["upgrade"]) == 2
    assert "dbt-platform-cli>=7.0.0" in capsys.readouterr().err
