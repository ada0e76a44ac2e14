import io
import re
import sys

import pytest
import yaml

from platform_cli.cli import run
from tests.small_project import write_project

OWNER = "--owner", "sales", "--description", "One row per customer who bought something."
QUERY = """\
-- Who buys, and how often.
select   customers.customer_name as "Buyer Name",   -- as on the invoice
    orders.customer_id buyer, count(*) as orders
from raw.orders as orders
  join dim_customers customers on orders.customer_id = customers.customer_id
group by all;
"""


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.chdir(write_project(tmp_path, {"buyers.sql": QUERY}))
    return tmp_path


def test_a_query_becomes_a_model_of_the_kind_it_is_with_types_docs_and_comments(
    project, capsys
) -> None:
    assert run(["new-model", "--sql", "buyers.sql", *OWNER]) == 0
    sql = (project / "models/marts/sales/agg_buyers.sql").read_text()
    assert "-- Who buys, and how often.\n" in sql
    assert "-- as on the invoice" in sql
    assert "{{ source('raw', 'Orders') }} as orders" in sql
    assert "{{ ref('dim_customers') }} as customers" in sql
    assert "    orders.customer_id as buyer,\n" in sql  # laid out
    yaml = (project / "models/marts/sales/agg_buyers.yml").read_text()
    assert "      - name: Buyer Name\n        quote: true\n        data_type: varchar\n" in yaml
    assert "        description: As on the invoice.\n" in yaml  # through the rename
    assert "arguments: {to: \"ref('dim_customers')\", field: customer_id}" in yaml
    assert "contract:\n        enforced: true" in yaml
    assert "meta: {unverified: true}" in yaml
    assert run(["new-model", "--sql", "buyers.sql", *OWNER, "--check"]) == 1  # agg_buyers_2
    assert run(["new-model", "agg_buyers", "--sql", "buyers.sql", *OWNER, "--check"]) == 0


def test_a_query_is_laid_out_although_a_rule_of_style_would_write_another_one(project) -> None:
    (project / ".sqlfluff").write_text("[sqlfluff]\nmax_line_length = 80\n")  # every rule
    query = (
        "select customers.customer_name, count(*) orders_made -- of all time, paid or not at all\n"
        "from raw.orders join dim_customers customers using (customer_id)\n  group by 1\n"
    )
    (project / "q.sql").write_text(query)
    assert run(["new-model", "agg_q", "--sql", "q.sql", *OWNER, "--no-unit-test"]) == 0
    sql = (project / "models/marts/sales/agg_q.sql").read_text()
    assert "    count(*) as orders_made -- of all time, paid or not at all\n" in sql
    assert "using (customer_id)\ngroup by 1\n" in sql


def test_standard_input_is_read(project, monkeypatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("select * from stg_customers"))
    assert run(["new-model", "int_people", "--sql", "-", *OWNER]) == 0
    sql = (project / "models/intermediate/int_people.sql").read_text()
    assert "{{ ref('stg_customers') }}" in sql


def test_a_file_in_the_query_is_declared(project) -> None:
    (project / "data/lines.csv").write_text("line_id,qty\n1,2\n2,3\n")
    (project / "q.sql").write_text("select line_id from 'data/lines.csv'")
    assert run(["new-model", "--sql", "q.sql", *OWNER, "--yes"]) == 0
    text = (project / "models/staging/raw/_raw__sources.yml").read_text()
    assert "- name: lines" in text
    assert "{{ source('raw', 'lines') }}" in (project / "models/staging/raw/stg_q.sql").read_text()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("select nme\nfrom dim_customers", ("the query does not run", "bad.sql:1")),
        ("select customer_id,\n  count(* as n\nfrom dim_customers", ("bad.sql:2", "Expecting )")),
        ("select 1\nfrom dim_custmers", ("bad.sql:2", "'dim_customers'")),
        ("select 1 from dim_customers;\nselect 2", ("bad.sql:2", "one query")),
        ("delete from dim_customers", ("bad.sql:1", "only reads")),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(project, capsys, text, words) -> None:
    (project / "bad.sql").write_text(text)
    before = sorted(project.rglob("models/**/*"))
    assert run(["new-model", "--sql", "bad.sql", *OWNER]) == 2
    err = capsys.readouterr().err
    for word in words:
        assert word in err
    assert sorted(project.rglob("models/**/*")) == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--sql", "buyer.sql"], "'buyers.sql'"),
        (["--sql", "buyers.sql", "--from", "dim_customers"], "--from does not go with --sql"),
        (["fct_b", "--sql", "buyers.sql", "--append"], "only its author knows"),
        (["stg_Buyers", "--sql", "buyers.sql"], "stg_buyers"),
        ([], "a model reads something"),
        (["--from", "dim_customers"], "a model has a name"),
    ],
)
def test_options_that_do_not_go_together_are_said(project, capsys, arguments, words) -> None:
    assert run(["new-model", *arguments, *OWNER]) == 2
    assert words in capsys.readouterr().err


def test_what_could_be_read_instead_of_a_source_is_named(project, capsys) -> None:
    run(["new-model", "stg_orders", "--from", "raw.Orders", *OWNER])
    capsys.readouterr()
    assert run(["new-model", "--sql", "buyers.sql", *OWNER, "--dry-run"]) == 0
    assert "marts may not read Orders: `platform check` will say so; read stg_orders" in (
        capsys.readouterr().err
    )


def test_the_rows_of_the_unit_test_are_some_that_the_query_keeps(project) -> None:
    rows = "".join(f"{n},{n % 7 + 9 * (n > 24_990)}\n" for n in range(25_000))
    (project / "data/lines.csv").write_text(f"line_id,qty\n{rows}")
    (project / "q.sql").write_text("select line_id, qty from 'data/lines.csv' where qty > 8")
    assert run(["new-model", "stg_q", "--sql", "q.sql", *OWNER, "--yes"]) == 0
    [test] = yaml.safe_load((project / "models/staging/raw/stg_q.yml").read_text())["unit_tests"]
    assert len(test["expect"]["rows"]) == 2
    given = re.findall(r"^    \(.*\)", test["given"][0]["rows"], re.MULTILINE)
    assert len(given) > len(test["expect"]["rows"])  # and some that it does not


ORDERS = """\
Order Id,placedAt,customer_id,group
1,2026-01-01,7,a
2,2026-01-02,8,b
3,2026-01-02,7,b
4,2026-01-02,8,b
"""


TESTED = """\
      - name: {}
        data_type: {}
        description: TODO
        data_tests: [unique, not_null]
"""
UNTESTED = """\
      - name: kind
        data_type: varchar
        description: TODO
      - name: orders
"""
GROUPS = {
    # Every count is another one, and the name of the id comes first: neither is the key.
    """select count(*) as n, max(o.customer_id) as last_customer_id, "group" as orders_of
    from raw.orders o group by orders_of""": (
        "key: orders_of (one row per group; unique and not null in all 2 rows);",
        TESTED.format("orders_of", "varchar"),
    ),
    """with days as (
      select placedAt as day, customer_id, count(*) as n from raw.orders group by 1, 2
    ) select n, customer_id, day from days""": (
        "key: day, customer_id (one row per group; unique and not null in all 3 rows);",
        "- type: primary_key\n        columns: [day, customer_id]\n",
    ),
    # A flag is no key by its type, and here it is what a row is one of.
    "select customer_id > 7 as is_late, count(*) as n from raw.orders group by all": (
        "key: is_late (one row per group; unique and not null in all 2 rows);",
        TESTED.format("is_late", "boolean"),
    ),
    """select nullif("group", 'a') as kind, count(*) as orders from raw.orders group by kind""": (
        (
            "key: one row per kind, but NULL stands there in 1 of all 2 rows: coalesce() would give"
            " that group a name; name the key with --key COLUMN"
        ),
        UNTESTED,
    ),
    "select count(*) as n, max(customer_id) as last_id from raw.orders": (
        "no key: the model is one row",
        "- name: last_id\n        data_type: bigint\n        description: TODO\n\nunit_tests",
    ),
}


@pytest.mark.parametrize("query", GROUPS)
def test_what_a_query_groups_by_is_its_key(project, capsys, query) -> None:
    note, yaml_has = GROUPS[query]
    (project / "data/Orders.csv").write_text(ORDERS)
    (project / "q.sql").write_text(query)
    assert run(["new-model", "agg_q", "--sql", "q.sql", *OWNER]) == 0
    assert f"note: {note}" in capsys.readouterr().err
    assert yaml_has in (project / "models/marts/sales/agg_q.yml").read_text()


def test_a_model_of_one_row_passes_check_without_a_key(project, capsys) -> None:
    (project / "q.sql").write_text("select count(*) as people from dim_customers")
    assert run(["new-model", "--sql", "q.sql", *OWNER, "--no-unit-test"]) == 0
    file = project / "models/marts/sales/agg_q.yml"
    file.write_text(file.read_text().replace("TODO", "How many there are."))
    capsys.readouterr()
    assert run(["check", "--select", "agg_q"]) == 0, capsys.readouterr().out


@pytest.mark.slow
def test_a_contract_with_fields_of_a_struct_is_built(project, capsys) -> None:
    query = """select customer_id, {'userId': customer_id, 'Order Id': 1} as who,
    'A'::enum('A', 'b c') as kind from dim_customers"""
    (project / "q.sql").write_text(query)
    assert run(["new-model", "dim_x", "--sql", "q.sql", *OWNER, "--no-unit-test"]) == 0
    yaml = (project / "models/marts/sales/dim_x.yml").read_text()
    assert 'data_type: "struct(userId integer, \\"Order Id\\" integer)"\n' in yaml
    assert run(["build", "--no-check", "--select", "+dim_x"]) == 0, capsys.readouterr().out
