from platform_cli.project.lineage.described import inherited_description
from platform_cli.project.sql.origin import Origin

FCT = "model.shop.fct_orders"


def test_a_description_comes_through_renames_and_says_where_from(lineage) -> None:
    known = lineage()
    found = inherited_description(known, FCT, "Order_ID")
    assert found is not None
    assert found.text == "Number of the order."
    assert found.origin == Origin("source.shop.raw.orders", "Order Id")
    assert found.through == (Origin("model.shop.stg_orders", "order_id"),)
    assert inherited_description(known, FCT, "port").text == "What it is called."


def test_one_that_is_still_to_write_is_passed_by(lineage) -> None:
    files = {
        "models/stg_orders.yml": "models: [{name: stg_orders, columns:"
        " [{name: order_id, description: 'TODO: what is it?'}]}]"
    }
    assert inherited_description(lineage(files), FCT, "order_id").text == "Number of the order."


def test_what_is_computed_or_of_nobody_inherits_nothing(lineage) -> None:
    known = lineage()
    assert inherited_description(known, FCT, "one") is None
    assert inherited_description(known, FCT, "placed_on") is None
    assert inherited_description(known, FCT, "nope") is None
    assert inherited_description(known, "model.shop.nope", "nope") is None


def test_a_cast_inherits_unless_that_is_not_wanted(lineage) -> None:
    files = {
        "models/casts.sql": "select name::varchar as called from {{ ref('ports') }}",
    }
    casts = "model.shop.casts"
    assert inherited_description(lineage(files), casts, "called").text == "What it is called."
    assert inherited_description(lineage(files), casts, "called", through_casts=False) is None
