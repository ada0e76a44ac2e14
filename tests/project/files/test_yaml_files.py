from pathlib import Path

import pytest

from platform_cli.errors import PlatformError
from platform_cli.project.files.yaml_files import load_yaml
from tests.read_builders import load


def test_broken_yaml_says_where() -> None:
    with pytest.raises(PlatformError) as caught:
        load_yaml("\n\nmodels:\n  - name: a\n   b: 1\n", "models/_a.yml")
    assert str(caught.value.where) == "models/_a.yml:5:4"


def test_tabs_get_a_hint() -> None:
    with pytest.raises(PlatformError) as caught:
        load_yaml("models:\n\t- name: a\n", "x.yml")
    assert "tabs" in caught.value.hint


def test_the_last_of_equal_keys_wins() -> None:
    text = "models:\n  - name: a\n    name: b\n"
    assert load_yaml(text, "x") == {"models": [{"name": "b"}]}


def test_a_last_block_of_text_loses_its_line_end_as_in_dbt() -> None:
    assert load_yaml("a: |\n  text\n", "x") == {"a": "text"}


def test_all_broken_files_of_a_project_are_reported_at_once(tmp_path: Path) -> None:
    project = load(
        tmp_path,
        {
            "models/_a.yml": "models: [\n",
            "models/_b.yml": "models: {name: a}\n",
            "models/_c.yml": "models:\n  - {description: nameless}\n",
            "models/a.sql": "select 1",
        },
    )
    assert sorted(problem.path for problem in project.problems) == [
        "models/_a.yml",
        "models/_b.yml",
        "models/_c.yml",
    ]
    assert "model.shop.a" in project.resources
