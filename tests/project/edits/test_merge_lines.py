import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from platform_cli.project.edits.merge_lines import has_marks, merge_lines

BASE = "a\nb\nc\nd\ne\n"


@pytest.mark.parametrize(
    ("mine", "theirs", "merged"),
    [
        (BASE, "a\nB\nc\nd\ne\n", "a\nB\nc\nd\ne\n"),
        ("A\nb\nc\nd\ne\n", "a\nb\nc\nd\nE\n", "A\nb\nc\nd\nE\n"),
        ("A\nb\nc\nd\ne\n", "A\nb\nc\nd\ne\n", "A\nb\nc\nd\ne\n"),
        ("a\nb\nc\nd\ne", "A\nb\nc\nd\ne\n", "A\nb\nc\nd\ne"),
        ("a\r\nb\r\nc\r\nx\r\nd\r\ne\r\n", "A\nb\nc\nd\ne\n", "A\r\nb\r\nc\r\nx\r\nd\r\ne\r\n"),
    ],
)
def test_changes_apart_are_both_there(mine, theirs, merged) -> None:
    assert merge_lines(BASE, mine, theirs) == (merged, ())


def test_a_conflict_is_mine_or_both_between_marks() -> None:
    mine, theirs = "a\nx\nM\nd\ne\n", "a\nx\nT\nd\ne\n"
    assert merge_lines(BASE, mine, theirs) == (mine, (2,))
    text = merge_lines(BASE, mine, theirs, "template 1").text
    assert text == "a\nx\n<<<<<<< yours\nM\n=======\nT\n>>>>>>> template 1\nd\ne\n"
    assert (has_marks(text), has_marks(mine)) == (3, 0)


LINES = st.lists(st.sampled_from("abcdef"), max_size=8).map(
    lambda one: "".join(f"{x}\n" for x in one)
)


@settings(max_examples=120, deadline=None)
@given(base=LINES, mine=LINES, theirs=LINES)
def test_who_changed_nothing_gets_the_other_s_text(base, mine, theirs) -> None:
    assert merge_lines(base, base, theirs) == (theirs, ())
    assert merge_lines(base, mine, base) == (mine, ())
    assert merge_lines(base, mine, mine) == (mine, ())


@settings(max_examples=60, deadline=None)
@given(
    lines=st.lists(st.integers(0, 10**6), min_size=3, max_size=12, unique=True),
    mine=st.sets(st.integers(0, 11), max_size=3),
    theirs=st.sets(st.integers(0, 11), max_size=3),
)
def test_git_says_the_same(lines, mine, theirs, tmp_path_factory) -> None:
    folder = tmp_path_factory.mktemp("git")
    base = [f"{one}\n" for one in lines]

    def changed(numbers, word):
        return "".join(f"{word} {one}" if at in numbers else one for at, one in enumerate(base))

    texts = {"base": "".join(base), "mine": changed(mine, "m"), "theirs": changed(theirs, "t")}
    for name, text in texts.items():
        (folder / name).write_text(text)
    command = ["git", "merge-file", "-p", "mine", "base", "theirs"]
    git = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    ours = merge_lines(*(texts[one] for one in ("base", "mine", "theirs")))
    assert bool(ours.conflicts) == (git.returncode > 0)
    if not ours.conflicts:
        assert ours.text == git.stdout
