from platform_cli.conventions.rules.public_model_has_enforced_contract import (
    public_model_has_enforced_contract,
)
from tests.resource_builders import a_model, violations


def test_an_enforced_contract_is_well_and_so_is_a_model_that_is_not_public() -> None:
    rule = public_model_has_enforced_contract
    assert not violations(rule, a_model(access="public", config={"contract": {"enforced": True}}))
    assert not violations(rule, a_model(access="protected"))


def test_a_public_model_without_contract_is_found() -> None:
    config = {"contract": {"enforced": False}}
    found = violations(public_model_has_enforced_contract, a_model(access="public", config=config))
    assert len(found) == 1
