"""Command lines that mean nothing."""

from tests.broken_projects.case import case, run

CASES = (
    case(
        "an unknown command",
        {},
        run("biuld", 2, "No such command 'biuld'", "'build'"),
    ),
    case(
        "an unknown option",
        {},
        run("build --selct x", 2, "--selct", "--select"),
        run("check --outptu-format json", 2, "--output-format"),
    ),
    case(
        "an unknown choice",
        {},
        run("check --output-format jsn", 2, "'json'"),
    ),
    case(
        "a selection with a typo",
        {},
        run("build --select dim_custmers", 2, "'dim_custmers' does not exist", "dim_customers"),
        run("check --select dim_custmers", 2, "dim_custmers", "dim_customers"),
        run("preview dim_custmers", 2, "dim_custmers", "dim_customers"),
        run("lineage dim_custmers+", 2, "dim_custmers", "dim_customers"),
    ),
    case(
        "--vars that are no YAML",
        {},
        run("build --vars '{a: '", 2, "--vars"),
        run("preview dim_customers --vars '{a: '", 2, "--vars"),
        run("build --vars '[a]'", 2, "--vars", "mapping"),
    ),
    case(
        "a folder that does not exist",
        {},
        run("-C nowhere check", 2, "nowhere"),
    ),
    case(
        "a new model that exists",
        {},
        run(
            "new-model dim_customers --from ref:stg_customers",
            2,
            "models/marts/sales/dim_customers.sql",
        ),
    ),
    case(
        "a new model's name has a space or an upper case letter",
        {},
        run("new-model 'fct Orders' --from ref:stg_customers --owner sales", 2, "fct_orders"),
    ),
    case(
        "a new model of a parent that does not exist",
        {},
        run("new-model fct_orders --from ref:stg_custmers --owner sales", 2, "stg_customers"),
    ),
)
