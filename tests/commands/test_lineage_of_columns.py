import json
import subprocess
import sys
from pathlib import Path

import pytest

from platform_cli.cli import run
from tests.small_project import write_project

REPOSITORY = Path(__file__).parents[2]
FILES = {
    "models/marts/sales/fct_visits.sql": """\
with c as (select * from {{ ref('stg_customers') }})
select c.customer_id as "Customer.Id", upper(d.customer_name) as shout
from c join {{ ref('dim_customers') }} as d using (customer_id)
""",
    "models/staging/raw/stg_orders.sql": """\
select * from {{ source('raw', 'Orders') }}
""",
    "models/marts/sales/fct_odd.sql": """\
select {{ run_query('select 1') }} from {{ ref('stg_customers') }}
""",
}


@pytest.fixture
def lineage(tmp_path, monkeypatch, capsys):
    """Run `platform lineage`: code, stdout, stderr."""
    monkeypatch.chdir(write_project(tmp_path, FILES))

    def call(*arguments):
        code = run(["lineage", *arguments])
        return code, *capsys.readouterr()

    return call


def test_a_column_has_a_tree_each_way(lineage) -> None:
    code, out, err = lineage("dim_customers.CUSTOMER_NAME")
    assert (code, err) == (0, "")
    assert out == (
        "dim_customers.customer_name  varchar  (model, sales)\n"
        "made of\n"
        "  └── stg_customers.customer_name  unchanged  (model, sales)\n"
        "read by\n"
        "  └── fct_visits.shout  computed  (model)\n"
        "lineage known for 6 of 6 columns (100.0 %) of 3 models\n"
    )


def test_whoever_only_names_it_and_whoever_may_is_listed_with_its_owner(lineage) -> None:
    _, out, _ = lineage("stg_customers.customer_id", "--downstream", "--depth", "1")
    assert out.splitlines()[1:-1] == [
        "read by",
        "  ├── dim_customers.customer_id  unchanged  (model, sales)",
        "  ├── fct_visits.Customer.Id  renamed  (model)",
        "  ├── fct_visits  named in join  (model)",
        "  ├── fct_odd  unknown: adapter.execute needs the adapter itself  (model)",
        "  └── data tests: unique_stg_customers_customer_id, not_null_stg_customers_customer_id",
    ]


def test_names_may_have_dots_and_quotes(lineage) -> None:
    for name in ("fct_visits.Customer.Id", 'fct_visits."customer.id"'):
        code, out, _ = lineage(name, "--upstream")
        assert code == 0
        assert out.splitlines()[2] == "  └── stg_customers.customer_id  renamed  (model, sales)"


def test_a_source_has_columns_too_and_what_yaml_does_not_list_is_noted(lineage) -> None:
    code, out, err = lineage("source:raw.Orders.placedAt", "--downstream")
    assert code == 0
    assert "  └── stg_orders.placedAt  unchanged  (model)" in out
    assert err == (
        "note: raw.Orders lists no column 'placedAt', but may have it:"
        " raw.Orders may have columns that its YAML does not list\n"
    )


@pytest.mark.parametrize(
    ("name", "said", "help_"),
    [
        ("dim_customers.custmer_name", "has no column 'custmer_name'", "did you mean 'customer_"),
        ("dim_customers.zzz", "has no column 'zzz'", "it has customer_id, customer_name"),
        ("fct_odd.x", "declares no column 'x', and of its SQL: adapter.execute", "declare its"),
        ("dim_customers.CUSTMER_NAME", "has no column 'CUSTMER_NAME'", "did you mean 'customer_"),
        ("dim_customer.customer_id", "nothing in this", "did you mean 'dim_customers.customer_id'"),
        ("DIM_Customers.Customer_ID", "nothing in", "did you mean 'dim_customers.customer_id'"),
        ("dim_custmers.custmer_nam", "nothing in", "did you mean 'dim_customers.customer_name'"),
        ("source:raw.orders.placedAt", "nothing in", "did you mean 'raw.Orders'"),
        ("DIM_CUSTOMERS", "nothing in this project matches", "did you mean 'dim_customers'"),
        ("dim_customers.", "nothing in this project matches", ""),
    ],
)
def test_an_unknown_column_or_model_has_near_names_and_returns_2(
    lineage, name, said, help_
) -> None:
    code, out, err = lineage(name)
    assert (code, out) == (2, "")
    assert said in err
    assert help_ in err


def test_json_has_columns_edges_readers_and_coverage(lineage) -> None:
    code, out, _ = lineage("stg_customers.customer_id", "--depth", "1", "--output-format", "json")
    document = json.loads(out)
    assert code == 0
    assert document["version"] == 1
    assert document["start"] == {"resource": "model.shop.stg_customers", "column": "customer_id"}
    assert {one["column"]: one["how"] for one in document["columns"][1:]} == {
        "customer_id": "unchanged",
        "Customer.Id": "renamed",
    }
    assert document["edges"][0] == {
        "from": document["start"],
        "to": {"resource": "model.shop.dim_customers", "column": "customer_id"},
        "how": "unchanged",
    }
    assert {
        "resource": "model.shop.fct_visits",
        "column": document["start"],
        "clauses": ["join"],
        "why": "",
    } in document["readers"]
    assert {one["name"]: one["owner"] for one in document["resources"]}["dim_customers"] == "sales"
    assert document["coverage"]["unknown"] == []


def test_mermaid_has_a_box_for_each_resource(lineage) -> None:
    _, out, _ = lineage("stg_customers.customer_id", "--output-format", "mermaid")
    assert out == (
        "flowchart LR\n"
        '    subgraph r0["stg_customers (sales)"]\n'
        '        c0["customer_id"]\n'
        "    end\n"
        '    subgraph r1["dim_customers (sales)"]\n'
        '        c1["customer_id"]\n'
        "    end\n"
        '    subgraph r2["fct_visits"]\n'
        '        c2["Customer.Id"]\n'
        "    end\n"
        "    c0 -->|unchanged| c1\n"
        "    c0 -->|renamed| c2\n"
        '    u1(["fct_visits"])\n'
        '    u2(["fct_odd"])\n'
        "    c0 -.->|join| u1\n"
        "    c1 -.->|join| u1\n"
        "    c0 -.->|unknown| u2\n"
        "    style c0 stroke-width:3px\n"
    )


def test_coverage_counts_columns_and_lists_what_is_unknown(lineage) -> None:
    code, out, _ = lineage("--coverage")
    assert code == 0
    assert out == (
        "lineage known for 6 of 6 columns (100.0 %) of 5 models;"
        " 2 may have columns that nobody lists\n"
        "may have more columns than are listed\n"
        "  fct_odd: adapter.execute needs the adapter itself\n"
        "  stg_orders: raw.Orders may have columns that its YAML does not list\n"
    )
    code, out, _ = lineage("fct_visits", "--coverage", "--output-format", "json")
    assert json.loads(out) == {
        "version": 1,
        "coverage": {"known": 2, "columns": 2, "resources": 1, "unknown": [], "open": []},
    }


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "name a model or a column"),
        (("--coverage", "--upstream"), "--coverage stands alone"),
        (("--coverage", "--output-format", "mermaid"), "a coverage is no picture"),
        (("--coverage", "nope"), "matches 'nope'"),
    ],
)
def test_what_does_not_fit_together_returns_2(lineage, words, said) -> None:
    code, _, err = lineage(*words)
    assert code == 2
    assert said in err


def test_the_second_time_no_sql_is_read(lineage, tmp_path) -> None:
    assert lineage("dim_customers.customer_id")[0] == 0
    script = (
        "import sys; from platform_cli.cli import run;"
        f"code = run(['-C', {str(tmp_path)!r}, 'lineage', 'dim_customers.customer_id']);"
        "print(code, *{'dbt', 'duckdb', 'sqlglot', 'jinja2', 'rich'} & {*sys.modules})"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=REPOSITORY, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "0"
