import pytest

from platform_cli.errors import PlatformError
from platform_cli.project.selection.select import select
from tests.read_builders import load

SELECTORS = """\
selectors:
  - name: text
    definition: "stg_a+ fct_c"
  - name: mapping
    definition: {tag: nightly}
  - name: whole
    definition:
      union:
        - {method: fqn, value: stg_a, children: true}
        - {method: config.materialized, value: table}
        - exclude: [{method: selector, value: mapping}]
  - name: both
    definition: {intersection: ["stg_a+", {method: selector, value: mapping, exclude: [stg_a]}]}
  - name: round
    definition: {method: selector, value: round}
  - name: wrong
    definition: {method: fqn, value: stg_a, childern: true}
"""
FILES = {
    "selectors.yml": SELECTORS,
    "models/stg_a.sql": "{{ config(tags='nightly') }} select 1 as id",
    "models/fct_b.sql": "{{ config(tags='nightly') }} select * from {{ ref('stg_a') }}",
    "models/fct_c.sql": "{{ config(materialized='table') }} select 1 as id",
    "models/fct_d.sql": "select * from {{ ref('stg_a') }}",
}


@pytest.mark.parametrize(
    ("name", "models"),
    [("text", "abcd"), ("mapping", "ab"), ("whole", "cd"), ("both", "b")],
)
def test_a_selector_means_what_its_definition_says(tmp_path, name, models) -> None:
    found = select(load(tmp_path, FILES), selector=name).ids
    assert "".join(sorted(one[-1] for one in found)) == models


@pytest.mark.parametrize(
    ("name", "said"),
    [("maping", "'mapping'"), ("round", "itself"), ("wrong", "'children'")],
)
def test_a_selector_that_is_none_is_said_with_near_names(tmp_path, name, said) -> None:
    with pytest.raises(PlatformError) as error:
        select(load(tmp_path, FILES), selector=name)
    assert said in error.value.message + error.value.hint
    assert error.value.where.path == "selectors.yml"


def test_no_file_and_other_criteria_beside_it_are_refused(tmp_path) -> None:
    project = load(tmp_path)
    with pytest.raises(PlatformError, match=r"there is no selectors\.yml"):
        select(project, selector="text")
    with pytest.raises(PlatformError, match="alone"):
        select(project, ["stg_a"], selector="text")
