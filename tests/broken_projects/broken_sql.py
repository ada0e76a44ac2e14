"""SQL and Jinja that cannot be read, or that mean nothing."""

from tests.broken_projects.case import case, run

DIM = "models/marts/sales/dim_customers.sql"
FINE = "select customer_id, customer_name from {{ ref('stg_customers') }}"
NEW = "models/marts/sales/fct_new.sql"

CASES = (
    case(
        "a Jinja block is never closed",
        {DIM: f"{{% if true %}}\n{FINE}\n"},
        run("check", 1, DIM, "endif"),
        run("preview dim_customers", 2, DIM),
        run("build", 2, DIM, "endif"),
    ),
    case(
        "Jinja has an unknown tag",
        {DIM: "select 1\n{% fi x %}\n"},
        run("check", 1, f"{DIM}:2", "fi"),
        run("build", 2, f"{DIM}:2", "fi"),
    ),
    case(
        "Jinja has an unknown filter",
        {DIM: "select\n  {{ 'x' | uper }} as customer_id\n"},
        run("check", 1, f"{DIM}:2", "uper"),
        run("build", 2, f"{DIM}:2", "uper"),
    ),
    case(
        "an expression is never closed",
        {DIM: "select 1\nfrom {{ ref('stg_customers')\n"},
        run("check", 1, f"{DIM}:2"),
        run("build", 2, f"{DIM}:2"),
    ),
    case(
        "a ref to a model that does not exist",
        {DIM: "select customer_id\nfrom {{ ref('stg_custmers') }}\n"},
        run("check", 1, f"{DIM}:2", "stg_customers"),
        run("build", 2, f"{DIM}:2", "stg_customers"),
        run("preview dim_customers", 2, "stg_customers"),
        run("lineage dim_customers", 0),
    ),
    case(
        "a source that does not exist",
        {DIM: "select 1 as customer_id\nfrom {{ source('raw', 'Order') }}\n"},
        run("check", 1, f"{DIM}:2", "Orders"),
        run("build", 2, f"{DIM}:2", "Orders"),
    ),
    case(
        "a macro that does not exist",
        {DIM: "select 1 as customer_id,\n{{ surogate_key('a') }}\n"},
        run("check", 1, f"{DIM}:2:4", "error[macro]", "surogate_key"),
        run("preview dim_customers", 2, f"{DIM}:2", "surogate_key"),
        run("build --select dim_customers", 1, f"{DIM}:2", "surogate_key"),
    ),
    case(
        "two models have one name",
        {"models/marts/dim_customers.sql": FINE},
        run("check", 1, "models/marts/dim_customers.sql", DIM),
        run("build", 2, "models/marts/dim_customers.sql", DIM),
    ),
    case(
        "two models read each other",
        {
            "models/staging/a.sql": "select * from {{ ref('b') }}",
            "models/staging/b.sql": "select * from {{ ref('a') }}",
        },
        run("check", 1, "models/staging/b.sql:1:18", "a -> b -> a"),
        run("build", 2, "models/staging/b.sql:1:18"),
        run("lineage a", 0),
    ),
    case(
        "a model in Latin-1",
        {DIM: "select 1 as customer_id -- caf\u00e9\n".encode("latin1")},
        run("check", 1, f"{DIM}:1", "not UTF-8"),
        run("build", 2, DIM, "UTF-8"),
    ),
    case(
        "a model that Excel or Windows saved: byte order mark and CRLF",
        {DIM: b"\xef\xbb\xbf" + FINE.replace(" from", "\r\nfrom").encode() + b"\r\n"},
        run("build", 0),
        run("check", 0),
    ),
    case(
        "a model without a byte",
        {NEW: ""},
        run("check", 1, NEW),
        run("build --select fct_new", 2, "fct_new", "empty"),
    ),
    case(
        "a picture called .sql",
        {NEW: b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff\xfe" + bytes(range(256))},
        run("check", 1, NEW, "UTF-8"),
        run("build", 2, NEW, "UTF-8"),
    ),
    case(
        "a model of 70 MB",
        {NEW: b"-- " + b"x" * 70_000_000},
        run("check", 1, NEW, "64 MB"),
        slow=True,
    ),
    case(
        "a model's name with a space",
        {"models/marts/sales/fct new.sql": FINE},
        run("check", 1, "fct new"),
        run("build", 2, "fct new"),
    ),
    case(
        "SQL with a typo in a column",
        {DIM: "select\n  custmer_id\nfrom {{ ref('stg_customers') }}\n"},
        run("build --select dim_customers", 1, f"{DIM}:2", "custmer_id", "customer_id"),
        run("preview dim_customers", 1, "custmer_id"),
    ),
    case(
        "SQL that is no SQL",
        {DIM: "selec 1\n"},
        run("build --select dim_customers", 1, f"{DIM}:1", "selec"),
        run("preview dim_customers", 1, "selec"),
    ),
    case(
        "a contract that does not match",
        {DIM: "select customer_id, 1 as customer_name from {{ ref('stg_customers') }}"},
        run(
            "build --select dim_customers",
            1,
            DIM,
            "customer_name",
            "VARCHAR",
            "INTEGER",
            "cast the column",
        ),
    ),
)
