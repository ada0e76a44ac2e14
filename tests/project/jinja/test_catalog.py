"""Columns of the database, as Jinja sees them."""

from types import SimpleNamespace

import pytest

from platform_cli.project.jinja.render import compile_model
from platform_cli.project.resources import Undecided
from tests.read_builders import load

COLUMNS = [("id", "INTEGER"), ("Name", "VARCHAR"), ("price", "DECIMAL(18,3)")]
HELD = SimpleNamespace(kind=lambda *_: "table", columns=lambda _: COLUMNS)
MACRO = "{% macro duckdb__get_columns_in_relation(relation) %}{{ return([]) }}{% endmacro %}"


def compiled(tmp_path, text, catalog=HELD, files=None):
    asking = (
        "{% set columns = adapter.get_columns_in_relation(ref('a')) if execute else [] %}" + text
    )
    project = load(
        tmp_path, {"models/a.sql": "select 1 as id", "models/b.sql": asking, **(files or {})}
    )
    return compile_model(project, "model.shop.b", catalog)


def test_columns_have_names_and_types(tmp_path):
    text = (
        "-- {{ ref('a') }}{% for c in columns %}"
        "{{ c.name }} {{ c.column }} {{ c.quoted }} {{ c.dtype }} {{ c.data_type }};{% endfor %}"
    )
    assert compiled(tmp_path, text).sql == (
        '-- "shop"."main"."a"id id "id" INTEGER INTEGER;'
        'Name Name "Name" VARCHAR character varying(256);'
        'price price "price" DECIMAL(18,3) DECIMAL(18,3);'
    )


@pytest.mark.parametrize(
    "text",
    [
        "{{ columns[0] }}",
        "{{ columns }}",
        "{{ columns[0] in columns[1:] }}",
        "{{ columns | unique | list | length }}",
        "{{ columns[0].is_numeric() }}",
    ],
)
def test_the_rest_is_dbts(tmp_path, text):
    assert isinstance(compiled(tmp_path, f"-- {{{{ ref('a') }}}}\n{text}"), Undecided)


def test_a_macro_in_place_of_dbts_is_heeded(tmp_path):
    text = "-- {{ ref('a') }}{{ columns | length }}"
    assert compiled(tmp_path, text).sql.endswith("3")
    theirs = compiled(tmp_path, text, files={"macros/columns.sql": MACRO})
    assert isinstance(theirs, Undecided)


def test_what_cannot_be_described_is_undecided(tmp_path):
    text = "-- {{ ref('a') }}{{ columns | length }}"
    gone = SimpleNamespace(kind=lambda *_: None, columns=lambda _: None)
    assert isinstance(compiled(tmp_path, text, gone), Undecided)
    assert isinstance(compiled(tmp_path, text, None), Undecided)
