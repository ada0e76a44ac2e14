from pathlib import Path

from platform_cli.errors import Where
from platform_cli.reporting.excerpt import WIDEST, Excerpts
from tests.builders import write


def shown(folder: Path, text: str | bytes, line: int | None, column: int | None) -> list[str]:
    write(folder, {"a.sql": text})
    return Excerpts(folder).of(Where("a.sql", line, column))


def test_the_line_and_a_mark_below_the_word(tmp_path) -> None:
    assert shown(tmp_path, "select\n\t  a.delay, b\n", 2, 6) == ["a.delay, b", "  ^^^^^"]
    assert shown(tmp_path, "select *\n", 1, 8) == ["select *", "       ^"]


def test_without_a_column_there_is_no_mark_and_without_a_line_nothing(tmp_path) -> None:
    assert shown(tmp_path, "  select 1\r\n", 1, None) == ["select 1"]
    assert shown(tmp_path, "select 1", None, None) == []
    assert Excerpts(tmp_path).of(None) == []


def test_a_place_that_the_file_does_not_have_is_no_error(tmp_path) -> None:
    assert shown(tmp_path, "select 1\n\n", 9, 1) == []
    assert shown(tmp_path, "select 1\n\n", 2, 1) == []
    assert shown(tmp_path, "select 1", 1, 99) == ["select 1"]
    assert shown(tmp_path, b"\xff\xfe", 1, 1) == []
    assert Excerpts(tmp_path).of(Where("nowhere.sql", 1, 1)) == []


def test_a_long_line_is_shown_around_the_word_and_nothing_moves_the_cursor(tmp_path) -> None:
    line, mark = shown(tmp_path, "x" * 500 + " wrong " + "y" * 500, 1, 502)
    assert len(line) <= WIDEST
    assert line[mark.index("^") :].startswith("wrong")
    assert shown(tmp_path, "a\x1b[31m b", 1, 1)[0] == "a?[31m b"
