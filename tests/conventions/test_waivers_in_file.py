from pathlib import Path

import pytest

from platform_cli.conventions.waivers_in_file import waivers_in_file
from platform_cli.conventions.written_waiver import WrittenWaiver
from platform_cli.errors import PlatformError, Where
from tests.resource_builders import a_model, a_source

TERMS = "until: 2027-01-31, owner: growth, reason: old"
RESOURCES = (
    a_model("fct_flights"),
    a_model("stg_legacy_a", path="models/legacy/stg_legacy_a.sql"),
    a_source(),
)


def written(folder: Path, text: str) -> list[WrittenWaiver]:
    (folder / "waivers.yml").write_text(text)
    return list(waivers_in_file(folder, RESOURCES))


def test_without_the_file_or_entries_nothing_is_waived(tmp_path) -> None:
    assert not list(waivers_in_file(tmp_path, RESOURCES))
    assert not written(tmp_path, "# none\n")
    assert not written(tmp_path, "waivers:\n")


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("fct_flights", ["fct_flights"]),
        ('"stg_*"', ["stg_legacy_a"]),
        ("models/legacy/", ["stg_legacy_a"]),
        ('"*.sql"', ["fct_flights", "stg_legacy_a"]),
        ("raw.flights", ["flights"]),
        ("[raw.*, fct_flights]", ["fct_flights", "flights"]),
        ("Fct_flights", []),
    ],
)
def test_resources_are_found_by_patterns_of_names_and_of_paths(tmp_path, pattern, names) -> None:
    [one] = written(tmp_path, f"waivers:\n- {{rules: a, resources: {pattern}, {TERMS}}}\n")
    assert [unique_id.split(".")[-1] for unique_id in one.resources] == names
    assert (one.terms["until"], one.terms["owner"]) == ("2027-01-31", "growth")
    assert not one.unclear


def test_each_rule_of_an_entry_has_its_own_place(tmp_path) -> None:
    text = f"waivers:\n  - rules:\n      - a\n      - b\n    resources: [x/]\n    {TERMS}\n"
    text = text.replace(", ", "\n    ")
    assert [one.place() for one in written(tmp_path, text)] == [
        Where("waivers.yml", 3, 9),
        Where("waivers.yml", 4, 9),
    ]


def test_findings_of_no_resource_are_waived_by_path(tmp_path) -> None:
    [one] = written(tmp_path, f"waivers: [{{rules: a, resources: dbt_project.yml, {TERMS}}}]")
    assert one.covers_path("dbt_project.yml")
    assert not one.covers_path("models/a.yml")


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (f"{{rule: a, resources: x, {TERMS}}}", "did you mean 'rules'"),
        (f"{{resources: x, {TERMS}}}", "names no rule"),
        (f"{{rules: a, {TERMS}}}", "names no resource"),
        ("a", "names no rule"),
        ("[a]", "names no rule"),
        (f"{{rules: {{a: b}}, resources: x, {TERMS}}}", "names no rule"),
        ("&a [*a]", "names no rule"),
    ],
)
def test_an_entry_that_is_not_understood_waives_nothing_and_says_why(
    tmp_path, entry, words
) -> None:
    [one] = written(tmp_path, f"waivers:\n- {entry}\n")
    assert words in one.unclear
    assert one.resources == ()
    assert one.place().line == 2


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("waivers: [\n", "waivers.yml:2:1"),
        ("- a\n", "waivers.yml:1"),
        ("waivers: []\nother: 1\n", "waivers.yml:1"),
        ("waivers: text\n", "waivers.yml:1"),
    ],
)
def test_a_file_that_is_no_list_of_waivers_is_refused_with_its_line(tmp_path, text, place) -> None:
    with pytest.raises(PlatformError) as error:
        written(tmp_path, text)
    assert str(error.value.where) == place


def test_a_binary_file_is_refused(tmp_path) -> None:
    (tmp_path / "waivers.yml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(PlatformError):
        list(waivers_in_file(tmp_path, RESOURCES))
