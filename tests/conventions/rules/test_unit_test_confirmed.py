from platform_cli.conventions.rules.unit_test_confirmed import unit_test_confirmed
from tests.rule_builders import found

YAML = """\
models:
  - name: fct_orders
    description: One row per order.
unit_tests:
  - name: fct_orders__as_generated
    model: fct_orders
    config:
      meta: {unverified: true}
    given: []
    expect: {rows: [{id: 1}]}
"""
FILES = {
    "models/marts/fct_orders.sql": "select 1 as id",
    "models/marts/fct_orders.yml": YAML,
}


def test_a_unit_test_that_nobody_confirmed_is_found_at_its_line(tmp_path) -> None:
    [said] = found(unit_test_confirmed, tmp_path, FILES)
    assert said.startswith("models/marts/fct_orders.yml:5:5 nobody has confirmed")
    assert said.endswith("fct_orders__as_generated expects")


def test_a_confirmed_one_is_well(tmp_path) -> None:
    for meta in ("{}", "{unverified: false}", "{owner: sales}"):
        text = YAML.replace("{unverified: true}", meta)
        files = FILES | {"models/marts/fct_orders.yml": text}
        assert found(unit_test_confirmed, tmp_path, files) == []


def test_a_disabled_one_is_left_alone(tmp_path) -> None:
    text = YAML.replace("meta:", "enabled: false\n      meta:")
    assert not found(unit_test_confirmed, tmp_path, FILES | {"models/marts/fct_orders.yml": text})
