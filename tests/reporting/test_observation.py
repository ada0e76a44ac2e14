"""An observation on a terminal."""

from click import unstyle

from platform_cli.reporting.observation import Observation, render


def test_good_news_takes_one_line():
    assert unstyle(render(Observation("Python", "3.12.1"))) == "ok    Python: 3.12.1"


def test_a_fault_says_why_and_how_to_mend_it():
    shown = unstyle(render(Observation("git", "is not there", "warn", "no undo", "install\nit")))
    assert shown.splitlines() == [
        "warn  git: is not there",
        "      why: no undo",
        "      fix: install",
        "      fix: it",
    ]
