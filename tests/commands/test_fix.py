"""`check --fix` and `check --diff`, as one sees them."""

import json
from pathlib import Path

import pytest

from platform_cli.cli import run
from tests.small_project import FILES, write_project

YAML = "models/staging/raw/stg_customers.yml"
UNOWNED = {YAML: FILES[YAML].replace("    config: {group: sales}\n", "")}
NEIGHBOUR = {
    "platform.yml": "check: {rules: {dead-model: off}}\n",
    "models/staging/raw/stg_orders.sql": "select 1 as order_id\n",
    "models/staging/raw/stg_orders.yml": FILES[YAML]
    .replace("stg_customers", "stg_orders")
    .replace("customer_id", "order_id"),
}
FIXED = UNOWNED[YAML].replace("per customer.\n", "per customer.\n    config:\n      group: sales\n")


@pytest.fixture
def check(tmp_path, monkeypatch, capsys):
    """Run `platform check` in the root of a project with these changes: code, stdout, stderr."""

    def call(changes, *arguments):
        monkeypatch.chdir(write_project(tmp_path, {**NEIGHBOUR, **changes}))
        return run(["check", *arguments]), *capsys.readouterr()

    return call


def test_diff_is_a_patch_and_writes_nothing(check) -> None:
    code, out, err = check(UNOWNED, "--diff")
    assert code == 1
    assert out == (
        f"--- a/{YAML}\n+++ b/{YAML}\n@@ -1,6 +1,8 @@\n models:\n   - name: stg_customers\n"
        "     description: One row per customer.\n+    config:\n+      group: sales\n"
        "     columns:\n       - name: customer_id\n"
        f'         description: "The key: never reused."\nupdate  {YAML}  model-has-owner\n'
    )
    assert err == "would fix 1 finding in 1 file\n"
    assert Path(YAML).read_text() == UNOWNED[YAML]


@pytest.mark.parametrize("name", ["json", "github", "gitlab", "sarif", "junit"])
def test_diff_has_no_form_for_programs(check, name) -> None:
    code, out, err = check(UNOWNED, "--diff", "--output-format", name)
    assert (code, out) == (2, "")
    assert f"--diff shows changes, and has no form as {name}" in err
    assert check(UNOWNED, "--diff", "--output-format", "text")[0] == 1


def test_diff_is_coloured_where_colours_are_wanted(check, monkeypatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[32m+    config:\x1b[0m" in check(UNOWNED, "--dry-run")[1]


def test_fix_says_one_line_per_file_and_what_is_left(check) -> None:
    text = UNOWNED[YAML].replace("        data_tests: [unique, not_null]\n", "")
    code, out, err = check({YAML: text}, "--fix")
    assert code == 0
    assert out.startswith(f"update  {YAML}  model-has-owner\n\n{YAML}\n")
    assert "warn[minimum-tests-by-layer]" in out
    assert "not fixed: no key is declared anywhere" in out
    assert err.startswith("fixed 1 finding in 1 file\n")
    assert "      group: sales\n" in Path(YAML).read_text()


def test_fix_returns_1_while_an_error_is_left_and_0_without(check) -> None:
    assert check(UNOWNED, "--fix")[0] == 0
    assert Path(YAML).read_text() == FIXED
    both = {**UNOWNED, "models/marts/sales/dim_customers.sql": "select * from {{ ref('x') }}"}
    assert check(both, "--fix")[0] == 1


def test_fix_without_anything_to_fix_says_so(check) -> None:
    code, out, err = check({}, "--fix")
    assert (code, out.splitlines()[0][:11]) == (0, "no findings")
    assert err.startswith("nothing to fix\n")


def test_fix_only_mends_what_is_selected(check) -> None:
    check(UNOWNED, "--fix", "--select", "dim_customers")
    assert Path(YAML).read_text() == UNOWNED[YAML]
    check(UNOWNED, "--fix", "--select", "stg_customers")
    assert Path(YAML).read_text() == FIXED


def test_with_another_format_stdout_is_the_document_of_what_is_left(check) -> None:
    _, out, err = check(UNOWNED, "--fix", "--output-format", "json")
    assert json.loads(out)["findings"] == []
    assert err.startswith(f"update  {YAML}  model-has-owner\nfixed 1 finding")


@pytest.mark.parametrize("way", ["--fix", "--diff"])
def test_nothing_is_fixed_while_a_file_cannot_be_read(check, way) -> None:
    code, _, err = check({YAML: FILES[YAML] + "\t- name: x\n"}, way)
    assert code == 2
    assert "nothing is fixed while a file cannot be read" in err
    assert f"--> {YAML}:" in err
    assert Path(YAML).read_text() == FILES[YAML] + "\t- name: x\n"


def test_diff_returns_3_when_a_rule_failed(check) -> None:
    assert check({"checks/wrong.sql": "select nothing from nowhere\n"}, "--diff")[0] == 3


def test_a_waived_finding_is_not_fixed(check) -> None:
    sql = "models/staging/raw/stg_customers.sql"
    from datetime import datetime, timedelta

    until = datetime.now().astimezone().date() + timedelta(days=3)
    waiver = f'-- waive: model-has-owner until={until} owner=sales reason="new team"\n'
    check({**UNOWNED, sql: waiver + FILES[sql]}, "--fix")
    assert Path(YAML).read_text() == UNOWNED[YAML]


def test_a_baseline_is_written_of_what_fixes_leave(check) -> None:
    code, _, err = check(UNOWNED, "--fix", "--write-baseline")
    assert code == 2
    assert "fix first, then write the baseline" in err


def test_a_file_that_changes_meanwhile_is_not_overwritten(check, monkeypatch) -> None:
    from platform_cli.conventions import mend

    staged = mend.staged

    def slow(root, changes):
        Path(YAML).write_text("models: []\n")
        return staged(root, changes)

    monkeypatch.setattr(mend, "staged", slow)
    code, _, err = check(UNOWNED, "--fix")
    assert code == 2
    assert f"{YAML} changed while it was being fixed" in err
    assert Path(YAML).read_text() == "models: []\n"


def test_a_file_that_is_renamed_later_names_all_its_rules(check) -> None:
    sql = "{{ config(group='sales') }}select 1 as trip_id union select 2"
    _, out, _ = check({"models/staging/raw/trips.sql": sql}, "--fix")
    assert "trips.sql -> models/staging/raw/stg_trips.sql  model-prefix-by-layer, union-exp" in out
