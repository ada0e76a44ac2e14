from platform_cli.conventions.rules.mart_not_directly_on_staging import (
    mart_not_directly_on_staging,
)
from tests.rule_builders import found

FILES = {
    "models/staging/stg_orders.sql": "select 1 as id",
    "models/intermediate/int_orders.sql": "select * from {{ ref('stg_orders') }}",
    "models/marts/fct_orders.sql": "select *\nfrom {{ ref('int_orders') }}",
    "models/marts/fct_raw.sql": "select *\nfrom {{ ref('stg_orders') }}",
}


def test_a_mart_on_staging_is_found_at_the_call_and_one_on_an_intermediate_is_well(
    tmp_path,
) -> None:
    assert found(mart_not_directly_on_staging, tmp_path, FILES) == [
        "models/marts/fct_raw.sql:2:9 reads stg_orders of staging itself"
    ]
    assert not found(mart_not_directly_on_staging, tmp_path, FILES, not_on=("other",))


def test_it_is_off_unless_asked_for() -> None:
    assert mart_not_directly_on_staging.opt_in
