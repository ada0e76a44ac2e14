import pytest

from tests.fix_builders import fix
from tests.small_project import FILES

RULE = "model-prefix-by-layer"
DIM = "models/marts/sales/dim_customers.sql"
SQL = "models/staging/raw/customers.sql"
YAML = "models/staging/raw/customers.yml"
DESCRIBED = FILES["models/staging/raw/stg_customers.yml"].replace("stg_customers", "customers")
READER = """\
-- customers of ref('customers')
with customers as (select * from {{ ref("customers") }})
select customer_id, customer_name, 'customers' as kind from customers
union all select customer_id, customer_name, '' from {{ ref('shop', 'customers') }} where false
"""
CHANGES = {
    "models/staging/raw/stg_customers.sql": None,
    "models/staging/raw/stg_customers.yml": None,
    SQL: FILES["models/staging/raw/stg_customers.sql"],
    YAML: DESCRIBED,
    DIM: READER,
    "models/marts/sales/dim_customers.yml": FILES["models/marts/sales/dim_customers.yml"].replace(
        "data_tests: [unique, not_null]",
        "data_tests:\n        - unique\n        - not_null\n        - relationships:\n"
        "            arguments: {to: ref('customers'), field: customer_id}",
    ).replace("      contract: {enforced: true}\n", "").replace("access: public", "access: protected"),  # noqa: E501
    "models/exposures.yml": "exposures:\n  - name: board\n    type: dashboard\n"
    "    owner: {email: a@example.com}\n    description: What the board reads each week.\n"
    "    depends_on: [\"ref('customers')\"]\n",
    "models/unit.yml": "unit_tests:\n  - name: u\n    model: customers\n    given: []\n"
    "    expect: {rows: []}\n",
    "tests/singular.sql": "select * from {{ ref('customers') }} where customer_id < 0\n",
}  # fmt: skip


def test_the_model_is_renamed_in_every_place_and_keeps_its_table(capsys, tmp_path) -> None:
    fixed = fix(capsys, tmp_path, RULE, CHANGES)
    assert not fixed.left(RULE)
    new = "models/staging/raw/stg_customers"
    assert fixed.changed[SQL] is fixed.changed[YAML] is None
    assert fixed.changed[f"{new}.sql"] == CHANGES[SQL]
    assert fixed.changed[f"{new}.yml"] == DESCRIBED.replace("name: customers", "name: stg_customers")\
        .replace("{group: sales}", "{group: sales, alias: customers}")  # fmt: skip  # noqa: E501
    assert fixed.changed[DIM] == READER.replace("('customers", "('stg_customers")\
        .replace('("customers', '("stg_customers').replace(", 'customers') }}", ", 'stg_customers') }}")  # fmt: skip  # noqa: E501
    assert "ref('stg_customers')" in (fixed.changed["models/exposures.yml"] or "")
    assert "model: stg_customers\n" in (fixed.changed["models/unit.yml"] or "")
    assert "ref('stg_customers')" in (fixed.changed["tests/singular.sql"] or "")
    assert "to: ref('stg_customers')" in (
        fixed.changed["models/marts/sales/dim_customers.yml"] or ""
    )


def test_several_models_of_one_file_are_renamed_at_once(capsys, tmp_path) -> None:
    both = (
        "models:\n  - {name: a, description: One row per a., config: {group: sales},"
        " columns: [{name: id, data_tests: [unique]}]}\n"
        "  - {name: b, description: One row per b., config: {group: sales},"
        " columns: [{name: id, data_tests: [unique]}]}\n"
    )
    changes = {
        "models/staging/raw/a.sql": "select 1 as id",
        "models/staging/raw/b.sql": "select id from {{ ref('a') }}",
        "models/staging/raw/schema.yml": both,
    }
    fixed = fix(capsys, tmp_path, RULE, changes)
    assert fixed.changed["models/staging/raw/stg_b.sql"] == "select id from {{ ref('stg_a') }}"
    assert "{group: sales, alias: a}" in (fixed.changed["models/staging/raw/schema.yml"] or "")
    assert not fixed.left(RULE)


@pytest.mark.parametrize(
    ("more", "why"),
    [
        (
            {"models/marts/sales/other.sql": "{% set x = 'customers' %}select * from {{ ref(x) }}"},
            "would",
        ),
        ({"models/stg_customers.sql": "select 1 as x"}, "there is a stg_customers already"),
        (
            {"dbt_project.yml": FILES["dbt_project.yml"]
             + "    staging: {raw: {customers: {+tags: [x]}}}\n"},
            "names it too: rename it by hand",
        ),
        ({"models/marts/sales/p.py": "def model(dbt, s):\n    return dbt.ref('customers')\n"}, "not proven"),  # noqa: E501
    ],
)  # fmt: skip
def test_what_is_not_certain_is_left_to_a_person(capsys, tmp_path, more, why) -> None:
    fixed = fix(capsys, tmp_path, RULE, CHANGES | more)
    assert SQL not in fixed.changed
    assert why in next(one for one in fixed.left(RULE) if "staging" in one)


def test_a_layer_of_several_prefixes_is_left_to_a_person(capsys, tmp_path) -> None:
    changes = {
        DIM: None,
        "models/marts/sales/dim_customers.yml": None,
        "models/marts/sales/customers.sql": FILES[DIM],
    }
    fixed = fix(capsys, tmp_path, RULE, changes)
    assert "several prefixes" in fixed.left(RULE)[0]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("selectors.yml", "selectors:\n  - name: nightly\n    definition: customers+\n"),
        ("platform.yml", "check:\n  ignore: [models/other/customers.sql]\n"),
        (".dbtignore", "seeds/customers.csv\n"),
    ],
)
def test_a_model_that_settings_name_is_renamed_by_hand(capsys, tmp_path, path, text) -> None:
    comment = "" if path == ".dbtignore" else "# of customers\n"
    fixed = fix(capsys, tmp_path, RULE, CHANGES | {path: comment + text})
    line = text[: text.index("customers")].count("\n") + bool(comment) + 1
    assert f"{path}:{line} names it too" in fixed.left(RULE)[0]
    assert fix(capsys, tmp_path / "b", RULE, CHANGES | {path: comment}).changed
