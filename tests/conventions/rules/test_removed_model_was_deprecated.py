from platform_cli.conventions.earlier import earlier_of_project
from platform_cli.conventions.rules.removed_model_was_deprecated import (
    removed_model_was_deprecated,
)
from tests.resource_builders import a_model, a_project

CONTRACT = {"contract": {"enforced": True}}


def found(then, *now) -> list[str]:
    earlier = earlier_of_project(a_project(then))
    return [one.message for one in removed_model_was_deprecated.function(a_project(*now), earlier)]


def test_a_public_model_that_is_gone_is_found() -> None:
    then = a_model(access="public", config=CONTRACT)
    assert found(then) == ["fct_flights was public and under contract, and is gone"]
    assert found(then, then) == []


def test_one_that_became_versions_or_was_deprecated_or_nobodys_is_well() -> None:
    then = a_model(access="public", config=CONTRACT)
    assert found(then, a_model(unique_id="model.shop.fct_flights.v1", version=1)) == []
    assert found(a_model(access="public", config=CONTRACT, deprecation_date="2026-01-01")) == []
    assert found(a_model(access="protected", config=CONTRACT)) == []
    assert found(a_model(access="public")) == []
