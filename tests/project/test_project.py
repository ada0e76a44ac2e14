# ruff: noqa: E501  (YAML and Jinja read better on one line)
"""Whole small projects, read through `Project.load`."""

from pathlib import Path

import pytest

from platform_cli.errors import PlatformError
from platform_cli.project.project import Project
from platform_cli.project.resources import Operation, Snapshot, Source, Undecided, UnitTest
from tests.builders import write
from tests.read_builders import a_project, load


def test_a_model_has_edges_names_and_config(tmp_path: Path) -> None:
    project = load(
        tmp_path,
        {
            "models/a.sql": "select 1 as id",
            "models/b.sql": "{{ config(materialized='table', schema='mart', tags='x') }}\n"
            "select * from {{ ref('a') }} join {{ source('raw', 't') }}",
            "models/_s.yml": "sources: [{name: raw, schema: landing, tables: [{name: t}]}]",
        },
    )
    model = project.model("b")
    assert model.depends_on == ("source.shop.raw.t", "model.shop.a")
    assert (model.database, model.schema, model.alias) == ("shop", "main_mart", "b")
    assert (model.config["materialized"], model.tags) == ("table", ("x",))
    (reference,) = [found for found in model.references if found.kind == "ref"]
    assert (reference.unique_id, reference.line) == ("model.shop.a", 2)
    (source,) = project.of(Source)
    assert (source.database, source.schema, source.identifier) == ("shop", "landing", "t")


def test_an_unknown_ref_is_a_problem_with_near_names_and_place(tmp_path: Path) -> None:
    files = {"models/orders.sql": "select 1", "models/b.sql": "select *\nfrom {{ ref('oders') }}"}
    project = load(tmp_path, files)
    (problem,) = project.problems
    assert (problem.path, problem.line, problem.severity) == ("models/b.sql", 2, "error")
    assert "'orders'" in problem.hint
    assert project.model("b").references[0].unique_id is None


def test_two_models_of_one_name_are_a_problem(tmp_path: Path) -> None:
    project = load(tmp_path, {"models/x/a.sql": "select 1", "models/y/a.sql": "select 2"})
    (problem,) = project.problems
    assert problem.kind == "duplicate"
    assert "models/x/a.sql" in problem.message
    assert "models/y/a.sql" in problem.message


def test_a_properties_entry_can_switch_a_model_off_and_on(tmp_path: Path) -> None:
    project = load(
        tmp_path,
        {
            "models/retired.sql": "select 1",
            "models/kept.sql": "{{ config(enabled=true) }} select 1",
            "dbt_project.yml": "name: shop\nprofile: shop\nmodels: {shop: {kept: {+enabled: false}}}",
            "models/_m.yml": "models: [{name: retired, config: {enabled: false}}, {name: gone}]",
        },
    )
    assert set(project.resources) == {"model.shop.kept"}
    assert set(project.disabled) == {"model.shop.retired"}
    assert "'gone'" in project.problems[0].message


def test_a_versioned_model_has_an_id_and_columns_for_each_version(tmp_path: Path) -> None:
    project = load(
        tmp_path,
        {
            "models/dim_v1.sql": "select 1 as id, 2 as old",
            "models/dim.sql": "select 1 as id",
            "models/use.sql": "select * from {{ ref('dim') }} join {{ ref('dim', v=1) }}",
            "models/_m.yml": """\
                models:
                  - name: dim
                    latest_version: 2
                    columns: [{name: id, data_tests: [unique]}, {name: old}]
                    versions:
                      - v: 1
                      - v: 2
                        config: {alias: newest}
                        columns: [{include: all, exclude: [old]}]
                """,
        },
    )
    assert project.model("use").depends_on == ("model.shop.dim.v2", "model.shop.dim.v1")
    first, second = (project.resources[f"model.shop.dim.v{v}"] for v in (1, 2))
    assert (first.alias, second.alias) == ("dim_v1", "newest")  # type: ignore[union-attr]
    assert list(second.columns) == ["id"]  # type: ignore[union-attr]
    assert project.model("dim").version == 2
    names = {item.name for item in project.resources.values() if item.unique_id.startswith("test")}
    assert names == {"unique_dim_v1_id", "unique_dim_v2_id"}


def test_snapshots_come_from_sql_blocks_and_from_yaml(tmp_path: Path) -> None:
    project = load(
        tmp_path,
        {
            "snapshots/old.sql": """\
                {% snapshot old %}
                {{ config(strategy='check', unique_key='id', check_cols='all', target_schema='h') }}
                select * from {{ ref('a') }}
                {% endsnapshot %}
                """,
            "snapshots/new.yml": """\
                snapshots:
                  - name: new
                    relation: ref('a')
                    config: {strategy: timestamp, updated_at: t, unique_key: id, schema: history}
                """,
            "models/a.sql": "select 1 as id",
        },
    )
    old, new = (project.resources[f"snapshot.shop.{name}"] for name in ("old", "new"))
    assert isinstance(old, Snapshot)
    assert isinstance(new, Snapshot)
    assert (old.schema, new.schema) == ("h", "main_history")
    assert old.depends_on == new.depends_on == ("model.shop.a",)
    assert old.references[0].line == 3


def test_packages_are_read_and_the_root_overrides_them(tmp_path: Path) -> None:
    project = load(
        tmp_path,
        {
            "dbt_project.yml": """\
                name: shop
                profile: shop
                vars: {tools: {limit: 5}}
                models: {tools: {+materialized: table}}
                """,
            "models/b.sql": "select * from {{ ref('tools', 't') }}",
            "dbt_packages/tools/dbt_project.yml": "name: tools\nvars: {limit: 1, other: o}",
            "dbt_packages/tools/models/t.sql": "{{ config(alias='t' ~ var('limit') ~ var('other')) }} x",
        },
    )
    tool = project.resources["model.tools.t"]
    assert tool.path == "dbt_packages/tools/models/t.sql"
    assert (tool.config["materialized"], tool.alias) == ("table", "t5o")  # type: ignore[union-attr]
    assert project.model("b").depends_on == ("model.tools.t",)


def test_a_projects_own_schema_names_are_used(tmp_path: Path) -> None:
    project = load(
        tmp_path,
        {
            "macros/schema.sql": """\
                {% macro generate_schema_name(custom, node) %}
                  {{ custom if target.name == 'prod' and custom else 'dev_' ~ node.resource_type }}
                {% endmacro %}
                """,
            "models/a.sql": "{{ config(schema='mart') }} select 1",
            "seeds/s.csv": "id\n1\n",
        },
        target=None,
    )
    assert project.model("a").schema == "dev_model"
    assert project.resources["seed.shop.s"].schema == "dev_seed"  # type: ignore[union-attr]
    assert Project.load(tmp_path, target="prod").model("a").schema == "mart"


def test_hooks_exposures_groups_and_unit_tests_are_there(tmp_path: Path) -> None:
    project = load(
        tmp_path,
        {
            "dbt_project.yml": "name: shop\nprofile: shop\non-run-end: \"select '{{ ref('a') }}'\"",
            "models/a.sql": "select 1 as id",
            "models/_m.yml": """\
                models: [{name: a, group: finance, access: private}]
                groups: [{name: finance, owner: {email: f@example.org}}]
                exposures:
                  - {name: board, type: dashboard, owner: {name: F}, depends_on: [ref('a')]}
                unit_tests:
                  - {name: works, model: a, given: [], expect: {rows: [{id: 1}]}}
                """,
        },
    )
    (hook,) = project.of(Operation)
    assert (hook.name, hook.depends_on) == ("shop-on-run-end-0", ("model.shop.a",))
    assert project.resources["exposure.shop.board"].depends_on == ("model.shop.a",)  # type: ignore[union-attr]
    assert project.resources["group.shop.finance"].owner == {"email": "f@example.org"}  # type: ignore[union-attr]
    (unit_test,) = project.of(UnitTest)
    assert unit_test.unique_id == "unit_test.shop.a.works"
    assert unit_test.depends_on == ("model.shop.a",)
    assert [p.kind for p in project.problems] == ["access"]


def test_a_unit_test_of_a_versioned_model_is_one_for_each_wanted_version(tmp_path: Path) -> None:
    project = load(
        tmp_path,
        {
            "models/dim_v1.sql": "select 1 as id",
            "models/dim_v2.sql": "select 1 as id",
            "models/_m.yml": """\
                models: [{name: dim, versions: [{v: 1}, {v: 2}]}]
                unit_tests:
                  - {name: all, model: dim, given: [], expect: {rows: []}}
                  - {name: one, model: dim, versions: {include: [2]}, given: [], expect: {rows: []}}
                """,
        },
    )
    assert {test.unique_id: test.depends_on for test in project.of(UnitTest)} == {
        "unit_test.shop.dim.all_v1": ("model.shop.dim.v1",),
        "unit_test.shop.dim.all_v2": ("model.shop.dim.v2",),
        "unit_test.shop.dim.one_v2": ("model.shop.dim.v2",),
    }


def test_descriptions_use_doc_blocks(tmp_path: Path) -> None:
    project = load(
        tmp_path,
        {
            "models/a.sql": "select 1 as id",
            "models/docs.md": "{% docs key %}\nThe key.\n{% enddocs %}",
            "models/_m.yml": "models: [{name: a, columns: [{name: id, description: \"{{ doc('key') }}\"}]}]",
        },
    )
    assert project.model("a").columns["id"].description == "The key."


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "does not hold settings"),
        ("- a\n", "does not hold settings"),
        ("version: 1\n", "has no `name`"),
        ("name: my-shop\n", "my-shop"),
        ("name: [\n", "not valid YAML"),
        ("name: shop\nmodel-paths: models\n", "not a list"),
        ("name: shop\nmodels: [a]\n", "not a mapping"),
        ("name: shop\nvars: [a]\n", "`vars`.* is not a mapping"),
    ],
)
def test_settings_dbt_refuses_are_an_error(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(PlatformError, match=words) as caught:
        Project.load(a_project(tmp_path, {"dbt_project.yml": text}))
    assert "dbt_project.yml" in str(caught.value.where)


def test_broken_jinja_is_a_problem_of_its_file(tmp_path: Path) -> None:
    project = load(tmp_path, {"models/a.sql": "select 1\n{% if %}", "models/b.sql": "select 1"})
    (problem,) = project.problems
    assert (problem.path, problem.line) == ("models/a.sql", 2)
    assert "model.shop.b" in project.resources


def test_all_missing_environment_variables_of_the_profile_are_named(tmp_path: Path) -> None:
    profile = (
        "{type: duckdb, path: \"{{ env_var('A_PATH') }}\", schema: \"{{ env_var('A_SCHEMA') }}\"}"
    )
    project = load(
        tmp_path,
        {
            "profiles.yml": f"shop: {{target: d, outputs: {{d: {profile}}}}}",
            "models/a.sql": "select 1",
        },
    )
    (problem,) = project.problems
    assert "A_PATH" in problem.message
    assert "A_SCHEMA" in problem.message


@pytest.mark.parametrize(
    ("profile", "target", "adapter"),
    [
        ("target: d\n  outputs: {d: {type: snowflake, user: \"{{ env_var('NOBODY') }}\"}}", None,
         "snowflake"),
        ("target: \"{{ env_var('NOBODY') }}\"\n  outputs: {d: {type: trino}, e: {type: trino}}", None,
         "trino"),
        ("target: \"{{ env_var('NOBODY') }}\"\n  outputs: {d: {type: trino}, e: {type: duckdb}}", None,
         "bigquery"),
        ("target: d\n  outputs: {d: {type: trino}, e: {type: postgres, u: \"{{ env_var('NOBODY') }}\"}}",
         "e", "postgres"),
        ("target: d\n  outputs: {d: {type: \"{{ env_var('NOBODY') }}\"}}", None, "bigquery"),
        ("target: d", None, "bigquery"),
        ("[]", None, "bigquery"),
        (None, None, "bigquery"),
    ],
)  # fmt: skip
def test_the_adapter_is_that_of_the_profile_even_if_nothing_else_can_be_told_of_it(
    tmp_path: Path, profile: str | None, target: str | None, adapter: str
) -> None:
    files = {"dbt_project.yml": "name: shop\nprofile: shop", "models/a.sql": "select 1 as a"}
    if profile is not None:
        files["profiles.yml"] = f"shop:\n  {profile}\n"
    write(tmp_path, files)
    project = Project.load(tmp_path, target=target, adapter="bigquery")
    assert isinstance(project.target, Undecided)
    assert project.scope("shop").macros.adapter == adapter


def test_an_unknown_model_name_is_an_error_with_near_names(tmp_path: Path) -> None:
    project = load(tmp_path, {"models/orders.sql": "select 1"})
    with pytest.raises(PlatformError) as caught:
        project.model("oders")
    assert "'orders'" in caught.value.hint


def test_a_source_in_the_text_of_a_var_is_an_edge(tmp_path: Path) -> None:
    project = load(
        tmp_path,
        {
            "dbt_project.yml": "name: shop\nprofile: shop\nvars: {from: \"{{ source('raw', 't') }}\"}",
            "models/a.sql": "{% set x = 1 %}select '{{ x }}' from {{ var('from') }}",
            "models/_s.yml": "sources: [{name: raw, tables: [{name: t}]}]",
        },
    )
    assert project.model("a").depends_on == ("source.shop.raw.t",)
