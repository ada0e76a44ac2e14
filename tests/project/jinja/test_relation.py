import pytest

from platform_cli.project.jinja.dialect import Unknown
from platform_cli.project.jinja.relation import UNKNOWN_TEXT, Relation, UnknownRelation

ORDERS = Relation("db", "main", "orders", "table")


def test_parts_are_quoted_and_joined():
    assert str(ORDERS) == '"db"."main"."orders"'


@pytest.mark.parametrize(
    ("relation", "sql"),
    [
        (ORDERS.include(database=False), '"main"."orders"'),
        (ORDERS.quote(schema=False), '"db".main."orders"'),
        (ORDERS.without_identifier(), '"db"."main"'),
        (ORDERS.replace_path(identifier="x"), '"db"."main"."x"'),
        (Relation(identifier="cte", quote={"identifier": False}), "cte"),
        (Relation("db", "main", "x", external="read_csv('x')"), "read_csv('x')"),
        (Relation(), ""),
    ],
)
def test_policies_change_what_is_written(relation, sql):
    assert relation.render() == sql


def test_a_relation_is_a_mapping_that_packages_recognise():
    assert ORDERS.get("metadata")["type"].endswith("Relation")
    assert ORDERS["schema"] == "main"
    assert ORDERS.get("nothing", 1) == 1
    assert ORDERS
    assert ORDERS.is_table
    assert not ORDERS.is_view
    assert Relation("db", "main", "orders", "table") == ORDERS
    assert hash(ORDERS) == hash(str(ORDERS))


def test_what_only_dbts_relation_can_do_is_unknown():
    with pytest.raises(Unknown, match="information_schema"):
        _ = ORDERS.information_schema


def test_a_relation_of_an_unknown_target_can_only_be_written_down():
    relation = UnknownRelation()
    assert str(relation.include(database=False)) == UNKNOWN_TEXT
    with pytest.raises(Unknown):
        _ = relation.schema
    with pytest.raises(Unknown):
        _ = relation == ORDERS
