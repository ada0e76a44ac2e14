"""Macros of packages that ask a database: what they write is known where its names are."""

import re

import duckdb
import pytest

from platform_cli.cli import run
from platform_cli.project.lineage.columns import ColumnLineage
from platform_cli.project.project import Project
from platform_cli.project.sql.origin import Origin
from tests.builders import tiny_project

MACROS = """
{% macro star(from, relation_alias=False, except=[], prefix='', suffix='') -%}
  {{ return(adapter.dispatch('star', 'dbt_utils')(from, relation_alias, except, prefix, suffix)) }}
{%- endmacro %}

{% macro default__star(from, relation_alias=False, except=[], prefix='', suffix='') -%}
  {%- if not execute %}{% do return('*') %}{% endif -%}
  {%- set names = [] -%}
  {%- for one in adapter.get_columns_in_relation(from) if one.column not in except -%}
    {%- set name = (relation_alias ~ '.' if relation_alias else '') ~ adapter.quote(one.column) -%}
    {%- do names.append(name ~ ' as ' ~ adapter.quote(prefix ~ one.column ~ suffix)) -%}
  {%- endfor -%}
  {{ return(names | join(', ')) }}
{%- endmacro %}

{% macro union_relations(relations) -%}
  {{ return(adapter.dispatch('union_relations', 'dbt_utils')(relations)) }}
{%- endmacro %}

{% macro default__union_relations(relations) -%}
  {%- if not execute %}{{ return('') }}{% endif -%}
  {%- set types, of = {}, {} -%}
  {%- for relation in relations -%}
    {%- do of.update({relation: []}) -%}
    {%- for one in adapter.get_columns_in_relation(relation) -%}
      {%- do of[relation].append(one.column) -%}
      {%- if one.column not in types or (one.is_string() and one.string_size() > 9) -%}
        {%- do types.update({one.column: one}) -%}
      {%- endif -%}
    {%- endfor -%}
  {%- endfor -%}
  {%- for relation in relations %}
    (select {% for name, one in types.items() -%}
      cast({{ adapter.quote(name) if name in of[relation] else 'null' }} as {{ one.data_type }})
      as {{ one.quoted }}{{ ', ' if not loop.last }}
    {%- endfor %} {{ '*' if flags.WHICH == 'compile' and not types }} from {{ relation }})
    {{ 'union all' if not loop.last }}
  {%- endfor -%}
{%- endmacro %}

{% macro unpivot(relation) -%}
  {{ return(adapter.dispatch('unpivot', 'dbt_utils')(relation)) }}
{%- endmacro %}

{% macro default__unpivot(relation) -%}
  {%- for one in adapter.get_columns_in_relation(relation) %}
    select '{{ one.column }}' as field, {% if one.data_type == 'boolean' -%}
      upper(cast({{ one.column }} as varchar)){% else %}{{ one.column }}{% endif %} as value
    from {{ relation }} {{ 'union all' if not loop.last }}
  {%- endfor -%}
{%- endmacro %}

{% macro get_intervals_between(first, last) -%}
  {{ return(run_query('select 7').columns[0].values()[0]) }}
{%- endmacro %}

{% macro date_spine(first, last) -%}
  {{ return(adapter.dispatch('date_spine', 'dbt_utils')(first, last)) }}
{%- endmacro %}

{% macro default__date_spine(first, last) -%}
  {%- set days = dbt_utils.get_intervals_between(first, last) if execute else 1 -%}
  select cast('{{ first }}' as date) + cast(number as integer) as date_day
  from (select unnest(range({{ days }})) as number)
{%- endmacro %}

{% macro get_column_values(table, column) -%}
  {{ return(adapter.dispatch('get_column_values', 'dbt_utils')(table, column)) }}
{%- endmacro %}

{% macro default__get_column_values(table, column) -%}
  {%- if not execute %}{{ return(['?']) }}{% endif -%}
  {%- set found = run_query('select ' ~ column ~ ' from ' ~ table) -%}
  {{ return(found.columns[0].values() if load_relation(table) else []) }}
{%- endmacro %}
"""
VALUE = "{% set values = dbt_utils.get_column_values(ref('zero'), 'a') %}"
LATEST = "{{ run_query('select max(a) from ' ~ ref('zero')).columns[0].values()[0] if execute }}"
MODELS = {
    "zero": "select '<A>' as a, '<B>' as b, '<C>' as c",
    "one": "select '<D>' as a, '<E>' as c, '<F>' as d",
    "raw": "select a, b, c from {{ source('raw', 'glyphs') }}",
    "star": "select {{ dbt_utils.star(ref('zero'), except=['b']) }}, 1 as k from {{ ref('zero') }}",
    "renamed": "select {{ dbt_utils.star(ref('one'), relation_alias='y', prefix='p_') }}"
    " from {{ ref('zero') }} as x cross join {{ ref('one') }} as y",
    "both": "{{ dbt_utils.union_relations([ref('zero'), ref('one')]) }}",
    "of_both": "select d, concat(c, b) as cb, c from ({{ dbt_utils.union_relations("
    "[ref('zero'), ref('one')]) }}) as u",
    "unpivoted": "{{ dbt_utils.unpivot(ref('zero')) }}",
    "days": "with days as ({{ dbt_utils.date_spine('2026-01-01', '2026-01-08') }})"
    " select date_day as day, z.a from days cross join {{ ref('zero') }} as z",
    "compared": VALUE + "select b, c || a as ca from {{ ref('zero') }} where a = '{{ values[0] }}'",
    "chosen": "select b from {{ ref('zero') }} where a >= '" + LATEST + "' limit {{ 5 }}",
    "nested": "with z as (select b from {{ ref('zero') }} where a in (select a from"
    " {{ ref('zero') }} where a <= '" + LATEST + "')) select z.b, o.d from z cross join (select d"
    " from {{ ref('one') }} where d <> '" + LATEST + "') as o",
    "more": "{{ config(materialized='incremental') }} select a, b from {{ ref('zero') }}"
    " {% if is_incremental() %} where a > '" + LATEST + "' {% endif %}",
    "headed": "{% call set_sql_header(config) %}select 1;{% endcall %}"
    " select c as x from {{ ref('zero') }}",
}
SOURCES = {
    "models/_raw.yml": "sources: [{name: raw, schema: main, tables: [{name: glyphs}]}]",
    "packages.yml": "packages: [{package: dbt-labs/dbt_utils, version: 1.0.0}]",
    "dbt_packages/dbt_utils/dbt_project.yml": "name: dbt_utils\nversion: 1.0.0\n",
    "dbt_packages/dbt_utils/macros/all.sql": MACROS,
}


@pytest.fixture
def read(columns):
    """The columns of a model of such a project, or of another text; `*` when there may be more."""

    def found(text: str) -> list[str]:
        models = {f"models/{name}.sql": sql for name, sql in MODELS.items()}
        return columns("model.shop.asked", SOURCES | models | {"models/asked.sql": text})

    return found


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        ("star", ["a unchanged zero.a", "c unchanged zero.c", "k computed"]),
        ("renamed", ["p_a renamed one.a", "p_c renamed one.c", "p_d renamed one.d"]),
        (
            "both",
            [
                "a converted one.a zero.a",
                "b computed zero.b",
                "c converted one.c zero.c",
                "d computed one.d",
            ],
        ),
        (
            "of_both",
            ["d computed one.d", "cb computed one.c zero.b zero.c", "c converted one.c zero.c"],
        ),
        ("unpivoted", ["field computed", "value computed zero.a zero.b zero.c"]),
        ("days", ["day computed", "a unchanged zero.a"]),
        ("compared", ["b unchanged zero.b", "ca computed zero.a zero.c"]),
        ("chosen", ["b unchanged zero.b"]),
        ("nested", ["b unchanged zero.b", "d unchanged one.d"]),
        ("more", ["a unchanged zero.a", "b unchanged zero.b"]),
        ("headed", ["x renamed zero.c"]),
    ],
)
def test_what_the_database_would_say_changes_no_column(read, model, expected) -> None:
    assert read(MODELS[model]) == expected


PREFIXED = "{{ dbt_utils.star(source('raw', 'glyphs'), prefix='p_') }}"
STAR = "{{ dbt_utils.star(source('raw', 'glyphs'), except=['B']) }}"


def test_a_star_of_what_nobody_lists_is_a_star_of_it(read, lineage) -> None:
    assert read(f"select {STAR} from {{{{ source('raw', 'glyphs') }}}}") == ["*"]
    files = SOURCES | {
        "models/asked.sql": f"select {STAR}, 1 as k from {{{{ source('raw', 'glyphs') }}}}",
        "models/below.sql": "select a, k from {{ ref('asked') }}",
        "models/_asked.yml": "models: [{name: asked, columns: [{name: c}]}]",
    }
    known = lineage(files)
    source = "source.shop.raw.glyphs"
    assert known.column("model.shop.asked", "c").of == (Origin(source, "c"),)
    assert known.column("model.shop.asked", "a").of == (Origin(source, "a"),)
    assert known.column("model.shop.asked", "b") is None
    assert known.column("model.shop.below", "a").of == (Origin("model.shop.asked", "a"),)
    assert [one.unique_id for one in known.of("model.shop.asked").open] == [source]


@pytest.mark.parametrize(
    "text",
    [
        # Another relation has columns, too: whose are these names?
        f"select {STAR} from {{{{ source('raw', 'glyphs') }}}} cross join {{{{ ref('zero') }}}}",
        # The query has a column that the source may or may not have.
        f"with s as (select *, 1 as k from {{{{ source('raw', 'glyphs') }}}}) select {STAR} from s",
        f"with s as (select 1 as a, 2 as c) select {STAR} from s",
        # A prefix makes names of names that nobody knows.
        f"select {PREFIXED} from {{{{ source('raw', 'glyphs') }}}}",
    ],
)
def test_a_star_that_may_be_of_something_else_is_unknown(lineage, text) -> None:
    known = lineage(SOURCES | {"models/zero.sql": MODELS["zero"], "models/asked.sql": text})
    made = known.of("model.shop.asked")
    assert made.columns == ()
    assert not made.complete
    assert not any(one.unique_id for one in made.open)


@pytest.mark.parametrize(
    "text",
    [
        VALUE + "select a as {{ values[0] }} from {{ ref('zero') }}",
        VALUE + "select {{ values[0] }} as x from {{ ref('zero') }}",
        VALUE + "select '{{ values[0] }}' as x from {{ ref('zero') }}",
        VALUE + "select a from {{ ref('zero') }} where {{ values[0] }} = 'x'",
        VALUE + "select {% for one in values %} 1 as c{{ loop.index }}, {% endfor %} 1 as x",
        VALUE + "select {{ 'a' if values[0] == 'x' else 'b' }} as x from {{ ref('zero') }}",
        VALUE + "select {{ 'a' if values[0] | int > 1 else 'b' }} as x from {{ ref('zero') }}",
        VALUE + "select {{ values[0].split('_') | join(' as ') }} from {{ ref('zero') }}",
        VALUE + "select {{ values[0] | length }} as x from {{ ref('zero') }}",
        VALUE + "select {{ values | length }} as x from {{ ref('zero') }}",
        VALUE + "select {{ 'a' if values[0] in ['x'] else 'b' }} as x from {{ ref('zero') }}",
        VALUE + "select a as {{ values[0] | truncate(9) | upper }} from {{ ref('zero') }}",
        VALUE + "select {{ 'a' if values else 'b' }} as x from {{ ref('zero') }}",
        "select case when a = '" + LATEST + "' then b end as x from {{ ref('zero') }}",
        "select " + LATEST + " as x from {{ ref('zero') }}",
        "select a as x from {{ ref('zero') }} where a = 'q' " + LATEST,
        "select (select max(b) from {{ ref('zero') }} where a = '" + LATEST + "') as x",
        "select (select max(b) from {{ ref('zero') }} where a = '" + LATEST + "') from t",
        "select b as x from {{ ref('zero') }} join {{ ref('one') }} as o on o.a = '" + LATEST + "'",
    ],
)  # fmt: skip
def test_where_an_answer_may_change_a_column_it_is_unknown(lineage, text) -> None:
    models = {f"models/{name}.sql": MODELS[name] for name in ("zero", "one")}
    made = lineage(SOURCES | models | {"models/asked.sql": text}).of("model.shop.asked")
    assert made.undecided
    assert made.columns == ()


def test_a_condition_that_nobody_knows_may_name_more(lineage) -> None:
    models = {f"models/{name}.sql": MODELS[name] for name in ("zero", "chosen", "more", "compared")}
    known = lineage(SOURCES | models)
    unread = "a condition in its SQL is not known: adapter.execute needs the adapter itself"
    assert known.of("model.shop.chosen").unread == unread
    assert known.of("model.shop.more").unread == unread
    assert known.of("model.shop.compared").unread == ""


def test_names_that_differ_in_case_only_are_not_united(lineage) -> None:
    files = {
        "models/zero.sql": MODELS["zero"],
        "models/loud.sql": "select 'x' as A",
        "models/asked.sql": "{{ dbt_utils.union_relations([ref('zero'), ref('loud')]) }}",
    }
    made = lineage(SOURCES | files).of("model.shop.asked")
    assert made.undecided == "whether A is another column than in lower case"


@pytest.mark.slow
def test_the_built_tables_have_these_columns_and_values(tmp_path, monkeypatch) -> None:
    models = {f"models/{name}.sql": sql for name, sql in MODELS.items()}
    models["models/source_star.sql"] = (
        "select {{ dbt_utils.star(source('raw', 'glyphs'), except=['b']) }} from"
        " {{ source('raw', 'glyphs') }}"
    )
    monkeypatch.chdir(tiny_project(tmp_path, SOURCES | models))
    with duckdb.connect("tiny.duckdb") as database:
        database.execute("create table glyphs as select '<A>' as a, '<B>' as b, '<C>' as c")
    assert run(["build"]) == 0
    assert run(["build"]) == 0  # once more: an incremental run
    known = ColumnLineage(Project.load(tmp_path))
    marks = {"A": ("zero", "a"), "B": ("zero", "b"), "C": ("zero", "c")}
    marks |= {"D": ("one", "a"), "E": ("one", "c"), "F": ("one", "d")}
    with duckdb.connect("tiny.duckdb") as database:
        for name in MODELS.keys() - {"raw"}:
            found = database.execute(f'select * from "{name}"')
            built = [one[0] for one in found.description or ()]
            rows = found.fetchall()
            made = known.of(f"model.tiny.{name}")
            assert made is not None
            assert [one.name for one in made.columns] == built, name
            for at, column in enumerate(made.columns if name not in {"zero", "one"} else ()):
                seen = {marks[one] for row in rows for one in re.findall(r"<(\w)>", str(row[at]))}
                assert seen == {(of.unique_id.split(".")[-1], of.column) for of in column.of}, name
        star = database.execute("select * from source_star").description
        assert [one[0] for one in star or ()] == ["a", "c"]
    passed = known.column("model.tiny.source_star", "c")
    assert passed is not None
    assert passed.how == "unchanged"
    assert known.column("model.tiny.source_star", "b") is None
