"""`platform sync`, as one sees it: real DuckDB, real files."""

import json
import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from platform_cli.cli import run
from tests.git_builders import commit
from tests.small_project import FILES, write_project

DIM, DIM_YAML = "models/marts/sales/dim_customers.sql", "models/marts/sales/dim_customers.yml"
STG_YAML = "models/staging/raw/stg_customers.yml"
DESCRIBED = FILES[STG_YAML] + "      - name: customer_name\n        description: Who pays.\n"
BUILT = "select 7 as customer_id, 'Ada' as customer_name"
WIDER = """\
select customer_id::bigint as customer_id, customer_name, customer_name as "Paid By", 1.5 as share
from {{ ref('stg_customers') }}
"""


@pytest.fixture
def sync(tmp_path, monkeypatch, capsys):
    """Run `platform sync` in a committed project with these changes: code, stdout, stderr."""

    def call(changes, *arguments, git=True):
        if changes is not None:
            monkeypatch.chdir(write_project(tmp_path, {STG_YAML: DESCRIBED, **changes}))
            with duckdb.connect("shop.duckdb") as connection:
                connection.execute(f"create or replace view stg_customers as {BUILT}")
            if git:
                commit(tmp_path)
        capsys.readouterr()
        return run(["sync", *arguments]), *capsys.readouterr()

    return call


def test_new_columns_come_with_type_and_the_description_that_they_have_upstream(sync) -> None:
    code, out, err = sync({DIM: WIDER}, "dim_customers")
    assert code == 0
    assert Path(DIM_YAML).read_text() == FILES[DIM_YAML].replace("integer", "bigint") + (
        "      - name: Paid By\n        quote: true\n        data_type: varchar\n"
        "        description: Who pays.\n"
        "      - name: share\n        data_type: decimal(2,1)\n"
    )  # fmt: skip
    assert out == (
        f"update  {DIM_YAML}  dim_customers: +Paid By varchar, +share decimal(2,1),"
        " customer_id integer -> bigint\n"
    )
    assert err == "1 file written\nnext: platform check --select dim_customers\n"


def test_a_second_time_nothing_is_due_and_no_byte_changes(sync) -> None:
    sync({DIM: WIDER})
    before = {path: path.read_bytes() for path in Path("models").rglob("*.yml")}
    code, out, err = sync(None)
    assert (code, out, err) == (0, "", "nothing to change\n")
    assert before == {path: path.read_bytes() for path in Path("models").rglob("*.yml")}
    assert sync(None, "--check")[0] == 0


@pytest.mark.parametrize(("option", "code"), [("--check", 1), ("--dry-run", 0)])
def test_what_would_change_is_shown_and_not_written(sync, option, code) -> None:
    found, out, err = sync({DIM: WIDER}, "--select", "dim_customers", option)
    assert found == code
    assert "-        data_type: integer\n+        data_type: bigint\n" in out
    assert err == "1 file would change; nothing was written\n"
    assert Path(DIM_YAML).read_text() == FILES[DIM_YAML]


def test_the_diff_is_coloured_where_colours_are_wanted(sync, monkeypatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[32m+        data_type: bigint\x1b[0m" in sync({DIM: WIDER}, "--dry-run")[1]


def test_what_is_no_longer_selected_is_listed_and_removed_on_demand(sync) -> None:
    narrow = {DIM: "select customer_id from {{ ref('stg_customers') }}\n"}
    code, out, err = sync(narrow, "dim_customers")
    assert (code, out) == (0, "")
    assert f"note: {DIM_YAML}:13:9: dim_customers no longer selects customer_name; --prune" in err
    assert sync(None, "dim_customers", "--prune", "--check")[0] == 1
    assert sync(None, "dim_customers", "--prune")[0] == 0
    assert "customer_name" not in Path(DIM_YAML).read_text()


def test_a_model_without_an_entry_gets_one_where_its_neighbours_have_theirs(sync) -> None:
    every = "models/staging/raw/_raw.yml"
    changes = {
        STG_YAML: None,
        every: DESCRIBED.replace("  - name: stg_customers", "  - name: stg_other\n    # same\n"
        "    description: Others.\n  - name: stg_customers"),
        "models/staging/raw/stg_other.sql": "select 1 as a\n",
        "models/staging/raw/stg_new.sql": "select true as yes, 'a' as b\n",
    }  # fmt: skip
    sync(changes, "stg_new")
    text = Path(every).read_text()
    assert text == changes[every] + (
        '  - name: stg_new\n    columns:\n      - name: "yes"\n        data_type: boolean\n'
        "      - name: b\n        data_type: varchar\n"
    )
    assert not Path("models/staging/raw/stg_new.yml").exists()


def test_types_that_are_one_to_the_database_are_left_as_they_are_written(sync) -> None:
    said = FILES[DIM_YAML].replace("integer", "INT4").replace("varchar", "Text")
    assert sync({DIM_YAML: said}, "dim_customers")[:2] == (0, "")


def test_json_has_the_files_and_what_is_due(sync) -> None:
    code, out, _ = sync({DIM: WIDER}, "dim_customers", "--json", "--dry-run")
    document = json.loads(out)
    assert (code, document["version"], document["written"]) == (0, 1, False)
    [change] = document["changes"]
    assert (change["path"], change["verb"]) == (DIM_YAML, "update")
    [model] = document["models"]
    assert model["added"][0] == {
        "name": "Paid By", "data_type": "varchar", "description": "Who pays.",
    }  # fmt: skip
    assert model["retyped"] == [{"name": "customer_id", "before": "integer", "after": "bigint"}]


def test_without_a_database_names_come_from_the_sql_and_it_is_said(sync) -> None:
    changes = {
        DIM: WIDER,
        DIM_YAML: FILES[DIM_YAML].replace("      contract: {enforced: true}\n", ""),
    }
    sync(changes)
    Path(DIM_YAML).write_text(changes[DIM_YAML])
    Path("shop.duckdb").unlink()
    code, _, err = sync(None, "dim_customers")
    assert code == 0
    assert (
        "- name: Paid By\n        quote: true\n        description: Who pays.\n"
        in Path(DIM_YAML).read_text()
    )
    assert "note: columns are added without types: there is no database yet" in err


def test_a_contract_without_types_is_left_and_the_exit_code_says_so(sync) -> None:
    sync({DIM: WIDER})
    Path(DIM_YAML).write_text(FILES[DIM_YAML])
    Path("shop.duckdb").unlink()
    code, out, err = sync(None, "dim_customers")
    assert (code, out) == (1, "")
    assert "note: dim_customers is left as it is: the contract wants the type of Paid By" in err


def test_without_git_nothing_is_written_before_somebody_said_yes(sync) -> None:
    code, _, err = sync({DIM: WIDER}, git=False)
    assert code == 2
    assert "git could not undo it, this folder is in no git repository" in err
    assert Path(DIM_YAML).read_text() == FILES[DIM_YAML]
    assert sync(None, "--yes")[0] == 0


def test_a_file_that_cannot_be_read_stops_everything(sync) -> None:
    code, _, err = sync({STG_YAML: DESCRIBED + "\t- name: x\n"})
    assert code == 2
    assert "nothing is written while a file cannot be read" in err
    assert f"--> {STG_YAML}:" in err


def test_an_unknown_model_gets_near_names(sync) -> None:
    code, _, err = sync({}, "dim_customer")
    assert code == 2
    assert "did you mean 'dim_customers'" in err
    assert "means no model" in sync(None, "source:raw.Orders")[2]


def test_it_imports_duckdb_for_a_database_only_and_dbt_never(tmp_path) -> None:
    root = write_project(tmp_path)
    program = (
        "import sys; from platform_cli.cli import run; run(['sync', '--check']);"
        "print({'dbt', 'duckdb', 'rich'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", program],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.endswith("set()\n"), done.stdout + done.stderr


def test_an_old_model_that_gets_its_first_entry_stays_green_until_somebody_describes_it(
    sync, capsys
) -> None:
    old = "models/marts/sales/fct_old.sql"
    said = "models: {shop: {+group: sales, marts: {+materialized: table}}}\n"
    project = FILES["dbt_project.yml"].partition("models:")[0] + said
    changes = {old: "select 1 as sale_id, 2.5 as paid\n", "dbt_project.yml": project}
    sync(changes, "fct_old", "--dry-run")
    assert run(["check", "--write-baseline"]) == 0
    assert "model-has-yaml-entry" in Path("baseline.json").read_text()
    assert run(["check"]) == 0
    code, _, err = sync(None, "fct_old")
    assert code == 0
    assert (
        "note: an entry for the first time: fct_old; say in `description:` what a row is."
        " `platform check` looks at the columns from now on\n"
    ) in err
    assert run(["check"]) == 0, capsys.readouterr().out
    assert "sale_id has no description" in capsys.readouterr().out  # a warning, and new

    before = json.loads(Path("baseline.json").read_text())["findings"]
    assert run(["check", "--write-baseline"]) == 0
    after = json.loads(Path("baseline.json").read_text())["findings"]
    assert len(after) <= len(before)  # it shrinks, or says the same by another name
    assert "model-has-description" in {one["rule"] for one in after}
    assert run(["check"]) == 0
    entry = Path("models/marts/sales/fct_old.yml")
    entry.write_text(
        entry.read_text().replace("fct_old\n", "fct_old\n    description: Sales.\n", 1)
    )
    assert run(["check", "--write-baseline"]) == 0
    assert "model-has-description" not in Path("baseline.json").read_text()
