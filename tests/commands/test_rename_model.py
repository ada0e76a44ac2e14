"""`platform rename-model`, as one sees it."""

import json
from pathlib import Path

import pytest

from platform_cli.cli import run
from tests.git_builders import commit, git
from tests.small_project import FILES, write_project

STG, STG_YAML = (f"models/staging/raw/stg_customers.{one}" for one in ("sql", "yml"))
NEW, NEW_YAML = (f"models/staging/raw/stg_buyers.{one}" for one in ("sql", "yml"))
DIM = "models/marts/sales/dim_customers.sql"
MORE = {
    ".gitignore": "target/\n*.duckdb\n",
    "models/exposures.yml": "exposures:\n  - name: board\n    type: dashboard\n"
    "    owner: {email: a@example.com}\n    depends_on: [\"ref('stg_customers')\"]\n"
    "semantic_models:\n  - name: s\n    model: ref('stg_customers')\n",
    "models/unit.yml": "unit_tests:\n  - name: u\n    model: stg_customers\n    given: []\n"
    "    expect: {rows: []}\n  - name: d\n    model: dim_customers\n    given:\n"
    "      - input: ref('stg_customers')\n        rows: []\n    expect: {rows: []}\n",
    "models/docs.md": "{% docs stg_customers %}\nAll of stg_customers.\n{% enddocs %}\n",
    "snapshots/snp.yml": "snapshots:\n  - name: snp\n    relation: ref('stg_customers')\n"
    "    config: {unique_key: customer_id, strategy: check, check_cols: all}\n",
    "selectors.yml": "selectors:\n  - name: nightly\n    definition:\n      union:\n"
    "        - '+stg_customers'\n        - {method: fqn, value: stg_customers}\n",
}


@pytest.fixture
def rename(tmp_path, monkeypatch, capsys):
    """Run `platform rename-model` in a committed project with these changes."""

    def call(changes, *arguments, git=True):
        if changes is not None:
            monkeypatch.chdir(write_project(tmp_path, changes))
            if git:
                commit(tmp_path)
        capsys.readouterr()
        return run(["rename-model", *arguments]), *capsys.readouterr()

    return call


def test_every_place_that_means_the_model_has_its_new_name(rename) -> None:
    code, out, err = rename(MORE, "stg_customers", "stg_buyers")
    assert code == 0
    assert not Path(STG).exists()
    assert Path(NEW).read_text() == FILES[STG]
    assert Path(NEW_YAML).read_text() == FILES[STG_YAML].replace("stg_customers", "stg_buyers") \
        .replace("{group: sales}", "{group: sales, alias: stg_customers}")  # fmt: skip
    assert "ref('stg_buyers')" in Path(DIM).read_text()
    for path in ("models/exposures.yml", "models/unit.yml", "snapshots/snp.yml", "selectors.yml"):
        assert Path(path).read_text() == MORE[path].replace("stg_customers", "stg_buyers")
    assert Path("models/docs.md").read_text() == MORE["models/docs.md"].replace(
        "docs stg_customers", "docs stg_buyers"
    )
    assert f"rename  {STG} -> {NEW}" in out
    assert "note: models/docs.md still says stg_customers: line 2\n" in err


def test_renamed_back_nothing_is_left_over(rename, tmp_path) -> None:
    rename(MORE, "stg_customers", "stg_buyers")
    assert rename(None, "stg_buyers", "stg_customers")[0] == 0
    assert git(tmp_path, "status", "--porcelain") == ""


def test_the_table_gets_the_new_name_on_demand(rename) -> None:
    code, _, err = rename({}, "dim_customers", "dim_buyers", "--new-table")
    assert code == 0
    assert "alias" not in Path("models/marts/sales/dim_buyers.yml").read_text()
    assert "main.dim_customers stays in the database" in err


@pytest.mark.parametrize(("option", "code"), [("--dry-run", 0), ("--check", 1)])
def test_what_would_change_is_shown_and_not_written(rename, option, code, tmp_path) -> None:
    found, out, _ = rename(MORE, "stg_customers", "stg_buyers", option)
    assert found == code
    assert f"rename from {STG}\nrename to {NEW}" in out
    assert git(tmp_path, "status", "--porcelain") == ""


def test_json(rename) -> None:
    _, out, _ = rename(MORE, "stg_customers", "stg_buyers", "--json")
    document = json.loads(out)
    assert document["written"]
    assert document["mentions"] == [{"path": "models/docs.md", "line": 2, "column": None}]
    assert {"path": NEW, "old_path": STG, "verb": "rename"}.items() <= next(
        one for one in document["changes"] if one["path"] == NEW
    ).items()


LOOP = "{% for one in ['customers'] %}select customer_id from {{ ref('stg_' ~ one) }}{% endfor %}\n"
ASKED = "select * from {{ ref(run_query('select 1').columns[0].name()) }} -- {}\n"


@pytest.mark.parametrize(
    ("more", "names", "why"),
    [
        ({"models/a.sql": LOOP}, ("stg_customers", "stg_buyers"), "models/a.sql"),
        (
            {"models/a.sql": ASKED.replace("{}", "stg_customers")},
            ("stg_customers", "stg_buyers"),
            "a names it, and how is known to dbt alone",
        ),
        ({}, ("stg_customers", "customers"), "for example stg_customers"),
        ({}, ("stg_customers", "Stg Buyers"), "for example stg_buyers"),
        ({}, ("stg_customers", "fct_buyers"), "starts with stg_"),
        (
            {"models/staging/raw/STG_Buyers.sql": "select 1 as a"},
            ("stg_customers", "stg_buyers"),
            "there is a STG_Buyers already: models/staging/raw/STG_Buyers.sql",
        ),
        ({}, ("stg_customer", "stg_buyers"), "did you mean 'stg_customers'"),
        (
            {"selectors.yml": "selectors:\n  - name: n\n    definition: 'tag:stg_customers'\n"},
            ("stg_customers", "stg_buyers"),
            "selectors.yml:3 names it too: rename it by hand",
        ),
        ({"models/a.yml": "models:\n\t- name: x\n"}, ("stg_customers", "stg_b"), "models/a.yml:2"),
    ],
)
def test_what_cannot_be_done_safely_is_refused_with_its_place(
    rename, tmp_path, more, names, why
) -> None:
    code, out, err = rename({**MORE, **more}, *names)
    assert (code, out) == (2, "")
    assert why in err
    assert git(tmp_path, "status", "--porcelain") == ""


def test_who_may_read_it_as_only_dbt_can_tell_is_listed(rename) -> None:
    code, _, err = rename({"models/a.sql": ASKED}, "stg_customers", "stg_buyers")
    assert code == 0
    assert "note: models/a.sql" in err
    assert "may read it, under a name that only dbt can tell" in err


def test_without_git_somebody_has_to_say_yes(rename) -> None:
    code, _, err = rename({}, "stg_customers", "stg_buyers", git=False)
    assert code == 2
    assert "this folder is in no git repository" in err
    assert Path(STG).exists()
    assert rename(None, "stg_customers", "stg_buyers", "--yes")[0] == 0


def test_an_ephemeral_model_has_no_table_that_could_keep_its_name(rename) -> None:
    sql = "{{ config(materialized='ephemeral') }}\n" + FILES[STG]
    assert rename({STG: sql}, "stg_customers", "stg_buyers")[0] == 0
    assert "alias" not in Path(NEW_YAML).read_text()


def test_a_key_of_dbt_project_yml_that_is_the_model_is_renamed(rename) -> None:
    text = FILES["dbt_project.yml"] + "    staging: {raw: {stg_customers: {+tags: [x]}}}\n"
    assert rename({"dbt_project.yml": text}, "stg_customers", "stg_buyers")[0] == 0
    assert Path("dbt_project.yml").read_text() == text.replace("stg_customers", "stg_buyers")


def test_a_key_that_is_its_folder_too_is_refused(rename, tmp_path) -> None:
    folder = "models/staging/raw/stg_it/stg_it.sql"
    text = FILES["dbt_project.yml"] + "    staging: {raw: {stg_it: {+tags: [x]}}}\n"
    more = {**MORE, folder: "select 1 as a\n", "dbt_project.yml": text}
    code, _, err = rename(more, "stg_it", "stg_x")
    assert code == 2
    assert "stg_it is not renamed: stg_it would not be what it was" in err
    assert git(tmp_path, "status", "--porcelain") == ""
