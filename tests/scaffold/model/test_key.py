import pytest

from platform_cli.errors import PlatformError
from platform_cli.project.resources import Column
from platform_cli.scaffold.model.key import model_key
from platform_cli.scaffold.model.parents import Parent
from platform_cli.scaffold.model.select_list import select_list
from tests.resource_builders import a_model


def key(*columns, name="fct_flights", wished=(), parents_key=None):
    parent = Parent(
        resource=a_model("stg_flights"),
        alias="flights",
        call="ref('stg_flights')",
        columns=tuple(Column(one) for one in columns),
        complete=True,
        key=parents_key,
    )
    return model_key(name, wished, [parent], select_list([parent], []))


def test_a_wish_is_taken_without_a_reason() -> None:
    assert key("a", "b", wished=("b",)).columns == ("b",)
    assert key("a", "b", wished=("b",)).because == ""


@pytest.mark.parametrize(
    ("columns", "parents_key", "proposed"),
    [
        (("a_id", "flight_id", "code"), "code", "code"),
        (("a_id", "flight_id"), None, "flight_id"),
        (("name", "a_id"), None, "a_id"),
        (("name", "code"), None, "name"),
    ],
)
def test_a_key_is_proposed_and_why_is_said(columns, parents_key, proposed) -> None:
    found = key(*columns, parents_key=parents_key)
    assert found.columns == (proposed,)
    assert found.because


def test_a_column_that_is_not_there_has_near_names() -> None:
    with pytest.raises(PlatformError) as error:
        key("flight_id", wished=("flihgt_id",))
    assert "'flight_id'" in error.value.hint


def test_without_known_columns_the_key_has_to_be_said() -> None:
    assert key(wished=("flight_id",)).columns == ("flight_id",)
    with pytest.raises(PlatformError, match="which column identifies a row"):
        key()
