import duckdb

from platform_cli.project.resources import Column, Reference, Undecided
from platform_cli.scaffold import trial as trials
from tests.scaffold_builders import a_trial

ORDERS = "source.shop.raw.Orders"
CUSTOMERS = "model.shop.dim_customers"
SEED = "seed.shop.bands"


def test_a_source_on_files_is_described_from_the_projects_root(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir("/")
    with a_trial(tmp_path) as (project, trial):
        assert trial.columns_of(project.resources[ORDERS]) == (
            Column("Order Id", data_type="bigint"),
            Column("placedAt", data_type="date"),
            Column("customer_id", data_type="bigint"),
            Column("group", data_type="varchar"),
        )


def test_what_is_not_built_is_worked_out_through_all_that_is_upstream(tmp_path) -> None:
    with a_trial(tmp_path) as (project, trial):
        found = trial.columns_of(project.resources[CUSTOMERS])
        assert [one.data_type for one in found or ()] == ["integer", "varchar"]


def test_what_is_built_is_asked_and_not_worked_out(tmp_path) -> None:
    with duckdb.connect(str(tmp_path / "shop.duckdb")) as connection:
        connection.execute("create table main.dim_customers as select 7::hugeint as customer_id")
    with a_trial(tmp_path) as (project, trial):
        assert trial.columns_of(project.resources[CUSTOMERS]) == (
            Column("customer_id", data_type="hugeint"),
        )
        assert trial.rows(f"select * from {trial.relation(project.resources[CUSTOMERS])}") == [(7,)]


def test_a_seed_that_is_not_loaded_is_read_from_its_file(tmp_path) -> None:
    seed = {
        "seeds/bands.csv": "band,from_km\nshort,0\n",
        "seeds/bands.yml": "seeds: [{name: bands, config: {column_types: {from_km: smallint}}}]\n",
    }
    with a_trial(tmp_path, seed) as (project, trial):
        found = trial.columns_of(project.resources[SEED])
        assert [one.data_type for one in found or ()] == ["varchar", "smallint"]


def test_what_cannot_be_told_is_none(tmp_path) -> None:
    gone = {"data/Orders.csv": None, "models/staging/raw/stg_customers.sql": "select * from gone"}
    with a_trial(tmp_path, gone) as (project, trial):
        assert trial.columns_of(project.resources[ORDERS]) is None
        assert trial.columns_of(project.resources[CUSTOMERS]) is None


def test_a_draft_reads_macros_and_refs_as_dbt_would(tmp_path) -> None:
    macro = {"macros/cents.sql": "{% macro cents(x) %}({{ x }} * 100)::bigint{% endmacro %}"}
    reference = Reference("ref", ("dim_customers",), unique_id=CUSTOMERS)
    with a_trial(tmp_path, macro) as (_, trial):
        text = "select {{ cents('customer_id') }} as c from {{ ref('dim_customers') }}"
        sql = trial.compiled(text, [reference])
        assert isinstance(sql, str)
        assert trial.columns(sql) == (Column("c", data_type="bigint"),)
        assert isinstance(trial.compiled("{{ run_query('select 1') }}", []), Undecided)


def test_nobody_waits_for_a_query_that_does_not_end(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(trials, "PATIENCE", 0.2)
    with a_trial(tmp_path) as (_, trial):
        endless = "select count(*) from range(1000000000) a, range(1000000000) b where a.range > 1"
        assert trial.rows(endless) is None
        assert trial.rows("select 1") == [(1,)]
