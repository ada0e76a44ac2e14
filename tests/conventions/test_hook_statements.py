import pytest

from platform_cli.conventions.hook_statements import statements


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        ("GRANT select\n on {{ this }}", ["grant select on this"]),
        ("{{this.schema}}.x", ["this.x"]),
        ("a 'x; y'; b", ["a ''", "b"]),
        ("/* a; */ b -- c", ["b"]),
        ("create or replace table if not exists x", ["create table x"]),
        ("{% if x %} a {% else %}; b {% endif %}", ["a", "b"]),
        ("{{ macro() }}", ["jinja"]),
        ("{{ log('a') }}; ", []),
        ("do $$ begin; drop table x; end $$", ["do ''"]),
    ],
)
def test_a_hook_is_parted_into_plain_statements(sql, found) -> None:
    assert list(statements(sql)) == found
