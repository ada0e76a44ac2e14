import pytest

from platform_cli.errors import PlatformError
from platform_cli.project.edits.drafts import Drafts, WaitError
from platform_cli.project.edits.edit import (
    DeleteFile,
    MoveFile,
    RefusedError,
    ReplaceText,
    SetKey,
)
from platform_cli.project.edits.stage import staged
from platform_cli.project.edits.write import write_changes
from platform_cli.project.entry_place import Item
from tests.builders import write
from tests.effort import calls_of

GROUP = SetKey("a.yml", ("models", Item("a"), "config", "group"), "x")


@pytest.fixture
def drafts(tmp_path):
    write(
        tmp_path,
        {"a.sql": "select 1\r\nunion select 2\r\n", "a.yml": "models: [{name: a}]\n", "b": b"\xff"},
    )
    return Drafts(tmp_path)


def test_several_places_of_one_text_are_those_of_the_text_as_it_was(drafts) -> None:
    drafts.make([ReplaceText("a.sql", 7, "1", "one")])
    drafts.make([ReplaceText("a.sql", 23, "2", "two")])
    [change] = drafts.changes()
    assert change.after == "select one\r\nunion select two\r\n"
    assert (change.verb, change.before) == ("update", "select 1\r\nunion select 2\r\n")


def test_an_overlapping_edit_waits_for_the_next_round(drafts) -> None:
    drafts.make([ReplaceText("a.sql", 0, "select 1", "select 3")])
    with pytest.raises(WaitError):
        drafts.make([ReplaceText("a.sql", 7, "1", "4")])
    drafts.next_round()
    drafts.make([ReplaceText("a.sql", 7, "3", "4")])
    assert drafts.text("a.sql") == "select 4\r\nunion select 2\r\n"


def test_the_same_edit_twice_is_one(drafts) -> None:
    drafts.make([ReplaceText("a.sql", 7, "1", "one"), ReplaceText("a.sql", 7, "1", "one")])
    assert drafts.text("a.sql") == "select one\r\nunion select 2\r\n"


def test_edits_that_belong_together_are_made_all_or_not_at_all(drafts) -> None:
    with pytest.raises(RefusedError, match="does not say there"):
        drafts.make([GROUP, MoveFile("a.yml", "c.yml"), ReplaceText("a.sql", 7, "9", "x")])
    assert drafts.changes() == ()


def test_a_file_can_be_made_changed_and_moved(drafts) -> None:
    drafts.make([GROUP, MoveFile("a.yml", "c.yml"), SetKey("new.yml", ("version",), 2)])
    moved, new = drafts.changes()
    assert (moved.path, moved.old_path, moved.verb) == ("c.yml", "a.yml", "rename")
    assert moved.diff().splitlines()[:5] == [
        "diff --git a/a.yml b/c.yml",
        "rename from a.yml",
        "rename to c.yml",
        "--- a/a.yml",
        "+++ b/c.yml",
    ]
    assert (new.verb, new.after) == ("create", "version: 2\n")
    assert new.diff().startswith("--- /dev/null\n+++ b/new.yml\n")


def test_a_new_file_that_is_moved_is_made_in_its_new_place(drafts) -> None:
    drafts.make([SetKey("new.yml", ("version",), 2)])
    drafts.next_round()
    drafts.make([MoveFile("new.yml", "newer.yml")])
    [change] = drafts.changes()
    assert (change.path, change.old_path, change.verb) == ("newer.yml", "", "create")


@pytest.mark.parametrize("to", ["a.sql", "a.yml"])
def test_a_file_is_not_moved_over_another(drafts, to) -> None:
    with pytest.raises(RefusedError, match="there already"):
        drafts.make([MoveFile("a.yml", to)])


def test_what_is_no_text_is_not_edited(drafts) -> None:
    with pytest.raises(RefusedError, match="as text"):
        drafts.make([ReplaceText("b", 0, "x", "y")])


def test_a_file_can_go_and_its_diff_says_all_of_it(drafts, tmp_path) -> None:
    drafts.make([DeleteFile("a.sql"), DeleteFile("never.sql"), GROUP])
    gone, changed = drafts.changes()
    assert (gone.path, gone.verb, changed.verb) == ("a.sql", "delete", "update")
    assert gone.diff().splitlines()[:2] == ["--- a/a.sql", "+++ /dev/null"]
    assert drafts.text("a.sql") is None
    with staged(tmp_path, drafts.changes()) as stage:
        assert not (stage / "a.sql").exists()
    write_changes(tmp_path, drafts.changes())
    assert not (tmp_path / "a.sql").exists()


def test_no_file_goes_when_another_cannot_be_written(drafts, tmp_path) -> None:
    drafts.make([DeleteFile("a.sql"), MoveFile("a.yml", "c.yml")])
    (tmp_path / "c.yml").write_text("mine")
    with pytest.raises(PlatformError, match="is there already"):
        write_changes(tmp_path, drafts.changes())
    assert (tmp_path / "a.sql").read_bytes() == b"select 1\r\nunion select 2\r\n"


def test_many_places_in_one_file_are_not_put_together_one_by_one(tmp_path) -> None:
    def work(places: int) -> int:
        text = "select 1 union\n" * places
        (tmp_path / "a.sql").write_text(text)
        drafts = Drafts(tmp_path)

        def replace() -> None:
            for number in reversed(range(places)):
                drafts.make([ReplaceText("a.sql", 15 * number + 9, "union", "union all")])
            with pytest.raises(WaitError):
                drafts.make([ReplaceText("a.sql", 15 * 7 + 8, " union", "")])
            [change] = drafts.changes()
            assert change.after == text.replace("union", "union all")

        return calls_of(replace)

    work(10)  # imports
    assert work(1600) < 10 * work(200)  # put together each time, it is 64 times as much


def test_what_is_put_in_before_a_place_that_is_replaced_stays_before_it(drafts) -> None:
    drafts.make([ReplaceText("a.sql", 7, "", "0 + "), ReplaceText("a.sql", 7, "1", "one")])
    drafts.make([ReplaceText("a.sql", 7, "", "9 + "), ReplaceText("a.sql", 7, "", "0 + ")])
    [change] = drafts.changes()
    assert change.after == "select 9 + 0 + one\r\nunion select 2\r\n"
