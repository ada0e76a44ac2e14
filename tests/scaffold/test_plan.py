import pytest

from platform_cli.errors import PlatformError
from platform_cli.scaffold.plan import NewFile, plan_files, write

SQL = NewFile("models/marts/sales/fct_a.sql", "select 1\n")
YAML = NewFile("models/marts/sales/fct_a.yml", "models: []\n")


def everything(root):
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*"))


def test_planning_writes_nothing_and_writing_makes_every_file(tmp_path) -> None:
    plan = plan_files(tmp_path, [SQL, YAML])
    assert everything(tmp_path) == []
    assert [file.verb for file in plan.files] == ["create", "create"]
    write(plan)
    assert (tmp_path / SQL.path).read_text() == "select 1\n"
    assert [path for path in everything(tmp_path) if "." in path] == [SQL.path, YAML.path]


def test_a_second_run_is_identical_and_changes_nothing(tmp_path) -> None:
    write(plan_files(tmp_path, [SQL]))
    before = (tmp_path / SQL.path).stat()
    plan = plan_files(tmp_path, [SQL])
    assert [file.verb for file in plan.files] == ["identical"]
    write(plan)
    assert (tmp_path / SQL.path).stat().st_mtime_ns == before.st_mtime_ns
    assert plan.files[0].diff() == ""


def test_a_file_with_another_text_is_a_conflict_and_nothing_is_written(tmp_path) -> None:
    (tmp_path / YAML.path).parent.mkdir(parents=True)
    (tmp_path / YAML.path).write_text("mine")
    plan = plan_files(tmp_path, [SQL, YAML])
    assert [file.verb for file in plan.files] == ["create", "conflict"]
    with pytest.raises(PlatformError, match="there already"):
        write(plan)
    assert (tmp_path / YAML.path).read_text() == "mine"
    assert not (tmp_path / SQL.path).exists()


def test_a_file_that_comes_after_planning_is_kept_and_the_others_are_taken_back(tmp_path) -> None:
    plan = plan_files(tmp_path, [SQL, YAML])
    (tmp_path / YAML.path).parent.mkdir(parents=True)
    (tmp_path / YAML.path).write_text("just came")
    with pytest.raises(PlatformError, match="there already"):
        write(plan)
    assert everything(tmp_path)[-1] == YAML.path
    assert (tmp_path / YAML.path).read_text() == "just came"
    assert not (tmp_path / SQL.path).exists()


def test_what_cannot_be_written_leaves_no_folder_behind(tmp_path) -> None:
    (tmp_path / "models").write_text("a file where a folder should be")
    with pytest.raises(OSError, match="models"):
        write(plan_files(tmp_path, [NewFile("other/a.sql", "x"), SQL]))
    assert everything(tmp_path) == ["models"]


def test_files_have_the_mode_that_others_have(tmp_path) -> None:
    write(plan_files(tmp_path, [SQL]))
    (tmp_path / "plain").write_text("")
    modes = {(tmp_path / name).stat().st_mode for name in (SQL.path, "plain")}
    assert len(modes) == 1


def test_the_diff_of_a_new_file_starts_from_nothing(tmp_path) -> None:
    [file] = plan_files(tmp_path, [SQL]).files
    assert file.diff() == f"--- /dev/null\n+++ b/{SQL.path}\n@@ -0,0 +1 @@\n+select 1\n"


def test_a_file_that_gets_more_is_an_update_and_all_or_nothing_is_written(tmp_path) -> None:
    (tmp_path / "a.yml").write_bytes(b"old\r\n")
    grown = NewFile("a.yml", "old\r\nnew\r\n", before="old\r\n")
    plan = plan_files(tmp_path, [SQL, grown])
    assert [file.verb for file in plan.files] == ["create", "update"]
    assert plan.files[1].diff().startswith("--- a/a.yml\n+++ b/a.yml\n")
    (tmp_path / "a.yml").write_text("mine")
    with pytest.raises(PlatformError, match="changed"):
        write(plan)
    assert not (tmp_path / SQL.path).exists()
    (tmp_path / "a.yml").write_bytes(b"old\r\n")
    write(plan)
    assert (tmp_path / "a.yml").read_bytes() == b"old\r\nnew\r\n"
    assert (tmp_path / SQL.path).read_text() == "select 1\n"
    assert not plan_files(tmp_path, [SQL, grown]).changes


def test_an_update_of_another_text_is_a_conflict(tmp_path) -> None:
    (tmp_path / "a.yml").write_text("mine")
    [file] = plan_files(tmp_path, [NewFile("a.yml", "old new", before="old")]).files
    assert file.verb == "conflict"
