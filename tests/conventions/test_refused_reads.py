import pytest

from platform_cli.config import default_layers
from platform_cli.conventions.refused_reads import refused_reads
from platform_cli.conventions.rule import UndecidedError
from platform_cli.project.layers import Layers
from platform_cli.project.resources import AnyResource, Model, Undecided
from tests.resource_builders import a_model, a_project, a_source, reads

MART = a_model("fct_flights")
LEGACY = "models/legacy/flights.sql"


def refused(model: Model, *others: AnyResource) -> list[tuple[str, str, str]]:
    found = refused_reads(model, a_project(model, *others), Layers(default_layers()))
    return [(layer, call.args[-1], parent.unique_id) for layer, call, parent in found]


def test_calls_to_what_the_layer_may_not_read_are_found_whatever_it_is() -> None:
    model = a_model("int_a", path="models/intermediate/int_a.sql", **reads(MART, a_source()))
    assert refused(model, MART, a_source()) == [
        ("intermediate", "fct_flights", MART.unique_id),
        ("intermediate", "flights", a_source().unique_id),
    ]


def test_a_call_that_leads_nowhere_is_left_to_the_reader() -> None:
    assert refused(a_model("stg_a", path="models/staging/stg_a.sql", **reads(MART))) == []


def test_outside_of_layers_nothing_is_asked_not_even_what_only_dbt_knows() -> None:
    unknown = {"references": Undecided("a macro")}
    assert refused(a_model(path=LEGACY, undecided=unknown, **reads(MART)), MART) == []
    with pytest.raises(UndecidedError):
        refused(a_model(undecided=unknown))
