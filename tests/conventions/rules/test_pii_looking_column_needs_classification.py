import pytest

from platform_cli.conventions.rules.pii_looking_column_needs_classification import (
    pii_looking_column_needs_classification,
)
from tests.rule_builders import found


def of_column(folder, name, rest="", model="", layer="marts", **settings):
    yaml = (
        f"models:\n  - name: dim_people\n    config: {{{model}}}\n    columns:\n"
        f"      - name: {name}\n{rest}"
    )
    files = {f"models/{layer}/dim_people.sql": "select 1 as id", f"models/{layer}/p.yml": yaml}
    return found(pii_looking_column_needs_classification, folder, files, **settings)


@pytest.mark.parametrize("name", ["email", "passenger_email", "LAST_NAME", "homePhone", "dob"])
def test_a_name_of_personal_data_is_found_at_the_column(tmp_path, name) -> None:
    assert of_column(tmp_path, name) == [
        f"models/marts/p.yml:5:9 column {name} looks like personal data and is not classified"
    ]


@pytest.mark.parametrize(
    "name",
    ["email_count", "is_email", "num_phone", "emails_sent_at", "repo_full_name", "smartphone"],
)
def test_a_name_that_only_has_the_word_in_it_is_well(tmp_path, name) -> None:
    assert not of_column(tmp_path, name)


@pytest.mark.parametrize(
    ("rest", "model"),
    [
        ("        config: {meta: {pii: true}}\n", ""),
        ("        meta: {pii: false}\n", ""),
        ("        tags: [PII]\n", ""),
        ("        data_type: boolean\n", ""),
        ("", "tags: [pii]"),
        ("", "meta: {contains_pii: true}"),
    ],
)
def test_a_mark_on_the_column_or_the_table_classifies_it(tmp_path, rest, model) -> None:
    assert not of_column(tmp_path, "email", rest, model)


def test_names_and_layers_are_settings(tmp_path) -> None:
    assert not of_column(tmp_path / "1", "email", names=("salary",))
    assert of_column(tmp_path / "1", "base_salary", names=("salary",))
    assert not of_column(tmp_path / "2", "email", layer="staging")
    assert of_column(tmp_path / "2", "email", layer="staging", in_layers=("staging",))
