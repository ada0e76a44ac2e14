import json
from decimal import Decimal

from platform_cli.reporting.table import Table
from platform_cli.reporting.table_as_json import render


def test_json_says_which_model_and_whether_there_is_more():
    said = json.loads(render(Table(("a",), ((Decimal("0.5"),),), more=True), "m"))
    assert said == {
        "version": 1,
        "model": "m",
        "columns": ["a"],
        "rows": [[0.5]],
        "more_rows": True,
    }
