import pytest

from platform_cli.scaffold.type_words import type_words


@pytest.mark.parametrize(
    ("described", "words"),
    [
        ("BIGINT", "bigint"),
        ("DECIMAL(18,3)", "decimal(18,3)"),
        (
            'STRUCT("Order Id" INTEGER, note VARCHAR)[]',
            'struct("Order Id" integer, note varchar)[]',
        ),
        ("ENUM('New', 'It''s OLD')", "enum('New', 'It''s OLD')"),
        ('STRUCT("A""B" DATE)', 'struct("A""B" date)'),
    ],
)
def test_names_and_values_in_a_type_keep_their_case(described, words) -> None:
    assert type_words(described) == words
