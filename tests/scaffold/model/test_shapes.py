import pytest

from platform_cli.errors import PlatformError
from platform_cli.project.resources import Column
from platform_cli.scaffold.model.parents import Parent
from platform_cli.scaffold.model.select_list import select_list
from platform_cli.scaffold.model.shapes import current, groups, pairs, versions
from tests.resource_builders import a_model, a_snapshot


def a_parent(*columns, resource=None):
    return Parent(
        resource=resource or a_model("stg_orders"),
        alias="orders",
        call="ref('stg_orders')",
        columns=tuple(Column(one, data_type="timestamp") for one in columns),
        complete=True,
        key=None,
    )


ORDERS = a_parent("order_id", "customer_id", "Amount", "placed_at")
HISTORY = "id", "city", "dbt_scd_id", "dbt_updated_at", "dbt_valid_from", "dbt_valid_to"


def test_an_aggregate_counts_and_computes_per_group() -> None:
    made = groups(
        select_list([ORDERS], []), ["customer_id"], ["sum:amount", "count_distinct:Amount"]
    )
    assert made.items == (
        "customer_id",
        "count(*) as row_count",
        'sum("Amount") as total_amount',
        'count(distinct "Amount") as distinct_amount_count',
    )
    assert made.group_by == ("customer_id",)


def test_a_bridge_has_the_distinct_keys_only() -> None:
    made = pairs(select_list([ORDERS], []), [])
    assert (made.items, made.distinct) == (("order_id", "customer_id"), True)
    assert pairs(select_list([ORDERS], []), ["order_id", "placed_at"]).items[1] == "placed_at"


def test_a_history_has_plain_names_for_when_a_version_was_valid() -> None:
    parent = a_parent(*HISTORY, resource=a_snapshot())
    assert versions(select_list([parent], []), [parent]).items == (
        "dbt_scd_id as version_id",
        "id",
        "city",
        "dbt_valid_from as valid_from",
        "dbt_valid_to as valid_to",
        "dbt_valid_to is null as is_current",
    )


def test_a_history_has_the_names_and_the_end_that_its_snapshot_gives() -> None:
    config = {
        "snapshot_meta_column_names": {"dbt_valid_to": "until"},
        "dbt_valid_to_current": "timestamp '9999-12-31'",
    }
    parent = a_parent("id", "until", resource=a_snapshot(config=config))
    made = versions(select_list([parent], []), [parent])
    assert "until as valid_to" in made.items
    assert "until = timestamp '9999-12-31' as is_current" in made.items


def test_of_the_newest_versions_only_since_when_is_left() -> None:
    parent = a_parent(*HISTORY, resource=a_snapshot())
    made = current(select_list([parent], []), [parent])
    assert made.items == ("id", "city", "dbt_valid_from as valid_from")


@pytest.mark.parametrize(
    ("make", "message", "hint"),
    [
        (lambda list_: groups(list_, [], []), "one row per what", "--by"),
        (lambda list_: groups(list_, ["custmer_id"], []), "'custmer_id' is not", "'customer_id'"),
        (lambda list_: groups(list_, ["order_id"], ["total"]), "FUNCTION:COLUMN", "sum:amount"),
        (lambda list_: groups(list_, ["order_id"], ["sun:Amount"]), "FUNCTION:COLUMN", "median"),
        (lambda list_: pairs(list_, ["order_id"]), "at least two", "--key"),
        (lambda list_: versions(list_, [ORDERS]), "is no snapshot", "ref:snp_"),
    ],
)
def test_what_cannot_be_is_said_with_what_to_do(make, message, hint) -> None:
    with pytest.raises(PlatformError) as error:
        make(select_list([ORDERS], []))
    assert message in error.value.message
    assert hint in error.value.hint
