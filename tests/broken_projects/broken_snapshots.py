"""Snapshots whose keys identify nothing."""

from tests.broken_projects.case import case, run

SNAPSHOT = "snapshots/snp_customers.yml"


def keyed(key: str) -> str:
    return f"""\
snapshots:
  - name: snp_customers
    relation: ref('stg_customers')
    config: {{{key}strategy: check, check_cols: all}}
"""


CASES = (
    case(
        "a snapshot reads a NULL key",
        {SNAPSHOT: keyed("unique_key: 'nullif(customer_id, 7)', ")},
        run("snapshot", 1, SNAPSHOT, "no key", "nothing was written"),
    ),
    case(
        "a snapshot reads a key twice",
        {SNAPSHOT: keyed("unique_key: 'customer_id > 0', ")},
        run("snapshot", 1, SNAPSHOT, "2 rows share 1 key", "true", "nothing was written"),
    ),
    case(
        "a snapshot has no unique_key",
        {SNAPSHOT: keyed("")},
        run("check", 1, f"{SNAPSHOT}", "unique_key"),
        run("snapshot", 2, SNAPSHOT, "unique_key"),
    ),
    case(
        "a snapshot is asked for by a wrong name",
        {},
        run("snapshot --select snp_custmers", 2, "snp_customers"),
    ),
)
