import pytest

from platform_cli.conventions.rules.description_meaningful import description_meaningful
from tests.rule_builders import found


def described(folder, text, column="One of the four.", **settings):
    yaml = (
        f"models:\n  - name: fct_flights\n    description: {text!r}\n"
        f"    columns:\n      - name: airport_name\n        description: {column!r}\n"
    )
    files = {"models/marts/fct_flights.sql": "select 1 as id", "models/marts/f.yml": yaml}
    return found(description_meaningful, folder, files, **settings)


@pytest.mark.parametrize("text", ["Flights.", "The fct_flights table", "TBD", "n/a", "..."])
def test_a_name_or_a_placeholder_is_found_at_the_description(tmp_path, text) -> None:
    [line] = described(tmp_path, text)
    assert line.startswith("models/marts/f.yml:3:5 the description ")


@pytest.mark.parametrize(
    "text", ["One row per flight.", "Cancelled flights", "Vols au départ", "", "TODO"]
)
def test_one_word_more_is_enough_and_none_at_all_is_another_rules(tmp_path, text) -> None:
    assert not described(tmp_path, text)


def test_of_columns_only_placeholders_are_found_unless_the_settings_say_more(tmp_path) -> None:
    assert described(tmp_path, "One row per flight.", "tbd.") == [
        "models/marts/f.yml:6:9 the description of column airport_name only keeps a place"
    ]
    said = "Name of the airport."
    assert not described(tmp_path, "One row per flight.", said)
    assert described(tmp_path, "One row per flight.", said, columns_in_layers=("marts",))


def test_sources_and_exposures_are_looked_at_too(tmp_path) -> None:
    yaml = """\
        sources:
          - name: raw
            tables:
              - name: flights
                description: TODO, ask those who load it what one row of this table is
        exposures:
          - name: route_review
            type: dashboard
            owner: {email: a@example.com}
            description: Route review
        """
    assert found(description_meaningful, tmp_path, {"models/s.yml": yaml}) == [
        "models/s.yml:5:9 the description is still to be written",
        "models/s.yml:10:5 the description says no more than the name",
    ]
