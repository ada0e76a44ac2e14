import pytest

from platform_cli.scaffold.written_type import written_type


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
        ("STRUCT(userId VARCHAR, At TIMESTAMP)", "struct(userId varchar, At timestamp)"),
        (
            "STRUCT(In STRUCT(X DECIMAL(18,3), Y INTEGER[])[], Z DATE)",
            "struct(In struct(X decimal(18,3), Y integer[])[], Z date)",
        ),
        (
            "MAP(VARCHAR, UNION(Num INTEGER, T TIMESTAMP WITH TIME ZONE))",
            "map(varchar, union(Num integer, T timestamp with time zone))",
        ),
        (
            "STRUCT(E ENUM('A', 'STRUCT(B'), \"S(\" TIME)",
            "struct(E enum('A', 'STRUCT(B'), \"S(\" time)",
        ),
        ("DECIMAL(18,3)[3]", "decimal(18,3)[3]"),
    ],
)
def test_names_and_values_in_a_type_keep_their_case(described, words) -> None:
    assert written_type(described) == words
