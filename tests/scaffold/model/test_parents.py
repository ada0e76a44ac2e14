import pytest

from platform_cli.errors import PlatformError
from platform_cli.project.resources import Column
from platform_cli.scaffold.model.parents import read_parents
from tests.resource_builders import a_model, a_source, a_test

PREFIXES = ("stg_", "fct_")


def read(*words, resources, described=None):
    known = {one.unique_id: one for one in resources}
    return read_parents(words, known, "shop", PREFIXES, lambda one: described)


def test_a_parent_is_imported_under_its_name_without_prefix() -> None:
    source, model = a_source(), a_model("stg_flights")
    first, second = read("source:raw.flights", "ref:stg_flights", resources=[source, model])
    assert (first.alias, first.call) == ("flights", "source('raw', 'flights')")
    assert (second.alias, second.call) == ("ref_stg_flights", "ref('stg_flights')")


@pytest.mark.parametrize("name", ["Order", "select", "recursive"])
def test_a_parent_called_like_a_word_of_sql_is_imported_under_its_full_name(name) -> None:
    [parent] = read(f"source:raw.{name}", resources=[a_source(name=name)])
    assert parent.alias == f"source_raw_{name.lower()}"


def test_a_parent_named_twice_is_read_once_and_words_without_kind_are_understood() -> None:
    assert len(read("ref:stg_flights", "stg_flights", resources=[a_model("stg_flights")])) == 1
    assert read("raw.flights", resources=[a_source()])[0].alias == "flights"


def test_a_contract_says_all_columns_and_the_database_is_not_asked() -> None:
    typed = {"a": Column("a", "An a.", "integer")}
    model = a_model(columns=typed, config={"contract": {"enforced": True}})
    [parent] = read("fct_flights", resources=[model], described=(Column("b"),))
    assert (parent.columns, parent.complete) == ((typed["a"],), True)


def test_the_database_says_which_columns_and_types_and_the_yaml_what_they_mean() -> None:
    described = Column("FLIGHT_ID", data_type="varchar"), Column("delay", data_type="bigint")
    [parent] = read("fct_flights", resources=[a_model()], described=described)
    assert parent.complete
    assert parent.columns == (
        Column("FLIGHT_ID", "The key.", "varchar"),
        Column("delay", "", "bigint"),
    )


def test_documented_columns_alone_are_not_all() -> None:
    [parent] = read("fct_flights", resources=[a_model()])
    assert [one.name for one in parent.columns] == ["flight_id"]
    assert not parent.complete


def test_the_tested_key_is_known() -> None:
    model = a_model()
    tests = a_test(model, "unique", "flight_id"), a_test(model, "not_null", "flight_id")
    assert read("fct_flights", resources=[model, *tests])[0].key == "flight_id"
    assert read("fct_flights", resources=[model, tests[0]])[0].key is None


@pytest.mark.parametrize(
    ("word", "message", "hint"),
    [
        ("ref:stg_flihgts", "no model, seed or snapshot named 'stg_flihgts'", "'stg_flights'"),
        ("source:raw.flight", "no source table named 'raw.flight'", "'raw.flights'"),
        ("table:x", "neither a ref nor a source", "ref:MODEL"),
    ],
)
def test_an_unknown_parent_has_near_names(word, message, hint) -> None:
    with pytest.raises(PlatformError) as error:
        read(word, resources=[a_model("stg_flights"), a_source()])
    assert message in error.value.message
    assert hint in error.value.hint
