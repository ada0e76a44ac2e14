from platform_cli.project.reading.test_names import id_hash, synthetic_names


def test_a_short_name_lists_the_arguments_in_order_of_their_names() -> None:
    arguments = {"values": ["a b", "c"], "column_name": "kind", "model": "left out"}
    name = "accepted_values_orders_kind__a_b__c"
    assert synthetic_names("accepted_values", "orders", arguments) == (name, name)


def test_a_long_name_ends_in_a_hash_of_32_characters() -> None:
    short, full = synthetic_names("accepted_values", "orders", {"values": ["x" * 80]})
    assert full == f"accepted_values_orders_{'x' * 80}"
    assert short.startswith("accepted_values_orders_")
    assert len(short) == len("accepted_values_orders") + 33


def test_the_id_is_the_one_dbt_gives() -> None:
    # from dbt's manifest of a project with `- unique` on column customer_id of model customers
    arguments = {
        "column_name": "customer_id",
        "model": "{{ get_where_subquery(ref('customers')) }}",
    }
    assert id_hash("unique_customers_customer_id", "unique", None, arguments) == "c5af1ff4b1"
