from pathlib import Path

import pytest

from platform_cli.project.settings.missing_env_vars import missing_env_vars
from tests.read_builders import write_files


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IS_SET", "1")
    for name in ("MISSING", "OTHER"):
        monkeypatch.delenv(name, raising=False)


def named(root: Path) -> dict[str, str]:
    return {one.name: str(one.where) for one in missing_env_vars(root)}


def test_each_is_named_once_with_the_first_place_that_asks_for_it(tmp_path: Path) -> None:
    write_files(
        tmp_path,
        {
            "models/a.sql": "select 1,\n '{{ env_var('MISSING') }}', {{ env_var( \"OTHER\" ) }}",
            "models/b.sql": "{{ env_var('MISSING') }}",
            "profiles.yml": "path: \"{{ env_var('MISSING') }}\"",
        },
    )
    assert named(tmp_path) == {"MISSING": "models/a.sql:2", "OTHER": "models/a.sql:2"}


def test_one_that_is_set_or_has_a_default_is_not_missing(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.yml": "[{{ env_var('IS_SET') }}, {{ env_var('MISSING', '') }}]"})
    assert named(tmp_path) == {}


def test_packages_are_read_and_output_hidden_folders_and_data_are_not(tmp_path: Path) -> None:
    asks = "{{ env_var('MISSING') }}"
    write_files(
        tmp_path,
        {
            "target/a.sql": asks,
            "venv/a.py": asks,
            ".git/a.sql": asks,
            "seeds/a.csv": asks,
            "dbt_packages/tools/macros/m.sql": asks,
        },
    )
    assert named(tmp_path) == {"MISSING": "dbt_packages/tools/macros/m.sql:1"}


def test_a_file_that_is_no_text_hides_no_other(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.sql": b"\xff\xfe", "b.sql": "{{ env_var('MISSING') }}"})
    (tmp_path / "c.sql").symlink_to(tmp_path / "nowhere")
    assert named(tmp_path) == {"MISSING": "b.sql:1"}
