import msgspec
import pytest

from platform_cli.scaffold.model.answers import Answers
from tests.made_builders import KINDS, fifty


@pytest.mark.parametrize("answers", fifty()[:16], ids=lambda one: one.name)
def test_answers_are_the_same_after_they_were_remembered(answers) -> None:
    assert Answers.remembered(answers.plain, answers.kind) == answers


def test_what_is_as_usual_is_not_written_down() -> None:
    plain = fifty()[1].plain
    assert not {"kind", "sla", "own_sql", "incremental"} & plain.keys()


def test_answers_of_another_shape_are_refused_with_the_place() -> None:
    with pytest.raises(msgspec.ValidationError, match=r"parents\[0\]"):
        Answers.remembered({**fifty()[0].plain, "parents": [1]}, KINDS["fact"])
