"""What everyone starts from: the same tables, sources that are described, two staging models.

The tables are those of the twenty models (`tests/scaffold/twenty_models.sql`).
"""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from tests.builders import write

TABLES = Path(__file__).parent.parent / "scaffold" / "twenty_models.sql"
_LOAD = "import sys, duckdb; duckdb.connect(sys.argv[1]).execute(open(sys.argv[2]).read())"

KEY, STATUS = "The key of an order, never used twice.", "open, paid or lost."
BUYER, COUNTRY = "The key of a customer, never used twice.", "Where the invoice goes, as ISO 3166."
MAIL, AMOUNT = "Where a customer wants to be written to.", "In euros, with tax."
PIECES, TITLE, SIZE = "How many pieces.", "What is printed on it.", "How much larger than it was."


class Case(NamedTuple):
    """One model to make: of one raw table, or of a query that its author wrote.

    `same` and `renamed` are the columns whose description is known upstream, under the same name
    (but for how a name is spelled) and under another one.
    """

    name: str
    table: str = ""
    query: str = ""
    same: Mapping[str, str] = MappingProxyType({})
    renamed: Mapping[str, str] = MappingProxyType({})
    odd: tuple[str, ...] = ()
    public: bool = False

    @property
    def folder(self) -> str:
        return "models/marts/sales" if self.public else "models/staging/raw"


LOST = """\
select
    o.customer_id as buyer,
    count(*) as lost_orders,
    sum(o.amount)::decimal(18, 2) as lost_amount
from stg_orders as o
where o.status = 'lost'
group by o.customer_id
"""
PAID = """\
select
    stg_orders.order_id as paid_order_id,
    stg_orders.status,
    stg_orders.amount as paid_amount,
    buyers.country as ship_to
from stg_orders
inner join stg_customers as buyers on stg_orders.customer_id = buyers.customer_id
where stg_orders.status = 'paid'
"""
CONTACTS = """\
select
    customer_id,
    country,
    lower(email) as contact
from stg_customers
"""
CASES = (
    Case("stg_lines", "lines", same={"order_id": KEY, "qty": PIECES}),
    Case("stg_products", "products", same={"title": TITLE}),
    Case("stg_odd", "Odd Table", same={"Größe %": SIZE}, odd=("select", "Größe %", "a b")),
    Case("stg_events", "events"),
    Case("agg_lost", query=LOST, renamed={"buyer": BUYER}, public=True),
    Case(
        "fct_paid",
        query=PAID,
        same={"status": STATUS},
        renamed={"paid_order_id": KEY, "paid_amount": AMOUNT, "ship_to": COUNTRY},
        public=True,
    ),
    Case(
        "dim_contacts", query=CONTACTS, same={"customer_id": BUYER, "country": COUNTRY}, public=True
    ),
)
_ORDERS = {
    "order_id": KEY,
    "customer_id": BUYER,
    "first_order": "The day on which this customer first bought.",
    "status": STATUS,
    "amount": AMOUNT,
}
_CUSTOMERS = {"customer_id": BUYER, "email": MAIL, "country": COUNTRY}
GIVEN = {
    "stg_orders": ("orders", {"first_order": "First Order"}, _ORDERS),
    "stg_customers": ("customers", {"customer_id": "Customer Id"}, _CUSTOMERS),
}
_DESCRIBED: Mapping[str, Mapping[str, str]] = {
    "orders": {"order_id": KEY, "customer_id": BUYER, "status": STATUS, "amount": AMOUNT},
    "customers": {"Customer Id": BUYER, "email": MAIL, "country": COUNTRY},
    "lines": {"order_id": KEY, "qty": PIECES},
    "products": {"title": TITLE},
    "events": {},
    "Odd Table": {"Größe %": SIZE},
}
_DBT = {
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
    dev: {type: duckdb, path: shop.duckdb, threads: 2}
""",
    "models/_groups.yml": """\
groups:
  - {name: sales, owner: {name: Sales, email: sales@example.com}}
""",
}


def given_query(name: str, relation: str) -> str:
    """The query of a staging model that is there already, from the name of its table."""
    _, renamed, columns = GIVEN[name]
    listed = [
        f'    "{renamed[one]}" as {one}' if one in renamed else f"    {one}" for one in columns
    ]
    return "select\n" + ",\n".join(listed) + f"\nfrom {relation}\n"


def load(python: str, database: Path) -> None:
    """Load the tables with the DuckDB of that Python. Raises CalledProcessError if it cannot."""
    subprocess.run([python, "-P", "-c", _LOAD, str(database), str(TABLES)], check=True)


def dbt_project(root: Path, python: str) -> Path:
    """The dbt project with its data."""
    tables = "".join(
        f"      - name: {name}\n        description: One row per thing.\n"
        + ("        columns:\n" if texts else "")
        + _columns(texts, "          ")
        for name, texts in _DESCRIBED.items()
    )
    files = {
        **_DBT,
        "models/staging/raw/_raw__sources.yml": "sources:\n  - name: raw\n"
        "    description: What the shop writes, loaded every night.\n"
        f"    config: {{freshness: null}}\n    tables:\n{tables}",
    }
    for name, (table, _, columns) in GIVEN.items():
        relation = f"{{{{ source('raw', '{table}') }}}}"
        files[f"models/staging/raw/{name}.sql"] = given_query(name, relation)
        files[f"models/staging/raw/{name}.yml"] = (
            f"models:\n  - name: {name}\n    description: One row per thing.\n"
            f"    config: {{group: sales}}\n    columns:\n{_columns(columns, '      ')}"
        )
    write(root, files)
    load(python, root / "shop.duckdb")
    return root


def _columns(texts: Mapping[str, str], indent: str) -> str:
    return "".join(
        f'{indent}- {{name: {one}, description: "{text}"}}\n' for one, text in texts.items()
    )
