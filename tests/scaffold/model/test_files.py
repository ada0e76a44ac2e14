import pytest
import yaml

from platform_cli.scaffold.model.files import yaml_scalar


@pytest.mark.parametrize(
    "text",
    [
        "One row per flight, cancelled ones included.",
        "with a colon: and a # hash",
        "quotes \"double\" and 'single'",
        "yes",
        "null",
        "2026-01-01",
        "- not a list",
        "decimal(18,3)",
        "struct(a integer)[]",
        "{{ not jinja }}",
        "größe 100 % ☃ \U0001f600",
        " spaces around ",
        "two\nlines",
        "back\\slash",
        "",
    ],
)
def test_any_text_reads_back_as_it_was(text) -> None:
    assert yaml.safe_load(f"description: {yaml_scalar(text)}") == {"description": text}


def test_plain_text_is_left_plain() -> None:
    assert yaml_scalar("One row per flight.") == "One row per flight."
