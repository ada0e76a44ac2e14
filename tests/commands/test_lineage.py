import json

import pytest

from platform_cli.cli import run
from tests.small_project import write_project

FACT = {
    "models/marts/sales/fct_visits.sql": """\
select * from {{ ref('stg_customers') }} join {{ ref('dim_customers') }} using (customer_id)
"""
}


@pytest.fixture
def lineage(tmp_path, monkeypatch, capsys):
    """Run `platform lineage`: code, stdout, stderr."""
    monkeypatch.chdir(write_project(tmp_path, FACT))

    def call(*arguments):
        code = run(["lineage", *arguments])
        return code, *capsys.readouterr()

    return call


def test_a_model_has_a_tree_each_way_with_types_and_owners(lineage) -> None:
    code, out, _ = lineage("dim_customers")
    assert code == 0
    assert out == (
        "dim_customers  (model, sales)\n"
        "made from\n"
        "  └── stg_customers  (model, sales)\n"
        "read by\n"
        "  └── fct_visits  (model)\n"
    )


def test_a_branch_that_comes_twice_is_shown_once(lineage) -> None:
    _, out, _ = lineage("stg_customers", "--downstream")
    assert out == (
        "stg_customers  (model, sales)\n"
        "read by\n"
        "  ├── dim_customers  (model, sales)\n"
        "  │   └── fct_visits  (model)\n"
        "  └── fct_visits  (model)\n"
    )


def test_depth_is_a_number_of_steps(lineage) -> None:
    document = json.loads(lineage("dim_customers", "--depth", "1", "--output-format", "json")[1])
    names = {node["name"] for node in document["nodes"]}
    assert names == {"dim_customers", "stg_customers", "fct_visits"}
    upstream = lineage("fct_visits", "--upstream", "--depth", "1", "--output-format", "json")[1]
    edges = {(one["from"], one["to"]) for one in json.loads(upstream)["edges"]}
    assert ("model.shop.dim_customers", "model.shop.fct_visits") in edges


def test_a_source_is_named_with_its_table(lineage) -> None:
    code, out, _ = lineage("source:raw.Orders")
    assert (code, out.splitlines()[0]) == (0, "raw.Orders  (source)")


def test_mermaid_is_a_flow_chart(lineage) -> None:
    _, out, _ = lineage("dim_customers", "--output-format", "mermaid")
    lines = out.splitlines()
    assert lines[0] == "flowchart LR"
    assert '    n0["dim_customers<br/><small>sales</small>"]' in lines
    assert sum("-->" in line for line in lines) == 2


def test_a_parent_that_does_not_exist_is_noted_in_every_format(lineage, tmp_path) -> None:
    model = tmp_path / "models/marts/sales/fct_visits.sql"
    model.write_text("select * from {{ ref('dim_customers') }}, {{ ref('dim_gone') }}\n")
    said = "fct_visits refers to dim_gone, but there is no such model, seed or snapshot"
    where = "models/marts/sales/fct_visits.sql:1:46"
    for words in ((), ("--output-format", "json"), ("--output-format", "mermaid")):
        assert f"note: {where}: model {said}" in lineage("dim_customers", *words)[2]
    [note] = json.loads(lineage("dim_customers", "--output-format", "json")[1])["notes"]
    assert note == {
        "resource": "model.shop.fct_visits",
        "message": f"model {said}",
        "path": "models/marts/sales/fct_visits.sql",
        "line": 1,
        "column": 46,
    }
    chart = lineage("dim_customers", "--output-format", "mermaid")[1].splitlines()
    assert f'    note0>"{where}: model {said}"]' in chart
    [visits] = [
        line.split("[")[0].strip() for line in chart if "fct_visits" in line and "[" in line
    ]
    assert f"    note0 -.- {visits}" in chart
    assert (
        json.loads(lineage("stg_customers", "--upstream", "--output-format", "json")[1])["notes"]
        == []
    )


def test_an_unknown_model_has_near_names_and_returns_2(lineage) -> None:
    code, _, err = lineage("dim_customer")
    assert code == 2
    assert "did you mean 'dim_customers'" in err
