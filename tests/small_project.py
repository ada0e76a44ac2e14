"""A small project that breaks no rule: a source read from a file, a model in each of two layers."""

from __future__ import annotations

from pathlib import Path

from tests.builders import write

FILES = {
    "dbt_project.yml": """\
name: shop
version: "1.0"
profile: shop
flags: {send_anonymous_usage_stats: false}
models:
  shop:
    marts: {+materialized: table}
""",
    "profiles.yml": """\
shop:
  target: dev
  outputs:
    dev: {type: duckdb, path: shop.duckdb, threads: 1}
""",
    "data/Orders.csv": """\
Order Id,placedAt,customer_id,group
1,2026-01-01,7,a
2,2026-01-02,8,b
""",
    "models/_groups.yml": """\
groups:
  - name: sales
    owner: {email: sales@example.com}
  - name: growth
    owner: {email: growth@example.com}
""",
    "models/staging/raw/_raw__sources.yml": """\
sources:
  - name: raw
    config:
      freshness: null
      meta: {external_location: "data/{name}.csv"}
    tables:
      - name: Orders
""",
    "analyses/orders_per_group.sql": """\
select "group", count(*) as orders from {{ source('raw', 'Orders') }} group by 1
""",
    "models/staging/raw/stg_customers.sql": """\
select 7 as customer_id, 'Ada' as customer_name
union all
select 8, 'Grace'
""",
    "models/staging/raw/stg_customers.yml": """\
models:
  - name: stg_customers
    description: One row per customer.
    config: {group: sales}
    columns:
      - name: customer_id
        description: "The key: never reused."
        data_tests: [unique, not_null]
""",
    "models/marts/sales/dim_customers.sql": """\
select customer_id, customer_name from {{ ref('stg_customers') }}
""",
    "models/marts/sales/dim_customers.yml": """\
models:
  - name: dim_customers
    description: Customers that ever bought something.
    config:
      group: sales
      access: public
      contract: {enforced: true}
    columns:
      - name: customer_id
        data_type: integer
        description: The key.
        data_tests: [unique, not_null]
      - name: customer_name
        data_type: varchar
        description: As on the invoice.
""",
}


def write_project(folder: Path, changes: dict[str, str | None] | None = None) -> Path:
    """The project in this folder; `changes` replace or, with None, leave out files."""
    files = FILES | (changes or {})
    return write(folder, {path: text for path, text in files.items() if text is not None})
