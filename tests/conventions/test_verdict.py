"""What a check of the whole keeps, and when it looks again."""

from collections.abc import Callable
from pathlib import Path

import pytest

from platform_cli.config import load_config
from platform_cli.conventions import verdict as verdicts
from platform_cli.conventions.checker import Checker
from platform_cli.conventions.verdict import Verdict
from platform_cli.project.project import Project
from platform_cli.project.request import Request
from tests.builders import write
from tests.small_project import write_project

MODEL = "models/staging/raw/stg_customers.sql"
ASKS = {MODEL: 'select 7 as customer_id, \'{{ env_var("SHOP_NAME", "Ada") }}\' as customer_name\n'}
CHECK = "select unique_id from {{ info_schema('models') }} where false\n"
OWN_RULE = '''\
from collections.abc import Iterator
from platform_cli.conventions.rule import Violation, rule
from platform_cli.project.resources import Model


@rule()
def quiet(model: Model) -> Iterator[Violation]:
    """Nothing is wrong.

    ## Why
    It may have read anything.
    """
    yield from ()
'''


def checker(root: Path) -> Checker:
    return Checker(root, Request(), load_config(root).check)


def anew(root: Path) -> Verdict:
    """What is found without anything that was kept."""
    one = checker(root)
    return one.verdict(one.examine())


def test_the_same_files_are_not_looked_at_again(tmp_path: Path) -> None:
    root = write_project(tmp_path)
    assert checker(root).kept() is None
    found = checker(root).whole()
    assert checker(root).kept() == found == anew(root)
    assert {"model-has-owner", "no-select-star"} <= {*found.rules}
    assert not found.dbt_stops


def edited(root: Path, name: str, text: str) -> None:
    write(root, {name: text})


CHANGES: dict[str, Callable[[Path], object]] = {
    "a model": lambda root: edited(root, MODEL, "select * from {{ source('raw', 'Orders') }}\n"),
    "a new model": lambda root: edited(root, "models/staging/raw/stg_x.sql", "select 1 as a\n"),
    "properties": lambda root: (root / "models/staging/raw/stg_customers.yml").unlink(),
    "settings": lambda root: edited(root, "platform.yml", "check: {preset: minimal}\n"),
    "waivers": lambda root: edited(
        root,
        "waivers.yml",
        "waivers: [{rules: [no-select-star], resources: [stg_customers], until: 2020-01-01,"
        " owner: sales, reason: it was so}]\n",
    ),
    "a baseline": lambda root: edited(
        root,
        "baseline.json",
        '{"version": 1, "findings": [{"rule": "no-select-star", "resource":'
        ' "model.shop.stg_customers", "anchor": "star"}], "resources": []}',
    ),
    "a SQL check": lambda root: edited(
        root, "checks/all_wrong.sql", CHECK.replace("false", "true")
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_changes_is_looked_at(tmp_path: Path, change: Callable[[Path], object]) -> None:
    root = write_project(tmp_path, {"checks/nothing_wrong.sql": CHECK})
    before = checker(root).whole()
    change(root)
    assert checker(root).kept() is None
    after = checker(root).whole()
    assert after == anew(root) != before
    assert checker(root).kept() == after


def test_an_edit_that_is_taken_back_is_looked_at_once_more_and_found_as_before(
    tmp_path: Path,
) -> None:
    root = write_project(tmp_path)
    text = (root / MODEL).read_text()
    before = checker(root).whole()
    edited(root, MODEL, "select * from nowhere\n")
    assert checker(root).whole() != before
    edited(root, MODEL, text)
    assert checker(root).whole() == before


def test_another_target_or_variable_has_a_verdict_of_its_own(tmp_path: Path) -> None:
    root = write_project(tmp_path)
    checker(root).whole()
    other = Checker(root, Request(vars={"a": 1}), load_config(root).check)
    assert other.kept() is None
    other.whole()
    assert other.kept() is not None
    assert checker(root).kept() is not None


def test_what_only_the_sql_asks_the_environment_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write_project(tmp_path, ASKS)
    checker(root).whole()
    assert checker(root).kept() is not None
    monkeypatch.setenv("SHOP_NAME", "Eve")
    assert checker(root).kept() is None
    checker(root).whole()
    assert checker(root).kept() is not None
    monkeypatch.delenv("SHOP_NAME")
    assert checker(root).kept() is None


def test_what_only_a_sql_check_asks_the_environment_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write_project(tmp_path)
    checker(root).whole()  # from here on the SQL is known, and asks nothing
    asks = CHECK.replace("false", "'{{ env_var(\"STRICT\", \"no\") }}' = 'yes'")
    edited(root, "checks/strict.sql", asks)
    before = checker(root).whole()
    monkeypatch.setenv("STRICT", "yes")
    assert checker(root).whole() == anew(root) != before


MEANWHILE: dict[str, Callable[[Path], object]] = {
    "a model": CHANGES["a model"],
    "a model that somebody else has read": lambda root: (
        CHANGES["a model"](root),
        Project.load(root),
    ),
    "waivers": CHANGES["waivers"],
    "a baseline": CHANGES["a baseline"],
    "a SQL check": CHANGES["a SQL check"],
}


@pytest.mark.parametrize("change", MEANWHILE.values(), ids=MEANWHILE)
def test_an_edit_while_it_is_looked_at_is_not_taken_for_what_was_looked_at(
    tmp_path: Path, change: Callable[[Path], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write_project(tmp_path, {"checks/nothing_wrong.sql": CHECK})
    slow = checker(root)
    plain = slow.verdict
    monkeypatch.setattr(slow, "verdict", lambda checked: (plain(checked), change(root))[0])
    before = slow.whole()
    assert checker(root).whole() == anew(root) != before


def test_another_day_is_another_check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write_project(tmp_path)
    checker(root).whole()
    monkeypatch.setattr(verdicts, "today", lambda: "tomorrow")
    assert checker(root).kept() is None


def test_nothing_is_kept_of_rules_that_may_read_anything_or_that_failed(tmp_path: Path) -> None:
    root = write_project(tmp_path / "own", {"rules/quiet.py": OWN_RULE})
    assert "quiet" in checker(root).whole().rules
    assert checker(root).kept() is None
    root = write_project(tmp_path / "failed", {"checks/wrong.sql": "select nothing from nowhere\n"})
    assert checker(root).whole().findings.failures
    assert checker(root).kept() is None


@pytest.mark.parametrize("harm", [lambda _: b"", lambda body: body[:-1], lambda body: b"x" + body])
def test_a_broken_file_is_as_none(tmp_path: Path, harm: Callable[[bytes], bytes]) -> None:
    root = write_project(tmp_path)
    found = checker(root).whole()
    (file,) = (root / "target/platform_cli").glob("check-*")
    file.write_bytes(harm(file.read_bytes()))
    assert checker(root).kept() is None
    assert checker(root).whole() == found == checker(root).kept()


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    root = write_project(tmp_path)
    (root / "target").write_text("a file, where a folder should be")
    assert checker(root).whole() == anew(root)
    assert checker(root).kept() is None
    assert (root / "target").is_file()


def test_what_changes_while_a_check_runs_is_looked_at_the_next_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write_project(tmp_path, {"checks/nothing_wrong.sql": CHECK})
    one = checker(root)
    examine = one.examine

    def slow() -> object:
        checked = examine()
        CHANGES["waivers"](root)
        return checked

    monkeypatch.setattr(one, "examine", slow)
    found = one.whole()
    assert checker(root).kept() is None
    assert checker(root).whole() == anew(root) != found
