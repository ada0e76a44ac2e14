from platform_cli.conventions.rules.model_has_description import model_has_description
from tests.resource_builders import a_model, violations


def test_a_sentence_is_a_description() -> None:
    assert not violations(model_has_description, a_model(description="One row per flight."))


def test_nothing_blanks_and_a_todo_are_none() -> None:
    for description in ("", "  \n", "TODO", "todo: what is a row?"):
        assert len(violations(model_has_description, a_model(description=description))) == 1
