from platform_cli.conventions.rules.sla_declared import sla_declared
from tests.rule_builders import found

FILES = {
    "models/staging/sources.yml": "sources: [{name: raw, tables: [{name: orders}]}]\n",
    "models/staging/stg_orders.sql": "select * from {{ source('raw', 'orders') }}",
    "models/staging/stg_other.sql": "select 1 as id",
    "models/marts/fct_orders.sql": "select * from {{ ref('stg_orders') }}",
    "models/marts/fct_other.sql": "select * from {{ ref('stg_other') }}",
    "models/marts/marts.yml": """\
        models:
          - name: fct_orders
            config:
              meta: {sla: {ready_by: "06:00"}}
          - name: fct_other
            description: Another.
        """,
}


def test_a_mart_without_and_what_a_mart_with_an_sla_depends_on_is_found(tmp_path) -> None:
    assert found(sla_declared, tmp_path, FILES) == [
        "models/marts/marts.yml:5:5 no SLA",
        "models/staging/sources.yml:1:32 no SLA, and fct_orders, which has one, depends on it",
        "models/staging/stg_orders.sql no SLA, and fct_orders, which has one, depends on it",
    ]
    assert len(found(sla_declared, tmp_path, FILES, upstream=False)) == 1


def test_an_sla_for_everything_is_well(tmp_path) -> None:
    project = """\
        name: shop
        profile: shop
        models: {+meta: {sla: daily}}
        sources: {+meta: {sla: daily}}
        """
    assert not found(sla_declared, tmp_path, FILES | {"dbt_project.yml": project})


def test_the_key_in_meta_is_a_setting(tmp_path) -> None:
    assert len(found(sla_declared, tmp_path, FILES, key="ready_by")) == 2


def test_one_that_is_still_to_be_written_is_none_and_binds_nobody(tmp_path) -> None:
    marts = FILES["models/marts/marts.yml"].replace('{ready_by: "06:00"}', "TODO")
    assert found(sla_declared, tmp_path, FILES | {"models/marts/marts.yml": marts}) == [
        "models/marts/marts.yml:4:14 the SLA is still to be written",
        "models/marts/marts.yml:5:5 no SLA",
    ]
