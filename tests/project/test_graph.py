from platform_cli.project.graph import Graph
from platform_cli.project.resources import Undecided
from tests.resource_builders import a_model, a_source, a_test, reads

SOURCE = a_source()
STAGING = a_model("stg_flights", **reads(SOURCE))
FACT = a_model("fct_flights", **reads(STAGING))
WIDE = a_model("fct_wide", **reads(FACT, STAGING))
TEST = a_test(FACT, "unique", "flight_id")
GRAPH = Graph({one.unique_id: one for one in (SOURCE, STAGING, FACT, WIDE, TEST)})


def names(found):
    return {one.split(".")[-1] for one in found}


def test_upstream_and_downstream_go_all_the_way_or_so_many_steps() -> None:
    assert names(GRAPH.upstream([WIDE.unique_id])) == {"fct_flights", "stg_flights", "flights"}
    assert names(GRAPH.upstream([WIDE.unique_id], 1)) == {"fct_flights", "stg_flights"}
    assert names(GRAPH.downstream([SOURCE.unique_id], 2)) == {
        *("stg_flights", "fct_flights", "fct_wide")
    }
    assert GRAPH.downstream([WIDE.unique_id]) == set()


def test_tests_hang_beside_the_graph() -> None:
    assert GRAPH.tests[FACT.unique_id] == (TEST,)
    assert TEST.unique_id not in GRAPH.parents


def test_an_edge_to_something_unknown_is_left_out_and_a_circle_ends() -> None:
    one = a_model("a", depends_on=("model.shop.b", "model.shop.gone"))
    other = a_model("b", depends_on=("model.shop.a",))
    graph = Graph({one.unique_id: one, other.unique_id: other})
    assert graph.parents[one.unique_id] == ("model.shop.b",)
    assert graph.upstream([one.unique_id]) == {"model.shop.b"}


def test_what_is_read_is_what_has_children() -> None:
    assert GRAPH.read == GRAPH.children.keys()


def test_a_reader_that_only_dbt_can_tell_of_is_named() -> None:
    assert GRAPH.unclear_reader is None
    unclear = Undecided("a var")
    model = a_model("fct_unclear", undecided={"references": unclear})
    assert Graph({model.unique_id: model}).unclear_reader is unclear
