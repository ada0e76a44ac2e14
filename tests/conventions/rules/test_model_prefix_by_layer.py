from platform_cli.conventions.rules.model_prefix_by_layer import model_prefix_by_layer
from tests.resource_builders import a_model, violations


def test_any_prefix_of_the_layer_is_well() -> None:
    assert not violations(model_prefix_by_layer, a_model("fct_flights"))
    assert not violations(model_prefix_by_layer, a_model("dim_airports"))
    assert not violations(model_prefix_by_layer, a_model("flights", path="models/legacy/x.sql"))


def test_another_prefix_or_none_is_found() -> None:
    assert violations(model_prefix_by_layer, a_model("stg_flights"))
    [found] = violations(model_prefix_by_layer, a_model("flights"))
    assert "fct_flights" in found.help
