from pathlib import Path

from platform_cli.project.problem import Problem
from tests.read_builders import load

CALLS = {"models/a.sql": "select\n {{ surogate_key('id') }}"}
OWN = {"macros/k.sql": "{% macro surrogate_key(x) %}{{ x }}{% endmacro %}"}
TOOLS = {
    "dbt_packages/tools/dbt_project.yml": "name: tools",
    "dbt_packages/tools/macros/k.sql": OWN["macros/k.sql"],
}


def found(root: Path, files: dict[str, str]) -> list[Problem]:
    return [one for one in load(root, files).problems if one.kind == "macro"]


def test_a_macro_that_does_not_exist_has_its_place_and_a_near_name(tmp_path: Path) -> None:
    (problem,) = found(tmp_path, CALLS | OWN)
    assert (problem.severity, str(problem.where)) == ("error", "models/a.sql:2:5")
    assert problem.resource == "model.shop.a"
    assert problem.hint == "did you mean 'surrogate_key'?"


def test_one_of_a_package_is_named_with_its_package(tmp_path: Path) -> None:
    (problem,) = found(tmp_path, {"models/a.sql": "{{ surrogate_key('id') }}"} | TOOLS)
    assert problem.hint == "write tools.surrogate_key"


def test_tests_and_snapshots_are_looked_at_and_analyses_and_disabled_models_not(
    tmp_path: Path,
) -> None:
    text = CALLS["models/a.sql"]
    files = {
        "tests/t.sql": text,
        "snapshots/s.sql": "{% snapshot s %}{{ config(unique_key='a', strategy='check',"
        f" check_cols='all') }}}}\n{text}\n{{% endsnapshot %}}",
        "analyses/n.sql": text,
        "models/off.sql": "{{ config(enabled=false) }}" + text,
    }
    places = {(one.path, one.line) for one in found(tmp_path, files)}
    assert places == {("tests/t.sql", 2), ("snapshots/s.sql", 3)}


def test_nothing_is_said_while_the_macros_cannot_be_read(tmp_path: Path) -> None:
    broken = {"macros/k.sql": "{% macro surogate_key(x) %}{{ x }}"}
    assert found(tmp_path, CALLS | broken) == []


def test_nothing_is_said_while_a_package_is_missing(tmp_path: Path) -> None:
    asked = {"packages.yml": "packages: [{package: a/b, version: 1.0.0}]"}
    assert found(tmp_path, CALLS | asked) == []
