"""`platform new-test`."""

import json
import os
import pty
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import duckdb
import pytest
import yaml

from platform_cli.cli import run
from tests.builders import write
from tests.git_builders import commit, git
from tests.small_project import write_project

REPOSITORY = Path(__file__).parents[2]
HOME = "models/marts/sales/fct_orders.yml"
MINE = """\
# Mine.
models:
- name: fct_orders
  description: 'One row per order.'   # really
  columns:
  - name: STATUS
    description: >
      Two
      lines.
"""
FILES = {
    HOME: MINE,
    "models/marts/sales/fct_orders.sql": """\
select
    i as order_id, 7 + i % 2 as customer_id, ['new', 'paid'][1 + i % 2] as status,
    'n' || i % 2 as last_name, case when i > 3 then i end as late, 'x' || i % 3 as "Odd One"
from range(40) as t(i)
""",
}


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.chdir(write_project(tmp_path, FILES))
    with duckdb.connect(str(tmp_path / "shop.duckdb")) as connection:
        connection.execute("create table dim_customers as select 7 as customer_id union select 8")
    return tmp_path


@pytest.fixture
def new_test(project, capsys):
    """Run `platform new-test --yes` in the project: code, stdout, stderr."""

    def call(*arguments):
        code = run(["new-test", *arguments, "--yes"])
        return code, *capsys.readouterr()

    return call


def written(project, path=HOME):
    [entry] = yaml.safe_load((project / path).read_text())["models"]
    return {one["name"]: one["data_tests"] for one in entry["columns"] if "data_tests" in one}


def test_keys_and_relationships_are_written_and_the_rest_is_suggested(new_test, project) -> None:
    code, out, err = new_test("fct_orders")
    assert code == 0
    assert out == (
        "    write  order_id     unique  (unique and never NULL in all 40 rows)\n"
        "    write  order_id     not_null  (unique and never NULL in all 40 rows)\n"
        "    write  customer_id  relationships ref('dim_customers').customer_id"
        "  (all 2 values are there)\n"
        "  suggest  status       accepted_values [new, paid]  (only 2 values in 40 rows)\n"
        "  suggest  Odd One      accepted_values [x0, x1, x2]  (only 3 values in 40 rows)\n"
        "  suggest  customer_id  not_null  (no NULL in 40 rows today)\n"
        "  suggest  status       not_null  (no NULL in 40 rows today)\n"
        "  suggest  last_name    not_null  (no NULL in 40 rows today)\n"
        "  suggest  Odd One      not_null  (no NULL in 40 rows today)\n"
        f"update  {HOME}  3 tests\n"
    )
    assert "--all writes the suggestions" in err
    assert (project / HOME).read_text() == MINE + (
        """\
  - name: order_id
    data_tests: [unique, not_null]
  - name: customer_id
    data_tests:
    - relationships:
        arguments:
          to: ref('dim_customers')
          field: customer_id
"""
    )


def test_all_of_them_pass_and_are_not_proposed_again(new_test, project) -> None:
    assert new_test("fct_orders", "--all")[0] == 0
    assert "description: >\n      Two\n      lines.\n" in (project / HOME).read_text()
    found = written(project)
    assert found["STATUS"] == [
        {"accepted_values": {"arguments": {"values": ["new", "paid"]}}}, "not_null",
    ]  # fmt: skip
    assert "accepted_values" not in str(found["last_name"]), "it may be a person's"
    before = (project / HOME).read_bytes()
    assert new_test("fct_orders", "--all", "--check")[:2] == (0, "")
    assert (project / HOME).read_bytes() == before
    assert run(["build", "--no-check", "-s", "stg_customers", "dim_customers", "fct_orders"]) == 0


def test_one_column_gets_all_of_its_tests(new_test, project) -> None:
    assert new_test("fct_orders", "--column", "odd one")[0] == 0
    assert list(written(project)) == ["Odd One"]
    assert "  - name: Odd One\n    quote: true\n" in (project / HOME).read_text()


def test_values_that_the_other_table_has_not_are_said(new_test, project) -> None:
    sql = FILES["models/marts/sales/fct_orders.sql"].replace("7 + i % 2", "7 + i % 3")
    write(project, {"models/marts/sales/fct_orders.sql": sql})
    _, out, err = new_test("fct_orders", "--dry-run")
    assert "relationships" not in out
    assert "customer_id: 1 of 3 values are not in dim_customers.customer_id" in err


def test_values_of_a_person_are_not_written(new_test, project) -> None:
    write(project, {HOME: MINE + "    config: {meta: {pii: true}}\n"})
    out = new_test("fct_orders", "--all")[1]
    assert "accepted_values [x0, x1, x2]" in out
    assert "accepted_values [new, paid]" not in out


def test_a_key_of_several_columns_is_not_claimed_for_one(new_test, project) -> None:
    sql = "select i // 5 as basket, i % 5 as line, 1.5::double as amount from range(40) t(i)"
    write(project, {"models/marts/sales/fct_lines.sql": sql})
    _, out, err = new_test("fct_lines")
    assert "unique" not in out.replace("unique and", "")
    assert "the key is basket and line" in err
    assert "install dbt_utils" in err
    assert written(project, "models/marts/sales/fct_lines.yml") == {
        "basket": ["not_null"], "line": ["not_null"],
    }  # fmt: skip


def test_a_source_is_tested_too_and_no_rows_prove_nothing(new_test, project) -> None:
    assert new_test("source:raw.Orders")[0] == 0
    assert "- name: Order Id\n            quote: true\n" in (
        (project / "models/staging/raw/_raw__sources.yml").read_text()
    )
    write(project, {"models/none.sql": "select 1 as id where false"})
    code, out, err = new_test("none", "--all")
    assert (code, out) == (0, "")
    assert "none has no rows: nothing can be proposed" in err
    write(project, {"models/one.sql": "select 1 as id"})
    assert "it has one row: no key can be told" in new_test("one")[2]


def test_json_has_every_proposal(new_test, project) -> None:
    said = json.loads(new_test("fct_orders", "--json", "--dry-run")[1])
    assert said["proposals"][0] == {
        "kind": "key",
        "column": "order_id",
        "test": "unique",
        "because": "unique and never NULL in all 40 rows",
        "chosen": True,
    }
    assert not said["proposals"][-1]["chosen"]
    assert (project / HOME).read_text() == MINE


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["fct_order"], "did you mean 'fct_orders'"),
        (["raw.Ordrs"], "did you mean 'raw.Orders'"),
        (["fct_orders", "--column", "statu"], "did you mean 'status'"),
        (["stg_broken"], "platform build --select +stg_broken"),
    ],
)
def test_what_cannot_be_is_refused_with_what_could(new_test, project, arguments, said) -> None:
    write(project, {"models/stg_broken.sql": "select id from nowhere"})
    code, out, err = new_test(*arguments)
    assert (code, out) == (2, "")
    assert said in err
    assert (project / HOME).read_text() == MINE


@pytest.mark.parametrize(
    "text",
    [
        "models:\n- name: fct_orders\n  name: fct_orders\n",
        "models:\n- name: fct_orders\n\tcolumns: []\n",
        "a: &a [{name: order_id}]\nmodels:\n- name: fct_orders\n  columns: *a\n",
    ],
)
def test_a_file_that_cannot_be_edited_safely_is_left(new_test, project, text) -> None:
    write(project, {HOME: text})
    assert new_test("fct_orders")[0] == 2
    assert (project / HOME).read_text() == text


def test_without_git_and_a_yes_nothing_is_updated(project, capsys) -> None:
    assert run(["new-test", "fct_orders"]) == 2
    assert "git could not undo it" in capsys.readouterr().err
    assert (project / HOME).read_text() == MINE


def test_on_a_terminal_each_is_asked_about(project) -> None:
    git(project, "init", "-q")
    commit(project)
    program = (
        f"import sys; sys.path.insert(0, {str(REPOSITORY)!r}); from platform_cli.cli import run;"
        " sys.exit(run(['new-test', 'fct_orders']))"
    )
    terminal, its_end = pty.openpty()
    asked = subprocess.Popen(
        [sys.executable, "-P", "-c", program],
        cwd=project, stdin=its_end, stdout=its_end, stderr=its_end,
    )  # fmt: skip
    os.close(its_end)
    # The key as proposed, no relationships, the first list of values, nothing else; then write.
    os.write(terminal, b"\n\nn\ny\n\n\n\n\n\ny\n")
    shown = b""
    with suppress(OSError):  # how a terminal says that nobody is at its other end
        while part := os.read(terminal, 4096):
            shown += part
    assert asked.wait() == 0, shown.decode()
    assert "order_id: unique (unique and never NULL in all 40 rows)?" in shown.decode()
    assert list(written(project)) == ["STATUS", "order_id"]
