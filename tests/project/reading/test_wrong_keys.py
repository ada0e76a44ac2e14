from pathlib import Path

import pytest

from tests.read_builders import load


def problems(root: Path, yaml: str, **more: str) -> list[str]:
    files = {"models/a.sql": "select 1 as id", "models/a.yml": yaml, **more}
    return [
        f"{one.kind} {one.path}:{one.line}:{one.column} {one.message} {one.hint}"
        for one in load(root, files).problems
    ]


def test_a_key_that_is_there_twice_is_told_where_the_second_is(tmp_path) -> None:
    yaml = "\n\nmodels:\n  - name: a\n    description: One.\n    description: Two.\n"
    [one] = problems(tmp_path, yaml)
    assert one.startswith("duplicate-key models/a.yml:6:5 `description` is there twice: the first")
    again = load(tmp_path)  # from what was kept of the file
    assert [one.line for one in again.problems] == [6]


@pytest.mark.parametrize(
    "yaml",
    [
        "models: [{name: a, description: x, description: y}]\n",
        "models:\n  - {name: a, config: {group: x, group: null}}\n",
        "anchors: [&x {a: 1, a: 2}]\nmodels: [{name: a}]\n",
    ],
)
def test_in_flow_style_and_with_anchors_too(tmp_path, yaml) -> None:
    [one] = problems(tmp_path, yaml)
    assert one.startswith("duplicate-key models/a.yml:")


def test_a_key_that_overrides_a_merged_one_is_there_once(tmp_path) -> None:
    yaml = (
        "anchors:\n  - &x {description: y}\nmodels:\n  - <<: *x\n    name: a\n    description: z\n"
    )
    assert not problems(tmp_path, yaml)


def test_a_column_that_is_declared_twice_is_found(tmp_path) -> None:
    yaml = (
        "models:\n  - name: a\n    columns:\n      - name: id\n      - name: x\n      - name: id\n"
    )
    [one] = problems(tmp_path, yaml)
    assert one.startswith("duplicate-key models/a.yml:4:9 column id is declared 2 times")


@pytest.mark.parametrize(
    ("yaml", "found"),
    [
        ("model: [{name: a}]\n", "1:1 `model` says nothing to dbt did you mean 'models'?"),
        (
            "models:\n  - name: a\n    desciption: x\n",
            "3:5 `desciption` says nothing to dbt did you mean 'description'?",
        ),
        (
            "models:\n  - name: a\n    columns:\n      - name: id\n        data_test: [unique]\n",
            "5:9 `data_test` says nothing to dbt did you mean 'data_tests'?",
        ),
        (
            "sources:\n  - name: raw\n    tables:\n      - name: t\n        colums: []\n",
            "5:9 `colums` says nothing to dbt did you mean 'columns'?",
        ),
    ],
)
def test_a_misspelled_key_is_found_with_what_is_meant(tmp_path, yaml, found) -> None:
    assert problems(tmp_path, yaml) == [f"unknown-key models/a.yml:{found}"]


def test_keys_of_adapters_and_of_people_are_left_alone(tmp_path) -> None:
    yaml = """\
        x-shared: 1
        models:
          - name: a
            owner: sales
            columns:
              - {name: id, policy_tags: [x], databricks_tags: {a: b}, sensitive: true}
        sources:
          - name: raw
            tables:
              - {name: t, labels: {a: b}, external: {location: x}}
        """
    assert not problems(tmp_path, yaml)


def test_packages_files_are_their_authors(tmp_path) -> None:
    package = {
        "packages.yml": "packages: [{local: pkg}]\n",
        "dbt_packages/pkg/dbt_project.yml": "name: pkg\n",
        "dbt_packages/pkg/models/b.sql": "select 1 as id",
        "dbt_packages/pkg/models/b.yml": "models: [{name: b, name: b, desciption: x}]\n",
    }
    assert not problems(tmp_path, "models: [{name: a}]\n", **package)
