"""`platform snapshot` itself: what a program reads."""

import json

from platform_cli.cli import run
from tests.engine_builders import Step, engine_project, take
from tests.history_builders import do


def test_json_has_the_counts_as_numbers(tmp_path, capsys):
    project = engine_project(tmp_path)
    take(project, Step("select 1 as id, 'a' as a", "2024-01-01"))
    do(project, "insert into src values (2, 'b')")
    capsys.readouterr()
    assert run(["-C", str(project), "snapshot", "--output-format", "json"]) == 0
    (snp,) = json.loads(capsys.readouterr().out)["snapshots"]
    assert snp["name"] == "snp"
    assert (snp["counts"]["new"], snp["counts"]["unchanged"]) == (1, 1)
    assert snp["refusals"] == []
