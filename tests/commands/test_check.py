import json
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from platform_cli.cli import run
from platform_cli.conventions.rule import load_rules
from tests.git_builders import commit
from tests.small_project import write_project

REPOSITORY = Path(__file__).parents[2]
RULES = sum(not rule.opt_in for rule in load_rules())
NO_OWNER = """\
models:
  - name: stg_customers
    description: One row per customer.
    columns:
      - name: customer_id
        data_tests: [unique]
"""
UNOWNED = {"models/staging/raw/stg_customers.yml": NO_OWNER}


@pytest.fixture
def check(tmp_path, monkeypatch, capsys):
    """Run `platform check` in the root of a project with these changes: code, stdout, stderr."""

    def call(changes=None, *arguments, before=()):
        monkeypatch.chdir(write_project(tmp_path, changes))
        code = run([*before, "check", *arguments])
        return code, *capsys.readouterr()

    return call


def test_a_project_without_findings_is_one_line_and_returns_0(check) -> None:
    code, out, err = check()
    assert (code, out) == (0, f"no findings in 6 resources ({RULES} rules)\n")
    assert err == "next: platform build\n"


def test_a_finding_has_file_line_rule_help_and_next_command_and_returns_1(check) -> None:
    code, out, err = check(UNOWNED)
    assert code == 1
    assert out == (
        "models/staging/raw/stg_customers.yml\n"
        "     2:5  error[model-has-owner] stg_customers: no owner\n"
        "          | - name: stg_customers\n"
        "          |   ^^^^^^^^^^^^^^^^^^^\n"
        "          help: add `group:` under `config:`, with the name of your group\n"
        "\n"
        f"1 error in 6 resources ({RULES} rules)\n"
    )
    waiver, after = err.splitlines()
    assert waiver.startswith("waive: `-- waive: model-has-owner until=20")
    assert after == "next: platform explain model-has-owner"


def test_warnings_alone_return_0(check) -> None:
    settings = {"platform.yml": "check: {rules: {model-has-owner: warn}}\n"}
    code, out, _ = check(UNOWNED | settings)
    assert code == 0
    assert "warn[model-has-owner]" in out


def test_select_looks_at_what_it_names_only(check) -> None:
    assert check(UNOWNED, "--select", "dim_customers")[0] == 0
    assert check(UNOWNED, "-s", "+dim_customers")[0] == 1
    assert check(UNOWNED, "-s", "models/staging")[0] == 1


def test_select_takes_dbts_words_several_after_one_option_and_exclude(check) -> None:
    assert check(UNOWNED, "--select", "group:sales", "staging")[0] == 1
    assert check(UNOWNED, "--select", "staging", "marts", "--exclude", "stg_customers")[0] == 0
    assert check(UNOWNED, "--exclude", "staging")[0] == 0


def test_a_method_that_does_not_exist_has_near_names_and_returns_2(check) -> None:
    code, _, err = check(None, "-s", "grop:sales")
    assert code == 2
    assert "did you mean 'group'" in err


def test_state_modified_looks_at_what_is_not_in_the_manifest(check, tmp_path) -> None:
    manifest = tmp_path / "before" / "manifest.json"
    manifest.parent.mkdir()
    manifest.write_text('{"nodes": {"model.shop.stg_customers": {}}}')
    state = ("--state", "before")
    code, out, _ = check(UNOWNED, "-s", "state:new,resource_type:model", *state)
    assert (code, out) == (0, f"no findings in 1 resource ({RULES} rules)\n")
    assert check(UNOWNED, "-s", "state:modified", *state)[0] == 1
    assert check(UNOWNED, "-s", "state:modified")[0] == 2
    manifest.write_text("{")
    code, _, err = check(UNOWNED, "-s", "state:modified", *state)
    assert code == 2
    assert "the manifest cannot be read" in err
    assert check(UNOWNED, "-s", "state:modified", "--state", "gone")[0] == 2


def test_changed_looks_at_what_is_not_as_in_git(check, tmp_path) -> None:
    check({".gitignore": "target/\n"})
    commit(tmp_path)
    code, out, err = check(UNOWNED, "--changed")
    assert (code, out.count("error[")) == (1, 1)
    assert err.startswith("1 file changed since ")
    commit(tmp_path)
    code, out, _ = check(UNOWNED, "--changed")
    assert (code, out) == (0, f"no findings in 0 resources ({RULES} rules)\n")
    assert check(UNOWNED, "--changed", "HEAD~1")[0] == 1
    assert check(UNOWNED, "--changed", "HEAD~1", "--select", "marts")[0] == 0
    code, _, err = check(UNOWNED, "--changed", "mian")
    assert code == 2
    assert "did you mean 'main'" in err


def test_a_broken_promise_is_found_beside_git_and_beside_a_manifest(check, tmp_path) -> None:
    yaml = "models/marts/sales/dim_customers.yml"
    check({".gitignore": "target/\n"})
    commit(tmp_path)
    text = (tmp_path / yaml).read_text()
    broken = {yaml: text.replace("data_type: varchar", "data_type: date")}
    code, out, _ = check(broken, "--changed")
    assert code == 1
    assert "error[breaking-change-needs-new-version] dim_customers" in out
    assert "column customer_name was varchar and is date now" in out
    assert check(broken)[0] == 0
    (tmp_path / "manifest.json").write_text(
        '{"nodes": {"model.shop.dim_customers": {"name": "dim_customers", "access": "public",'
        ' "config": {"contract": {"enforced": true}},'
        ' "columns": {"customer_name": {"data_type": "varchar"}}},'
        ' "model.shop.gone": {"name": "gone", "access": "public", "original_file_path": "m/g.sql",'
        ' "config": {"contract": {"enforced": true}}}}}'
    )
    code, out, _ = check(broken, "--state", ".")
    assert (code, out.count("error[")) == (1, 2)
    assert "m/g.sql" in out
    dated = {
        yaml: broken[yaml].replace(
            "dim_customers\n", "dim_customers\n    deprecation_date: 2027-01-31\n", 1
        )
    }
    assert check(dated, "--changed")[0] == 0


def test_a_selected_name_that_does_not_exist_has_near_names_and_returns_2(check) -> None:
    code, _, err = check(None, "-s", "dim_customer")
    assert code == 2
    assert "did you mean 'dim_customers'" in err


def test_an_unknown_ref_is_found_like_a_broken_rule(check) -> None:
    sql = "select 1 as customer_id, ''\nfrom {{ ref('stg_custmers') }}\n"
    code, out, _ = check({"models/marts/sales/dim_customers.sql": sql})
    assert code == 1
    assert "models/marts/sales/dim_customers.sql\n     2:9" in out
    assert "stg_customers" in out


def test_a_sort_of_problem_can_be_a_warning_or_off(check) -> None:
    sql = "select 1 as customer_id, ''\nfrom {{ ref('stg_custmers') }}\n"
    broken = {"models/marts/sales/dim_customers.sql": sql}
    code, out, _ = check(broken | {"platform.yml": "check: {problems: {ref: warn}}\n"})
    assert code == 0
    assert "warn[ref]" in out
    code, out, _ = check(broken | {"platform.yml": "check: {problems: {ref: off}}\n"})
    assert code == 0
    assert out.startswith(f"no findings in 6 resources ({RULES} rules)")
    code, _, err = check({"platform.yml": "check: {problems: {reff: off}}\n"})
    assert code == 2
    assert "--> platform.yml:1:20" in err


def test_a_source_in_a_mart_is_found_at_the_call(check) -> None:
    sql = "select *\nfrom {{ source('raw', 'Orders') }}\n"
    _, out, _ = check({"models/marts/sales/dim_customers.sql": sql})
    assert "     2:9  error[source-only-in-staging] dim_customers: a model in marts reads" in out


def test_two_models_of_one_name_are_found(check) -> None:
    code, out, _ = check({"models/marts/growth/dim_customers.sql": "select 1 as customer_id"})
    assert code == 1
    assert "models/marts/growth/dim_customers.sql" in out


def test_broken_yaml_is_found_with_its_line(check) -> None:
    code, out, _ = check({"models/staging/raw/stg_customers.yml": "models:\n  - name: [a\n"})
    assert code == 1
    assert "stg_customers.yml\n     " in out


def test_properties_of_nothing_are_found_at_their_line(check) -> None:
    yaml = f"{NO_OWNER}    config: {{group: sales}}\n  - name: stg_custmers\n    description: x\n"
    code, out, _ = check({"models/staging/raw/stg_customers.yml": yaml})
    assert code == 0
    assert "     8:5  warn[properties-without-resource] models has an entry 'stg_custmers'" in out
    assert "did you mean 'stg_customers'" in out


def test_vars_decide_as_they_do_in_dbt(check) -> None:
    config = "{{ config(group='sales', enabled=var('with_extra')) }}"
    extra = {"models/staging/raw/stg_extra.sql": f"{config} select 1 as extra_id"}
    on, off = (check(extra, "--vars", f"{{with_extra: {word}}}")[1] for word in ("true", "false"))
    assert "stg_extra" in on
    assert "stg_extra" not in off


def test_a_waiver_in_the_yaml_silences_its_finding_until_it_ends(check) -> None:
    def waived(until):
        terms = f'{{reason: "new team", until: {until}, owner: sales}}'
        meta = f"    config: {{meta: {{platform: {{waive: {{model-has-owner: {terms}}}}}}}}}\n"
        return {"models/staging/raw/stg_customers.yml": NO_OWNER + meta}

    today = datetime.now().astimezone().date()
    code, out, _ = check(waived(today + timedelta(days=30)))
    assert (code, out) == (
        0,
        f"no findings in 6 resources ({RULES} rules); 1 waived (-v lists them)\n",
    )
    code, out, _ = check(waived(today - timedelta(days=1)))
    assert code == 1
    assert "warn[unused-or-expired-waiver] stg_customers: the waiver for model-has-owner" in out


def test_json_is_one_document_on_stdout(check) -> None:
    code, out, _ = check(UNOWNED, "--output-format", "json")
    document = json.loads(out)
    assert (code, document["version"]) == (1, 1)
    [finding] = document["findings"]
    assert (finding["rule"], finding["line"]) == ("model-has-owner", 2)
    assert finding["path"] == "models/staging/raw/stg_customers.yml"


def test_github_annotations_are_relative_to_the_repository(tmp_path, monkeypatch, capsys) -> None:
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    (tmp_path / ".git").mkdir()
    project = write_project(tmp_path / "dbt_project", UNOWNED)
    assert run(["-C", str(project), "check", "--output-format", "github"]) == 1
    out = capsys.readouterr().out
    assert out.startswith("::error file=dbt_project/models/staging/raw/stg_customers.yml,line=2,")


def test_paths_open_from_where_one_stands(tmp_path, monkeypatch, capsys) -> None:
    write_project(tmp_path / "dbt_project", UNOWNED)
    monkeypatch.chdir(tmp_path)
    run(["check"])
    assert capsys.readouterr().out.startswith("dbt_project/models/staging/raw/stg_customers.yml\n")


def test_check_imports_neither_dbt_nor_duckdb_and_sqlglot_only_for_new_sql(tmp_path) -> None:
    write_project(tmp_path)
    program = (
        f"import sys; from platform_cli.cli import run; code = run(['-C', '{tmp_path}', 'check']);"
        "print(code, *{'dbt', 'duckdb', 'sqlglot', 'rich', 'pydantic'} & set(sys.modules))"
    )
    for imported in ("0 sqlglot", "0"):
        done = subprocess.run(
            [sys.executable, "-c", program],
            cwd=REPOSITORY,
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.splitlines()[-1] == imported


UNTIL = datetime.now().astimezone().date() + timedelta(days=30)


def test_a_waiver_in_a_comment_is_heeded_in_a_warm_run_and_after_an_edit_too(check) -> None:
    model = "models/staging/raw/stg_customers.sql"
    sql = "select 7 as customer_id, 'Ada' as customer_name\n"
    waiver = f'-- waive: model-has-owner until={UNTIL} owner=sales reason="new team"\n'
    for _ in ("cold", "warm"):
        assert check(UNOWNED | {model: sql + waiver})[0] == 0
    assert check(UNOWNED | {model: sql})[0] == 1
    assert check(UNOWNED | {model: sql + waiver})[0] == 0
    code, out, _ = check(UNOWNED | {model: "\n" + sql + waiver.replace("owner ", "ownr ")})
    assert code == 1
    assert f"{model}\n    3:11  error[waiver-has-owner-reason-expiry]" in out
    assert "did you mean 'model-has-owner'" in out


def test_a_waiver_of_many_is_in_one_file_and_told_when_nothing_needs_it(check) -> None:
    def waivers(pattern):
        terms = f'until: {UNTIL}, owner: sales, reason: "new team"'
        entry = f'- {{rules: model-has-owner, resources: "{pattern}", {terms}}}'
        return {"waivers.yml": f"waivers:\n{entry}\n"}

    assert check(UNOWNED | waivers("stg_*"))[0] == 0
    assert check(waivers("models/staging/"), "-s", "dim_customers")[0] == 0
    code, out, _ = check(UNOWNED | waivers("int_*"))
    assert code == 1
    assert "waivers.yml\n    2:11  warn[unused-or-expired-waiver]" in out
    assert "no resource is named like that" in out


def test_a_locked_rule_is_not_waived_and_keeps_its_severity(check) -> None:
    locked = {"platform.yml": "check: {locked: [model-has-owner], preset: minimal}\n"}
    waiver = f'-- waive: model-has-owner until={UNTIL} owner=sales reason="new team"\n'
    model = {"models/staging/raw/stg_customers.sql": waiver + "select 1 as customer_id"}
    code, out, _ = check(UNOWNED | locked | model)
    assert code == 1
    assert "error[model-has-owner]" in out
    assert "model-has-owner cannot be waived: platform.yml has it in `locked`" in out
    code, _, err = check({"platform.yml": "check: {locked: [model-has-ownr]}\n"})
    assert code == 2
    assert "did you mean 'model-has-owner'" in err


def test_a_baseline_holds_back_what_is_there_and_only_shrinks(check, tmp_path) -> None:
    code, out, err = check(UNOWNED, "--write-baseline")
    assert code == 0
    assert out.startswith("no findings in 6 resources")
    assert out.endswith(" in the baseline\n")
    assert "from now on it only shrinks" in err
    first = (tmp_path / "baseline.json").read_text()

    worse = {"models/marts/sales/dim_customers.yml": "models: [{name: dim_customers}]\n"}
    assert check(UNOWNED | worse)[0] == 1
    code, out, err = check(UNOWNED | worse, "--write-baseline")
    assert code == 1
    assert "dim_customers: no owner" in out
    assert "new not added: it only shrinks, unless with --grow-baseline" in err
    assert (tmp_path / "baseline.json").read_text() == first

    assert check(UNOWNED | worse, "--write-baseline", "--grow-baseline")[0] == 0
    code, out, _ = check({})
    assert code == 0
    assert "info[outlived-baseline-entry]" in out
    assert "baseline.json holds 0 findings" in check({}, "--write-baseline")[2]
    assert check(UNOWNED)[0] == 1


def test_a_baseline_loses_nothing_while_a_file_cannot_be_read(check, tmp_path) -> None:
    assert check(UNOWNED, "--write-baseline")[0] == 0
    first = (tmp_path / "baseline.json").read_text()
    broken = {"models/staging/raw/stg_customers.yml": "models: [\n"}
    code, _, err = check(broken, "--write-baseline")
    assert code == 2
    assert "no baseline is written while a file cannot be read" in err
    assert "--> models/staging/raw/stg_customers.yml:" in err
    assert (tmp_path / "baseline.json").read_text() == first


def test_a_baseline_survives_a_rename_with_its_references(check) -> None:
    old, new = "models/staging/raw/stg_customers", "models/staging/raw/buyers/stg_buyers"
    unprefixed = NO_OWNER.replace("stg_customers", "stg_buyers")
    sql = "select 7 as customer_id, 'Ada' as customer_name\nunion all\nselect 8, 'Grace'\n"
    assert check(UNOWNED, "--write-baseline")[0] == 0
    changes = {f"{old}.sql": None, f"{old}.yml": None}
    changes |= {f"{new}.sql": "\n" + sql.upper(), f"{new}.yml": unprefixed}
    mart = "select customer_id, customer_name from {{ ref('stg_buyers') }}\n"
    changes["models/marts/sales/dim_customers.sql"] = mart
    for path in (f"{old}.sql", f"{old}.yml"):
        Path(path).unlink()
    code, out, _ = check(changes)
    assert (code, out.count("\n")) == (0, 1), out


@pytest.mark.parametrize(
    "arguments", [["--grow-baseline"], ["--write-baseline", "-s", "dim_customers"]]
)
def test_a_baseline_of_a_part_and_growing_without_writing_are_refused(
    check, tmp_path, arguments
) -> None:
    assert check(UNOWNED, *arguments)[0] == 2
    assert not (tmp_path / "baseline.json").exists()


def test_a_baseline_that_a_merge_has_broken_is_refused_with_its_line(check) -> None:
    code, _, err = check({"baseline.json": '{\n"version": 1,\n<<<<<<< HEAD\n'})
    assert code == 2
    assert "--> baseline.json:3" in err


def test_a_baseline_that_a_merge_has_broken_is_merged_when_it_is_written(check, tmp_path) -> None:
    assert check(UNOWNED, "--write-baseline")[0] == 0
    first = (tmp_path / "baseline.json").read_text()
    entry = next(line for line in first.splitlines() if line.startswith('{"rule"'))
    mended = '{"rule":"model-has-owner","resource":"model.shop.gone","anchor":"","count":1}'
    sides = f"<<<<<<< HEAD\n{mended},\n{entry}\n=======\n{entry.rstrip(',')}\n>>>>>>> other"
    broken = UNOWNED | {"baseline.json": first.replace(entry, sides)}
    code, _, err = check(broken)
    assert code == 2
    assert "`platform check --write-baseline` merges it" in err
    assert check(broken, "--write-baseline")[0] == 0
    assert (tmp_path / "baseline.json").read_text() == first


def test_what_to_look_at_next_is_an_error_and_not_a_warning_before_it(check) -> None:
    _, out, err = check({"models/staging/raw/stg_new.sql": "select 1 as new_id\n"})
    first = out.index("warn[dead-model]")
    assert first < out.index("error[model-has-owner]")
    assert "waive: `-- waive: model-has-owner until=" in err
    assert err.splitlines()[-1] == "next: platform explain model-has-owner"
