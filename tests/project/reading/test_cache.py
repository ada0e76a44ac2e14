import os
import shutil
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

import platform_cli
from platform_cli.project.project import Project
from platform_cli.project.resources import Undecided
from tests.read_builders import a_project, write_files

PACKAGE = Path(platform_cli.__file__).parent
FILES = {
    "dbt_project.yml": """\
        name: shop
        profile: shop
        models: {shop: {+schema: "{{ env_var('SHOP_SCHEMA', 'mart') }}"}}
        """,
    "models/a.sql": "select 1 as id",
    "models/b.sql": "select * from {{ ref('a') }} {{ config(meta={'n': [1, none, 'x']}) }}",
    "models/_m.yml": "models: [{name: a, description: first, columns: [{name: id}]}]",
    "macros/m.sql": "{% macro m() %}1{% endmacro %}",
    "seeds/s.csv": "id\n1\n",
    "dbt_packages/tools/dbt_project.yml": "name: tools",
    "dbt_packages/tools/models/t.sql": "select 1",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return a_project(tmp_path, FILES)


def cache_files(root: Path) -> list[Path]:
    return sorted((root / "target" / "platform_cli").glob("project-*"))


def was_cached(root: Path, monkeypatch: pytest.MonkeyPatch, **how: object) -> bool:
    """Whether a load is answered without reading the project."""
    from platform_cli.project.reading import loader

    asked = []
    real = loader.load_project
    monkeypatch.setattr(loader, "load_project", lambda *a, **k: (asked.append(1), real(*a, **k))[1])
    Project.load(root, **how)  # type: ignore[arg-type]
    monkeypatch.undo()
    return not asked


def test_the_cached_project_is_the_read_one(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = Project.load(root)
    assert was_cached(root, monkeypatch)
    second = Project.load(root)
    assert (second.name, second.resources, second.disabled) == (
        first.name, first.resources, first.disabled,
    )  # fmt: skip
    assert (second.problems, second.target) == (first.problems, first.target)
    assert second.scope("shop").vars == first.scope("shop").vars


@pytest.mark.parametrize(
    "change",
    [
        {"models/a.sql": "select 2 as id {{ config(tags='new') }}"},
        {"models/new.sql": "select 1"},
        {"models/_m.yml": "models: [{name: a, description: second}]"},
        {"models/new.yml": "groups: [{name: g, owner: {name: x}}]"},
        {"models/doc.md": "{% docs d %}x{% enddocs %}"},
        {"macros/m.sql": "{% macro m() %}2{% endmacro %}"},
        {"tests/one.sql": "select 1"},
        {"snapshots/s.yml": "snapshots: []"},
        {"dbt_project.yml": "name: shop\nprofile: shop\nvars: {x: 1}\n"},
        {"profiles.yml": "shop: {target: d, outputs: {d: {type: duckdb, path: other.duckdb}}}"},
        {"dbt_packages/tools/models/t.sql": "select 2 {{ config(tags='new') }}"},
        {"dbt_packages/more/dbt_project.yml": "name: more"},
        {"packages.yml": "packages: []"},
        {".dbtignore": "models/b.sql"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_any_changed_input_is_read_again(
    root: Path, change: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    Project.load(root)
    write_files(root, change)
    assert not was_cached(root, monkeypatch)
    assert was_cached(root, monkeypatch)


def test_a_removed_file_is_noticed(root: Path) -> None:
    Project.load(root)
    (root / "models" / "b.sql").unlink()
    assert "model.shop.b" not in Project.load(root).resources


def test_an_environment_variable_that_was_asked_for_counts(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Project.load(root).model("a").schema == "main_mart"
    monkeypatch.setenv("SHOP_SCHEMA", "other")
    assert Project.load(root).model("a").schema == "main_other"
    monkeypatch.setenv("NOT_ASKED_FOR", "1")
    assert was_cached(root, monkeypatch)


def test_secrets_are_not_in_the_cache_and_only_the_owner_may_read_it(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBT_ENV_SECRET_KEY", "from-the-environment")
    output = (
        "type: postgres, schema: s, dbname: d, user: ada, password: in-the-file,"
        " sslkey: \"{{ env_var('DBT_ENV_SECRET_KEY') and 'k' }}\""
    )
    write_files(root, {"profiles.yml": f"shop: {{target: d, outputs: {{d: {{{output}}}}}}}"})
    project = Project.load(root)
    assert not isinstance(project.target, Undecided)
    assert (project.target.values["user"], project.target.values.get("password")) == ("ada", None)
    (path,) = cache_files(root)
    assert b"DBT_ENV_SECRET_KEY" in path.read_bytes()
    for kept in path.parent.iterdir():  # the facts too
        assert b"from-the-environment" not in kept.read_bytes()
        assert b"in-the-file" not in kept.read_bytes()
        assert kept.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "module", ["resources.py", "jinja/macros.py", "settings/world.py", "files/tree.py"]
)
def test_a_reader_that_changed_reads_anew(root: Path, module: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy" / "platform_cli"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    program = (
        f"import sys; sys.path.insert(0, {str(copy.parent)!r}); from pathlib import Path;"
        f"from platform_cli.project import project; project.Project.load(Path({str(root)!r}));"
        "print(project.__file__)"
    )

    def written() -> int:
        done = subprocess.run(
            [sys.executable, "-P", "-c", program],
            capture_output=True,
            text=True,
            check=True,
            cwd=tmp_path,
        )
        assert done.stdout.startswith(str(copy))
        return max(path.stat().st_mtime_ns for path in cache_files(root))

    first = written()
    assert written() == first
    with (copy / "project" / module).open("a", encoding="utf-8") as file:
        file.write("# another version\n")
    assert written() > first


def test_targets_and_vars_have_caches_of_their_own(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Project.load(root)
    assert Project.load(root, target="prod").model("a").schema == "live_mart"
    Project.load(root, vars={"x": 1})
    assert was_cached(root, monkeypatch)
    assert was_cached(root, monkeypatch, target="prod")
    assert was_cached(root, monkeypatch, vars={"x": 1})
    assert not was_cached(root, monkeypatch, vars={"x": 2})


@pytest.mark.parametrize("damage", ["cut", "flip", "empty"])
def test_a_damaged_cache_is_no_cache(root: Path, damage: str) -> None:
    wanted = Project.load(root).resources
    (path,) = cache_files(root)
    content = bytearray(path.read_bytes())
    if damage == "flip":
        content[len(content) // 2] ^= 1
    path.write_bytes({"cut": content[:-5], "flip": content, "empty": b""}[damage])
    assert Project.load(root).resources == wanted


def test_a_folder_that_cannot_be_written_is_read_without_a_cache(root: Path) -> None:
    (root / "target").write_text("a file where the folder should be")
    assert "model.shop.a" in Project.load(root).resources


def test_concurrent_readers_leave_one_whole_cache(root: Path) -> None:
    with ProcessPoolExecutor(2) as pool:
        counts = list(pool.map(_count, [root] * 6))
    assert len(set(counts)) == 1
    assert len(cache_files(root)) == 1


def _count(root: Path) -> int:
    os.environ.pop("SHOP_SCHEMA", None)
    return len(Project.load(root).resources)


def test_a_project_that_asks_for_the_time_is_read_again_the_next_day(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(
        root, {"models/now.sql": "{{ config(alias=run_started_at.strftime('%Y')) }} select 1"}
    )
    Project.load(root)
    assert was_cached(root, monkeypatch)
    monkeypatch.setattr("platform_cli.project.reading.cache.today", lambda: "tomorrow")
    from platform_cli.project.reading import cache

    assert cache.read_cache(str(cache_files(root)[0]), str(root)) is None


def test_without_a_profile_the_target_is_undecided(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / "profiles.yml").unlink()
    monkeypatch.setenv("HOME", str(root / "nobody"))
    for _ in range(2):
        project = Project.load(root)
        assert isinstance(project.target, Undecided)
        assert {"schema", "database"} <= set(project.model("a").undecided)
        assert [problem.kind for problem in project.problems] == ["profile"]
