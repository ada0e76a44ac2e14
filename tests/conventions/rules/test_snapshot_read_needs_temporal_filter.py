from pathlib import Path

import pytest

from platform_cli.conventions.rules.snapshot_read_needs_temporal_filter import (
    snapshot_read_needs_temporal_filter as rule,
)
from tests.builders import PROFILES
from tests.sql_builders import places_in, violations_in, why_undecided

S = "{{ ref('s') }}"
MACROS = Path(__file__).parents[3] / "macros"


def files(config: str = "") -> dict[str, str]:
    return {
        "snapshots/s.yml": "snapshots:\n- name: s\n  relation: ref('stg_flights')\n"
        f"  config: {{unique_key: id, strategy: check, check_cols: all{config}}}\n"
    }


@pytest.mark.parametrize(
    "sql",
    [
        f"select id from {S}",
        f"with s as (select * from {S}) select * from s",
        f"{{% if true %}}select s.id from {{% endif %}} {S} s where s.code = 'x'",
    ],
)
def test_reading_all_versions_is_found_at_the_call(tmp_path, sql) -> None:
    place = sql.index("ref('s')") + 1
    assert places_in(tmp_path, rule, sql, files=files()) == [f"1:{place} ref('s')"]


@pytest.mark.parametrize(
    "sql",
    [
        f"select id from {S} where dbt_valid_to is null",
        f"with s as (select * from {S}) select id, dbt_valid_from from s",
        f"select id from {S} where DBT_VALID_FROM <= date '2024-01-01'",
        f"select 1 as id -- depends_on: {S}",
        "select id from {{ ref('stg_flights') }}",
    ],
)
def test_a_query_that_names_a_column_of_validity_is_left_alone(tmp_path, sql) -> None:
    assert violations_in(tmp_path, rule, sql, files=files()) == []


def test_columns_with_names_of_ones_own_count(tmp_path) -> None:
    named = files(", snapshot_meta_column_names: {dbt_valid_to: until}")
    sql = f"select id from {S} where until is null"
    assert violations_in(tmp_path, rule, sql, files=named) == []
    assert len(violations_in(tmp_path, rule, sql, files=files())) == 1
    assert violations_in(tmp_path, rule, sql, files=files(), validity_columns=("until",)) == []


@pytest.mark.parametrize(
    "call",
    [
        "current_rows(ref('s'))",
        "as_of(ref('s'), '2024-01-01')",
        "as_of_join('f', ref('s'), on='id', at='day', columns=['code'])",
    ],
)
def test_our_macros_say_it(tmp_path, call) -> None:
    (tmp_path / "dbt_packages").mkdir()
    (tmp_path / "dbt_packages" / "platform_macros").symlink_to(MACROS)
    sql = (
        "with f as (select 1 as id, date '2024-01-01' as day)\n"
        f"select id from {{{{ platform_macros.{call} }}}} as rows_then"
    )
    profile = {"profiles.yml": PROFILES.replace("tiny", "shop")}
    assert violations_in(tmp_path, rule, sql, files=files() | profile) == []


def test_a_text_from_the_database_is_undecided(tmp_path) -> None:
    sql = f"select {{{{ run_query('x') }}}} from {S}"
    assert why_undecided(tmp_path, rule, sql, files=files())


def test_a_snapshot_that_is_read_twice_is_said_once(tmp_path) -> None:
    sql = f"select id from {S}\nunion all\nselect id + 1 from {S}"
    assert places_in(tmp_path, rule, sql, files=files()) == ["1:19 ref('s')"]
