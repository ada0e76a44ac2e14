"""Every broken project gets a clear message, the right exit code, and nothing half-written."""

from contextlib import nullcontext

import pytest

from tests.broken_projects.case import Case
from tests.broken_projects.every_case import EVERY_CASE
from tests.broken_projects.sandbox import (
    build_sound,
    copy_broken,
    half_written,
    people_s_files,
    relations,
    type_in,
)

NEVER = ("Traceback (most recent call last)", "bug of the platform", 'File "/', "<class '")
NEXT_STEP = ("help: ", "next: ", "Try 'platform", "Did you mean")


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """The project as it is before something breaks, built once."""
    return build_sound(tmp_path_factory.mktemp("sound") / "shop")


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param(one, id=one.story, marks=[pytest.mark.slow] if one.slow else [])
        for one in EVERY_CASE
    ],
)
def test_a_broken_project_says_what_where_and_what_next(broken: Case, sound, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("NO_COLOR", "1")
    project = copy_broken(sound, tmp_path / "shop", broken.files)
    with broken.trouble(project) if broken.trouble else nullcontext():
        files = people_s_files(project)
        rows = relations(project)
        for typed in broken.runs:
            said = type_in(project, typed)
            shown = f"$ platform {typed.command}\n{said.text}"
            assert said.code == typed.exit, shown
            for words in typed.says:
                assert words in said.with_places, f"{words!r} is not in:\n{shown}"
            for words in (*NEVER, *typed.never):
                assert words not in said.text, f"{words!r} is in:\n{shown}"
            if typed.exit:
                assert any(words in said.text for words in NEXT_STEP), f"no next step:\n{shown}"
            assert people_s_files(project) == files, shown
            now = relations(project)
            if typed.new:
                assert isinstance(now, dict)
                assert set(typed.new) <= set(now), shown
                now = {name: its for name, its in now.items() if name not in typed.new}
            assert now == rows, shown
            assert half_written(project) == [], shown


def test_there_are_at_least_forty_of_them_and_each_has_its_own_story():
    stories = [one.story for one in EVERY_CASE]
    assert len(set(stories)) == len(stories) >= 40


def test_the_sound_project_passes(sound, tmp_path):
    """Else a case could fail for another reason than its own."""
    from tests.broken_projects.case import run

    project = copy_broken(sound, tmp_path / "shop", {})
    for command in ("check", "build", "preview dim_customers"):
        said = type_in(project, run(command, 0))
        assert said.code == 0, said.text
