import pytest

from platform_cli.config import default_layers
from platform_cli.project.layers import Layers
from platform_cli.scaffold.model.kinds import load_kinds
from platform_cli.scaffold.query.kind import proposed_kind, proposed_name
from tests.resource_builders import a_model, a_source

LAYERS = Layers(default_layers())
KINDS = {one.name: one for one in load_kinds()}
STAGING = a_model("stg_orders", path="models/staging/stg_orders.sql")


@pytest.mark.parametrize(
    ("reads", "joins", "sums_up", "kind"),
    [
        ([a_source()], False, False, "staging"),
        ([a_source(), a_source("planes")], True, False, "intermediate"),
        ([a_source()], False, True, "aggregate"),
        ([STAGING], False, False, "intermediate"),
        ([STAGING, a_model()], True, False, "fact"),
        ([a_model()], False, True, "aggregate"),
    ],
)
def test_the_kind_is_that_of_what_it_reads_and_does(reads, joins, sums_up, kind) -> None:
    assert proposed_kind(reads, LAYERS, joins=joins, sums_up=sums_up) == kind


@pytest.mark.parametrize(
    ("file", "kind", "name"),
    [
        ("Late Flights.sql", "fact", "fct_late_flights"),
        ("fct_delays.sql", "aggregate", "agg_delays"),
        ("query.sql", "intermediate", "int_orders"),
        ("-", "aggregate", "agg_orders"),
        ("taken.sql", "fact", "fct_taken_2"),
    ],
)
def test_the_name_is_that_of_the_file_or_of_what_it_reads(file, kind, name) -> None:
    assert proposed_name(KINDS[kind], file, [STAGING], LAYERS, {"fct_taken"}) == name
