"""The rounds: what one fix does is seen by the next, and what is bad is taken back."""

from platform_cli.cli import run
from tests.fix_builders import fix
from tests.small_project import write_project

SQL = "models/staging/raw/orders.sql"


def test_several_fixes_of_one_model_are_made_one_after_the_other(capsys, tmp_path) -> None:
    text = "{{ config(unique_key='order_id') }}\nselect 1 as order_id\nunion\nselect 2\n"
    fixed = fix(capsys, tmp_path, "model-prefix-by-layer", {SQL: text}, sql="select 1")
    assert fixed.changed == {
        SQL: None,
        "models/staging/raw/stg_orders.sql": text.replace("union", "union distinct"),
        "models/staging/raw/stg_orders.yml": "models:\n  - name: stg_orders\n    config:\n"
        "      group: sales\n      alias: orders\n    columns:\n      - name: order_id\n"
        "        data_tests: [unique, not_null]\n",
    }
    left = {one["rule"] for one in fixed.after}
    assert left == {"model-has-description", "dead-model"}


def test_a_fix_that_would_break_the_project_is_taken_back_alone(capsys, tmp_path) -> None:
    hidden = "{{ config(group='sales') }}{% set x = 'orders' %}select * from {{ ref(x) }}\n"
    changes = {
        SQL: "{{ config(group='sales') }}select 1 as order_id\n",
        "models/staging/raw/trips.sql": "{{ config(group='sales') }}select 1 as trip_id\n",
        "models/intermediate/int_orders.sql": hidden,
    }
    settings = "check: {rules: {model-has-yaml-entry: off, model-has-description: off}}\n"
    fixed = fix(capsys, tmp_path, "model-prefix-by-layer", changes, settings=settings)
    assert sorted(path for path, text in fixed.changed.items() if text is not None) == [
        "models/staging/raw/stg_trips.sql",
        "models/staging/raw/stg_trips.yml",
    ]
    [left] = fixed.left("model-prefix-by-layer")
    assert "not fixed: int_orders would not be what it was" in left


YAML = "models/staging/raw/_models.yml"
OWN_RULE = '''
from collections.abc import Iterator
from platform_cli.conventions.rule import Violation, rule
from platform_cli.project.graph import Graph
from platform_cli.project.resources import Model

@rule(severity="error")
def secrets_are_nobodys(model: Model, graph: Graph) -> Iterator[Violation]:
    """What is secret has no group.

    ## Why
    So that the fix of another rule does harm here.
    """
    secrets = [one for one in graph.resources.values() if one.name in {secrets}]
    if model.name in {found_at} and any(one.group for one in secrets):
        yield Violation("a secret has a group")
        yield Violation("and that is bad")
'''


def owners_of_one_file(capsys, folder, secrets: list[str], found_at: list[str]) -> list[str]:
    """The models that get an owner, of 12 in one properties file."""
    names = [f"stg_m{number:02}" for number in range(12)]
    rule = OWN_RULE.replace("{secrets}", repr(secrets)).replace("{found_at}", repr(found_at))
    files = {
        "rules/secrets_are_nobodys.py": rule,
        YAML: "models:\n" + "".join(f"  - name: {name}\n" for name in names),
    }
    files |= {f"models/staging/raw/{name}.sql": "select 1 as order_id\n" for name in names}
    settings = "check: {rules: {model-has-description: off, model-has-primary-key: off}}\n"
    fixed = fix(capsys, folder, "model-has-owner", files, settings=settings)
    refused = fixed.left("model-has-owner")
    assert len(refused) == len(secrets)
    reason = "not fixed: it would bring another error: "
    assert all(f"{reason}a secret has a group" in one for one in refused)
    text = fixed.changed[YAML] or ""
    entries = [entry.split("\n", 1) for entry in text.split("  - name: ")[1:]]
    return [name for name, entry in entries if "group: sales" in entry]


def test_one_bad_edit_of_a_file_is_refused_alone(capsys, tmp_path) -> None:
    given = owners_of_one_file(capsys, tmp_path, ["stg_m04"], ["stg_m04"])
    assert given == [f"stg_m{number:02}" for number in range(12) if number != 4]


def test_a_bad_edit_that_shows_at_another_model_is_found(capsys, tmp_path) -> None:
    given = owners_of_one_file(capsys, tmp_path, ["stg_m07"], ["stg_m02"])
    assert given == [f"stg_m{number:02}" for number in range(12) if number != 7]


def test_several_bad_edits_of_a_file_are_refused(capsys, tmp_path) -> None:
    bad = ["stg_m00", "stg_m05", "stg_m11"]
    given = owners_of_one_file(capsys, tmp_path, bad, bad)
    assert given == [f"stg_m{n:02}" for n in range(12) if n not in (0, 5, 11)]


TOLD = '''
from collections.abc import Iterator
from platform_cli.conventions.fix import Scene, SuggestedError, fix
from platform_cli.conventions.rule import Violation, rule
from platform_cli.project.edits.edit import Edit, SetKey, entry_way
from platform_cli.project.resources import Model
from platform_cli.reporting.diagnostic import Diagnostic

@rule(severity="warn")
def WORD_is_told(model: Model) -> Iterator[Violation]:
    """It is told.

    ## Why
    So that another fix can go on from there.
    """
    if "WORD" not in model.meta:
        yield Violation("WORD is not told")

@fix()
def fix_WORD_is_told(_: Diagnostic, model: Model, scene: Scene) -> Iterator[Edit]:
    if "NEEDS" and "NEEDS" not in model.meta:
        raise SuggestedError("NEEDS is not told")
    way = (*entry_way(model), "config", "meta", "WORD")
    yield SetKey(str(model.properties_path), way, "x")
'''


def test_what_another_fix_makes_possible_is_fixed_and_no_old_reason_is_told(
    capsys, tmp_path
) -> None:
    files = {
        f"rules/{word}_is_told.py": TOLD.replace("WORD", word).replace("NEEDS", needs)
        for word, needs in (("alpha", "beta"), ("beta", "gamma"), ("gamma", ""))
    }
    root = write_project(tmp_path, {**files, "platform.yml": ""})
    assert run(["-C", str(root), "check", "--fix"]) == 0
    out, err = capsys.readouterr()
    assert "no findings" in out
    assert "fixed 6 findings" in err
