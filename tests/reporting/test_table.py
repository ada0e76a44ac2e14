import datetime as dt
from decimal import Decimal

import click
import pytest

from platform_cli.reporting.table import Table, cell, plain, render


def _plain(table, width=None):
    return click.unstyle(render(table, width)).splitlines()


def test_numbers_stand_right_and_text_left():
    table = Table(("name", "n"), (("a", 1), ("long name", 200)))
    assert _plain(table) == ["name         n", "─────────  ───", "a            1", "long name  200"]


def test_null_is_dim_and_says_so():
    assert click.style("NULL", dim=True) in render(Table(("x",), ((None,),)))


def test_what_does_not_fit_is_cut_or_named():
    table = Table(("a", "b", "c"), (("x" * 100, "y", "z"),))
    lines = _plain(table, 40)
    assert all(len(line) <= 40 for line in lines)
    assert lines[2].endswith("…")
    assert lines[-1] == "+ 2 more columns: b, c"


def test_wide_letters_count_twice():
    lines = _plain(Table(("x", "y"), (("日本", "a"), ("b", "c"))))
    assert lines[2:] == ["日本  a", "b     c"]


def test_no_rows_still_show_the_columns():
    assert _plain(Table(("one", "two"), ())) == ["one  two", "───  ───"]


@pytest.mark.parametrize(
    ("value", "text", "json_value"),
    [
        (None, "NULL", None),
        (True, "true", True),
        ("a\nb", "a⏎b", "a\nb"),
        (
            dt.datetime(2024, 1, 2, 3, 4, 5),  # noqa: DTZ001  (DuckDB's TIMESTAMP has none)
            "2024-01-02 03:04:05",
            "2024-01-02 03:04:05",
        ),
        (dt.date(2024, 1, 2), "2024-01-02", "2024-01-02"),
        (dt.timedelta(hours=1), "1:00:00", "1:00:00"),
        (Decimal("1.50"), "1.50", 1.5),
        (Decimal(3), "3", 3),
        (b"\x01\xff", "0x01ff", "0x01ff"),
        ({"a": [1, None]}, '{"a": [1, null]}', {"a": [1, None]}),
        ([dt.date(2024, 1, 2)], '["2024-01-02"]', ["2024-01-02"]),
        (float("nan"), "nan", "nan"),
    ],
)
def test_every_kind_of_value_reads_well(value, text, json_value):
    assert cell(value) == text
    assert plain(value) == json_value
