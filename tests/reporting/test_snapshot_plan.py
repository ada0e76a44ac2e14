from platform_cli.dbt_runner.snapshot_reports import Refusal, SnapshotReport
from platform_cli.reporting.snapshot_plan import plan_text

NOTHING = {"new": 0, "changed": 0, "closed": 0, "unchanged": 0}


def report(counts, *refusals: Refusal) -> SnapshotReport:
    return SnapshotReport("snp", plan=True, counts=counts, refusals=refusals, samples=())


def test_what_is_refused_before_it_is_counted_has_no_counts():
    refused = Refusal("null_key", "1 of 3 source rows have a NULL in the key", ("NULL",))
    assert plan_text([report(NOTHING, refused)]).splitlines() == [
        "snp: not counted",
        "  refused: null_key: 1 of 3 source rows have a NULL in the key (for example NULL)",
    ]


def test_a_source_and_a_history_without_rows_are_counted():
    assert plan_text([report(NOTHING)]) == "snp: 0 new, 0 changed, 0 closed, 0 unchanged"
