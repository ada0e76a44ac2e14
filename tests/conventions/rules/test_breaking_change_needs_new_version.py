import pytest

from platform_cli.conventions.earlier import earlier_of_project
from platform_cli.conventions.rules.breaking_change_needs_new_version import (
    breaking_change_needs_new_version,
)
from platform_cli.project.resources import Column
from tests.resource_builders import a_model, a_project


def promised(**changes):
    columns = {name: Column(name, data_type=kind) for name, kind in changes.pop("types").items()}
    config = changes.pop("config", {"contract": {"enforced": True}})
    return a_model(**{"access": "public", "config": config, "columns": columns} | changes)


THEN = earlier_of_project(a_project(promised(types={"id": "integer", "name": "varchar(20)"})))


def found(**now) -> list[str]:
    return [
        one.message for one in breaking_change_needs_new_version.function(promised(**now), THEN)
    ]


@pytest.mark.parametrize(
    "types",
    [
        {"id": "integer", "name": "varchar(20)"},
        {"name": "TEXT", "id": "int", "more": "date"},
        {"id": None, "name": "varchar"},
    ],
)
def test_what_is_kept_widened_or_added_breaks_nobody(types) -> None:
    assert found(types=types) == []


def test_a_column_that_is_gone_or_has_another_type_is_found() -> None:
    assert found(types={"id": "integer"}) == ["column name is gone, and others may read it"]
    assert found(types={"id": "bigint", "name": "varchar"}) == [
        "column id was integer and is bigint now"
    ]


def test_a_promise_that_is_taken_back_is_found() -> None:
    assert "not public any more" in found(types={"id": "integer"}, access="protected")[0]
    assert "contract any more" in found(types={"id": "integer"}, config={})[0]


def test_a_deprecation_date_allows_it_and_what_was_no_promise_is_free() -> None:
    assert found(types={}, deprecation_date="2027-01-31") == []
    other = promised(types={}, unique_id="model.shop.other")
    assert list(breaking_change_needs_new_version.function(other, THEN)) == []
