import pytest

from platform_cli.conventions.fix_verdict import Attempt
from platform_cli.conventions.made_together import made_together
from platform_cli.project.edits.drafts import Drafts
from platform_cli.project.edits.edit import AddItem, Edit, ReplaceText, SetKey
from platform_cli.project.entry_place import Item
from platform_cli.reporting.diagnostic import Diagnostic
from tests.builders import write
from tests.effort import calls_of

TEXT = "select 1\n"


def attempt(*edits: Edit) -> Attempt:
    return Attempt(Diagnostic("wrong"), edits)


def owner(model: str, name: str = "x", path: str = "a.yml") -> SetKey:
    return SetKey(path, ("models", Item(model), "config", "group"), name)


def drafts_of(root, models: int) -> Drafts:
    names = "".join(f"  - name: m{number}\n" for number in range(models))
    write(
        root, {"a.yml": f"models:\n{names}", "b.yml": "models: [&b {name: b}, *b]\n", "a.sql": TEXT}
    )
    return Drafts(root)


def test_a_file_is_not_read_again_for_each_attempt(tmp_path) -> None:
    def work(models: int) -> int:
        drafts = drafts_of(tmp_path, models)
        several = [attempt(owner(f"m{number}")) for number in range(models)]
        sla = [
            SetKey("a.yml", (*one.edits[0].way[:2], "config", "meta", "sla"), 1) for one in several
        ]
        return calls_of(lambda: made_together(drafts, [*several, *map(attempt, sla)]))

    work(10)  # imports
    assert work(160) < 8 * work(40)  # one by one it is 16 times as much


def test_what_is_refused_is_found_among_many_with_its_reason(tmp_path) -> None:
    drafts = drafts_of(tmp_path, 20)
    several = [attempt(owner(f"m{number}")) for number in range(20)]
    bad = attempt(SetKey("a.yml", ("models", Item("m3"), "name", "x"), 1))
    anchored = attempt(owner("b", path="b.yml"))
    made, refused = made_together(drafts, [*several[:7], anchored, bad, *several[7:]])
    assert made == several
    assert dict(refused) == {
        anchored: "an anchor or a tag stands there",
        bad: "what should hold `x:` is no mapping",
    }
    [change] = drafts.changes()
    assert change.after.count("group: x") == 20


def test_what_needs_what_another_makes_comes_after_it(tmp_path) -> None:
    drafts = drafts_of(tmp_path, 2)
    column = AddItem("a.yml", ("models", Item("m0"), "columns"), {"name": "id"})
    way = (*column.way, Item("id"), "data_tests")
    tests = [attempt(AddItem("a.yml", way, name)) for name in ("unique", "not_null")]
    made, refused = made_together(drafts, [attempt(column), attempt(owner("m0")), *tests])
    assert (len(made), refused) == (4, [])
    [change] = drafts.changes()
    assert change.after.startswith(
        "models:\n  - name: m0\n    config:\n      group: x\n    columns:\n"
        "      - name: id\n        data_tests: [unique, not_null]\n"
    )


def test_the_last_of_two_that_say_another_thing_holds_whatever_comes_between(tmp_path) -> None:
    drafts = drafts_of(tmp_path, 1)
    both = attempt(ReplaceText("a.sql", 7, "1", "2"), owner("m0", "second"))
    made, refused = made_together(
        drafts, [attempt(owner("m0", "first")), both, attempt(owner("m0", "third"))]
    )
    assert (len(made), refused) == (3, [])
    assert [one.after for one in drafts.changes()] == [
        "select 2\n",
        "models:\n  - name: m0\n    config:\n      group: third\n",
    ]


@pytest.mark.parametrize("reverse", [False, True])
def test_what_is_in_the_way_of_another_waits(tmp_path, reverse) -> None:
    several = [
        attempt(ReplaceText("a.sql", 7, "1", "2")),
        attempt(ReplaceText("a.sql", 0, TEXT, "x")),
    ]
    several = several[::-1] if reverse else several
    made, refused = made_together(drafts_of(tmp_path, 1), several)
    assert (made, refused) == (several[:1], [])
