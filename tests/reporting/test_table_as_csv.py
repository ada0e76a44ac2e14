from platform_cli.reporting.table import Table
from platform_cli.reporting.table_as_csv import render


def test_csv_tells_null_from_empty_text():
    table = Table(("a", "b,c"), ((None, ""), ('say "x"', "line\nbreak")))
    assert render(table) == 'a,"b,c"\n,""\n"say ""x""","line\nbreak"\n'
