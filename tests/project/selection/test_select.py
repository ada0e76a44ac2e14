import pytest

from platform_cli.errors import PlatformError
from platform_cli.project.resources import Exposure, Undecided
from platform_cli.project.selection.select import select
from tests.resource_builders import a_model, a_project, a_source, a_test, reads

SOURCE = a_source(fqn=("shop", "staging", "raw", "flights"))


def model(name, folder, *parents, **changes):
    fqn = ("shop", folder, name)
    path = f"models/{folder}/{name}.sql"
    return a_model(name, path=path, fqn=fqn, **reads(*parents), **changes)


STAGING = model("stg_flights", "staging", SOURCE, tags=("nightly",))
FACT = model(
    "fct_flights", "marts", STAGING, properties_path="models/marts/_marts.yml", access="public"
)
WIDE = model("fct_wide", "marts", FACT, config={"group": "growth", "materialized": "table"})
TEST = a_test(FACT, "unique", "flight_id")
REPORT = Exposure(
    unique_id="exposure.shop.report", name="report", package_name="shop", path="models/e.yml",
    fqn=("shop", "report"), depends_on=(FACT.unique_id,),
)  # fmt: skip
PROJECT = a_project(SOURCE, STAGING, FACT, WIDE, TEST, REPORT)


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (["fct_flights"], {"fct_flights"}),
        (["fct_flights", "stg_flights"], {"fct_flights", "stg_flights"}),
        (["fct_flights stg_flights"], {"fct_flights", "stg_flights"}),
        (["+fct_flights"], {"fct_flights", "stg_flights", "flights"}),
        (["1+fct_flights"], {"fct_flights", "stg_flights"}),
        (["0+fct_flights"], {"fct_flights"}),
        (["stg_flights+"], {"fct_flights", "stg_flights", "fct_wide", "report"}),
        (["stg_flights+1"], {"fct_flights", "stg_flights"}),
        (["+fct_wide+"], {"fct_flights", "stg_flights", "flights", "fct_wide"}),
        (["@fct_wide"], {"fct_flights", "stg_flights", "flights", "fct_wide"}),
        (["source:raw.flights"], {"flights"}),
        (["source:raw+1"], {"flights", "stg_flights"}),
        (["raw.flights"], {"flights"}),
        (["marts"], {"fct_flights", "fct_wide"}),
        (["shop.marts.fct_w*"], {"fct_wide"}),
        (["models/marts"], {"fct_flights", "fct_wide"}),
        (["models/marts/"], {"fct_flights", "fct_wide"}),
        (["./models/marts/_marts.yml"], {"fct_flights"}),
        (["_marts.yml"], {"fct_flights"}),
        (["models/*/stg_flights.sql+1"], {"fct_flights", "stg_flights"}),
        (["tag:night*"], {"stg_flights"}),
        (["access:public"], {"fct_flights"}),
        (["group:growth"], {"fct_wide"}),
        (["config.materialized:table,marts"], {"fct_flights", "fct_wide"}),
        (["1+exposure:report,marts"], {"fct_flights"}),
    ],
)
def test_words_mean_what_they_mean_for_dbt(words, names) -> None:
    found = select(PROJECT, words).ids - {TEST.unique_id}
    assert {PROJECT.resources[one].name for one in found} == names


def test_exclude_takes_away_and_alone_takes_from_everything() -> None:
    assert select(PROJECT, ["marts"], exclude=["fct_wide"]).ids == {FACT.unique_id}
    left = select(PROJECT, exclude=["fct_wide", "source:*"]).ids
    assert left == PROJECT.resources.keys() - {WIDE.unique_id, SOURCE.unique_id}


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("fct_flihgts", "'fct_flights'"),
        ("+fct_flihgts+", "'fct_flights'"),
        ("fct_flihgts+2", "'fct_flights'"),
        ("tag:nightyl", "'nightly'"),
        ("group:groth", "'growth'"),
        ("tga:nightly", "'tag'"),
        ("source:raw.flihgts", "'raw.flights'"),
        ("state:modified", "--changed"),
        ("result:error", "platform build --select result:error"),
        ("metric:revenue", "platform build"),
    ],
)
def test_a_word_that_means_nothing_is_an_error_with_near_names(word, near) -> None:
    with pytest.raises(PlatformError) as error:
        select(PROJECT, ["stg_flights", word])
    assert near in error.value.hint
    with pytest.raises(PlatformError):
        select(PROJECT, ["stg_flights"], exclude=[word])


@pytest.mark.parametrize(
    "word",
    [
        "", "+", "models/mart", "fct_flights+x", "stg_flights,fct_wide", "@fct_wide+",
        "models/[z-a]*", "stg_flights\nfct_wide",
    ],
)  # fmt: skip
def test_nothing_is_never_everything(word) -> None:
    with pytest.raises(PlatformError):
        select(PROJECT, [word])


def test_what_only_dbt_can_tell_is_unsure_and_never_excluded_or_selected_for_certain() -> None:
    unclear = model("stg_unclear", "staging", undecided={"tags": Undecided("a var")})
    project = a_project(STAGING, unclear)
    found = select(project, ["tag:nightly"])
    assert (found.ids, found.unsure) == ({STAGING.unique_id}, {unclear.unique_id})
    found = select(project, ["staging"], exclude=["tag:nightly"])
    assert (found.ids, found.unsure) == (frozenset(), {unclear.unique_id})
