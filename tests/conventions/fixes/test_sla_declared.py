from tests.fix_builders import fix
from tests.small_project import FILES

RULE = "sla-declared"
YAML = "models/marts/sales/dim_customers.yml"
ON = "check: {rules: {sla-declared: {severity: warn, upstream: false, key: promise}}}\n"
OTHER = {
    "models/marts/sales/dim_other.sql": "select 1 as customer_id, '' as customer_name\n",
    "models/marts/sales/dim_other.yml": FILES[YAML].replace("dim_customers", "dim_other")
    .replace("group: sales", "group: sales\n      meta: {promise: {ready_by: '06:00'}}"),
}  # fmt: skip


def test_the_sla_of_the_folder_is_taken_over(capsys, tmp_path) -> None:
    fixed = fix(capsys, tmp_path, RULE, OTHER, settings=ON)
    assert "meta:\n        promise:\n          ready_by: 06:00\n" in (fixed.changed[YAML] or "")
    assert not fixed.left(RULE)


def test_nobody_promises_for_others(capsys, tmp_path) -> None:
    fixed = fix(capsys, tmp_path, RULE, {}, settings=ON)
    assert not fixed.changed
    assert "promise nothing" in fixed.left(RULE)[0]
