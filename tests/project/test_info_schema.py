import pytest

from platform_cli.errors import PlatformError
from platform_cli.project.info_schema import _TABLES, table
from platform_cli.project.project import Project
from platform_cli.warehouse import InMemory
from tests.differential.generate import generate
from tests.read_builders import load

FILES = {
    "models/fct_a.sql": "{{ config(materialized='table', tags=['x'], meta={'k': 1}) }}"
    " select * from {{ source('raw', 'one') }}",
    "models/a.yml": """\
        models:
          - name: fct_a
            description: A.
            config: {group: sales, access: public, contract: {enforced: true}}
            columns:
              - {name: id, data_type: int, constraints: [{type: primary_key}], data_tests: [unique]}
        sources: [{name: raw, tables: [{name: one}]}]
        groups: [{name: sales, owner: {email: a@example.com}}]
        exposures:
          - {name: board, type: dashboard, owner: {name: Ada}, depends_on: [ref('fct_a')]}
        """,
    "macros/m.sql": "{% macro m() %}1{% endmacro %}",
}


def asked(project: Project, sql: str):
    """What a query finds; the tables are those that dbt v2 has."""
    from msgspec.json import Encoder

    database = InMemory()
    for name in _TABLES:
        made = table(project, name)
        rows = Encoder(enc_hook=str).encode_lines(made.rows).decode()
        database.fill(name, made.columns, rows)
    return tuple(tuple(row.values()) for row in database.query(sql, 10))


@pytest.mark.parametrize(
    ("sql", "rows"),
    [
        (
            """select name, description, materialized, access, "group", contract_enforced, tags,
            primary_key, json_extract_string(meta, '$.k'), enabled from models""",
            [("fct_a", "A.", "table", "public", "sales", True, ["x"], ["id"], "1", True)],
        ),
        ("select source_name, name, fqn[-1] from sources", [("raw", "one", "one")]),
        (
            "select parent_unique_id, child_unique_id from edges where child_unique_id like 'm%'",
            [("source.shop.raw.one", "model.shop.fct_a")],
        ),
        ("select column_name, data_type_declared from node_columns", [("id", "int")]),
        (
            "select test_name, column_name, node_unique_id from data_tests",
            [("unique", "id", "model.shop.fct_a")],
        ),
        ("select name, owner_email from groups", [("sales", "a@example.com")]),
        ("select name, exposure_type, owner_name from exposures", [("board", "dashboard", "Ada")]),
        ("select name from macros", [("m",)]),
        ("select project_name from project", [("shop",)]),
        ("select count(*) from dag_nodes where resource_type in ('model', 'source')", [(2,)]),
        ("select count(*) from seeds", [(0,)]),
    ],
)
def test_the_tables_say_what_the_files_say(tmp_path, sql, rows) -> None:
    assert asked(load(tmp_path, FILES), sql) == tuple(rows)


def test_everything_of_a_project_fits(tmp_path) -> None:
    generate(tmp_path / "project", 60)
    project = Project.load(tmp_path / "project")
    assert asked(project, "select count(*) > 60, count(distinct unique_id) = count(*) from models")


def test_an_unknown_table_has_near_names(tmp_path) -> None:
    with pytest.raises(PlatformError) as error:
        table(load(tmp_path), "colums")
    assert "node_columns" in error.value.hint
