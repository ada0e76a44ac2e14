import subprocess

import pytest

from platform_cli.errors import PlatformError
from platform_cli.project.resources import Group
from platform_cli.scaffold.model.owner import (
    check_owner,
    likely_owner,
    owner_by_mail,
    owner_of_folder,
)
from platform_cli.scaffold.model.parents import Parent
from tests.resource_builders import a_model, a_source


def parents(*owners):
    return [Parent(a_model(group=one), "x", "x", (), True, None) for one in owners]


def test_the_likely_owner_is_the_only_group_or_the_one_of_all_parents() -> None:
    assert likely_owner(parents("gone"), ["sales"]) == "sales"
    assert likely_owner(parents("sales", "sales"), ["sales", "growth"]) == "sales"
    assert likely_owner(parents("sales", "growth"), ["sales", "growth"]) is None
    source = [Parent(a_source(), "x", "x", (), True, None)]
    assert likely_owner(source, ["sales", "growth"]) is None


def test_the_owner_may_be_that_of_the_folder() -> None:
    paths = {"sales/a": "sales", "sales/deep/b": "sales", "growth/c": "growth", "sales/d": None}
    known = {
        path: a_model(path.replace("/", "_"), path=f"models/marts/{path}.sql", group=group)
        for path, group in paths.items()
    }
    assert owner_of_folder(known, "models/marts/sales") == "sales"
    assert owner_of_folder(known, "models/marts") is None
    assert owner_of_folder(known, "models/marts/sale") is None


def test_an_unknown_owner_has_near_names_or_all_of_them() -> None:
    check_owner("sales", ["sales"])
    with pytest.raises(PlatformError) as error:
        check_owner("sale", ["growth", "sales"])
    assert error.value.hint == "did you mean 'sales'?"
    with pytest.raises(PlatformError) as error:
        check_owner("me", [])
    assert "groups:" in error.value.hint


def test_the_owner_may_be_whom_git_knows(tmp_path) -> None:
    mails = {"sales": "Ada@example.com", "growth": ["bob@example.com"]}
    groups_ = {
        name: Group(unique_id=name, name=name, package_name="shop", path="g", owner={"email": mail})
        for name, mail in mails.items()
    }
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    for mail, owner in (("ada@example.com", "sales"), ("bob@example.com", "growth"), ("x@y", None)):
        subprocess.run(["git", "-C", str(tmp_path), "config", "user.email", mail], check=True)
        assert owner_by_mail(groups_, tmp_path) == owner
