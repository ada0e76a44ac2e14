"""What only says that a text is missing."""

import pytest

from platform_cli.project.still_to_write import is_still_to_write


@pytest.mark.parametrize("text", ["TODO", "todo: what is a row?", "  Todo\n"])
def test_a_text_that_starts_with_todo_is_none(text: str) -> None:
    assert is_still_to_write(text)


@pytest.mark.parametrize("text", ["", "What is left TODO", "to do"])
def test_any_other_text_is_one(text: str) -> None:
    assert not is_still_to_write(text)
