from platform_cli.conventions.rules.no_upward_dependency import no_upward_dependency
from tests.resource_builders import a_model, reads, violations

MART = a_model("fct_flights")
STAGING = a_model("stg_flights", path="models/staging/stg_flights.sql")


def test_a_mart_may_read_staging_and_marts() -> None:
    model = a_model("fct_delays", **reads(STAGING, MART))
    assert not violations(no_upward_dependency, model, STAGING, MART)


def test_a_staging_model_that_reads_a_mart_is_found_at_the_call() -> None:
    model = a_model("stg_delays", path="models/staging/stg_delays.sql", **reads(MART))
    [found] = violations(no_upward_dependency, model, MART)
    assert found.message == "a model in staging reads fct_flights, which is in marts"
    assert found.at is model.references[0]
