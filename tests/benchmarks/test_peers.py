"""The score of models made side by side: what each criterion asks, and the table."""

import re
import sys

import duckdb
import pytest

from tests.benchmarks import peer_ours
from tests.benchmarks.peer_contest import TOOLS, Entry
from tests.benchmarks.peer_dbt import with_refs
from tests.benchmarks.peer_made import DESCRIPTION, Made, Peers
from tests.benchmarks.peer_project import CASES, dbt_project
from tests.benchmarks.peer_report import BEGIN, END, update_entries
from tests.benchmarks.peer_score import findings, scored, total
from tests.benchmarks.report import PAGE, rows_of
from tests.scaffold.twenty_models import CRITERIA

PAID = next(case for case in CASES if case.name == "fct_paid")
ODD = next(case for case in CASES if case.odd)
ALL = Made(
    sql='select "select", "Größe %", "a b"\nfrom x\n',
    odd=ODD.odd,
    ran=True,
    built={"select": "BIGINT", "Größe %": "DECIMAL(21,1)"},
    types={"select": "bigint", "größe %": "decimal(21, 1)"},
    texts={"grosse": ODD.same["Größe %"]},
    description=DESCRIPTION,
    contract=True,
    tests=1,
    rows=True,
    passed=True,
    owner=True,
    sla=True,
    placed=True,
    again=True,
    kept=True,
    checked=True,
    dry="diff",
)


def test_nothing_made_scores_nothing() -> None:
    assert set(scored(PAID, Made(), ()).values()) <= {0.0, None}


def test_a_model_can_meet_all_that_its_case_asks_for() -> None:
    scores = scored(ODD, ALL, ())
    assert {name for name, score in scores.items() if score is None} == {
        "docs through renames",
        "contract enforced",
    }
    assert {score for score in scores.values() if score is not None} == {1.0}


@pytest.mark.parametrize(
    ("criterion", "change", "score"),
    [
        ("SQL runs as generated", {"ran": False}, 0),
        ("odd names quoted", {"sql": "select a b"}, 0),
        ("types for every column", {"types": {"select": "integer"}}, 0),
        ("types for every column", {"inferred": True}, 0.5),
        ("docs, same name", {"texts": {}}, 0),
        ("description given, never faked", {"description": "A model."}, 0),
        ("data tests fit the data", {"failed": 1}, 0),
        ("unit test with rows", {"passed": False}, 0),
        ("owner, group, SLA", {"sla": False}, 0.5),
        ("idempotent, keeps edits, --check", {"checked": False}, 0.5),
        ("dry run with diff", {"dry": "names"}, 0.5),
    ],
)
def test_each_criterion_can_be_missed(criterion, change, score) -> None:
    assert scored(ODD, Made(**{**vars(ALL), **change}), ())[criterion] == score


def test_a_fault_of_style_and_a_column_that_is_not_named_are_not_clean() -> None:
    name = "lint-clean, no select *"
    assert scored(ODD, ALL, ["LT05 too long"])[name] == 0
    star = Made(**{**vars(ALL), "sql": "select * from x"})
    assert scored(ODD, star, ())[name] == 0
    found = findings({"a": Made(sql="MODEL (\n  name a\n);\n\nSELECT 1 as a\n"), "b": ALL})
    assert any(one.startswith("CP01") for one in found["a"])


def test_the_mean_is_over_the_models_that_ask() -> None:
    scores: list[dict[str, float | None]] = [
        dict.fromkeys(CRITERIA, 1.0),
        {**dict.fromkeys(CRITERIA, 0.0), CRITERIA[2]: None},
    ]
    assert total(scores)[CRITERIA[2]] == 1.0
    assert total(scores)[CRITERIA[0]] == 0.5


def test_everyone_starts_from_queries_that_run(tmp_path) -> None:
    dbt_project(tmp_path, sys.executable)
    with duckdb.connect(str(tmp_path / "shop.duckdb")) as connection:
        for file in sorted(tmp_path.glob("models/staging/raw/*.sql")):
            sql = re.sub(r"\{\{ source\('raw', '(\w+)'\) \}\}", r"raw.\1", file.read_text())
            connection.execute(f"create view {file.stem} as {sql}")
        for case in CASES:
            if case.query:
                assert len(connection.execute(case.query).fetchall()) > 1
                sql = re.sub(r"\{\{ ref\('(\w+)'\) \}\}", r"\1", with_refs(case))
                assert connection.execute(sql).fetchall()


def test_the_columns_of_tools_that_were_not_run_stay() -> None:
    first, second = (
        Entry(tool.name, dict.fromkeys(CRITERIA, 1.0), cpu, 2.0, 0)
        for tool, cpu in zip(TOOLS, (0.5, 9.0), strict=False)
    )
    page = update_entries(f"{BEGIN}\n{END}\nMeasured with x.\n", [first])
    page = update_entries(page, [second])
    rows = rows_of(page, BEGIN, END)
    assert list(rows)[: len(CRITERIA)] == list(CRITERIA)
    assert "| CPU s per model | 0.50 | 9.00 |  |  |  |" in page
    assert "| **of 14** | **14.0** | **14.0** |  |  | ≥ 13 |" in page


def test_the_page_has_a_place_for_them() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page.index(BEGIN) < page.index(END)


@pytest.mark.slow
def test_ours_meets_the_goal(tmp_path) -> None:
    made = peer_ours.make(tmp_path / "project", Peers(tmp_path), CASES)
    found = findings(made)
    scores = [scored(case, made[case.name], found[case.name]) for case in CASES]
    assert sum(total(scores).values()) >= 13
