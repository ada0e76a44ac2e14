from typing import Any

import pytest

from platform_cli.project.resources import Model
from platform_cli.scaffold.adoption.owners import NewGroup, owners_in_meta


def owned(*owners: Any) -> tuple[NewGroup, ...]:
    return owners_in_meta(
        Model(
            unique_id=f"model.shop.m{number}",
            name=f"m{number}",
            package_name="shop",
            path="models/m.sql",
            config={"meta": {"owner": owner}},
        )
        for number, owner in enumerate(owners)
    )


@pytest.mark.parametrize(
    ("owner", "group"),
    [
        ("Finance Team", NewGroup("finance_team", "Finance Team")),
        ("@finance", NewGroup("finance", "finance", slack="@finance")),
        ("ada@example.com", NewGroup("ada", "ada", "ada@example.com")),
        (
            {"name": "Ops", "email": "ops@example.com", "slack": "#ops"},
            NewGroup("ops", "Ops", "ops@example.com", "#ops"),
        ),
        ({"email": "x@example.com"}, NewGroup("x", "x", "x@example.com")),
    ],
)
def test_text_and_mapping_are_groups(owner: Any, group: NewGroup) -> None:
    assert owned(owner) == (group,)


@pytest.mark.parametrize("owner", [None, "", "  ", 7, ["a"], {}, "{{ var('owner') }}", "@"])
def test_what_names_nobody_is_none(owner: Any) -> None:
    assert owned(owner) == ()


def test_the_owner_of_most_comes_first_and_once() -> None:
    assert [one.name for one in owned("a", "b", "B", "b")] == ["b", "a"]
