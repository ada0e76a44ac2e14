"""Which edits leave the project as it was, and which are read anew."""

from pathlib import Path

import pytest

from platform_cli.project.project import Project
from tests.read_builders import a_project, write_files

FILES = {
    "models/a.sql": "select 1 as id",
    "models/b.sql": "select * from {{ ref('a') }}",
    "snapshots/s.sql": "{% snapshot s %}{{ config(unique_key='id') }}select 1{% endsnapshot %}",
    "tests/one.sql": "select * from {{ ref('b') }}",
    "macros/m.sql": "{% macro m() %}1{% endmacro %}",
    "models/m.yml": "models: [{name: a}]",
}


def was_read_anew(root: Path, monkeypatch: pytest.MonkeyPatch) -> bool:
    from platform_cli.project.reading import loader

    asked = []
    real = loader.load_project
    monkeypatch.setattr(loader, "load_project", lambda *a, **k: (asked.append(1), real(*a, **k))[1])
    Project.load(root)
    monkeypatch.undo()
    return bool(asked)


@pytest.mark.parametrize(
    ("name", "text", "anew"),
    [
        ("models/a.sql", "select 2 as id", False),
        ("models/b.sql", "\n\nselect id from {{ ref('a') }}", False),
        ("tests/one.sql", "select id from {{ ref('b') }}", False),
        ("models/b.sql", "select * from {{ ref('a') }} join {{ ref('a') }}", True),
        ("models/b.sql", "select * from {{ ref('s') }}", True),
        ("models/b.sql", "{{ config(tags='x') }}select * from {{ ref('a') }}", True),
        ("models/b.sql", "select * from {{ ref('a') }} {{ config(b=run_started_at) }}", True),
        ("models/b.sql", "-- run_started_at\nselect * from {{ ref('a') }}", True),
        ("models/b.sql", "select {{", True),
        ("models/a.sql", " ", True),
        ("snapshots/s.sql", FILES["snapshots/s.sql"] + "\n", True),
        ("macros/m.sql", "{% macro m() %}2{% endmacro %}", True),
        ("models/m.yml", "models: [{name: b}]", True),
    ],
)
def test_an_edit_is_read_anew_when_it_changes_more_than_the_query(
    tmp_path: Path, name: str, text: str, anew: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = a_project(tmp_path, FILES)
    Project.load(root)
    write_files(root, {name: text})
    assert was_read_anew(root, monkeypatch) is anew
    assert not was_read_anew(root, monkeypatch)


def test_the_references_move_with_the_text(tmp_path: Path) -> None:
    root = a_project(tmp_path, FILES)
    Project.load(root)
    write_files(root, {"models/b.sql": "\n\n  select * from {{ ref('a') }}"})
    (reference,) = Project.load(root).model("b").references
    assert (reference.unique_id, reference.line, reference.column) == ("model.shop.a", 3, 18)


def test_a_model_in_a_folder_of_snapshots_too_is_read_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = "name: shop\nprofile: shop\nsnapshot-paths: [models]\n"
    root = a_project(tmp_path, {**FILES, "dbt_project.yml": project})
    Project.load(root)
    write_files(root, {"models/a.sql": "select 2 {% snapshot t %}select 1{% endsnapshot %}"})
    assert was_read_anew(root, monkeypatch)


def test_files_that_may_waive_something_are_known_after_an_edit(tmp_path: Path) -> None:
    root = a_project(tmp_path, FILES)
    assert Project.load(root).waiving == ()
    write_files(root, {"models/a.sql": "select 1 as id -- waive: x"})
    assert Project.load(root).waiving == ("models/a.sql",)
    write_files(root, {"models/b.sql": "select * from {{ ref('a') }} -- waive: y"})
    assert Project.load(root).waiving == Project.load(root).waiving
    assert Project.load(root).waiving == ("models/a.sql", "models/b.sql")
    write_files(root, {"models/a.sql": "select 1 as id"})
    assert Project.load(root).waiving == ("models/b.sql",)
