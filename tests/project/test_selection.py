import pytest

from platform_cli.errors import PlatformError
from platform_cli.project.selection import select
from tests.resource_builders import a_model, a_source, a_test, reads

SOURCE = a_source()
STAGING = a_model("stg_flights", path="models/staging/stg_flights.sql", **reads(SOURCE))
FACT = a_model("fct_flights", properties_path="models/marts/_marts.yml", **reads(STAGING))
WIDE = a_model("fct_wide", **reads(FACT))
TEST = a_test(FACT, "unique", "flight_id")
RESOURCES = {one.unique_id: one for one in (SOURCE, STAGING, FACT, WIDE, TEST)}


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (["fct_flights"], {"fct_flights"}),
        (["fct_flights", "stg_flights"], {"fct_flights", "stg_flights"}),
        (["+fct_flights"], {"fct_flights", "stg_flights", "flights"}),
        (["1+fct_flights"], {"fct_flights", "stg_flights"}),
        (["stg_flights+"], {"fct_flights", "stg_flights", "fct_wide"}),
        (["stg_flights+1"], {"fct_flights", "stg_flights"}),
        (["+fct_flights+"], {"fct_flights", "stg_flights", "flights", "fct_wide"}),
        (["source:raw.flights"], {"flights"}),
        (["models/marts"], {"fct_flights", "fct_wide"}),
        (["models/marts/"], {"fct_flights", "fct_wide"}),
        (["./models/marts/_marts.yml"], {"fct_flights"}),
        (["models/staging/stg_flights.sql+1"], {"fct_flights", "stg_flights"}),
    ],
)
def test_words_mean_names_files_folders_and_their_neighbours(words, names) -> None:
    assert {one.split(".")[-1] for one in select(RESOURCES, words)} == names


@pytest.mark.parametrize("word", ["fct_flihgts", "+fct_flihgts+", "fct_flihgts+2"])
def test_a_word_that_means_nothing_is_an_error_with_near_names(word) -> None:
    with pytest.raises(PlatformError) as error:
        select(RESOURCES, ["stg_flights", word])
    assert "'fct_flights'" in error.value.hint


@pytest.mark.parametrize("word", ["", "+", "models/mart", "fct_flights+x"])
def test_nothing_is_never_everything(word) -> None:
    with pytest.raises(PlatformError):
        select(RESOURCES, [word])
