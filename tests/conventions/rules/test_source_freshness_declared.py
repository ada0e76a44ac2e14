from platform_cli.conventions.rules.source_freshness_declared import source_freshness_declared
from tests.rule_builders import found

SOURCES = """\
sources:
  - name: raw
    config: {loaded_at_field: at}
    tables:
      - name: orders
      - name: payments
"""
FRESH = "{warn_after: {count: 1, period: day}}"


def test_a_source_without_freshness_is_found_once(tmp_path) -> None:
    assert found(source_freshness_declared, tmp_path, {"models/s.yml": SOURCES}) == [
        "models/s.yml:5:9 no freshness for the source raw (2 tables)"
    ]


def test_thresholds_and_null_declare_it_for_the_source_or_for_a_table(tmp_path) -> None:
    for number, freshness in enumerate((FRESH, "null")):
        of_source = SOURCES.replace("at}", f"at, freshness: {freshness}}}")
        of_table = f"{SOURCES}        config: {{freshness: {freshness}}}\n"
        for name, text in (("source", of_source), ("table", of_table)):
            folder = tmp_path / f"{name}{number}"
            assert not found(source_freshness_declared, folder, {"models/s.yml": text})


def test_each_table_that_an_sla_depends_on_needs_it(tmp_path) -> None:
    files = {
        "models/s.yml": f"{SOURCES}        config: {{freshness: {FRESH}}}\n",
        "models/stg_orders.sql": "select * from {{ source('raw', 'orders') }}",
        "models/fct.sql": "select * from {{ ref('stg_orders') }}",
        "models/fct.yml": "models: [{name: fct, config: {meta: {sla: daily}}}]\n",
    }
    assert found(source_freshness_declared, tmp_path, files) == [
        "models/s.yml:5:9 no freshness, and the SLA of fct depends on it"
    ]
    assert not found(source_freshness_declared, tmp_path, files, sla="")
