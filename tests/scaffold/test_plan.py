from platform_cli.project.edits.write import write_changes
from platform_cli.scaffold.plan import NewFile, plan_files

SQL = NewFile("models/marts/sales/fct_a.sql", "select 1\n")
YAML = NewFile("models/marts/sales/fct_a.yml", "models: []\n")


def everything(root):
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*"))


def test_planning_writes_nothing_and_its_changes_make_every_file(tmp_path) -> None:
    plan = plan_files(tmp_path, [SQL, YAML])
    assert everything(tmp_path) == []
    assert [file.verb for file in plan.files] == ["create", "create"]
    write_changes(tmp_path, plan.changes)
    assert (tmp_path / SQL.path).read_text() == "select 1\n"
    assert [path for path in everything(tmp_path) if "." in path] == [SQL.path, YAML.path]


def test_a_file_that_is_there_already_is_no_change(tmp_path) -> None:
    write_changes(tmp_path, plan_files(tmp_path, [SQL]).changes)
    plan = plan_files(tmp_path, [SQL])
    assert [file.verb for file in plan.files] == ["identical"]
    assert plan.changes == ()


def test_a_file_with_another_text_is_a_conflict_and_no_change(tmp_path) -> None:
    (tmp_path / YAML.path).parent.mkdir(parents=True)
    (tmp_path / YAML.path).write_bytes(b"\xff mine")
    plan = plan_files(tmp_path, [SQL, YAML])
    assert [file.verb for file in plan.files] == ["create", "conflict"]
    assert [one.path for one in plan.conflicts] == [YAML.path]
    assert [one.path for one in plan.changes] == [SQL.path]


def test_a_file_that_gets_more_is_an_update_of_what_it_was_made_of(tmp_path) -> None:
    (tmp_path / "a.yml").write_bytes(b"old\r\n")
    grown = NewFile("a.yml", "old\r\nnew\r\n", before="old\r\n")
    plan = plan_files(tmp_path, [grown])
    assert [(one.verb, one.before) for one in plan.changes] == [("update", "old\r\n")]
    (tmp_path / "a.yml").write_text("mine")
    assert plan_files(tmp_path, [grown]).files[0].verb == "conflict"
