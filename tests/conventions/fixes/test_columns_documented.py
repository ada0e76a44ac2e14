import pytest

from tests.fix_builders import fix
from tests.small_project import FILES

RULE = "columns-documented"
DIM = "models/marts/sales/dim_customers.sql"
YAML = "models/marts/sales/dim_customers.yml"
BARE = FILES[YAML].replace("        description: As on the invoice.\n", "")
STG = {
    "models/staging/raw/stg_customers.yml": FILES["models/staging/raw/stg_customers.yml"]
    + "      - name: full_name\n        description: >\n          As on the\n          invoice.\n",
    "models/staging/raw/stg_customers.sql": "select 7 as customer_id, 'Ada' as full_name\n",
    "models/staging/raw/stg_more.sql": "{{ config(group='sales') }}select 1 as more_id\n",
}
HEAD = "with c as (select * from {{ ref('stg_customers') }}),\n"
MORE = "m as (select more_id from {{ ref('stg_more') }})\n"


@pytest.mark.parametrize(
    "sql",
    [
        "select customer_id, full_name as customer_name from {{ ref('stg_customers') }}",
        f"{HEAD}r as (select customer_id, c.full_name customer_name from c)\nselect * from r",
        f"{HEAD}{MORE}select c.customer_id, c.full_name as customer_name from c, m",
        f"{HEAD}{MORE}select customer_id, full_name as customer_name from c left join m on true",
        f"{HEAD}m as (select * from {{{{ ref('stg_more') }}}})\n"  # noqa: ISC004
        "select customer_id, full_name as customer_name from c, m",
        "select x.customer_id, x.customer_name from (select customer_id, FULL_NAME as"  # noqa: ISC004
        " customer_name from {{ ref('stg_customers') }}) as x",
    ],
)
def test_a_column_that_is_passed_on_inherits_its_description(capsys, tmp_path, sql) -> None:
    fixed = fix(capsys, tmp_path, RULE, {**STG, DIM: sql, YAML: BARE})
    text = "        data_type: varchar\n        description: As on the invoice.\n"
    assert (fixed.changed[YAML] or "").endswith(text)
    assert fixed.changed[YAML] == FILES[YAML]
    assert not fixed.left(RULE)


@pytest.mark.parametrize(
    "sql",
    [
        "select customer_id, upper(full_name) as customer_name from {{ ref('stg_customers') }}",
        "select customer_id, full_name::text as customer_name from {{ ref('stg_customers') }}",
        "select customer_id, full_name as customer_name from {{ ref('stg_customers') }}"  # noqa: ISC004
        " union all select 1, 'x'",
    ],
)
def test_what_is_computed_or_not_certain_is_left_to_a_person(capsys, tmp_path, sql) -> None:
    fixed = fix(capsys, tmp_path, RULE, {**STG, DIM: sql, YAML: BARE})
    assert YAML not in fixed.changed
    assert "not fixed: it is computed, or described nowhere" in fixed.left(RULE)[0]


def test_names_that_a_cte_gives_its_columns_are_followed(capsys, tmp_path) -> None:
    swapped = f"{HEAD}r(customer_id, customer_name) as (select full_name, customer_id from c)"
    fixed = fix(capsys, tmp_path, RULE, {**STG, DIM: f"{swapped} select * from r", YAML: BARE})
    assert (fixed.changed[YAML] or "").endswith('description: "The key: never reused."\n')


def test_a_description_is_found_through_models_that_have_none(capsys, tmp_path) -> None:
    between = "{{ config(group='sales') }}select customer_id, full_name as n from {{ ref('stg_customers') }}"  # noqa: E501
    changes = {
        **STG,
        YAML: BARE,
        "models/intermediate/int_customers.sql": between,
        DIM: "select customer_id, n as customer_name from {{ ref('int_customers') }}",
    }
    assert fix(capsys, tmp_path, RULE, changes).changed[YAML] == FILES[YAML]
