from itertools import pairwise

import msgspec
import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from platform_cli.project.problem import Problem
from platform_cli.project.reading.cycles import cycles
from platform_cli.project.resources import Model, Reference

NAMES = "abcdefg"


def model(name: str, parents: str) -> Model:
    """A model that reads each parent on a line of its own."""
    return Model(
        unique_id=f"model.shop.{name}",
        name=name,
        package_name="shop",
        path=f"models/{name}.sql",
        depends_on=tuple(f"model.shop.{one}" for one in parents),
        references=tuple(
            Reference("ref", (one,), None, f"model.shop.{one}", line, 6)
            for line, one in enumerate(parents, start=1)
        ),
    )


def found(graph: dict[str, str]) -> list[Problem]:
    return list(cycles([model(name, parents) for name, parents in graph.items()]))


def way(problem: Problem) -> list[str]:
    return problem.message.removeprefix("these models read each other in a circle: ").split(" -> ")


def test_a_circle_is_told_at_the_ref_that_closes_it() -> None:
    (problem,) = found({"a": "b", "b": "cd", "c": "", "d": "xa", "x": ""})
    assert way(problem) == ["a", "b", "d", "a"]
    assert (problem.path, problem.line, problem.column) == ("models/d.sql", 2, 6)
    assert (problem.kind, problem.severity, problem.resource) == ("cycle", "error", "model.shop.d")


def test_a_model_that_reads_itself_is_a_circle_of_one() -> None:
    (problem,) = found({"a": "a"})
    assert way(problem) == ["a", "a"]


def test_what_leads_to_a_circle_is_not_in_it() -> None:
    (problem,) = found({"first": "", "a": "b", "b": "c", "c": "b"})
    assert way(problem) == ["b", "c", "b"]


def test_a_parent_that_is_not_there_closes_nothing() -> None:
    assert found({"a": "z", "b": "az"}) == []


def test_a_long_chain_is_no_deep_recursion() -> None:
    names = [f"m{number}" for number in range(5000)]
    chain = [model(name, "") for name in names]
    ids = [f"model.shop.{name}" for name in (*names[1:], names[0])]
    ring = [
        msgspec.structs.replace(one, depends_on=(parent,))
        for one, parent in zip(chain, ids, strict=True)
    ]
    (problem,) = cycles(ring)
    assert len(way(problem)) == 5001


graphs = st.dictionaries(
    st.sampled_from(NAMES), st.lists(st.sampled_from(NAMES), unique=True).map("".join)
)


@given(graphs)
def test_networkx_sees_the_same_circles(graph: dict[str, str]) -> None:
    edges = [(name, one) for name, parents in graph.items() for one in parents if one in graph]
    oracle = nx.DiGraph(edges)
    told = [way(problem) for problem in found(graph)]
    for circle in told:
        assert circle[0] == circle[-1]
        assert len(set(circle)) == len(circle) - 1
        assert set(pairwise(circle)) <= set(edges)
    # every knot has its circle, and outside of those that are told there is none
    knots = [
        knot
        for knot in nx.strongly_connected_components(oracle)
        if len(knot) > 1 or oracle.has_edge(*(2 * tuple(knot)))
    ]
    assert all(any(set(circle) <= knot for circle in told) for knot in knots)
    oracle.remove_edges_from([edge for circle in told for edge in pairwise(circle)])
    assert nx.is_directed_acyclic_graph(oracle)
