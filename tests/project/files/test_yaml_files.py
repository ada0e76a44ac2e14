from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from platform_cli.errors import PlatformError
from platform_cli.project.files.yaml_files import load_yaml, position
from tests.read_builders import load

NAMES = st.text("abcxyz_", min_size=1, max_size=5)
TREES = st.recursive(
    st.integers() | st.booleans() | NAMES,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3)
        | st.dictionaries(NAMES, inner, min_size=1, max_size=3)
    ),
    max_leaves=12,
)


def ways(value: Any) -> list[tuple[Any, ...]]:
    """Every way from the top to a part of the value."""
    found: list[tuple[Any, ...]] = []
    pairs = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for key, inner in pairs:
        found.append((key,))
        found += [(key, *rest) for rest in ways(inner)]
    return found


@given(TREES)
def test_a_position_is_where_the_key_or_item_stands(value: Any) -> None:
    text = yaml.safe_dump(value, sort_keys=False)
    lines = text.splitlines()
    for way in ways(value):
        place = position(text, way)
        assert place is not None
        line, column = place
        rest = lines[line - 1][column - 1 :]
        if isinstance(way[-1], str):
            assert yaml.safe_load(rest.split(":")[0].removeprefix("? ")) == yaml.safe_load(way[-1])
        else:
            assert lines[line - 1][: column - 1].rstrip().endswith(("-", "[", ",")) or column == 1


def test_a_way_that_leads_nowhere_has_no_position() -> None:
    assert position("a: [1]", ("a", 1)) is None
    assert position("a: [1]", ("b",)) is None
    assert position("a: [", ("a",)) is None


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
