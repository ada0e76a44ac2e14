import pytest

from platform_cli.project.selection.patterns import names_match, path_pattern


@pytest.mark.parametrize(
    ("pattern", "path", "is_meant"),
    [
        ("models", "models/a/b.sql", True),
        ("models/*", "models/a/b.sql", True),
        ("models/*.sql", "models/a/b.sql", False),
        ("models/**/b.sql", "models/b.sql", True),
        ("models/**/b.sql", "models/a/c/b.sql", True),
        ("**/[!b].sql", "models/b.sql", False),
        ("models/?.sql", "models/b.sql", True),
        ("model", "models/b.sql", False),
        ("models/[b.sql", "models/[b.sql", True),
        ("models/[z-a].sql", "models/b.sql", False),
        ("models/[a-c^].sql", "models/^.sql", True),
        ("models[!x]b.sql", "models/b.sql", False),
    ],
)
def test_a_star_stays_in_its_folder_and_two_do_not(pattern, path, is_meant) -> None:
    assert bool(path_pattern(pattern).match(f"{path}/")) is is_meant


def test_a_version_is_reached_with_a_dot_and_with_an_underscore() -> None:
    fqn = ("shop", "marts", "dim_a", "v2")
    for value in ("dim_a", "dim_a.v2", "dim_a_v2", "shop.marts.dim_a.v2", "dim_*"):
        assert names_match(fqn, value, versioned=True), value
    for value in ("dim_a.v1", "v2", "dim_b"):
        assert not names_match(fqn, value, versioned=True), value
