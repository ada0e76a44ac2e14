import random
import subprocess
from difflib import unified_diff

import pytest

from platform_cli.project.edits import unified as module
from platform_cli.project.edits.unified import unified
from tests.effort import calls_of


def edited(lines: list[str], seed: int) -> list[str]:
    """The lines with some taken out, put in, and moved."""
    chance = random.Random(seed)
    found = []
    for line in lines:
        found += [line] * (chance.random() < 0.8)
        found += [chance.choice(["", "x", f"new {len(found)}"])] * (chance.random() < 0.2)
    at = chance.randrange(len(found))
    return found[at:] + found[:at] if chance.random() < 0.2 else found


def text(lines: list[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def models(number: int, more: list[str]) -> str:
    """A properties file of so many models, each with these lines more."""
    last = ["    columns:", "      - name: id", "        data_tests: [unique]"]
    names = [
        [f"  - name: model_{one}", "    description: x", *more, *last] for one in range(number)
    ]
    return text(["models:", *(line for lines in names for line in lines)])


@pytest.mark.parametrize("seed", range(20))
def test_of_files_that_are_not_long_it_is_the_diff_of_difflib(seed) -> None:
    old = [random.Random(seed + n).choice(["", "a", f"line {n}"]) for n in range(60)]
    new = edited(old, seed)
    expected = unified_diff(old, new, "a/x", "b/x", lineterm="")
    assert unified(text(old), text(new), "a/x", "b/x") == list(expected)


@pytest.mark.parametrize("seed", range(20))
def test_git_makes_the_new_file_of_the_old_one(tmp_path, monkeypatch, seed) -> None:
    monkeypatch.setattr(module, "_FEW", 6)
    old = [random.Random(seed + n).choice(["", "a", f"line {n}"]) for n in range(80)]
    new = edited(old, seed)
    (tmp_path / "x").write_text(text(old), encoding="utf-8")
    patch = "\n".join(unified(text(old), text(new), "a/x", "b/x")) + "\n"
    git = ("git", "-C", str(tmp_path), "apply", "--unidiff-zero", "-")
    subprocess.run(git, input=patch, text=True, check=True)
    assert (tmp_path / "x").read_text(encoding="utf-8") == text(new)


def test_what_is_put_in_between_thousands_of_models_is_all_that_is_shown() -> None:
    old, new = models(600, []), models(600, ["    config: {group: sales}"])
    found = unified(old, new, "a", "b")
    assert sum(line.startswith("+    config") for line in found) == 600
    assert not [line for line in found[2:] if line.startswith("-")]


def test_twice_the_edits_take_twice_the_time() -> None:
    def effort(number: int) -> int:
        old, new = models(number, []), models(number, ["    config: {group: sales}"])
        return calls_of(lambda: unified(old, new, "a", "b"))

    assert effort(800) < 2.5 * effort(400)


def test_long_files_with_nothing_to_hold_on_to_are_shown_as_changed() -> None:
    old, new = ["a", "b"] * 1000, ["b", "a", "a"] * 900
    found = unified(text(old), text(new), "a", "b")
    assert [line[1:] for line in found[3:] if line[0] in " -"] == old
    assert [line[1:] for line in found[3:] if line[0] in " +"] == new


def test_no_change_is_no_diff() -> None:
    assert unified("", "", "a", "b") == []
    assert unified(models(900, []), models(900, []), "a", "b") == []
