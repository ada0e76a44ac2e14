"""Twenty varied models, scored: what `platform new-model` makes, by the 14 criteria of a review.

`python -P -m tests.scaffold.twenty_models` prints the table.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import chdir, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import duckdb
import yaml

from platform_cli.cli import run
from tests.builders import write
from tests.scaffold.personal import personal

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
    dev: {type: duckdb, path: shop.duckdb, threads: 2}
""",
    "platform.yml": "check: {rules: {style: warn}}\n",
    "models/_groups.yml": """\
groups:
  - {name: sales, owner: {name: Sales, email: sales@example.com}}
  - {name: growth, owner: {name: Growth, email: growth@example.com}}
""",
    "models/staging/raw/_raw__sources.yml": """\
sources:
  - name: raw
    description: What the shop writes, loaded every night.
    config: {freshness: null}
    tables:
      - name: orders
        description: One row per order.
        columns:
          - {name: order_id, description: "The key, never used twice."}
          - {name: First Order, description: "The day on which this customer first bought."}
          - {name: status, description: "open, paid or lost."}
          - {name: amount, description: "In euros, with tax."}
      - name: customers
        description: One row per customer.
        columns:
          - {name: Customer Id, description: "The key of a customer, never used twice."}
          - {name: country, description: "Where the invoice goes, as ISO 3166."}
      - {name: lines, description: One row per line of an order.}
      - {name: products, description: One row per product.}
      - {name: events, description: One row per click.}
      - {name: wide, description: One row per measurement.}
      - {name: Odd Table, description: One row per size.}
      - {name: kinds, description: One row per kind of value.}
      - {name: nothing, description: No rows yet.}
""",
    "snapshots/snp_customers.yml": """\
snapshots:
  - name: snp_customers
    description: The history of customers.
    relation: source('raw', 'customers')
    config:
      group: sales
      unique_key: '"Customer Id"'
      strategy: check
      check_cols: [country]
      hard_deletes: ignore
    columns:
      - name: Customer Id
        description: The key of a customer, never used twice.
""",
    "lost.sql": """\
-- What was lost, by customer.
select   o.customer_id as buyer,  -- who
  count(*) as lost_orders, sum(o.amount)::decimal(18, 2) as lost_amount
from stg_orders as o where o.status = 'lost' group by o.customer_id
""",
    "paid.sql": """\
select stg_orders.order_id as paid_order_id, stg_orders.status as state, buyers.country as ship_to
from stg_orders
inner join stg_customers as buyers on stg_orders.customer_id = buyers.customer_id
where stg_orders.status = 'paid'
""",
}
DESCRIPTION = "--description", "One row for every thing that the shop has ever written down."


class Wanted(NamedTuple):
    """One model to make; `docs` are columns that inherit a description, by the name they have."""

    name: str
    arguments: tuple[str, ...]
    folder: str
    docs: Mapping[str, str] = MappingProxyType({})
    quoted: str = ""
    public: bool = False


KEY, FIRST = "The key, never used twice.", "The day on which this customer first bought."
BUYER, COUNTRY = "The key of a customer, never used twice.", "Where the invoice goes, as ISO 3166."
STATUS = "open, paid or lost."


def _from(*words: str) -> tuple[str, ...]:
    return tuple(part for word in words for part in ("--from", word))


RAW, MARTS = "models/staging/raw", "models/marts/sales"
MODELS = (
    Wanted(
        "stg_orders",
        _from("raw.orders"),
        RAW,
        {"order_id": KEY, "first_order": FIRST},
        '"First Order"',
    ),
    Wanted("stg_customers", _from("raw.customers"), RAW, {"customer_id": BUYER}, '"Customer Id"'),
    Wanted("stg_lines", _from("raw.lines"), RAW),
    Wanted("stg_products", _from("raw.products"), RAW),
    Wanted("stg_events", _from("raw.events"), RAW),
    Wanted("stg_wide", _from("raw.wide"), RAW),
    Wanted("stg_odd", _from("raw.Odd Table"), RAW, quoted='"Größe %"'),
    Wanted("stg_kinds", _from("raw.kinds"), RAW),
    Wanted("stg_nothing", _from("raw.nothing"), RAW),
    Wanted("stg_visits", _from("data/web/visits.parquet"), "models/staging/web"),
    Wanted("stg_pages", _from("data/web/pages.json"), "models/staging/web"),
    Wanted("stg_refunds", _from("table:landing.refunds"), "models/staging/landing"),
    Wanted(
        "int_lines",
        _from("stg_lines", "stg_orders"),
        "models/intermediate",
        {"orders_status": STATUS, "status": STATUS},
    ),
    Wanted(
        "fct_lines",
        (
            *_from("int_lines", "stg_customers", "stg_products"),
            "--key",
            "order_id",
            "--key",
            "line_no",
        ),
        MARTS,
        {"country": COUNTRY, "first_order": FIRST},
        public=True,
    ),
    Wanted(
        "fct_sales",
        (*_from("stg_orders"), "--incremental-on", "placed_at"),
        MARTS,
        {"order_id": KEY},
        public=True,
    ),
    Wanted(
        "fct_clicks",
        (*_from("stg_events"), "--append", "--incremental-on", "happened_at"),
        MARTS,
        public=True,
    ),
    Wanted("dim_buyers", _from("stg_customers"), MARTS, {"customer_id": BUYER}, public=True),
    Wanted(
        "dim_buyers_history", _from("ref:snp_customers"), MARTS, {"country": COUNTRY}, public=True
    ),
    Wanted(
        "agg_buyers",
        (*_from("stg_orders"), "--by", "customer_id", "--measure", "sum:amount"),
        MARTS,
        public=True,
    ),
    Wanted(
        "bridge_lines",
        (*_from("stg_lines"), "--key", "order_id", "--key", "product_id"),
        MARTS,
        public=True,
    ),
    Wanted("agg_lost", ("--sql", "lost.sql"), MARTS, public=True),
    Wanted(
        "fct_paid",
        ("--sql", "paid.sql"),
        MARTS,
        {"paid_order_id": KEY, "state": STATUS, "ship_to": COUNTRY},
        public=True,
    ),
)
CRITERIA = (
    "SQL runs as generated",
    "lint-clean, no select *",
    "odd names quoted",
    "types for every column",
    "docs, same name",
    "docs through renames",
    "description given, never faked",
    "contract enforced",
    "data tests fit the data",
    "unit test with rows",
    "owner, group, SLA",
    "right file",
    "idempotent, keeps edits, --check",
    "dry run with diff",
)


class Score(NamedTuple):
    """What one model reaches, by criterion; and personal data in its files."""

    name: str
    met: dict[str, bool]
    personal: list[str]
    findings: list[str]


def prepared(root: Path) -> Path:
    """The project with its data, and the snapshot taken."""
    write(root, FILES)
    wide = ", ".join(f"i * {n} as measure_{n}" for n in range(150))
    with duckdb.connect(str(root / "shop.duckdb")) as connection:
        connection.execute(Path(__file__).with_suffix(".sql").read_text())
        connection.execute(f"create table raw.wide as select i as id, {wide} from range(20) t(i)")
        (root / "data/web").mkdir(parents=True)
        connection.execute(
            f"copy (select i as visit_id, '10.0.0.' || i as ip from range(9) t(i))"
            f" to '{root}/data/web/visits.parquet'"
        )
        (root / "data/web/pages.json").write_text(
            json.dumps([{"page_id": n, "at": {"path": f"/{n}"}} for n in range(5)])
        )
    _dbt(root, "snapshot")
    return root


def scores(root: Path) -> list[Score]:
    """Make the models one after the other, fill what is TODO, confirm, check, and build."""
    made = [(one, _made(root, one)) for one in MODELS]
    for file in root.glob("models/**/*.yml"):
        text = file.read_text()
        file.write_text(re.sub(r'description: ("TODO[^"]*"|TODO)', f"description: {FILLED}", text))
    names = [one.name for one, facts in made if facts["unit test with rows"]]
    code, _, err = _ran("confirm", *names, "--yes")
    assert code == 0, err
    out = _ran("check", "--style", "--output-format", "json")[1]
    found = json.loads(out)
    findings: dict[str, list[str]] = {one.name: [] for one in MODELS}
    for finding in found["findings"]:
        name = str(finding.get("resource") or "").rpartition(".")[2]
        if name in findings:
            findings[name].append(f"{finding['severity']} {finding['rule']}: {finding['message']}")
    results = _dbt(root, "build")
    results = _dbt(root, "build")  # incremental models once more
    final = []
    for one, facts in made:
        failed = [key for key, status in results.items() if one.name in key and status not in _GOOD]
        ran = results.get(f"model.shop.{one.name}") == "success"
        # What only a person can decide is no fault of the text: who reads it, what is personal.
        lint = [text for text in findings[one.name] if not any(word in text for word in _DECIDED)]
        facts |= {
            "SQL runs as generated": ran,
            "lint-clean, no select *": not lint,
            "data tests fit the data": ran and not failed and facts["data tests fit the data"],
        }
        met = {name: facts[name] for name in CRITERIA}
        final.append(Score(one.name, met, list(facts["personal"]), [*lint, *failed]))  # type: ignore[call-overload]
    return final


FILLED = "What was meant by whoever wrote this, in the units of the source."
_DECIDED = ("dead-model", "pii-looking-column")
_GOOD = {"success", "pass"}
_OPTIONS = ("--owner", "sales", "--sla", "24h", *DESCRIPTION)


def _made(root: Path, one: Wanted) -> dict[str, object]:
    arguments = ["new-model", one.name, *one.arguments, *_OPTIONS]
    before = _texts(root)
    code, out, _ = _ran(*arguments, "--dry-run")
    dry = code == 0 and f"+++ b/{one.folder}/{one.name}.sql" in out and _texts(root) == before
    due = _ran(*arguments, "--check")[0] == 1
    code, _, err = _ran(*arguments, "--yes")
    assert code == 0, (one.name, err)
    after = _texts(root)
    again = _ran(*arguments)[0] == 0 and _texts(root) == after
    again = again and _ran(*arguments, "--check")[0] == 0
    kept = all(after[path].startswith(text) for path, text in before.items())
    path = root / one.folder / f"{one.name}.yml"
    sql = (root / one.folder / f"{one.name}.sql").read_text() if path.is_file() else ""
    said = yaml.safe_load(path.read_text()) if path.is_file() else {}
    [model] = said["models"]
    columns = {column["name"]: column for column in model["columns"]}
    texts = {name: column.get("description") for name, column in columns.items()}
    docs = {name: texts.get(name) == text for name, text in one.docs.items() if name in texts}
    tested = model.get("constraints") or model.get("data_tests")
    tested = tested or any("data_tests" in column for column in columns.values())
    tests = said.get("unit_tests") or []
    # Of no rows, of 150 columns, and where dbt cannot test, there is none: and that is said.
    assert tests or "no unit test: " in err, one.name
    new = {name: text for name, text in after.items() if name not in before}
    return {
        "odd names quoted": one.quoted in sql,
        "types for every column": all("data_type" in column for column in columns.values()),
        "docs, same name": all(docs.values()),
        "docs through renames": all(docs.values()) and len(docs) >= min(1, len(one.docs)),
        "description given, never faked": model["description"] == DESCRIPTION[1],
        "contract enforced": not one.public or model["config"]["contract"] == {"enforced": True},
        "data tests fit the data": bool(tested),
        "unit test with rows": bool(tests and tests[0]["expect"]["rows"]),
        "owner, group, SLA": model["config"]["group"] == "sales"
        and model["config"]["meta"] == {"sla": "24h"},
        "right file": path.is_file(),
        "idempotent, keeps edits, --check": due and again and kept,
        "dry run with diff": dry,
        "personal": [found for text in new.values() for found in personal(text)],
    }


def _texts(root: Path) -> dict[str, str]:
    files = (*root.glob("models/**/*.*"), *root.glob("templates/**/*.*"))
    return {str(one): one.read_text() for one in sorted(files)}


def _ran(*arguments: str) -> tuple[int, str, str]:
    out, err = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = run(list(arguments))
    return code, out.getvalue(), err.getvalue()


def _dbt(root: Path, verb: str) -> dict[str, str]:
    """What became of each node."""
    subprocess.run(
        [sys.executable, "-P", "-m", "dbt.cli.main", verb, "--profiles-dir", str(root)],
        cwd=root,
        capture_output=True,
        check=False,
        env={**os.environ, "DBT_SEND_ANONYMOUS_USAGE_STATS": "false"},
    )
    found = json.loads((root / "target/run_results.json").read_text())
    return {one["unique_id"]: one["status"] for one in found["results"]}


def table(found: list[Score]) -> str:
    """One line per model: how many of the 14, and which are missed."""
    lines = []
    for one in found:
        missed = [name for name, met in one.met.items() if not met]
        more = f"  missed: {', '.join(missed)}" if missed else ""
        lines.append(f"{one.name:<20} {sum(one.met.values()):>2} of {len(CRITERIA)}{more}")
        lines += [f"{'':20} {text}" for text in (*one.findings, *one.personal)]
    return "\n".join(lines)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder, chdir(prepared(Path(folder))):
        sys.stdout.write(table(scores(Path(folder))) + "\n")
