import pytest

from platform_cli.project.identifiers import quoted, snake_case


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("First Order", "first_order"),
        ("firstOrder", "first_order"),
        ("ISO-Code", "iso_code"),
        ("2nd", "_2nd"),
        ("größe", "grosse"),
        ("Année Civile", "annee_civile"),
        ("Größe %", "grosse"),
        ("€", "_"),
        ("already_fine", "already_fine"),
    ],
)
def test_a_plain_name_is_small_letters_digits_and_underscores(name, plain) -> None:
    assert snake_case(name) == plain


def test_a_name_is_quoted_only_if_sql_needs_it() -> None:
    assert quoted("flight_id") == "flight_id"
    assert quoted("order") == '"order"'
    assert quoted("First Order") == '"First Order"'
    assert quoted('say "hi"') == '"say ""hi"""'
