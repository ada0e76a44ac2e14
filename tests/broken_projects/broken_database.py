"""A database file that cannot be used, and data that is not there."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.broken_projects.case import case, run
from tests.broken_projects.sandbox import DATABASE

HOLD = (
    "import duckdb, sys; c = duckdb.connect(sys.argv[1]);"
    " print('held', flush=True); sys.stdin.read()"
)
CORRUPT = bytes(8) + b"DUCK" + bytes(4096 * 3)
ORDERS = {
    "models/staging/raw/stg_orders.sql": "select * from {{ source('raw', 'Orders') }}",
    "data/Orders.csv": None,
}
NEW = {
    "models/staging/raw/stg_new.sql": "select 1 as new_id",
    "models/marts/sales/fct_new.sql": "select new_id from {{ ref('stg_new') }}",
}


@contextmanager
def held_by_another_process(project: Path) -> Iterator[None]:
    """Somebody's notebook has the database open."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(project / DATABASE)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as notebook:
        assert notebook.stdout
        assert notebook.stdin
        assert notebook.stdout.readline() == b"held\n"
        yield
        notebook.stdin.close()


@contextmanager
def a_folder_instead(project: Path) -> Iterator[None]:
    (project / DATABASE).unlink()
    (project / DATABASE).mkdir()
    yield


@contextmanager
def cut_short(project: Path) -> Iterator[None]:
    file = project / DATABASE
    file.write_bytes(file.read_bytes()[:13_000])
    yield


CASES = (
    case(
        "a notebook holds the database",
        {},
        run("preview dim_customers", 3, DATABASE, "holds the database file", "import duckdb"),
        run("build --wait 2", 3, DATABASE, "holds the database file", "import duckdb", "wait"),
        trouble=held_by_another_process,
    ),
    case(
        "the database is cut short",
        {},
        run("preview dim_customers", 3, DATABASE, "build"),
        run("build", 3, DATABASE, "build"),
        trouble=cut_short,
    ),
    case(
        "the database file is full of zeros",
        {DATABASE: CORRUPT},
        run("preview dim_customers", 3, DATABASE, "damaged"),
        run("build", 3, DATABASE, "damaged"),
    ),
    case(
        "the database file has no bytes",
        {DATABASE: b""},
        run("preview dim_customers", 3, DATABASE, "not a DuckDB file"),
    ),
    case(
        "the database file is a text",
        {DATABASE: "customer_id,customer_name\n7,Ada\n" * 1000},
        run("preview dim_customers", 3, DATABASE, "not a DuckDB file"),
        run("build", 3, DATABASE, "not a DuckDB file"),
    ),
    case(
        "the database's path is a folder",
        {},
        run("preview dim_customers", 3, DATABASE, "folder"),
        run("build", 3, DATABASE, "folder"),
        trouble=a_folder_instead,
    ),
    case(
        "there is no database yet",
        {DATABASE: None},
        run("preview dim_customers", 1, DATABASE, "platform build --select +dim_customers"),
        run("lineage dim_customers", 0, "stg_customers"),
    ),
    case(
        "a model's parent is not built yet",
        NEW,
        run("preview fct_new", 1, "stg_new", "platform build --select +fct_new"),
        run("run --select fct_new", 1, "stg_new", "next: platform build --select +fct_new"),
    ),
    case(
        "a source's file is missing",
        ORDERS,
        run(
            "build --select stg_orders",
            1,
            "data/Orders.csv",
            "next: put the file there, then: platform build --select stg_orders+",
        ),
        run("preview stg_orders", 1, "data/Orders.csv"),
    ),
    case(
        "a data test fails",
        {
            "tests/assert_no_ada.sql": "select * from {{ ref('stg_customers') }}\n"
            "where customer_id = 7"
        },
        run(
            "test --select assert_no_ada",
            1,
            "assert_no_ada: 1 row",
            "tests/assert_no_ada.sql",
            "next: platform preview assert_no_ada; when it is mended:",
        ),
        run(
            "test --select assert_no_ada --store-failures",
            1,
            'the rows are in "shop"."main_dbt_test__audit"."assert_no_ada"',
            "next: mend the model, or the test in tests/assert_no_ada.sql, then: platform test",
            new=("main_dbt_test__audit.assert_no_ada",),
        ),
    ),
    case(
        "a unit test fails",
        {
            "models/marts/sales/_unit.yml": """\
unit_tests:
  - name: keeps_the_name
    model: dim_customers
    given:
      - input: ref('stg_customers')
        rows: [{customer_id: 1, customer_name: Ada}]
    expect:
      rows: [{customer_id: 1, customer_name: Adam}]
"""
        },
        run(
            "test --select keeps_the_name",
            1,
            "keeps_the_name",
            "Adam",
            "models/marts/sales/_unit.yml",
        ),
    ),
)
