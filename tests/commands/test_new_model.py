import json
import os
import pty
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from platform_cli.cli import run
from tests.small_project import write_project

REPOSITORY = Path(__file__).parents[2]
STAGING = "stg_orders", "--from", "source:raw.Orders", "--owner", "sales", "--no-unit-test"
KEY = "note: key: order_id (by its name; unique and not null in all 2 rows)"
KEY += "; --key COLUMN chooses another"
RELATION = "note: customer_id: every value is in stg_customers.customer_id"
RELATION += "; a relationships test was written"
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


def test_a_staging_model_has_plain_names_types_owner_and_key(new_model, project) -> None:
    code, out, err = new_model(*STAGING, *WHAT)
    assert code == 0
    assert out == (
        "create  models/staging/raw/stg_orders.sql\n"
        "create  models/staging/raw/stg_orders.yml\n"
        "create  templates/made/stg_orders.yml\n"
    )
    assert err.splitlines() == [
        "note: there is no database yet: what it reads was worked out from its SQL and files",
        KEY,
        RELATION,
        "3 files written",
        "next: platform build --select stg_orders",
    ]
    assert (
        (project / "models/staging/raw/stg_orders.sql").read_text()
        == """\
with

orders as (

    select * from {{ source('raw', 'Orders') }}

),

final as (

    select
        "Order Id" as order_id,
        "placedAt" as placed_at,
        customer_id,
        "group"
    from orders

)

select * from final
"""
    )
    assert (
        (project / "models/staging/raw/stg_orders.yml").read_text()
        == """\
models:
  - name: stg_orders
    description: "One row per order: paid or not."
    config:
      group: sales
    columns:
      - name: order_id
        data_type: bigint
        data_tests: [unique, not_null]
      - name: placed_at
        data_type: date
      - name: customer_id
        data_type: bigint
        data_tests:
          - relationships:
              arguments: {to: "ref('stg_customers')", field: customer_id}
      - name: group
        quote: true
        data_type: varchar
"""
    )


def test_a_dry_run_shows_the_diff_and_writes_nothing(new_model, project) -> None:
    code, out, _ = new_model(*STAGING, "--dry-run")
    assert code == 0
    assert "+++ b/models/staging/raw/stg_orders.sql\n" in out
    assert '+        "Order Id" as order_id,\n' in out
    assert not list(project.rglob("stg_orders*"))


def test_a_program_gets_the_files_and_what_is_to_be_said(new_model, project) -> None:
    code, out, err = new_model(*STAGING, *WHAT, "--json", "--dry-run")
    said = json.loads(out)
    assert (code, said["version"], said["written"]) == (0, 1, False)
    assert "note:" not in err
    assert [one["verb"] for one in said["changes"]] == ["create"] * 3
    assert any(one.startswith("key: order_id") for one in said["notes"])
    assert said["next"] == "platform build --select stg_orders"
    assert not list(project.rglob("stg_orders*"))
    assert json.loads(new_model(*STAGING, *WHAT, "--json")[1])["written"]


def test_a_check_is_red_until_the_model_is_there(new_model, project) -> None:
    assert new_model(*STAGING, *WHAT, "--check")[0] == 1
    assert not list(project.rglob("stg_orders*"))
    new_model(*STAGING, *WHAT)
    assert new_model(*STAGING, *WHAT, "--check")[0] == 0


def test_the_sla_stands_in_meta(new_model, project) -> None:
    new_model(*STAGING, *WHAT, "--sla", "24h")
    yaml = (project / "models/staging/raw/stg_orders.yml").read_text()
    assert '      meta:\n        sla: "24h"\n' in yaml


def test_names_are_the_same_in_another_case(new_model, project) -> None:
    (project / "models/staging/raw/stg_Orders.sql").write_text("select 1 as id\n")
    code, _, err = new_model(*STAGING, *WHAT)
    assert code == 2
    assert "'stg_orders' is there already: models/staging/raw/stg_Orders.sql" in err


def test_neither_dbt_nor_rich_is_imported(project) -> None:
    program = (
        "import sys; sys.argv = ['platform', *sys.argv[1:]]; from platform_cli.cli import run;"
    )
    program += "code = run(sys.argv[1:]); print(code, sorted({one.split('.')[0] for one in"
    program += " sys.modules} & {'dbt', 'rich', 'pydantic', 'sqlfluff'}), file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-P", "-c", program, "new-model", *STAGING, *WHAT],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
    )
    assert done.stderr.splitlines()[-1] == "0 []"


def test_a_second_run_changes_nothing(new_model) -> None:
    new_model(*STAGING, *WHAT)
    code, out, err = new_model(*STAGING, *WHAT)
    assert (code, out) == (0, "")
    assert "nothing to change" in err


def test_what_a_person_wrote_is_not_overwritten_and_a_free_name_is_given(
    new_model, project
) -> None:
    new_model(*STAGING, *WHAT)
    edited = project / "models/staging/raw/stg_orders.yml"
    edited.write_text("# mine\n" + edited.read_text())
    code, _, err = new_model(*STAGING, *WHAT)
    assert code == 2
    assert "stg_orders_2" in err
    assert edited.read_text().startswith("# mine\n")


def test_without_a_description_a_todo_is_written_and_check_finds_it(new_model, capsys) -> None:
    _, _, err = new_model(*STAGING)
    assert "next: write what is marked TODO" in err
    assert run(["check", "-s", "stg_orders"]) == 1
    assert "model-has-description" in capsys.readouterr().out


def test_a_public_model_gets_a_contract_from_its_parents_contract(new_model, project) -> None:
    code, _, _ = new_model("fct_signups", "--from", "ref:dim_customers", "--owner", "growth", *WHAT)
    assert code == 0
    text = (project / "models/marts/growth/fct_signups.yml").read_text()
    assert "      access: public\n      contract:\n        enforced: true\n" in text
    assert "        data_type: integer\n        description: The key.\n" in text


def test_without_types_there_is_no_contract_and_that_is_said(new_model, project) -> None:
    (project / "models/staging/raw/stg_customers.sql").write_text("select * from not_there")
    _, _, err = new_model("fct_signups", "--from", "stg_customers", "--owner", "growth", *WHAT)
    assert "no contract" in err
    assert "only the columns that its YAML mentions" in err
    assert "no unit test: stg_customers is not built, or cannot be read" in err
    assert "contract" not in (project / "models/marts/growth/fct_signups.yml").read_text()


def test_a_parent_that_its_layer_may_not_read_is_said_at_once(new_model) -> None:
    arguments = "fct_orders", "--from", "raw.Orders", "--owner", "sales", "--dry-run"
    assert "note: marts may not read Orders" in new_model(*arguments)[2]
    assert "may not read" not in new_model(*STAGING)[2]


def test_the_owner_of_all_parents_is_the_owner_unless_another_is_given(new_model, project) -> None:
    assert new_model("int_customers", "--from", "dim_customers", *WHAT)[0] == 0
    assert "group: sales" in (project / "models/intermediate/int_customers.yml").read_text()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("orders", "--from", "raw.Orders"), ("what kind of model", "example stg_orders")),
        (("orders", "--from", "raw.Orders", "--by", "x"), ("for example agg_orders",)),
        (("stg_Orders", "--from", "raw.Orders"), ("no name for a model", "stg_orders")),
        (("stg_Customers", "--from", "raw.Orders"), ("for example stg_customers_2",)),
        (("fct_x", "--kind", "staging", "--from", "raw.Orders"), ("for example stg_x",)),
        (("stg_x",), ("a model reads something", "--from")),
        (("stg_x", "--from", "raw.Order"), ("no source table", "'raw.Orders'")),
        (("stg_x", "--from", "raw.Orders"), ("a model has an owner", "sales, growth")),
        (("stg_x", "--from", "raw.Orders", "--owner", "sale"), ("no group 'sale'", "'sales'")),
        (("stg_customers", "--from", "raw.Orders", "--owner", "sales"), ("stg_customers_2",)),
        ((*STAGING, "--key", "order"), ("'order' is not a column", "'order_id'")),
        ((*STAGING, "--by", "order_id"), ("a staging model does not sum up", "aggregate")),
        (("agg_x", "--from", "raw.Orders", "--owner", "sales"), ("one row per what", "--by")),
        (("bridge_x", "--from", "stg_customers", "--owner", "sales"), ("at least two columns",)),
        (
            ("dim_x", "--kind", "history", "--from", "stg_customers", "--owner", "sales"),
            ("is no snapshot",),
        ),
        (("fct_x", "--append", "--from", "stg_customers", "--owner", "sales"), ("what is new?",)),
        ((*STAGING, "--incremental-on", "placed_at"), ("a staging is not incremental",)),
    ],
)
def test_what_is_wrong_is_said_with_what_to_do_and_nothing_is_written(
    new_model, project, arguments, words
) -> None:
    before = files_of_a_person(project)
    code, out, err = new_model(*arguments)
    assert (code, out) == (2, "")
    assert "\n  help: " in err
    for word in words:
        assert word in err
    assert files_of_a_person(project) == before


def on_a_terminal(project: Path, typed: bytes, *arguments: str) -> tuple[int, str]:
    """The exit code, and all that a person saw who typed this."""
    given = ["new-model", *(arguments or ("stg_orders", "--from", "raw.Orders"))]
    program = f"import sys; sys.path.insert(0, {str(REPOSITORY)!r}); from platform_cli import cli;"
    program += f"cli.main({given!r})"
    terminal, its_end = pty.openpty()
    asked = subprocess.Popen(
        [sys.executable, "-c", program], cwd=project, stdin=its_end, stdout=its_end, stderr=its_end
    )
    os.close(its_end)
    os.write(terminal, typed)
    shown = b""
    with suppress(OSError):  # how a terminal says that nobody is at its other end
        while part := os.read(terminal, 4096):
            shown += part
    return asked.wait(), shown.decode()


def test_on_a_terminal_a_no_writes_nothing_and_is_no_fault(project) -> None:
    code, shown = on_a_terminal(project, b"sales\nOne row per order.\nn\n")
    assert code == 0, shown
    assert "nothing was written" in shown
    assert not (project / "models/staging/raw/stg_orders.yml").exists()


def test_on_a_terminal_it_asks_for_what_is_missing_and_before_writing(project) -> None:
    code, shown = on_a_terminal(project, b"sales\nOne row per order.\ny\n")
    assert code == 0, shown
    for question in ("Whose is it", "What is a row of it?: ", "Write?"):
        assert question in shown
    assert '+        "Order Id" as order_id,' in shown  # the diff, before it is written
    yaml = (project / "models/staging/raw/stg_orders.yml").read_text()
    assert "description: One row per order.\n    config:\n      group: sales" in yaml


@pytest.mark.slow
def test_models_of_every_kind_pass_check_and_build_as_they_are(new_model, project, capsys) -> None:
    customers = "--owner", "growth", *WHAT
    pair = "--key", "customer_id", "--key", "customer_name"
    for arguments in (
        (*STAGING, *WHAT),
        ("int_people", "--from", "stg_customers", *customers),
        ("dim_people", "--from", "dim_customers", *customers),
        ("fct_people", "--from", "dim_customers", *customers, "--incremental-on", "customer_id"),
        ("fct_pairs", "--from", "dim_customers", *customers, *pair),
    ):
        assert new_model(*arguments)[0] == 0
    names = ["int_people", "dim_people", "fct_people", "fct_pairs"]
    assert run(["check"]) == 1
    assert capsys.readouterr().out.count("error[unit-test-confirmed]") == len(names)
    assert run(["confirm", *names, "--yes"]) == 0
    assert run(["check"]) == 0
    capsys.readouterr()
    build(project)
    # Now that the staging models are there, their types are known.
    joined = "fct_orders", "--from", "stg_orders", "--from", "dim_customers", *customers
    code, _, err = new_model(*joined)
    assert code == 0
    assert "joined customers on orders.customer_id = customers.customer_id" in err
    yaml = (project / "models/marts/growth/fct_orders.yml").read_text()
    assert "enforced: true" in yaml
    build(project)


def build(project):
    dbt = [sys.executable, "-P", "-m", "dbt.cli.main", "build"]
    done = subprocess.run(dbt, cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def files_of_a_person(project) -> list[Path]:
    """Everything in the project but what commands keep under target/."""
    return sorted(one for one in project.rglob("*") if "target" not in one.parts)


def test_on_a_terminal_a_wrong_answer_is_asked_again_with_what_is_near(project) -> None:
    code, shown = on_a_terminal(project, b"sale\nsales\nOne row per order.\ny\n")
    assert code == 0, shown
    assert "there is no group 'sale' in this project (did you mean 'sales'?)" in shown
    assert "group: sales" in (project / "models/staging/raw/stg_orders.yml").read_text()


def test_on_a_terminal_each_answer_is_checked_at_once_and_the_kind_follows_from_it(project) -> None:
    typed = (
        b"stg_costumers\nstg_customers\n"  # a parent that is not there, then one that is
        b"Big Spenders\nbig_spenders\nstg_customers\nfct_big_spenders\n"
        b"sales\nOne row per customer.\n24h\ny\n"
    )
    code, shown = on_a_terminal(project, typed, "--no-unit-test")
    assert code == 0, shown
    said = shown.replace("\r\n", "\n")
    assert "named 'stg_costumers' (did you mean 'stg_customers'" in said
    assert "What is it called? [int_customers]: " in said  # what reads staging, as here it is named
    assert "for example int_big_spenders" in said
    assert "'stg_customers' is there already: models/staging/raw/stg_customers.sql" in said
    made = (project / "models/marts/sales/fct_big_spenders.yml").read_text()
    assert 'meta:\n        sla: "24h"\n' in made


def test_on_a_terminal_a_file_can_be_named_and_the_kind_is_asked_where_names_say_none(
    project,
) -> None:
    anyhow = "{folders: [staging], prefixes: [], parents: [source]}"
    (project / "platform.yml").write_text(f"check:\n  layers:\n    staging: {anyhow}\n")
    (project / "data/Gates.csv").write_text("Gate Id,Area\n1,A\n2,B\n")
    typed = b"data/Gate.csv\ndata/Gates.csv\ngates\n\nsales\n\ny\n"
    code, shown = on_a_terminal(project, typed, "--no-unit-test")
    assert code == 0, shown
    assert "there is no file data/Gate.csv (did you mean 'Gates.csv'?)" in shown
    assert "staging) [staging]: " in shown
    assert '"Gate Id" as gate_id' in (next(project.rglob("gates.sql"))).read_text()


def test_nothing_is_written_while_a_file_cannot_be_read(new_model, project) -> None:
    sources = project / "models/staging/raw/_raw__sources.yml"
    sources.write_text(sources.read_text().replace("    tables:", "\ttables:"))
    code, _, err = new_model("stg_o", "--from", "data/Orders.csv", "--owner", "sales")
    assert code == 2
    assert "nothing is written while a file cannot be read" in err
    assert not list(project.rglob("stg_o.*"))


def test_a_deleted_model_is_made_anew_where_there_is_no_git(new_model, project) -> None:
    new_model(*STAGING, *WHAT)
    for one in project.rglob("stg_orders.*"):
        if "made" not in one.parts:
            one.unlink()
    code, out, err = new_model(*STAGING, "--description", "Another one.")
    assert code == 0, err
    assert "update  templates/made/stg_orders.yml" in out
    assert "Another one." in (project / "models/staging/raw/stg_orders.yml").read_text()
