import pytest

from platform_cli.errors import PlatformError
from platform_cli.project.changes.repository import Repository
from tests.builders import write
from tests.git_builders import commit, git


def refused(call) -> str:
    with pytest.raises(PlatformError) as error:
        call()
    return f"{error.value.message}\n{error.value.hint}"


def test_no_repository_no_commit_and_no_git(tmp_path, monkeypatch) -> None:
    assert "is in no git repository" in refused(lambda: Repository(tmp_path))
    git(tmp_path, "init", "--quiet")
    assert "no commit yet" in refused(lambda: Repository(tmp_path).merge_base("other"))
    monkeypatch.setenv("PATH", "")
    assert "install git" in refused(lambda: Repository(tmp_path))


def test_an_unknown_base_has_near_names(tmp_path) -> None:
    commit(tmp_path)
    assert "did you mean 'main'" in refused(lambda: Repository(tmp_path).merge_base("mian"))


def test_without_a_usual_branch_the_base_has_to_be_named(tmp_path) -> None:
    commit(tmp_path)
    git(tmp_path, "branch", "--move", "trunk")
    assert "(known: trunk)" in refused(lambda: Repository(tmp_path).merge_base(None))
    assert Repository(tmp_path).merge_base("trunk")[1] == "trunk"


def test_a_shallow_clone_without_the_base_says_how_to_get_it(tmp_path) -> None:
    origin = tmp_path / "origin"
    origin.mkdir()
    commit(origin)
    git(origin, "checkout", "--quiet", "-b", "branch")
    write(origin, {"a": "1"})
    commit(origin)
    git(tmp_path, "clone", "--quiet", "--depth=1", "--branch=branch", f"file://{origin}", "clone")
    said = refused(lambda: Repository(tmp_path / "clone").merge_base("main"))
    assert "fetch-depth: 0" in said
    git(tmp_path / "clone", "fetch", "--quiet", "--depth=1", "origin", "main:main")
    said = refused(lambda: Repository(tmp_path / "clone").merge_base("main"))
    assert "nothing in common" in said
    assert "--unshallow" in said


def test_a_detached_head_and_the_branch_of_origin(tmp_path) -> None:
    origin = tmp_path / "origin"
    origin.mkdir()
    first = commit(origin)
    git(origin, "branch", "--move", "trunk")
    git(tmp_path, "clone", "--quiet", str(origin), "clone")
    clone = tmp_path / "clone"
    write(clone, {"a": "1"})
    commit(clone)
    git(clone, "checkout", "--quiet", "--detach")
    assert Repository(clone).merge_base(None) == (first, "origin/trunk")
    assert {path.name for path in Repository(clone).changed(first)} == {"a"}


def test_names_of_files_may_be_anything(tmp_path) -> None:
    project = tmp_path / "a project"
    base = commit(write(project, {"x": "1"}).parent)
    write(project, {'ü "b".sql': "1", "c'd.sql": "2"})
    assert {path.name for path in Repository(project).changed(base)} == {'ü "b".sql', "c'd.sql"}
    later = commit(tmp_path)
    found = Repository(project).read(later, ['ü "b".sql', "gone.sql", "c'd.sql"])
    assert found == {'ü "b".sql': b"1", "c'd.sql": b"2"}
    assert sorted(Repository(project).files(later)) == sorted(["x", *found])
