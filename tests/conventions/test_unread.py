import pytest

from platform_cli.conventions.rule import UndecidedError
from platform_cli.conventions.unread import is_unread
from platform_cli.project.graph import Graph
from platform_cli.project.problem import Problem
from platform_cli.project.resources import AnyResource, Undecided
from tests.resource_builders import a_model, a_project, a_source, reads

SOURCE = a_source()


def unread(*others: AnyResource, **changes: object) -> bool:
    project = a_project(SOURCE, *others, **changes)
    return is_unread(SOURCE.unique_id, Graph(project.resources), project)


def test_what_a_model_reads_is_read() -> None:
    assert unread(a_model())
    assert not unread(a_model(**reads(SOURCE)))


def test_nobody_knows_when_a_model_says_at_run_time_what_it_reads() -> None:
    with pytest.raises(UndecidedError, match="a var"):
        unread(a_model(undecided={"references": Undecided("a var")}))


@pytest.mark.parametrize("kind", ["file", "jinja", "yaml"])
def test_nobody_knows_when_a_file_cannot_be_read(kind) -> None:
    with pytest.raises(UndecidedError, match=r"a\.sql cannot be read"):
        unread(problems=(Problem("broken", kind=kind, path="a.sql"),))
    assert unread(problems=(Problem("broken", kind=kind, severity="warn"),))


def test_a_wrong_name_that_may_mean_it_is_the_finding_already() -> None:
    wrong = Problem("no flihgts", kind="ref", path="a.sql", hint="did you mean 'flights'?")
    with pytest.raises(UndecidedError, match="may mean it"):
        unread(problems=(wrong,))
    assert unread(problems=(Problem("no x", kind="ref", hint="did you mean 'my_flights'?"),))
