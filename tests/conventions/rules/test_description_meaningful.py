import pytest

from platform_cli.conventions.rules.description_meaningful import description_meaningful
from tests.rule_builders import checked, found


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


MACROS = """\
macros:
  - name: cents_of
    description: "TODO: what it gives, for what, and what becomes of NULL."
    arguments:
      - name: amount
        type: string
        description: "TODO: what to give; an SQL expression, if it is one."
      - name: places
        description: Places
  - name: zone_of
    description: The zone_of macro.
    arguments:
      - {name: moment, description: n/a}
  - name: said_elsewhere
    description: "{{ doc('zone') }}"
  - name: of_nobody
    description: TODO
"""


def test_macros_and_their_arguments_are_looked_at_too(tmp_path) -> None:
    defined = "".join(
        f"{{% macro {name}() %}}1{{% endmacro %}}\n"
        for name in ("cents_of", "zone_of", "said_elsewhere", "undescribed")
    )
    files = {"macros/all.sql": defined, "macros/all.yml": MACROS}
    assert found(description_meaningful, tmp_path, files) == [
        "macros/all.yml:3:5 the description is still to be written",
        "macros/all.yml:7:9 the description of argument amount is still to be written",
        "macros/all.yml:11:5 the description says no more than the name",
        "macros/all.yml:13:24 the description of argument moment only keeps a place",
    ]


def test_a_macro_waives_in_its_own_yaml(tmp_path) -> None:
    waiver = "{reason: the author is away, until: 2026-12-01, owner: sales}"
    text = (
        "macros:\n  - name: cents_of\n    description: TODO\n    config:\n      meta:\n"
        f"        platform: {{waive: {{description-meaningful: {waiver}}}}}\n"
    )
    files = {"macros/a.sql": "{% macro cents_of() %}1{% endmacro %}", "macros/a.yml": text}
    every = checked(description_meaningful, tmp_path, files)
    assert [one.diagnostic.resource for one in every.waived] == ["macro.shop.cents_of"]
    assert not every.diagnostics
