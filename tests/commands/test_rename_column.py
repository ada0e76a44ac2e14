"""`platform rename-column`, as one sees it: real DuckDB, real files."""

import json
from pathlib import Path

import duckdb
import pytest

from platform_cli.cli import run
from tests.git_builders import commit, git
from tests.small_project import FILES, write_project

STG, STG_YAML = (f"models/staging/raw/stg_customers.{one}" for one in ("sql", "yml"))
DIM = "models/marts/sales/dim_customers.sql"
STAR = {"models/marts/sales/dim_star.sql": "select * from {{ ref('stg_customers') }}\n"}
ASKED = {
    "tests/known.sql": "-- all\nselect customer_name from {{ ref('stg_customers') }} where false\n"
}
NAMES = ("stg_customers.customer_name", "payer")


@pytest.fixture
def rename(tmp_path, monkeypatch, capsys):
    """Run `platform rename-column` in a committed project with these changes, all of it built."""

    def call(changes, *arguments):
        if changes is not None:
            files = {".gitignore": "target/\n*.duckdb\n", **changes}
            monkeypatch.chdir(write_project(tmp_path, files))
            with duckdb.connect("shop.duckdb") as connection:
                connection.execute(f"create or replace view stg_customers as {FILES[STG]}")
            commit(tmp_path)
        capsys.readouterr()
        return run(["rename-column", *arguments]), *capsys.readouterr()

    return call


def test_the_model_and_its_readers_are_edited_and_proven(rename) -> None:
    code, out, err = rename({}, *NAMES)
    assert code == 0, err
    assert Path(STG).read_text() == FILES[STG].replace("as customer_name", "as payer")
    assert Path(DIM).read_text() == FILES[DIM].replace("customer_name", "payer as customer_name")
    assert out.splitlines() == [
        f"update  {DIM}  customer_name -> payer",
        f"update  {STG}  customer_name -> payer",
    ]
    assert err.endswith("next: platform build --select stg_customers+\n")


def test_a_contract_keeps_its_type(rename) -> None:
    assert rename({}, "dim_customers.customer_name", "payer")[0] == 0
    assert Path(DIM).read_text() == FILES[DIM].replace("customer_name", "customer_name as payer")
    described = "models/marts/sales/dim_customers.yml"
    assert Path(described).read_text() == FILES[described].replace(
        "name: customer_name", "name: payer"
    )


def test_places_that_are_left_are_listed_and_nothing_is_written(rename, tmp_path) -> None:
    owned = "models:\n  - name: dim_star\n    config: {group: growth}\n"
    more = {**STAR, **ASKED, "models/marts/sales/dim_star.yml": owned}
    code, out, err = rename(more, *NAMES)
    assert code == 1
    assert [" ".join(line.split()) for line in out.splitlines()] == [
        "test known nobody's tests/known.sql:2 it is no model: look at it yourself",
        (
            f"model dim_star growth {next(iter(STAR))}"
            " it hands the column on, which would be called payer there, too"
        ),
    ]
    assert "nothing was written: 2 places are left to a person" in err
    assert git(tmp_path, "status", "--porcelain") == ""
    document = json.loads(rename(None, *NAMES, "--json")[1])
    assert (document["written"], len(document["left"])) == (False, 2)


def test_partly_writes_what_is_proven_and_still_returns_1(rename, tmp_path) -> None:
    assert rename(STAR, *NAMES, "--partly")[0] == 1
    assert git(tmp_path, "status", "--porcelain").split() == ["M", DIM, "M", STG]


def test_rows_that_cannot_be_compared_prove_nothing(rename, tmp_path) -> None:
    rename({}, *NAMES, "--dry-run")
    Path("shop.duckdb").unlink()
    code, _, err = rename(None, *NAMES)
    assert code == 2
    assert "not renamed: that its rows stay the same is not proven: there is no database yet" in err
    assert git(tmp_path, "status", "--porcelain") == ""


@pytest.mark.parametrize(("option", "code"), [("--dry-run", 0), ("--check", 1)])
def test_what_would_change_is_shown_and_not_written(rename, tmp_path, option, code) -> None:
    found, out, _ = rename({}, *NAMES, option)
    assert found == code
    assert "+select customer_id, payer as customer_name from" in out
    assert git(tmp_path, "status", "--porcelain") == ""


@pytest.mark.parametrize(
    ("column", "new", "why"),
    [
        ("stg_customers.customer_nam", "x", "did you mean 'customer_name'"),
        ("stg_customers", "x", "say which column: MODEL.COLUMN"),
        ("stg_customer.x", "y", "did you mean 'stg_customers'"),
        ("stg_customers.customer_name", "Full Name", "for example full_name"),
        ("stg_customers.customer_name", "customer_id", "has a column customer_id already"),
    ],
)
def test_names_that_do_not_do_are_refused(rename, column, new, why) -> None:
    code, out, err = rename({}, column, new)
    assert (code, out) == (2, "")
    assert why in err


LATER = """\
{{ config(materialized='incremental', unique_key='customer_id') }}
select customer_id, customer_name as label from {{ ref('stg_customers') }}
{% if is_incremental() %} where customer_id >= (select max(customer_id) from {{ this }}){% endif %}
"""


def test_an_incremental_model_reads_its_own_table_by_the_new_name(rename) -> None:
    path = "models/marts/sales/dim_later.sql"
    rename({path: LATER}, *NAMES, "--dry-run")
    with duckdb.connect("shop.duckdb") as connection:
        connection.execute("create table dim_later as select 7 as customer_id, 'Ada' as label")
    code, _, err = rename(None, "dim_later.customer_id", "payer_id")
    assert code == 0, err
    expected = LATER.replace("unique_key='customer_id", "unique_key='payer_id")
    expected = expected.replace("select customer_id,", "select customer_id as payer_id,")
    assert Path(path).read_text() == expected.replace("max(customer_id)", "max(payer_id)")
    assert "note: the table of dim_later has the old column: build it with --full-refresh" in err
