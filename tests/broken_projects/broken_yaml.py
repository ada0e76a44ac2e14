"""YAML that cannot be read, or that says what cannot be meant."""

from tests.broken_projects.case import case, run

CUSTOMERS = "models/staging/raw/stg_customers.yml"
TWO_VARIABLES = """\
shop:
  target: dev
  outputs:
    dev:
      type: duckdb
      path: "{{ env_var('SHOP_FILE') }}"
      schema: "{{ env_var('SHOP_SCHEMA') }}"
"""

CASES = (
    case(
        "dbt_project.yml has a quote that never ends",
        {"dbt_project.yml": 'name: "shop\nprofile: shop\n'},
        run("check", 2, "dbt_project.yml:1:7"),
        run("build", 2, "dbt_project.yml:1:7"),
    ),
    case(
        "dbt_project.yml is empty",
        {"dbt_project.yml": ""},
        run("check", 2, "dbt_project.yml:1", "name: your_project"),
        run("build", 2, "dbt_project.yml:1", "name: your_project"),
    ),
    case(
        "dbt_project.yml has no name",
        {"dbt_project.yml": "profile: shop\n"},
        run("check", 2, "dbt_project.yml", "name"),
        run("build", 2, "dbt_project.yml", "name"),
    ),
    case(
        "a properties file is indented with a tab",
        {CUSTOMERS: "models:\n  - name: stg_customers\n\tdescription: One row each.\n"},
        run("check", 1, f"{CUSTOMERS}:3:1", "tabs"),
        run("build", 2, f"{CUSTOMERS}:3:1", "tab"),
    ),
    case(
        "a properties file is a list",
        {CUSTOMERS: "- name: stg_customers\n"},
        run("check", 1, CUSTOMERS),
        run("build", 2, CUSTOMERS),
    ),
    case(
        "a properties file has no bytes",
        {"models/marts/empty.yml": ""},
        run("check", 0, "no findings"),
        run("build", 0, "next: platform preview"),
    ),
    case(
        "profiles.yml has a bracket that never ends",
        {"profiles.yml": "shop:\n  outputs: {dev: {type: duckdb\n"},
        run("preview dim_customers", 2, "profiles.yml:3:1"),
        run("build", 2, "profiles.yml:3:1"),
    ),
    case(
        "platform.yml has a bracket that never ends",
        {"platform.yml": "check:\n  ignore: [a, b\n"},
        run("check", 2, "platform.yml:3:1"),
    ),
    case(
        "platform.yml has an unknown key",
        {"platform.yml": "check:\n  waiverz: {max_days: 3}\n"},
        run("check", 2, "platform.yml:2:3", "did you mean 'waivers'?"),
    ),
    case(
        "platform.yml names an unknown rule",
        {"platform.yml": "check:\n  rules:\n    model_has_owner: off\n"},
        run("check", 2, "platform.yml:3", "model-has-owner"),
    ),
    case(
        "one model has two YAML entries",
        {"models/marts/more.yml": "models:\n  - name: dim_customers\n"},
        run("check", 1, "dim_customers.yml", "second time", "models/marts/more.yml"),
        run("build", 2, "models/marts/more.yml", "dim_customers"),
    ),
    case(
        "a YAML entry is for a model that does not exist",
        {"models/marts/more.yml": "models:\n  - name: dim_custmers\n"},
        run("check", 0, "models/marts/more.yml", "2:5", "dim_custmers", "dim_customers"),
    ),
    case(
        "two environment variables are missing, and both are named",
        {"profiles.yml": TWO_VARIABLES},
        run("preview dim_customers", 2, "SHOP_FILE (profiles.yml:6)", "SHOP_SCHEMA"),
        run("build", 2, "SHOP_FILE (profiles.yml:6)", "SHOP_SCHEMA (profiles.yml:7)"),
    ),
    case(
        "a model asks for two environment variables that are missing",
        {
            "models/marts/sales/dim_customers.sql": "select {{ env_var('SHOP_A') }} as customer_id,"
            "\n{{ env_var('SHOP_B') }} as customer_name"
        },
        run("check", 1, "dim_customers.sql:1", "SHOP_A", "help: set it"),
        run("preview dim_customers", 2, "SHOP_A", "dim_customers.sql:1"),
        run("build", 2, "SHOP_A (models/marts/sales/dim_customers.sql:1)", "SHOP_B"),
    ),
    case(
        "profiles.yml has no such profile",
        {"profiles.yml": "shops:\n  target: dev\n  outputs:\n    dev: {type: duckdb}\n"},
        run("preview dim_customers", 2, "profiles.yml", "did you mean 'shops'?"),
        run("build", 2, "profiles.yml", "shops"),
    ),
    case(
        "there is no profiles.yml",
        {"profiles.yml": None},
        run("check", 0),
        run("preview dim_customers", 2, "profiles.yml"),
        run("build", 2, "No profiles.yml at", "put one beside"),
    ),
    case(
        "the target is not in the profile",
        {},
        run("build --target prodd", 2, "prodd", "dev"),
        run("preview dim_customers --target prodd", 2, "prodd", "dev"),
    ),
    case(
        "a properties file is in Latin-1",
        {
            CUSTOMERS: "models:\n  - name: stg_customers\n    description: Kund\u00e9\n".encode(
                "latin1"
            )
        },
        run("check", 1, f"{CUSTOMERS}:3", "not UTF-8"),
        run("build", 2, CUSTOMERS, "UTF-8"),
    ),
    case(
        "a properties file has one line of 20 MB",
        {CUSTOMERS: "models: [{name: stg_customers, description: '" + "x " * 10_000_000 + "'}]\n"},
        run("check", 1, CUSTOMERS),
        slow=True,
    ),
)
