from tests.fix_builders import fix

RULE = "source-freshness-declared"
YAML = "models/staging/raw/_raw__sources.yml"
TEXT = """\
sources:
  - name: raw
    config:
      meta: {external_location: "data/{name}.csv"}
    tables:
      - name: Orders
      - name: Other
        config:
          loaded_at_field: at
          freshness: {warn_after: {count: 2, period: day}}
      - name: Late
        config:
          loaded_at_field: at
"""
SLA = {
    "models/staging/raw/stg_customers.sql": "select * from {{ source('raw', 'Late') }}\n",
    "models/marts/sales/dim_customers.sql": "{{ config(meta={'sla': '06:00'}) }}"
    "select customer_id, customer_name from {{ ref('stg_customers') }}\n",
}


def test_what_the_other_tables_say_is_taken_over(capsys, tmp_path) -> None:
    fixed = fix(capsys, tmp_path, RULE, {YAML: TEXT, **SLA})
    added = "          freshness:\n            warn_after:\n              count: 2\n              period: day\n"  # noqa: E501
    assert fixed.changed == {YAML: f"{TEXT}{added}"}
    assert not fixed.left(RULE)


def test_without_an_example_it_is_left_to_a_person(capsys, tmp_path) -> None:
    text = TEXT.replace("          freshness: {warn_after: {count: 2, period: day}}\n", "")
    fixed = fix(capsys, tmp_path, RULE, {YAML: text, **SLA})
    assert not fixed.changed
    assert "say nothing, or not the same" in fixed.left(RULE)[0]
