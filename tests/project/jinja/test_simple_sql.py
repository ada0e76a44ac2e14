import pytest
from dbt_extractor import ExtractionError, py_extract_from_source
from hypothesis import assume, given
from hypothesis import strategies as st

from platform_cli.project.jinja.config_calls import merge_config_call
from platform_cli.project.jinja.simple_sql import read_simple

PIECES = [
    "select * from ",
    "\n-- a comment { } %} #}\n",
    "{{ ref('a') }}",
    '{{ref("b")}}',
    "{{ ref( 'pkg' , 'c' ) }}",
    "{{ source('raw', \"orders\") }}",
    "{{ config(materialized='table') }}",
    "{{ config(tags=['a', \"b\"], enabled=true) }}",
    "{{\n  config(\n    materialized = \"view\",\n    tags='x',\n    n=12\n  )\n}}",
    "{{ config(enabled=False) }}",
]


@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
def test_it_says_what_dbts_extractor_says(text):
    simple = read_simple(text)
    try:
        theirs = py_extract_from_source(text)
    except ExtractionError:
        theirs = None
    # What dbt renders instead is compared in test_sql.py and test_static_walk.py.
    assume(simple is not None and theirs is not None)
    references, config = simple
    refs = [(ref.get("package"), ref["name"]) for ref in theirs["refs"]]
    ours = [(r.args[:-1] or (None,))[0] for r in references if r.kind == "ref"]
    assert [
        (p, r.args[-1])
        for p, r in zip(ours, [r for r in references if r.kind == "ref"], strict=True)
    ] == refs
    assert {r.args for r in references if r.kind == "source"} == set(theirs["sources"])
    merged: dict = {}
    for key, value in theirs["configs"]:
        merge_config_call(merged, {key: value})
    assert config == merged


@pytest.mark.parametrize(
    "text",
    [
        "{{ ref('a') | upper }}",
        "{{- ref('a') }}",
        "{{ ref('a', v=1) }}",
        "{{ ref(name) }}",
        "{{ source('a') }}",
        "{{ config(pre_hook='x') }}",
        "{{ config(meta={'a': 1}) }}",
        "{{ config(alias='it\\'s') }}",
        "{{ macro() }}",
        "{# {{ ref('a') }} #}",
        "{% if x %}{% endif %}",
        "{{ ref('a') }",
    ],
)
def test_anything_else_is_not_simple(text):
    assert read_simple(text) is None


def test_places_are_those_of_the_calls():
    references, _ = read_simple("select 1\nfrom {{ ref('a') }},\n{{source('b', 'c')}}")
    assert [(r.line, r.column) for r in references] == [(2, 9), (3, 3)]
