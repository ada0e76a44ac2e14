import pytest

from platform_cli.errors import PlatformError
from platform_cli.project.resources import Column
from platform_cli.scaffold.model.parents import Parent
from platform_cli.scaffold.model.select_list import select_list
from tests.resource_builders import a_model


def a_parent(name, *columns, key=None):
    return Parent(
        resource=a_model(f"stg_{name}"),
        alias=name,
        call=f"ref('stg_{name}')",
        columns=tuple(Column(one) for one in columns),
        complete=True,
        key=key,
    )


def items(*parents, join=()):
    return list(select_list(parents, join).items)


def test_odd_names_are_quoted_and_made_plain() -> None:
    assert items(a_parent("orders", "id", "First Order", "group", "firstOrder")) == [
        "id",
        '"First Order" as first_order',
        '"group"',
        '"firstOrder" as first_order_2',
    ]


def test_a_plain_name_stays_that_of_its_column_when_odd_ones_would_become_it() -> None:
    assert items(a_parent("t", "a b", "a_b", "A-B")) == [
        '"a b" as a_b_2',
        "a_b",
        '"A-B" as a_b_3',
    ]


def test_a_further_parent_is_joined_on_its_key_and_the_key_comes_once() -> None:
    orders = a_parent("orders", "id", "customer_id", "name")
    customers = a_parent("customers", "customer_id", "name", key="customer_id")
    selected = select_list([orders, customers], [])
    assert selected.items == (
        "orders.id",
        "orders.customer_id",
        "orders.name",
        "customers.name as customers_name",
    )
    [join] = selected.joins
    assert (join.left, join.right) == ("orders.customer_id", "customers.customer_id")
    assert (join.proposed, join.unique) == (True, True)


def test_a_join_is_as_wished() -> None:
    flights = a_parent("flights", "origin")
    airports = a_parent("airports", "icao", "iata", key="icao")
    [join] = select_list([flights, airports], ["airports:origin=iata"]).joins
    assert (join.left, join.right) == ("flights.origin", "airports.iata")
    assert (join.proposed, join.unique) == (False, False)


def test_of_a_parent_without_known_columns_everything_is_selected() -> None:
    selected = select_list([a_parent("orders")], [])
    assert (selected.items, selected.unknown) == (("orders.*",), ("orders",))


@pytest.mark.parametrize(
    ("join", "message"),
    [
        ([], "They share no column"),
        (["origin=iata"], "PARENT:LEFT=RIGHT"),
        (["airprots:origin=iata"], "'airprots' is not among the parents"),
        (["airports:origni=iata"], "stg_flights has no column 'origni'"),
        (["airports:origin=iat"], "stg_airports has no column 'iat'"),
    ],
)
def test_a_join_that_cannot_be_is_an_error_with_help(join, message) -> None:
    parents = a_parent("flights", "origin"), a_parent("airports", "iata")
    with pytest.raises(PlatformError) as error:
        select_list(parents, join)
    assert message in error.value.message
    assert error.value.hint
