from platform_cli.conventions.rules.model_has_owner import model_has_owner
from tests.resource_builders import a_model, violations


def test_a_group_or_an_owner_in_meta_is_an_owner() -> None:
    assert not violations(model_has_owner, a_model(group="network_planning"))
    assert not violations(model_has_owner, a_model(group=None, meta={"owner": "Ada"}))
    in_config = {"meta": {"owner": {"name": "Ada"}}}
    assert not violations(model_has_owner, a_model(group=None, config=in_config))


def test_a_model_without_group_and_owner_is_found() -> None:
    assert [one.message for one in violations(model_has_owner, a_model(group=None))] == ["no owner"]
