from platform_cli.conventions.place import Places
from platform_cli.conventions.rule import Key, Violation
from platform_cli.errors import Where
from platform_cli.project.resources import Column
from tests.builders import write
from tests.resource_builders import a_model

YAML = """\
models:
  - name: fct_flights
    config:
      group: sales
    description: Flights.
    columns:
      - name: flight_id
        data_type: text
"""
SQL = """\
{{ config(materialized='table') }}
{{ config(
    tags=['x'], post_hook="grant select"
) }}
select group = 1
"""


def place(folder, at, **changes):
    write(folder, {"fct.yml": YAML, "fct.sql": SQL, "dbt_project.yml": "name: x\non-run-end: y\n"})
    model = a_model(**{"path": "fct.sql", "properties_path": "fct.yml"} | changes)
    return Places(folder).of(Violation("", at=at), model)


def test_a_key_is_found_under_config_or_beside_it(tmp_path) -> None:
    assert place(tmp_path, Key("group")) == Where("fct.yml", 4, 7)
    assert place(tmp_path, Key("description")) == Where("fct.yml", 5, 5)


def test_a_key_that_config_sets_is_found_in_the_sql(tmp_path) -> None:
    assert place(tmp_path, Key("post_hook")) == Where("fct.sql", 3, 17)
    assert place(tmp_path, Key("materialized")) == Where("fct.sql", 1, 11)


def test_a_key_that_is_set_elsewhere_is_at_the_entry(tmp_path) -> None:
    assert place(tmp_path, Key("access")) == Where("fct.yml", 2, 5)
    assert place(tmp_path, Key("access"), properties_path=None) == Where("fct.sql")


def test_a_key_of_a_column_is_in_its_entry_or_is_the_column(tmp_path) -> None:
    column = Column("flight_id")
    assert place(tmp_path, Key("data_type", column)) == Where("fct.yml", 8, 9)
    assert place(tmp_path, Key("meta", column)) == Where("fct.yml", 7, 9)


def test_a_key_of_no_resource_is_one_of_the_project_file(tmp_path) -> None:
    place(tmp_path, None)
    places = Places(tmp_path)
    assert places.of(Violation("", at=Key("on-run-end")), None) == Where("dbt_project.yml", 2, 1)
    assert places.of(Violation(""), None) == Where("dbt_project.yml")


def test_the_anchor_of_a_key_has_its_column() -> None:
    assert Violation("", at=Key("owner")).anchor == "key:owner"
    assert Violation("", at=Key("data_type", Column("id"))).anchor == "column:id.data_type"
