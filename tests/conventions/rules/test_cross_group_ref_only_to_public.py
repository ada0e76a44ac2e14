from platform_cli.conventions.rules.cross_group_ref_only_to_public import (
    cross_group_ref_only_to_public,
)
from tests.rule_builders import found

GROUPS = """\
groups:
  - {name: sales, owner: {email: s@example.com}}
  - {name: growth, owner: {email: g@example.com}}
"""
FILES = {
    "models/_groups.yml": GROUPS,
    "models/orders.sql": "{{ config(group='sales') }} select 1 as id",
    "models/funnel.sql": "{{ config(group='growth') }}\nselect * from {{ ref('orders') }}",
    "models/ours.sql": "{{ config(group='sales') }} select * from {{ ref('orders') }}",
    "models/free.sql": "select * from {{ ref('orders') }}",
    "models/of_free.sql": "{{ config(group='sales') }} select * from {{ ref('free') }}",
}


def test_another_groups_protected_model_is_found_at_the_call(tmp_path) -> None:
    assert found(cross_group_ref_only_to_public, tmp_path, FILES) == [
        "models/funnel.sql:2:18 growth reads orders, which is not public and belongs to sales"
    ]


def test_a_public_model_is_read_by_anybody(tmp_path) -> None:
    sql = "{{ config(group='sales', access='public') }} select 1 as id"
    assert not found(cross_group_ref_only_to_public, tmp_path, FILES | {"models/orders.sql": sql})
