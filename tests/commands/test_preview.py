"""`platform preview`, on a real project and a real DuckDB file."""

import json
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from platform_cli.cli import run
from tests.builders import write

PROJECT = {
    "dbt_project.yml": "name: shop\nprofile: shop\nmodels: {+materialized: table}\n",
    "profiles.yml": (
        "shop:\n  target: dev\n  outputs:\n"
        "    dev: {type: duckdb, path: shop.duckdb, schema: main,"
        " settings: {threads: 1}}\n"
    ),
    "models/stg_orders.sql": "select 1 as id, 2.5 as amount",
    "models/eph.sql": "{{ config(materialized='ephemeral') }}select * from {{ ref('stg_orders') }}",
    "models/orders.sql": (
        "with o as (select * from {{ ref('eph') }})\nselect *, null as note from o -- done\n"
    ),
    "models/files.sql": "select * from {{ source('raw', 'people') }}",
    "models/grown.sql": (
        "{{ config(materialized='incremental') }}select * from {{ ref('stg_orders') }}"
        "{% if is_incremental() %} where id > (select max(id) from {{ this }}){% endif %}"
    ),
    "models/asks.sql": (
        "{% set q = run_query('select 7 as seven') %}"
        "select {{ q.columns[0].values()[0] if execute else 0 }} as seven"
    ),
    "models/wrong.sql": "select no_such_column from {{ ref('stg_orders') }}",
    "models/schema.yml": (
        "sources:\n  - name: raw\n    meta: {external_location: 'data/{name}.csv'}\n"
        "    tables: [{name: people}]\n"
    ),
    "data/people.csv": "name,born\nAda,1815\n",
}


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return write(tmp_path, PROJECT)


@pytest.fixture
def built(shop: Path) -> Path:
    with duckdb.connect(str(shop / "shop.duckdb")) as connection:
        connection.execute("create table stg_orders as select 1 as id, 2.5 as amount")
    return shop


def preview(folder: Path, *words: str) -> int:
    return run(["-C", str(folder), "preview", *words])


def test_rows_go_to_stdout_and_talk_to_stderr(built, capsys):
    assert preview(built, "orders") == 0
    said = capsys.readouterr()
    assert said.out.splitlines() == [
        "id  amount  note",
        "──  ──────  ────",
        " 1     2.5  NULL",
    ]
    assert said.err == "1 row\n"


def test_nothing_is_written_and_dbt_is_not_started(built):
    before = {path: path.stat().st_mtime_ns for path in built.rglob("*")}
    code = (
        "import sys; from platform_cli.cli import run;"
        f"code = run(['-C', {str(built)!r}, 'preview', 'orders']);"
        "print(sorted(m for m in sys.modules if m.split('.')[0] == 'dbt'));"
        "sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
    after = {path: path.stat().st_mtime_ns for path in built.rglob("*")}
    assert {path for path in after if path.name == "shop.duckdb"} <= before.keys()
    assert after[built / "shop.duckdb"] == before[built / "shop.duckdb"]
    assert not (built / "target" / "compiled").exists()


def test_files_are_read_from_the_projects_folder(built, capsys, monkeypatch, tmp_path_factory):
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    assert preview(built, "files", "--output-format", "csv") == 0
    assert capsys.readouterr().out == "name,born\nAda,1815\n"


def test_json_and_limit(built, capsys):
    assert preview(built, "orders", "--output-format", "json", "--limit", "0") == 0
    said = json.loads(capsys.readouterr().out)
    assert said["columns"] == ["id", "amount", "note"]
    assert (said["rows"], said["more_rows"]) == ([], True)


def test_sql_needs_no_database(shop, capsys):
    assert preview(shop, "orders", "--sql") == 0
    assert capsys.readouterr().out == (
        "with  __dbt__cte__eph as (\n"
        'select * from "shop"."main"."stg_orders"\n'
        "), o as (select * from __dbt__cte__eph)\n"
        "select *, null as note from o -- done\n"
    )


def test_an_incremental_model_looks_at_what_is_there(built, capsys):
    assert preview(built, "grown", "--sql") == 0
    assert "where" not in capsys.readouterr().out
    with duckdb.connect(str(built / "shop.duckdb")) as connection:
        connection.execute("create table grown as select 0 as id, 1 as amount")
    assert preview(built, "grown", "--sql") == 0
    assert 'where id > (select max(id) from "shop"."main"."grown")' in capsys.readouterr().out


def test_no_database_yet_names_the_next_command(shop, capsys):
    assert preview(shop, "orders") == 1
    said = capsys.readouterr().err
    assert "there is no database yet" in said
    assert "platform build --select +orders" in said


def test_a_parent_that_is_not_built_is_named(shop, capsys):
    duckdb.connect(str(shop / "shop.duckdb")).close()
    assert preview(shop, "orders") == 1
    said = capsys.readouterr().err
    assert "orders reads stg_orders, which is not built yet" in said


def test_duckdbs_complaint_is_passed_on(built, capsys):
    assert preview(built, "wrong") == 1
    assert "no_such_column" in capsys.readouterr().err


def test_a_wrong_name_finds_near_ones(built, capsys):
    assert preview(built, "order") == 2
    assert "'orders'" in capsys.readouterr().err


def test_profiles_dir_is_relative_to_where_the_command_starts(built, capsys, monkeypatch):
    (built / "there").mkdir()
    (built / "profiles.yml").rename(built / "there" / "profiles.yml")
    monkeypatch.chdir(built.parent)
    assert preview(built, "orders", "--sql", "--profiles-dir", "there") == 0
    assert '"shop"."main"."stg_orders"' in capsys.readouterr().out
    assert preview(built, "orders", "--sql", "--profiles-dir", "elsewhere") == 2
    assert "--profiles-dir: there is no folder" in capsys.readouterr().err


def test_wrong_vars_are_refused(built, capsys):
    assert preview(built, "orders", "--vars", "[1]") == 2
    assert "takes a mapping" in capsys.readouterr().err


def test_what_only_dbt_can_compile_is_asked_of_dbt(built, capsys):
    assert preview(built, "asks", "--output-format", "csv") == 0
    said = capsys.readouterr()
    assert said.out == "seven\n7\n"
    assert said.err.startswith("asking dbt, which takes some seconds")


def test_the_rows_that_fail_a_data_test_are_shown(built, capsys):
    (built / "models/tests.yml").write_text(
        "models:\n  - name: stg_orders\n    columns:\n      - name: id\n"
        "        data_tests: [{accepted_values: {arguments: {values: [7]}}}]\n"
    )
    assert preview(built, "accepted_values_stg_orders_id__7", "--output-format", "csv") == 0
    assert capsys.readouterr().out == "value_field,n_records\n1,1\n"
