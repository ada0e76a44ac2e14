"""`platform new-source`."""

import json
import subprocess
import sys

import duckdb
import pytest
import yaml

from platform_cli.cli import run
from platform_cli.project.project import Project
from platform_cli.project.resources import Source
from tests.builders import write
from tests.small_project import write_project

TABLES = """
create schema lake;
create table lake.orders as select
    i as id, timestamp '2026-10-01' + i * interval 1 hour as loaded_at,
    date '2026-01-01' + (i % 7)::int as due from range(500) t(i);
create table lake."Select" ("Group By" integer, "order" varchar);
create view lake.late as select * from lake.orders where due > date '2026-01-03';
"""
HOME = "models/staging/lake/_lake__sources.yml"


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.chdir(write_project(tmp_path))
    with duckdb.connect(str(tmp_path / "shop.duckdb")) as connection:
        connection.execute(TABLES)
    return tmp_path


@pytest.fixture
def new_source(project, capsys):
    """Run `platform new-source --yes` in the project: code, stdout, stderr."""

    def call(*arguments):
        code = run(["new-source", *arguments, "--yes"])
        return code, *capsys.readouterr()

    return call


def tables(project, name="lake"):
    return {one.name: one for one in Project.load(project).of(Source) if one.source_name == name}


def test_a_schema_becomes_tables_with_columns_types_and_freshness(new_source, project) -> None:
    code, out, err = new_source("lake")
    assert code == 0
    assert out == f"create  {HOME}  3 tables, 3 new\n"
    assert (
        (project / HOME)
        .read_text()
        .startswith(
            """\
sources:
  - name: lake
    description: "TODO: what lake is, where it comes from, and how often"
    tables:
      - name: Select
        description: "TODO: what a row is"
        columns:
          - name: Group By
            quote: true
            data_type: integer
          - name: order
            quote: true
            data_type: varchar
      - name: late
"""
        )
    )
    orders = tables(project)["orders"]
    assert orders.loaded_at_field == "loaded_at"
    assert orders.freshness["warn_after"] == {"count": 1, "period": "day"}
    assert [(one.name, one.data_type) for one in orders.columns.values()] == [
        ("id", "bigint"), ("loaded_at", "timestamp"), ("due", "date"),
    ]  # fmt: skip
    assert "orders: loaded_at_field loaded_at: a time of loading, by its name, never NULL" in err
    assert "Select: no freshness proposed, it has no rows" in err


def test_a_second_run_changes_nothing_and_check_says_so(new_source, project) -> None:
    assert new_source("lake", "--check")[0] == 1
    assert not (project / HOME).exists()
    new_source("lake")
    before = (project / HOME).read_bytes()
    assert new_source("lake", "--check")[0] == 0
    assert new_source("lake")[:2] == (0, "")
    assert (project / HOME).read_bytes() == before


def test_what_a_person_wrote_stays_and_what_is_missing_is_added(new_source, project) -> None:
    mine = """\
# Mine.
sources:
- name: lake   # the lake
  description: 'It is mine.'
  freshness: null
  tables:
  - name: ORDERS
    identifier: orders
    description: >
      Two
      lines.
    columns:
    - {name: ID, description: "the key"}
    - name: gone
"""
    write(project, {HOME: mine})
    code, _, err = new_source("lake", "--tables", "orders,late")
    assert code == 0
    after = (project / HOME).read_text()
    assert all(line in after.splitlines() for line in mine.splitlines() if "{name" not in line)
    assert '- {name: ID, description: "the key", data_type: bigint}' in after
    found = tables(project)
    assert sorted(found) == ["ORDERS", "late"]
    assert list(found["ORDERS"].columns) == ["ID", "gone", "loaded_at", "due"]
    assert "orders has no column gone any more; its entry stays" in err
    assert new_source("lake", "--tables", "orders,late")[1] == ""


def test_another_type_in_the_entry_is_said_and_stays(new_source, project) -> None:
    new_source("lake")
    text = (project / HOME).read_text().replace("data_type: bigint", "data_type: varchar")
    write(project, {HOME: text})
    _, out, err = new_source("lake")
    assert out == ""
    assert "orders.id is bigint, and its entry says varchar; the entry stays" in err


def test_dbt_reads_what_was_written(new_source, project) -> None:
    write(project, {"data/more/odd (1).csv": "id,At\n1,2026-01-01\n", "data/more/b.csv": "a\n1\n"})
    new_source("lake")
    new_source("files", "--folder", "data/more")
    write(
        project,
        {
            "models/a.sql": "select count(*) as rows_read from {{ source('files', 'odd_1') }}",
            "models/b.sql": "select \"Group By\" from {{ source('lake', 'Select') }}",
        },
    )
    assert run(["build", "--no-check", "-s", "a", "b"]) == 0


def test_files_of_a_folder_are_tables(new_source, project) -> None:
    write(
        project,
        {
            "data/in/customers.csv": "id,name\n1,a\n",
            "data/in/orders.csv": "id\n1\n",
            "data/in/readme.txt": "",
        },
    )
    code, _, _ = new_source("crm", "--folder", "data/in")
    assert code == 0
    text = (project / "models/staging/crm/_crm__sources.yml").read_text()
    assert "external_location: data/in/{name}.csv" in text
    assert list(tables(project, "crm")) == ["customers", "orders"]
    write(project, {"data/in/items.csv": "sku\nx\n"})
    code, out, _ = new_source("crm")
    assert "3 tables, 1 new" in out
    assert list(tables(project, "crm")) == ["customers", "orders", "items"]


def test_odd_files_are_told_apart_joined_or_left_out(new_source, project) -> None:
    files = ("ports_2024-01-01.csv", "ports_2024-02-01.csv", "Ports.json", "ports.csv", "it's.csv")
    write(
        project, {f"data/in/{one}": '{"a": 1}' if one.endswith("n") else "a\n1\n" for one in files}
    )
    write(project, {"data/in/bad.parquet": "no"})
    code, _, err = new_source("odd", "--folder", "data/in")
    assert code == 0
    found = tables(project, "odd")
    assert set(found) == {"Ports", "ports_csv", "ports_2"}
    assert "data/in/ports_*.csv are read as one table" in err
    assert "it's.csv: left out" in err
    assert "left out: data/in/bad.parquet cannot be read" in err
    assert new_source("odd", "--folder", "data/in", "--check")[0] == 0
    assert new_source("odd", "--folder", "data/in", "--tables", "bad")[0] == 2


def test_another_database_is_named_as_the_profile_attaches_it(new_source, project) -> None:
    with duckdb.connect(str(project / "crm-new.duckdb")) as connection:
        connection.execute("create table people as select 1 as id")
    code, _, err = new_source("crm", "--database", "crm-new.duckdb")
    assert code == 0
    assert "`attach: [{path: crm-new.duckdb, alias: crm_new, read_only: true}]`" in err
    people = tables(project, "crm")["people"]
    assert (people.database, people.schema) == ("crm_new", "main")
    profile = (project / "profiles.yml").read_text()
    attach = "type: duckdb, attach: [{path: crm-new.duckdb, alias: old}],"
    write(project, {"profiles.yml": profile.replace("type: duckdb,", attach)})
    assert "attach:" not in new_source("crm2", "--database", "crm-new.duckdb")[2]
    assert tables(project, "crm2")["people"].database == "old"


def test_json_says_the_same_to_a_program(new_source, project) -> None:
    _, out, _ = new_source("lake", "--json", "--dry-run")
    said = json.loads(out)
    assert (said["written"], said["changes"][0]["path"]) == (False, HOME)
    assert said["new_tables"] == ["Select", "late", "orders"]
    assert not (project / HOME).exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["laek"], "did you mean 'lake'?"),
        (["x", "--schema", "lakes"], "did you mean 'lake'?"),
        (["RAW"], "platform new-source raw"),
        (["My-Source", "--schema", "lake"], "for example my_source"),
        (["lake", "--tables", "ordrs"], "did you mean 'orders'?"),
        (["x", "--folder", "dat"], "did you mean 'data'?"),
        (["x", "--folder", "models"], "there are no files of data in models"),
        (["x", "--folder", "data", "--schema", "lake"], "give one"),
        (["x", "--database", "shp.duckdb"], "did you mean 'shop.duckdb'?"),
        (["x", "--database", "data/Orders.csv"], "is not a DuckDB file"),
        (["x", "--schema", "main"], "there are no tables in schema main"),
    ],
)
def test_what_cannot_be_is_refused_with_what_could(new_source, project, arguments, said) -> None:
    before = set(project.rglob("*.yml"))
    code, out, err = new_source(*arguments)
    assert (code, out) == (2, "")
    assert said in err
    assert set(project.rglob("*.yml")) == before


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("sources:\n- name: lake\n  name: lake\n  tables: [{name: orders}]\n", "there is twice"),
        ("sources:\n- name: lake\n\ttables: []\n", "cannot be read"),
        ("a: &a [{name: orders}]\nsources:\n- name: lake\n  tables: *a\n", "an anchor or"),
    ],
)
def test_a_file_that_cannot_be_edited_safely_is_left(new_source, project, text, said) -> None:
    write(project, {HOME: text})
    code, _, err = new_source("lake")
    assert code == 2
    assert said in err or "not edited" in err
    assert (project / HOME).read_text() == text


def test_a_missing_and_a_locked_database_are_said(new_source, project) -> None:
    holder = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print(1, flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", holder, str(project / "shop.duckdb")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as other:
        other.stdout.readline()
        code, _, err = new_source("lake")
        other.communicate(b"\n")
    assert (code, "holds the database file" in err) == (3, True)
    (project / "shop.duckdb").unlink()
    code, _, err = new_source("lake")
    assert (code, "there is no database yet" in err) == (3, True)
    assert not (project / HOME).exists()


def test_names_that_dbt_would_render_are_left_out(new_source, project) -> None:
    with duckdb.connect(str(project / "shop.duckdb")) as connection:
        connection.execute("create schema odd")
        connection.execute('create table odd."a""b" (x integer)')
        connection.execute('create table odd.t ("{{ x }}" integer, "a: #b" integer)')
    code, _, err = new_source("odd")
    assert code == 0
    assert list(tables(project, "odd")) == ["t"]
    assert list(tables(project, "odd")["t"].columns) == ["a: #b"]
    assert 'a"b: left out' in err
    assert "column {{ x }} is left out, dbt would read it as Jinja" in err


def test_a_table_of_two_thousand_columns(new_source, project) -> None:
    names = ", ".join(f"1 as c{number}" for number in range(2000))
    with duckdb.connect(str(project / "shop.duckdb")) as connection:
        connection.execute(f"create table lake.wide as select {names}")
    write(project, {HOME: "sources:\n- name: lake\n  tables:\n  - name: wide\n    columns:\n"
                          "    - name: c7\n      description: mine\n"})  # fmt: skip
    assert new_source("lake", "--tables", "wide")[0] == 0
    columns = yaml.safe_load((project / HOME).read_text())["sources"][0]["tables"][0]["columns"]
    assert len({one["name"] for one in columns}) == len(columns) == 2000
    assert columns[0] == {"name": "c7", "description": "mine", "data_type": "integer"}


def test_a_declared_table_is_read_where_its_entry_says(new_source, project) -> None:
    write(
        project,
        {
            "data/in/ports_2024-01-01.csv": "a\n1\n",
            "data/in/ports_2024-02-01.csv": "a,b\n1,2\n",
            HOME: "sources:\n- name: lake\n  tables:\n  - name: ports\n    config:\n"
            "      meta: {external_location: 'data/in/ports_2024-02-01.csv'}\n",
        },
    )
    assert new_source("lake")[0] == 0
    assert list(tables(project)["ports"].columns) == ["a", "b"]


def test_a_disabled_source_is_not_declared_a_second_time(new_source, project) -> None:
    off = "config: {enabled: false}"
    text = f"sources:\n- name: lake\n  {off}\n  tables: [{{name: orders}}]\n"
    write(project, {"models/elsewhere.yml": text})
    assert new_source("lake")[0] == 0
    assert not (project / HOME).exists()
    assert "[{name: orders, columns: [" in (project / "models/elsewhere.yml").read_text()
