from platform_cli.conventions.rules.unused_source import unused_source
from tests.rule_builders import found

FILES = {
    "models/sources.yml": """\
        sources:
          - name: raw
            tables:
              - name: orders
              - name: payments
              - name: old
                columns: [{name: id, data_tests: [unique]}]
        exposures:
          - name: report
            type: dashboard
            owner: {email: a@example.com}
            depends_on:
              - source('raw', 'payments')
        """,
    "models/orders.sql": "select * from {{ source('raw', 'orders') }}",
}


def test_a_table_that_only_its_own_tests_read_is_found(tmp_path) -> None:
    assert found(unused_source, tmp_path, FILES) == [
        "models/sources.yml:6:9 nothing reads this table"
    ]
