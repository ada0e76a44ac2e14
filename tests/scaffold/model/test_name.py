import pytest

from platform_cli.config import Layer, default_layers
from platform_cli.errors import PlatformError
from platform_cli.scaffold.model.kinds import load_kinds
from platform_cli.scaffold.model.name import check_name, free_name, kind_of, no_kind

KINDS = {kind.name: kind for kind in load_kinds()}


def test_the_kind_is_what_the_prefix_says() -> None:
    assert kind_of("fct_flights", KINDS.values()) is KINDS["fact"]
    assert kind_of("flights", KINDS.values()) is None


@pytest.mark.parametrize(
    ("name", "kind", "valid"),
    [
        ("flights", "fact", "fct_flights"),
        ("stg_flights", "fact", "fct_flights"),
        ("fct_Flights", "fact", "fct_flights"),
        ("Fct Flights", "fact", "fct_flights"),
        ("fct-flights", "fact", "fct_flights"),
    ],
)
def test_a_name_that_does_not_fit_comes_back_as_a_valid_one(name, kind, valid) -> None:
    with pytest.raises(PlatformError) as error:
        check_name(name, KINDS[kind], default_layers())
    assert error.value.hint == f"for example {valid}"
    check_name(valid, KINDS[kind], default_layers())


def test_the_projects_own_prefixes_hold() -> None:
    layers = {"marts": Layer(folders=("marts",), prefixes=("mrt_",))}
    check_name("mrt_flights", KINDS["fact"], layers)
    with pytest.raises(PlatformError, match="starts with mrt_"):
        check_name("fct_flights", KINDS["fact"], layers)


def test_a_name_that_says_no_kind_comes_back_as_one_that_does_or_with_the_option() -> None:
    kinds = KINDS.values()
    assert no_kind("late", KINDS["fact"], kinds, default_layers()).hint.endswith(
        "or give --kind: for example fct_late"
    )
    anyhow = {"marts": Layer(folders=("gold",), prefixes=())}
    assert no_kind("late", KINDS["fact"], kinds, anyhow).hint == (
        "give --kind, for example --kind fact"
    )


def test_a_free_name_has_the_first_free_number() -> None:
    assert free_name("fct_a", {"fct_a"}) == "fct_a_2"
    assert free_name("fct_a", {"fct_a", "fct_a_2"}) == "fct_a_3"
