from platform_cli.dbt_runner import RunResult
from platform_cli.reporting.run_as_text import run_as_text

WRITTEN = "snp: something else than a run wrote to the history: run 2 left 60 versions"


def test_a_history_that_something_else_wrote_to_is_said_without_being_asked():
    said = run_as_text("snapshot", RunResult((), 1.0, warnings=("deprecated", WRITTEN)))
    assert WRITTEN in said
    assert "dbt warned 1 time (-v shows what of)" in said
    assert "deprecated" not in said
