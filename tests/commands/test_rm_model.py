"""`platform rm-model`, as one sees it."""

import json
from pathlib import Path

import pytest

from platform_cli.cli import run
from tests.git_builders import commit, git
from tests.small_project import FILES, write_project

DIM, DIM_YAML = (f"models/marts/sales/dim_customers.{one}" for one in ("sql", "yml"))
STG, STG_YAML = (f"models/staging/raw/stg_customers.{one}" for one in ("sql", "yml"))
UNITS = (
    "# what we promise\nunit_tests:\n  - name: one\n    model: dim_customers\n    given: []\n"
    "    expect: {rows: []}\n  # kept\n  - name: two\n    model: stg_customers\n    given: []\n"
    "    expect: {rows: []}\n"
)
MORE = {
    ".gitignore": "target/\n*.duckdb\n",
    "models/unit.yml": UNITS,
    "README.md": "dim_customers is for sales\n",
}
READERS = {
    "models/exposures.yml": "exposures:\n  - name: board\n    type: dashboard\n"
    "    owner: {name: Ada, email: a@example.com}\n    depends_on: [\"ref('dim_customers')\"]\n",
    "tests/no_strangers.sql": "-- known\nselect * from {{ ref('stg_customers') }} where false\n",
}


@pytest.fixture
def rm(tmp_path, monkeypatch, capsys):
    """Run `platform rm-model` in a committed project with these changes."""

    def call(changes, *arguments, git=True):
        if changes is not None:
            monkeypatch.chdir(write_project(tmp_path, {**MORE, **changes}))
            if git:
                commit(tmp_path)
        capsys.readouterr()
        return run(["rm-model", *arguments]), *capsys.readouterr()

    return call


def test_sql_entry_and_unit_tests_go_and_nothing_else(rm, tmp_path) -> None:
    code, out, err = rm({}, "dim_customers")
    assert code == 0
    assert git(tmp_path, "status", "--porcelain").split("\n") == [
        f"D {DIM}", f" D {DIM_YAML}", " M models/unit.yml",
    ]  # fmt: skip
    assert Path("models/unit.yml").read_text() == UNITS.replace(
        "  - name: one\n    model: dim_customers\n    given: []\n    expect: {rows: []}\n", ""
    )
    assert f"delete  {DIM}  " in out
    assert "note: README.md still says dim_customers: line 1\n" in err
    assert "note: main.dim_customers stays in the database\n" in err
    git(tmp_path, "checkout", ".")
    assert Path(DIM).read_text() == FILES[DIM]


def test_a_semantic_model_would_break_too(rm, tmp_path) -> None:
    semantic = (
        "semantic_models:\n  - name: people\n    # the mart\n    model: ref('dim_customers')\n"
        "    entities: [{name: customer, type: primary, expr: customer_id}]\n"
        "  - name: others\n    model: ref('stg_customers')\n"
    )
    code, out, err = rm({"models/semantics.yml": semantic}, "dim_customers")
    assert code == 1
    assert out.split() == ["semantic_model", "people", "sales", "models/semantics.yml:4"]
    assert "nothing was removed: 1 would break without dim_customers\n" in err
    assert "next: take the model out of these\n" in err
    assert git(tmp_path, "status", "--porcelain") == ""


def test_a_file_of_several_entries_keeps_the_others(rm) -> None:
    both = FILES[STG_YAML] + "  # the marts\n" + FILES[DIM_YAML].removeprefix("models:\n")
    rm({STG_YAML: None, DIM_YAML: None, "models/all.yml": both}, "dim_customers")
    assert Path("models/all.yml").read_text() == FILES[STG_YAML] + "  # the marts\n"


def test_what_would_break_is_listed_with_its_owner_and_nothing_is_removed(rm, tmp_path) -> None:
    code, out, err = rm(READERS, "stg_customers")
    assert code == 1
    rows = [line.split() for line in out.splitlines()]
    assert rows == [
        ["model", "dim_customers", "sales", f"{DIM}:1:43"],
        ["test", "no_strangers", "nobody's", "tests/no_strangers.sql:2:18"],
        ["exposure", "board", "Ada", "models/exposures.yml", "through", "dim_customers"],
    ]
    assert "nothing was removed: 3 would break without stg_customers\n" in err
    assert git(tmp_path, "status", "--porcelain") == ""


def test_the_place_of_an_exposure_is_that_of_its_call(rm) -> None:
    _, out, _ = rm(READERS, "dim_customers")
    assert out.split() == ["exposure", "board", "Ada", "models/exposures.yml:5"]


def test_readers_that_are_named_go_together(rm) -> None:
    assert rm({}, "stg_customers", "dim_customers")[0] == 0
    assert not Path(STG).exists()
    assert not Path(DIM).exists()
    assert not Path("models/unit.yml").exists()


def test_a_test_of_another_model_that_names_it_is_a_reader(rm) -> None:
    said = FILES[STG_YAML].replace(
        "[unique, not_null]",
        "\n          - relationships:"
        "\n              arguments: {to: ref('dim_customers'), field: id}",
    )
    code, out, _ = rm({STG_YAML: said}, "dim_customers")
    assert code == 1
    assert out.split()[0] == "test"
    assert out.split()[-1] == f"{STG_YAML}:10"
    assert "sales" in out


def test_json_of_a_refusal(rm) -> None:
    code, out, _ = rm(READERS, "dim_customers", "--json")
    document = json.loads(out)
    assert (code, document["written"], document["changes"]) == (1, False, [])
    [one] = document["dependents"]
    assert (one["name"], one["owner"], one["where"]["line"]) == ("board", "Ada", 5)


@pytest.mark.parametrize(("option", "code"), [("--dry-run", 0), ("--check", 1)])
def test_what_would_go_is_shown_and_not_removed(rm, tmp_path, option, code) -> None:
    found, out, _ = rm({}, "dim_customers", option)
    assert found == code
    assert f"--- a/{DIM}\n+++ /dev/null\n" in out
    assert git(tmp_path, "status", "--porcelain") == ""


def test_what_git_could_not_bring_back_needs_a_yes(rm) -> None:
    rm({}, "dim_customers", "--dry-run")
    Path(DIM).write_text(FILES[DIM] + "-- better\n")
    code, _, err = rm(None, "dim_customers")
    assert code == 2
    assert f"{DIM} has changes that are not committed" in err
    assert Path(DIM).exists()
    assert rm(None, "dim_customers", "--yes")[0] == 0
    assert not Path(DIM).exists()


@pytest.mark.parametrize(
    ("more", "name", "why"),
    [
        ({}, "dim_customer", "did you mean 'dim_customers'"),
        (
            {"models/a.sql": "select * from {{ ref(run_query('dim_customers')) }}\n"},
            "dim_customers",
            "a may depend on it: what it reads is known to dbt alone",
        ),
        ({"models/a.yml": "models:\n\t- name: x\n"}, "dim_customers", "models/a.yml:2"),
        (
            {
                DIM_YAML: "models:\n- name: dim_customers\n  latest_version: 1\n  versions:\n"
                "  - {v: 1, defined_in: dim_customers}\n"
            },
            "dim_customers",
            "dim_customers has versions",
        ),
    ],
)
def test_what_is_not_sure_is_refused(rm, tmp_path, more, name, why) -> None:
    code, out, err = rm(more, name)
    assert (code, out) == (2, "")
    assert why in err
    assert git(tmp_path, "status", "--porcelain") == ""
