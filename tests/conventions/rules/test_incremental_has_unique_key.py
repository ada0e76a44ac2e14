from platform_cli.conventions.rules.incremental_has_unique_key import incremental_has_unique_key
from tests.resource_builders import a_model, violations


def test_a_key_or_a_strategy_that_needs_none_is_well() -> None:
    for rest in (
        {"unique_key": "flight_id"},
        {"incremental_strategy": "append"},
        {"meta": {"append_only": True}},
    ):
        model = a_model(config={"materialized": "incremental", **rest})
        assert not violations(incremental_has_unique_key, model)
    assert not violations(incremental_has_unique_key, a_model(config={"materialized": "table"}))


def test_an_incremental_model_without_a_key_is_found() -> None:
    model = a_model(config={"materialized": "incremental", "incremental_strategy": "merge"})
    assert len(violations(incremental_has_unique_key, model)) == 1
