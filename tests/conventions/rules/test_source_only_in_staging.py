from platform_cli.conventions.rules.source_only_in_staging import source_only_in_staging
from tests.resource_builders import a_model, a_source, reads, violations


def test_a_staging_model_may_read_a_source() -> None:
    model = a_model(path="models/staging/stg_flights.sql", **reads(a_source()))
    assert not violations(source_only_in_staging, model, a_source())


def test_a_mart_that_reads_a_source_is_found_at_the_call() -> None:
    model = a_model(**reads(a_source()))
    [found] = violations(source_only_in_staging, model, a_source())
    assert found.message == "a model in marts reads the source raw.flights"
    assert found.at is model.references[0]
    assert found.anchor == "source:raw.flights"


def test_a_model_outside_all_layers_is_left_alone() -> None:
    model = a_model(path="models/legacy/flights.sql", **reads(a_source()))
    assert not violations(source_only_in_staging, model, a_source())
