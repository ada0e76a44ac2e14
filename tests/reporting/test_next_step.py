import pytest

from platform_cli.dbt_runner import NodeResult
from platform_cli.reporting.next_step import next_step
from platform_cli.reporting.node_diagnostic import node_diagnostic

UNBUILT = "Catalog Error: Table with name stg_a does not exist!"


def node(message: str = "Binder Error", kind: str = "model", status: str = "error", **more):
    return NodeResult(
        unique_id=f"{kind}.shop.a",
        name="a",
        resource_type=kind,
        status=status,
        message=message,
        path="models/a.sql",
        **more,
    )


def test_a_model_is_mended_and_built_with_what_reads_it() -> None:
    assert next_step("build", node()) == "mend models/a.sql, then: platform build --select a+"
    assert next_step("run", node()) == "mend models/a.sql, then: platform run --select a+"
    assert next_step("compile", node()) == "mend models/a.sql, then: platform compile --select a"


@pytest.mark.parametrize(
    ("failed", "step"),
    [
        (node(UNBUILT), "platform build --select +a"),
        (
            node("IO Error: No files found that match the pattern 'x.csv'"),
            "put the file there, then: platform build --select a+",
        ),
        (
            node("environment variable 'X' is required, but not set"),
            "set the variable, then: platform build --select a+",
        ),
        (
            node("snp: mass_change: 30 of 30 open versions would be changed", kind="snapshot"),
            "look at the rows that it reads, then: platform build --select a+",
        ),
        (
            node("snp: missing_history: the history is gone", kind="snapshot"),
            "bring the table back, then: platform build --select a+",
        ),
        (
            node("'x' is undefined"),
            "mend models/a.sql, then: platform build --select a+",
        ),
        (
            node(kind="test", status="fail"),
            "platform preview a; when it is mended: platform build --select 1+a",
        ),
        (
            node(kind="test", status="fail", relation='"m"."a"'),
            "mend the model, or the test in models/a.sql, then: platform build --select a+",
        ),
        (
            node(kind="unit_test", status="fail"),
            "mend the model, or the test in models/a.sql, then: platform build --select a+",
        ),
        (
            node('IO Error: Could not set lock on file "/x.duckdb": (PID 1)'),
            "see to the database file, then: platform build",
        ),
    ],
)
def test_the_usual_errors_have_their_own_step(failed: NodeResult, step: str) -> None:
    assert next_step("build", failed) == step


@pytest.mark.parametrize(
    "failed", [node(UNBUILT), node(kind="test", status="fail")], ids=["unbuilt", "failed test"]
)
def test_a_command_in_the_help_is_the_command_of_the_last_line(failed: NodeResult) -> None:
    shown = node_diagnostic(failed).help
    assert next_step("build", failed).partition(";")[0] in shown


def test_a_node_that_the_verb_does_not_do_is_not_selected_by_it() -> None:
    step = next_step("snapshot", node())
    assert step == "mend models/a.sql, then type the same command again"


def test_another_command_than_the_verb_is_typed_again() -> None:
    step = next_step("snapshot", node(), again="platform snapshot backfill snp")
    assert step == "mend models/a.sql, then: platform snapshot backfill snp"
