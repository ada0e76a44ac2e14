from platform_cli.conventions.rules.model_has_description import model_has_description
from platform_cli.project.resources import Model
from tests.resource_builders import a_model, violations


def described(description: str) -> Model:
    return a_model(description=description, properties_path="models/marts/fct_flights.yml")


def test_a_sentence_is_a_description() -> None:
    assert not violations(model_has_description, described("One row per flight."))


def test_nothing_blanks_and_a_todo_are_none() -> None:
    for description in ("", "  \n", "TODO", "todo: what is a row?"):
        assert len(violations(model_has_description, described(description))) == 1


def test_a_model_without_an_entry_is_left_to_model_has_yaml_entry() -> None:
    assert not violations(model_has_description, a_model(description=""))
