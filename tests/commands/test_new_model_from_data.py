"""What `platform new-model` finds out from the data: keys, relations, rows for a unit test."""

import subprocess
import sys

import pytest

from platform_cli.cli import run
from tests.effort import calls_of
from tests.small_project import write_project

STAGING = "stg_orders", "--from", "source:raw.Orders", "--owner", "sales", "--no-unit-test"
WHAT = "--description", "One row per order: paid or not."


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.chdir(write_project(tmp_path))
    return tmp_path


@pytest.fixture
def new_model(project, capsys):
    """Run `platform new-model` in the project: code, stdout, stderr."""

    def call(*arguments):
        code = run(["new-model", *arguments])
        return code, *capsys.readouterr()

    return call


def test_the_unit_test_has_made_up_rows_and_waits_for_its_author(new_model, project) -> None:
    (project / "data/Orders.csv").write_text(
        "Order Id,placedAt,customer_id,group,email,phone\n"
        "100234561,2026-01-01,77889900,a,ada@mail.org,+44 20 7946 0958\n"
        "100234562,2026-01-02,77889901,b,bob@mail.org,+44 20 7946 0959\n"
    )
    _, _, err = new_model("stg_orders", "--from", "raw.Orders", "--owner", "sales", *WHAT)
    assert "`platform confirm stg_orders`" in err
    yaml = (project / "models/staging/raw/stg_orders.yml").read_text()
    for personal in ("ada", "bob", "mail.org", "7946", "100234561", "77889900"):
        assert personal not in yaml
    assert "meta: {unverified: true}" in yaml
    assert 'order_id: 1, placed_at: "2026-01-0' in yaml


def test_what_is_marked_as_personal_is_replaced_whatever_it_is_called(new_model, project) -> None:
    rows = "".join(f"{n},2026-01-01,7,{'ab'[n % 2]}\n" for n in range(20))
    (project / "data/Orders.csv").write_text("Order Id,placedAt,customer_id,group\n" + rows)
    file = project / "models/staging/raw/stg_orders.yml"
    new_model("stg_orders", "--from", "raw.Orders", "--owner", "sales", *WHAT)
    assert "'a'" in file.read_text()  # one of few words: it stays
    file.unlink()
    (project / "models/staging/raw/stg_orders.sql").unlink()
    (project / "templates/made/stg_orders.yml").unlink()
    sources = project / "models/staging/raw/_raw__sources.yml"
    marked = "        columns: [{name: group, config: {meta: {pii: true}}}]\n"
    sources.write_text(sources.read_text() + marked)
    new_model("stg_orders", "--from", "raw.Orders", "--owner", "sales", *WHAT)
    assert "'a'" not in file.read_text()
    assert "'group_1'" in file.read_text()


def test_rows_of_an_ephemeral_parent_are_given_as_sql(new_model, project) -> None:
    customers = project / "models/staging/raw/stg_customers.yml"
    text = customers.read_text().replace("group: sales", "group: sales, materialized: ephemeral")
    customers.write_text(text)
    new_model("int_people", "--from", "stg_customers", "--owner", "sales", *WHAT)
    yaml = (project / "models/intermediate/int_people.yml").read_text()
    assert "      - input: ref('stg_customers')\n        format: sql\n" in yaml


def test_a_composite_key_without_a_contract_is_tested_as_one_value(new_model, project) -> None:
    code, _, _ = new_model(*STAGING, *WHAT, "--key", "order_id", "--key", "group")
    assert code == 0
    yaml = (project / "models/staging/raw/stg_orders.yml").read_text()
    assert (
        """      - unique:\n          arguments: {column_name: "(order_id, \\"group\\")"}\n"""
        in yaml
    )


def test_a_key_that_the_data_refutes_is_said(new_model, project) -> None:
    orders = project / "data/Orders.csv"
    orders.write_text(orders.read_text() + "2,2026-01-03,7,c\n")
    _, _, err = new_model(*STAGING, *WHAT, "--key", "order_id")
    assert "key: order_id: 2 of all 3 rows are NULL there or have it in common" in err
    _, _, err = new_model("stg_sold", *STAGING[1:], *WHAT)
    assert "key: placed_at (unique and not null in all 3 rows)" in err


def test_values_that_another_table_lacks_make_no_test(new_model, project) -> None:
    orders = project / "data/Orders.csv"
    orders.write_text(orders.read_text() + "3,2026-01-03,99,c\n")
    _, _, err = new_model(*STAGING, *WHAT)
    assert "customer_id: 1 value not in stg_customers; no relationships test" in err
    yaml = (project / "models/staging/raw/stg_orders.yml").read_text()
    assert "relationships" not in yaml


def test_a_locked_database_is_said_and_the_files_serve(new_model, project) -> None:
    holder = "import duckdb, sys; c = duckdb.connect('shop.duckdb'); print('ready', flush=True);"
    holder += "sys.stdin.read()"
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-P", "-c", holder], stdin=pipe, stdout=pipe) as other:
        assert other.stdout
        other.stdout.readline()
        code, _, err = new_model(*STAGING, *WHAT)
        other.communicate(b"")
    assert code == 0
    assert "what it reads was worked out from its SQL and files" in err
    assert "order_id" in (project / "models/staging/raw/stg_orders.yml").read_text()


def test_two_thousand_columns_are_no_trouble(new_model, project) -> None:
    names = ",".join(f"Column {n}" for n in range(2000))
    (project / "data/Orders.csv").write_text(f"{names}\n" + ",".join(map(str, range(2000))) + "\n")
    code, _, err = new_model("stg_orders", "--from", "raw.Orders", "--owner", "sales", *WHAT)
    assert code == 0
    assert "no unit test: it reads 2000 columns of Orders" in err
    yaml = (project / "models/staging/raw/stg_orders.yml").read_text()
    assert yaml.count("data_type: bigint") == 2000


def test_four_times_the_columns_are_no_more_than_four_times_the_work(new_model, project) -> None:
    def effort(columns):
        names = ",".join(f"Column {n}" for n in range(columns))
        values = ",".join(map(str, range(columns)))
        (project / "data/wide.csv").write_text(f"{names}\n{values}\n")
        words = "stg_wide", "--from", "data/wide.csv", "--owner", "sales", "--dry-run"
        return calls_of(lambda: new_model(*words, "--no-unit-test", *WHAT))

    effort(1)  # what is imported once
    assert effort(1000) < 4 * effort(250)


def test_without_rows_nothing_is_claimed_of_them(new_model, project) -> None:
    (project / "data/Orders.csv").write_text("Order Id,customer_id\n")
    code, _, err = new_model("stg_orders", "--from", "raw.Orders", "--owner", "sales", *WHAT)
    assert code == 0
    assert "key: order_id (by its name);" in err
    assert "no unit test: Orders has no rows" in err


def test_several_columns_in_one_word_and_the_owner_of_the_folder(
    new_model, project, monkeypatch
) -> None:
    growth = project / "models/marts/growth"
    growth.mkdir()
    (growth / "fct_g.sql").write_text("select 1 as g_id")
    entry = "models: [{name: fct_g, config: {group: growth}}]\n"
    (growth / "fct_g.yml").write_text(entry)
    monkeypatch.chdir(growth)
    words = "--from", "stg_customers", "--by", "customer_id, customer_name", "--no-unit-test"
    code, _, err = new_model("agg_c", *words)
    assert code == 0, err
    sql = (growth / "agg_c.sql").read_text()
    assert "    group by\n        customer_id,\n        customer_name\n" in sql
    assert "group: growth" in (growth / "agg_c.yml").read_text()


def test_the_rows_of_a_unit_test_are_the_same_every_time(new_model, project) -> None:
    rows = "".join(f"{n},{n % 3},{n * 7 % 11}.5\n" for n in range(40))
    (project / "data/Orders.csv").write_text("Order Id,customer_id,paid\n" + rows)
    (project / "q.sql").write_text(
        "select customer_id as buyer, sum(paid)::decimal(9, 2) as paid from raw.orders group by 1"
    )
    words = "agg_paid", "--sql", "q.sql", "--owner", "sales", *WHAT, "--dry-run"
    shown = {new_model(*words)[1] for _ in range(8)}
    assert len(shown) == 1
    assert "unverified: true" in shown.pop()
