# ruff: noqa: E501, ISC004  (SQL before and after, one under the other)
"""A column that gets another name: which words of SQL and YAML are edited, and which are not."""

import pytest

from platform_cli.project.edits.drafts import Drafts
from platform_cli.project.edits.edit import RefusedError
from platform_cli.project.edits.rename_column import RenameColumn
from platform_cli.project.lineage.columns import ColumnLineage
from tests.sql_builders import FLIGHTS, sql_project

STG, FCT = "models/staging/stg_flights.sql", "models/marts/fct.sql"
REF = "{{ ref('stg_flights') }}"
AIRPORTS = "{{ ref('stg_airports') }}"


def planned(folder, files):
    project = sql_project(folder, files)
    work = RenameColumn(ColumnLineage(project), project.model("stg_flights"), "code", "iata")
    return project, work.planned()


def after(folder, files, path):
    """The text of a file afterwards, and the places that are left."""
    project, plan = planned(folder, files)
    drafts = Drafts(project.root)
    drafts.make([*plan.own, *(edit for one in plan.readers for edit in one.edits)])
    return drafts.text(path), [str(one.where) for one in plan.left]


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (f"select id, code from {FLIGHTS}", f"select id, code as iata from {FLIGHTS}"),
        (f"select id, t.Code from {FLIGHTS} t", f"select id, t.Code as iata from {FLIGHTS} t"),
        (
            f'select id, "CODE" from {FLIGHTS} -- code',
            f'select id, "CODE" as iata from {FLIGHTS} -- code',
        ),
        (
            f"select upper(x) as code from {FLIGHTS} group by code order by code",
            f"select upper(x) as iata from {FLIGHTS} group by iata order by iata",
        ),
        (
            f"select code as code from {FLIGHTS} where code > 'A' order by code",
            f"select code as iata from {FLIGHTS} where code > 'A' order by code",
        ),
        (
            f"with a as (select code from {FLIGHTS}), final as (select code from a)\r\n"
            "select * from final",
            f"with a as (select code from {FLIGHTS}), final as (select code as iata from a)\r\n"
            "select * from final",
        ),
        (
            f"select code from {FLIGHTS} union all select code from {FLIGHTS}",
            f"select code as iata from {FLIGHTS} union all select code from {FLIGHTS}",
        ),
        (
            f"select code, id from {FLIGHTS} a join {FLIGHTS} b using (code)",
            f"select code as iata, id from {FLIGHTS} a join {FLIGHTS} b using (code)",
        ),
        (
            "{{ config(materialized='incremental', unique_key=['id', 'code']) }}\n"
            f"select id, code from {FLIGHTS}\n"
            "{% if is_incremental() %} where code > (select max(code) from {{ this }}){% endif %}",
            "{{ config(materialized='incremental', unique_key=['id', 'iata']) }}\n"
            f"select id, code as iata from {FLIGHTS}\n"
            "{% if is_incremental() %} where code > (select max(iata) from {{ this }}){% endif %}",
        ),
    ],
)
def test_the_model_itself_has_the_new_name_in_its_last_list(tmp_path, before, expected) -> None:
    assert after(tmp_path, {STG: before}, STG)[0] == expected


def test_a_tag_of_that_name_is_no_column(tmp_path) -> None:
    sql = "{{ config(tags=['code'], unique_key='code') }} select upper(x) as code from t"
    assert after(tmp_path, {STG: sql}, STG)[0] == (
        "{{ config(tags=['code'], unique_key='iata') }} select upper(x) as iata from t"
    )


@pytest.mark.parametrize(
    ("sql", "why"),
    [
        (f"select * from {FLIGHTS}", "write it out"),
        (
            f"with a as (select code from {FLIGHTS})\n"
            "select * from a where code in (select code from a)",
            "write it out",
        ),
        (f"select {{{{ 'code' }}}} from {FLIGHTS}", "a macro writes it"),
        (f"from {FLIGHTS} select code; select 1", "no single statement"),
    ],
)
def test_where_the_name_is_not_written_it_is_refused(tmp_path, sql, why) -> None:
    with pytest.raises(RefusedError, match=why):
        planned(tmp_path, {STG: sql})


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (f"select code from {REF}", f"select iata as code from {REF}"),
        (f"select f.CODE from {REF} f", f"select f.iata as CODE from {REF} f"),
        (f"select code as c from {REF}", f"select iata as c from {REF}"),
        (f"select * exclude (code) from {REF}", f"select * exclude (iata) from {REF}"),
        (f"select * rename (code as c) from {REF}", f"select * rename (iata as c) from {REF}"),
        (
            f"select upper(code) as u, 'code' as code from {REF} where code > '' -- code",
            f"select upper(iata) as u, 'code' as code from {REF} where iata > '' -- code",
        ),
        (
            f"with f as (select * from {REF}), g as (select f.* from f)\nselect g.code || 'x' as y, 1 from g",
            f"with f as (select * from {REF}), g as (select f.* from f)\nselect g.iata || 'x' as y, 1 from g",
        ),
        (
            f"with f as (select code from {REF}) select code from f",
            f"with f as (select iata as code from {REF}) select code from f",
        ),
        (
            f"select a.name, f.code, a.id from {REF} f join {AIRPORTS} a on f.code = a.name",
            f"select a.name, f.iata as code, a.id from {REF} f join {AIRPORTS} a on f.iata = a.name",
        ),
        (
            f"select name, code from {REF} f join {AIRPORTS} a on f.id = a.id",
            f"select name, iata as code from {REF} f join {AIRPORTS} a on f.id = a.id",
        ),
        (
            f"select f.id from {REF} f where exists (select 1 from {AIRPORTS} a where a.name = f.code)",
            f"select f.id from {REF} f where exists (select 1 from {AIRPORTS} a where a.name = f.iata)",
        ),
        (
            f"{{% for c in ['a'] %}}\r\nselect code\r\nfrom {REF}{{% endfor %}}",
            f"{{% for c in ['a'] %}}\r\nselect iata as code\r\nfrom {REF}{{% endfor %}}",
        ),
    ],
)
def test_a_reader_reads_the_new_name_and_hands_on_the_old_one(tmp_path, before, expected) -> None:
    assert after(tmp_path, {FCT: before}, FCT) == (expected, [])


@pytest.mark.parametrize(
    ("sql", "place"),
    [
        (f"select id from {REF} join {AIRPORTS} using (id, code)", f"{FCT}:1"),
        (f"select * rename (id as code) from {REF}", f"{FCT}:1"),
        (f"select {{{{ 'code' }}}} from {REF}", f"{FCT}:1"),
        (
            f"select code from {REF} f join {{{{ source('raw', 'planes') }}}} p on f.id = p.id",
            f"{FCT}:1:8",
        ),
    ],
)
def test_what_is_not_certain_is_left_to_a_person(tmp_path, sql, place) -> None:
    text, left = after(tmp_path, {FCT: sql}, FCT)
    assert text == sql
    assert left
    assert left[0].startswith(place)


def test_a_star_that_replaces_it_is_for_a_person(tmp_path) -> None:
    sql = f"select * replace (upper(code) as code) from {REF}"
    assert after(tmp_path, {FCT: sql}, FCT)[1]


YAML = """\
models:
- name: stg_flights
  config: {unique_key: code, meta: {x: 1}}   # by code
  description: The code and more.
  constraints: [{type: primary_key, columns: [id, code]}]
  columns:
  - name: code
    description: A code.
    data_tests:
    - relationships: {to: ref('stg_airports'), field: code}
  - {name: id, data_tests: [{unique: {arguments: {column_name: code}}}]}
  data_tests:
  - unique_combination: {arguments: {combination_of_columns: [id, code]}}
- name: stg_airports
  columns:
  - name: code
    data_tests: [{relationships: {arguments: {to: ref('stg_flights'), field: code}}}]
unit_tests:
- name: u
  model: stg_flights
  given: [{input: "source('raw', 'flights')", rows: [{code: A}]}]
  expect: {rows: [{id: 1, code: A}]}
- name: v
  model: fct
  given:
  - {input: ref('stg_flights'), rows: [{code: A}]}
  - {input: ref('stg_airports'), rows: [{code: A}]}
  expect: {rows: [{code: A}]}
"""
CHANGED = (
    ("unique_key: code,", "unique_key: iata,"),
    ("columns: [id, code]}]\n  columns", "columns: [id, iata]}]\n  columns"),
    ("- name: code\n    description", "- name: iata\n    description"),
    ("column_name: code", "column_name: iata"),
    ("combination_of_columns: [id, code]", "combination_of_columns: [id, iata]"),
    ("ref('stg_flights'), field: code", "ref('stg_flights'), field: iata"),
    ("{id: 1, code: A}", "{id: 1, iata: A}"),
    ("ref('stg_flights'), rows: [{code: A}", "ref('stg_flights'), rows: [{iata: A}"),
)


def test_yaml_names_it_in_its_entry_and_in_tests_and_nowhere_else(tmp_path) -> None:
    expected = YAML
    for old, new in CHANGED:
        assert expected.count(old) == 1
        expected = expected.replace(old, new)
    files = {"models/all.yml": YAML, FCT: f"select code from {REF}"}
    assert after(tmp_path, files, "models/all.yml") == (expected, [])


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (YAML.replace("{x: 1}", "{x: 'code > 1'}"), 3),
        (
            f"{YAML}semantic_models:\n- name: s\n  model: ref('stg_flights')\n"
            "  entities: [{name: e, expr: code}]\n",
            32,
        ),
        (
            YAML.replace(
                "expect: {rows: [{id: 1, code: A}]}", "expect: {format: csv, rows: 'code'}"
            ),
            22,
        ),
    ],
)
def test_other_words_of_yaml_are_left_to_a_person(tmp_path, text, line) -> None:
    files = {"models/all.yml": text, FCT: f"select code from {REF}"}
    [left] = after(tmp_path, files, "models/all.yml")[1]
    assert left.startswith(f"models/all.yml:{line}:")
