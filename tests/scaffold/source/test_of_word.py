import duckdb
import pytest

from platform_cli.cli import run
from tests.small_project import write_project

SALES = "--owner", "sales", "--no-unit-test", "--description", "One row per thing that was sold."
SOURCES = "models/staging/raw/_raw__sources.yml"


@pytest.fixture
def project(tmp_path, monkeypatch):
    root = write_project(tmp_path, {"data/lines.csv": "Line Id,qty\n1,2\n2,2\n"})
    monkeypatch.chdir(root)
    return root


def new_model(name, parent, *more):
    return run(["new-model", name, "--from", parent, *SALES, "--yes", *more])


def test_a_file_beside_those_of_a_source_is_a_table_of_it_and_the_rest_is_kept(project) -> None:
    before = (project / SOURCES).read_text()
    assert new_model("stg_lines", "data/lines.csv") == 0
    after = (project / SOURCES).read_text()
    assert after.startswith(before)
    assert "      - name: lines\n" in after
    assert (
        "          - name: Line Id\n            quote: true\n            data_type: bigint\n"
        in after
    )
    sql = (project / "models/staging/raw/stg_lines.sql").read_text()
    assert "{{ source('raw', 'lines') }}" in sql
    assert '"Line Id" as line_id' in sql
    yaml = (project / "models/staging/raw/stg_lines.yml").read_text()
    assert "data_type: bigint\n        data_tests: [unique, not_null]" in yaml


def test_a_second_run_changes_nothing(project, capsys) -> None:
    new_model("stg_lines", "data/lines.csv")
    texts = {one: one.read_bytes() for one in project.glob("models/**/*.*")}
    assert new_model("stg_lines", "data/lines.csv", "--check") == 0
    assert {one: one.read_bytes() for one in project.glob("models/**/*.*")} == texts


def test_a_file_elsewhere_is_a_source_named_after_its_folder(project) -> None:
    (project / "data/crm").mkdir()
    (project / "data/crm/People List.json").write_text('[{"id": 1, "name": {"first": "x"}}]')
    assert new_model("stg_people", "data/crm/People List.json") == 0
    text = (project / "models/staging/crm/_crm__sources.yml").read_text()
    assert "external_location: data/crm/People List.json" in text
    assert (
        "{{ source('crm', 'people_list') }}"
        in (project / "models/staging/crm/stg_people.sql").read_text()
    )


def test_a_file_that_a_source_reads_already_is_not_declared_again(project, capsys) -> None:
    assert new_model("stg_orders", "data/Orders.csv") == 0
    assert "update" not in capsys.readouterr().out
    sql = (project / "models/staging/raw/stg_orders.sql").read_text()
    assert "{{ source('raw', 'Orders') }}" in sql


def test_a_table_of_the_database_is_declared_with_its_schema(project) -> None:
    with duckdb.connect("shop.duckdb") as connection:
        connection.execute("create schema landing")
        connection.execute("create table landing.Refunds as select 1 as id, 'x' as note")
    assert new_model("stg_refunds", "table:landing.refunds") == 0
    text = (project / "models/staging/landing/_landing__sources.yml").read_text()
    assert "- name: landing\n" in text
    assert "      - name: Refunds\n" in text
    assert "data_type: integer" in text
    assert new_model("stg_refunds", "table:landing.refunds", "--check") == 0


@pytest.mark.parametrize(
    ("parent", "words"),
    [
        ("data/line.csv", ("there is no file data/line.csv", "'lines.csv'")),
        ("../outside.csv", ("lies outside of the project",)),
        ("data/broken.parquet", ("data/broken.parquet cannot be read",)),
        ("table:main.nothing", ("cannot be looked at: there is no database yet",)),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_is_written(project, capsys, parent, words) -> None:
    (project.parent / "outside.csv").write_text("a\n1\n")
    (project / "data/broken.parquet").write_text("no parquet")
    before = {one: one.read_bytes() for one in project.glob("models/**/*.*")}
    assert new_model("stg_x", parent) in (2, 3)
    err = capsys.readouterr().err
    for word in words:
        assert word in err
    assert {one: one.read_bytes() for one in project.glob("models/**/*.*")} == before


def test_tables_that_are_not_there_or_are_built_here_are_refused(project, capsys) -> None:
    with duckdb.connect("shop.duckdb") as connection:
        connection.execute("create table main.stg_customers as select 1 as customer_id")
        connection.execute("create table main.orders_raw as select 1 as id")
    assert new_model("stg_x", "table:order_raw") == 2
    assert "'orders_raw'" in capsys.readouterr().err
    assert new_model("stg_x", "table:main.stg_customers") == 2
    assert "--from ref:stg_customers" in capsys.readouterr().err


def test_a_properties_file_with_a_key_twice_is_not_edited(project, capsys) -> None:
    text = (project / SOURCES).read_text()
    (project / SOURCES).write_text(text + "    description: one\n    description: two\n")
    assert new_model("stg_lines", "data/lines.csv") == 2
    assert SOURCES in capsys.readouterr().err
    assert not (project / "models/staging/raw/stg_lines.sql").exists()


def test_what_git_could_not_undo_is_written_only_when_somebody_says_so(project, capsys) -> None:
    before = (project / SOURCES).read_bytes()
    assert run(["new-model", "stg_lines", "--from", "data/lines.csv", *SALES]) == 2
    assert "git could not undo it" in capsys.readouterr().err
    assert (project / SOURCES).read_bytes() == before
    assert not (project / "models/staging/raw/stg_lines.sql").exists()
