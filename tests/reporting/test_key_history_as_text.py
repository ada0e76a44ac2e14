"""The versions of one key as text."""

from datetime import datetime

from click import unstyle

from platform_cli.reporting.key_history import KeyHistory, Version
from platform_cli.reporting.key_history_as_text import key_history_as_text


def history(*versions: Version, columns: tuple[str, ...]) -> KeyHistory:
    return KeyHistory("snp", ("LAX",), columns, versions)


def day(number: int, hour: int = 0) -> datetime:
    return datetime(2024, 1, number, hour)  # noqa: DTZ001


def test_wide_keys_continue_in_further_tables_that_fit():
    columns = tuple(f"measure_{n:02}" for n in range(12))
    first = Version(day(1), day(2), False, (), dict.fromkeys(columns, "some longer words here"))
    second = Version(day(2), None, False, columns, dict.fromkeys(columns, "other longer words"))
    text = unstyle(
        key_history_as_text(history(first, second, columns=columns), 80, every_column=False)
    )
    tables = text.split("valid from")
    assert len(tables) > 3
    assert all(len(line) <= 80 for line in text.splitlines())
    assert text.count("*other longer words") == 12


def test_what_never_changed_is_only_named():
    values = {"a": 1, "b": 2}
    versions = (
        Version(day(1), day(2), False, (), values),
        Version(day(2), None, False, ("b",), {"a": 1, "b": 3}),
    )
    text = unstyle(
        key_history_as_text(history(*versions, columns=("a", "b")), 80, every_column=False)
    )
    assert "the same in all versions: a (--all-columns)" in text
    assert text.splitlines()[2] == "valid from  to           b"
    every = unstyle(
        key_history_as_text(history(*versions, columns=("a", "b")), 80, every_column=True)
    )
    assert "the same" not in every


def test_the_mark_survives_without_colour_and_numbers_stand_to_the_right():
    versions = (
        Version(day(1), day(2, 6), False, (), {"n": 10}),
        Version(day(2, 6), None, False, ("n",), {"n": 9}),
    )
    lines = unstyle(
        key_history_as_text(history(*versions, columns=("n",)), 80, every_column=False)
    ).splitlines()
    assert lines[3] == "2024-01-01 00:00:00  2024-01-02 06:00:00   10"
    assert lines[4] == "2024-01-02 06:00:00  (open)                *9"


def test_versions_that_overlap_are_pointed_out():
    versions = (
        Version(day(1), None, False, (), {"n": 1}),
        Version(day(2), None, False, ("n",), {"n": 2}),
    )
    text = unstyle(key_history_as_text(history(*versions, columns=("n",)), 80, every_column=False))
    assert "(overlaps the version above: platform snapshot verify)" in text
