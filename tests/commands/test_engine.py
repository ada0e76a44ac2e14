import pytest

from platform_cli.commands._engine import DuckDbEngine
from platform_cli.project.project import Project
from tests.fix_builders import built
from tests.small_project import write_project

DIM = "models/marts/sales/dim_customers.sql"
READ = "select customer_id, customer_name from {{ ref('stg_customers') }}"
ROWS = "create table main.stg_customers as select 7 as customer_id, 'Ada' as customer_name"


@pytest.fixture
def why(tmp_path):
    """Why a query is not known to return what the query of dim_customers did."""

    def asked(before, after, sql=""):
        sides = [
            Project.load(write_project(tmp_path / name, {DIM: text}))
            for name, text in (("old", before), ("new", after))
        ]
        if sql:
            built(tmp_path / "old", sql)
        engine = DuckDbEngine(sides[0])
        return engine.why_different(*sides, ("model.shop.dim_customers",) * 2)

    return asked


@pytest.mark.parametrize(
    "after",
    [
        f"{READ} -- where false",
        f"/* select 1 */ {READ}",
        READ.replace(", ", "\n  , "),
        READ.replace("select", "SELECT"),
    ],
)
def test_the_same_query_needs_no_database(why, after) -> None:
    assert why(READ, after) == ""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("select '--a' as x", "select '--b' as x"),
        ("select $$ -- a $$ as x", "select $$ -- b $$ as x"),
        ("select 'it''s -- a' as x", "select 'it''s -- b' as x"),
        (READ, f"{READ} where true"),
    ],
)
def test_another_query_is_not_proven_without_one(why, before, after) -> None:
    assert (
        why(before, after) == "that its rows stay the same is not proven: there is no database yet"
    )


@pytest.mark.parametrize(
    ("after", "reason"),
    [
        (f"{READ} where true", ""),
        (f"{READ} where false", "its rows would not be the same"),
        (f"{READ} union all {READ}", "its rows would not be the same"),
        (READ.replace("customer_name from", "customer_name as n from"), "its columns would not"),
        (READ.replace("customer_id,", "customer_id::bigint as customer_id,"), "its columns would"),
        (READ.replace("stg_customers", "nothing_here"), "known to dbt alone"),
    ],
)
def test_duckdb_compares_rows_and_columns(why, after, reason) -> None:
    found = why(READ, after, ROWS)
    assert found.startswith(reason) if reason != "known to dbt alone" else reason in found
    assert bool(found) == bool(reason)


def test_no_rows_prove_nothing(why) -> None:
    after = READ.replace("customer_id,", "customer_id + 1 as customer_id,")
    assert "it returns none now" in why(READ, after, ROWS + " where false")


def test_what_is_not_built_is_not_compared(why) -> None:
    assert "not built" in why(READ, f"{READ} where true", "select 1")
