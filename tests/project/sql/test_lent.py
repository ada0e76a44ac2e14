from platform_cli.project.project import Project
from platform_cli.project.reading.cache import kept_path
from platform_cli.project.reading.read_through import path_of
from platform_cli.project.sql.lent import lend_queries
from platform_cli.project.sql.queries import Queries
from tests.small_project import write_project


def test_a_copy_begins_with_what_is_kept(tmp_path) -> None:
    project = Project.load(write_project(tmp_path / "a"))
    lend_queries(project, tmp_path / "b")  # nothing is kept yet
    queries = Queries(project)
    for model in ("stg_customers", "dim_customers"):
        queries.of(project.model(model))
    queries.keep()
    copy = write_project(tmp_path / "b")
    lend_queries(project, copy)
    first = kept_path(path_of(project.root, project.request), "sql")
    second = kept_path(path_of(copy, project.request), "sql")
    assert first != second
    with open(first, "rb") as one, open(second, "rb") as other:  # noqa: PTH123
        assert one.read() == other.read()
