from pathlib import Path

from platform_cli.commands._paths import from_here, from_the_repository


def test_paths_lead_from_the_current_folder_to_the_project(tmp_path, monkeypatch) -> None:
    project = tmp_path / "dbt_project"
    for name, shown in {
        ".": "dbt_project/",
        "dbt_project": "",
        "dbt_project/models": "../",
    }.items():
        (tmp_path / name).mkdir(parents=True, exist_ok=True)
        monkeypatch.chdir(tmp_path / name)
        assert from_here(project) == shown


def test_a_long_way_is_an_absolute_path(tmp_path, monkeypatch) -> None:
    far = tmp_path / "a" / "b" / "c"
    far.mkdir(parents=True)
    monkeypatch.chdir(far)
    assert from_here(tmp_path / "dbt_project") == f"{tmp_path.as_posix()}/dbt_project/"


def test_github_counts_from_the_root_of_the_checkout(tmp_path, monkeypatch) -> None:
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    project = tmp_path / "team" / "dbt_project"
    (tmp_path / ".git").mkdir()
    assert from_the_repository(project) == "team/dbt_project/"
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path / "team"))
    assert from_the_repository(project) == "dbt_project/"
    assert from_the_repository(Path(tmp_path / "team")) == ""
