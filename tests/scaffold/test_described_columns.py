import duckdb

from platform_cli.project.resources import Column
from platform_cli.scaffold.described_columns import DescribedColumns
from tests.resource_builders import a_model, a_source


def test_a_source_on_files_is_described_from_the_projects_root(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir("/")
    (tmp_path / "Odd Name.csv").write_text("id,First Order\n1,2026-01-01\n")
    source = a_source("Odd Name", meta={"external_location": "{name}.csv"})
    assert DescribedColumns(tmp_path, None)(source) == (
        Column("id", data_type="bigint"),
        Column("First Order", data_type="date"),
    )


def test_what_is_built_is_described_from_the_database(tmp_path) -> None:
    with duckdb.connect(str(tmp_path / "a.duckdb")) as connection:
        connection.execute("create schema marts; create table marts.flights (id integer)")
    model = a_model(schema="marts", alias="flights")
    found = DescribedColumns(tmp_path, tmp_path / "a.duckdb")(model)
    assert found == (Column("id", data_type="integer"),)


def test_what_is_not_there_has_no_columns(tmp_path) -> None:
    describe = DescribedColumns(tmp_path, tmp_path / "gone.duckdb")
    assert describe(a_model(schema="marts", alias="flights")) is None
    assert describe(a_source(meta={"external_location": "gone.csv"})) is None
    assert DescribedColumns(tmp_path, None)(a_model()) is None
