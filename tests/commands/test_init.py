import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from platform_cli.cli import run
from tests.builders import write
from tests.git_builders import commit, git
from tests.small_project import FILES, write_project

PLAIN = {
    **FILES,
    "models/_groups.yml": None,
    "models/staging/raw/stg_customers.yml": None,
    "models/marts/sales/dim_customers.yml": None,
    "profiles.yml": FILES["profiles.yml"],
    ".gitignore": "*.duckdb\n",
}
"""The small project without all that the rules want."""


@pytest.fixture
def project(tmp_path, monkeypatch) -> Path:
    root = write_project(tmp_path / "shop", PLAIN)
    commit(root)
    monkeypatch.chdir(root)
    return root


def files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and not {".git", "target", "logs"} & {*path.relative_to(root).parts}
    }


class TestNew:
    @pytest.fixture(autouse=True)
    def _in(self, tmp_path, monkeypatch) -> None:
        monkeypatch.chdir(tmp_path)

    def test_check_finds_nothing_at_once(self, capsys) -> None:
        assert run(["init", "nyc-flights"]) == 0
        said = capsys.readouterr()
        assert "create  nyc-flights/models/marts/data_team/fct_example_orders.sql" in said.out
        assert "create  nyc-flights/local_packages/platform_macros/ (" in said.out
        assert "next: cd nyc-flights; platform build" in said.err
        assert run(["-C", "nyc-flights", "check"]) == 0
        assert "no findings" in capsys.readouterr().out

    def test_the_database_has_no_hyphen_and_the_package_is_whole(self, tmp_path) -> None:
        assert run(["init", "nyc-flights", "--owner", "planning"]) == 0
        root = tmp_path / "nyc-flights"
        assert "/nyc_flights.duckdb" in (root / "profiles.yml").read_text()
        assert yaml.safe_load((root / "models/_groups.yml").read_text())["groups"][0]["name"] == (
            "planning"
        )
        macros = Path(__file__).parents[2] / "macros"
        vendored = files(root / "local_packages" / "platform_macros")
        kept = {one for one in files(macros) if not one.startswith("dbt_packages")}
        assert vendored.keys() == kept
        assert all(vendored[one] == (macros / one).read_bytes() for one in kept)

    def test_a_second_run_changes_nothing(self, tmp_path, capsys) -> None:
        git(tmp_path, "init", "--quiet")
        assert run(["init", "shop"]) == 0
        before = files(tmp_path)
        capsys.readouterr()
        assert run(["init", "shop", "--check"]) == 0
        said = capsys.readouterr()
        assert "nothing to change" in said.err
        assert not {"create", "update", "conflict"} & {*said.out.split()}
        assert files(tmp_path) == before

    def test_a_dry_run_shows_and_writes_nothing(self, tmp_path, capsys) -> None:
        assert run(["init", "shop", "--dry-run"]) == 0
        assert "+name: shop" in capsys.readouterr().out
        assert run(["init", "shop", "--check"]) == 1
        assert not (tmp_path / "shop").exists()

    def test_programs_get_json(self, tmp_path, capsys) -> None:
        assert run(["init", "shop", "--dry-run", "--json"]) == 0
        said = json.loads(capsys.readouterr().out)
        assert (said["project"], said["new"], said["written"]) == ("shop", True, False)
        assert {one["verb"] for one in said["changes"]} == {"create"}

    def test_in_a_repository_the_workflow_lies_at_its_top(self, tmp_path) -> None:
        git(tmp_path, "init", "--quiet")
        (tmp_path / "CODEOWNERS").write_text("* @me\n")
        assert run(["init", "transform"]) == 0
        workflow = tmp_path / ".github" / "workflows" / "platform_transform.yml"
        steps = yaml.safe_load(workflow.read_text())["jobs"]["platform"]["steps"]
        assert [one["run"] for one in steps if "platform -C" in one.get("run", "")] == [
            "platform -C transform check --output-format github",
            "platform -C transform build",
        ]
        assert (tmp_path / "CODEOWNERS").read_text() == "* @me\n"
        assert not (tmp_path / ".github" / "CODEOWNERS").exists()

    def test_what_a_fresh_repository_has_is_kept(self, tmp_path, capsys) -> None:
        write(tmp_path / "shop", {"README.md": "# mine\n", ".gitignore": "mine\n"})
        assert run(["init", "shop"]) == 0
        assert "kept  shop/README.md" in capsys.readouterr().out
        assert (tmp_path / "shop" / "README.md").read_text() == "# mine\n"
        assert (tmp_path / "shop" / ".gitignore").read_text() == "mine\n"

    def test_without_git_it_says_that_nothing_can_be_undone(self, tmp_path, capsys) -> None:
        assert run(["init", "shop"]) == 0
        assert "no git repository: `git init shop`" in capsys.readouterr().err

    @pytest.mark.parametrize(
        ("arguments", "says"),
        [
            (["a_file"], "is a file"),
            (["a_file/below"], "is a file"),
            (["full"], "is not empty, and no dbt project"),
            (["outer"], "platform init outer/inner"),
            (["shop", "--name", "My Shop"], "--name my_shop"),
            (["7eleven"], "--name project_7eleven"),
            (["dev"], "--name dev_project"),
            (["shop", "--owner", "Data Team"], "--owner data_team"),
            (["outer/inner/sub"], "lies inside the dbt project"),
        ],
    )
    def test_what_cannot_be_is_refused(self, tmp_path, capsys, arguments, says) -> None:
        write(
            tmp_path,
            {
                "a_file": "",
                "full/x.txt": "",
                "outer/x.txt": "",
                "outer/inner/dbt_project.yml": "name: x\n",
            },
        )
        before = files(tmp_path)
        assert run(["init", *arguments]) == 2
        assert says in capsys.readouterr().err
        assert files(tmp_path) == before

    def test_a_folder_that_cannot_be_written_to_is_refused(
        self, tmp_path, capsys, monkeypatch
    ) -> None:
        # Whoever runs the tests may be root, whom no permission stops.
        monkeypatch.setattr("os.access", lambda _, mode: not mode & os.W_OK)
        assert run(["init", "shop"]) == 3
        assert "no permission to write" in capsys.readouterr().err

    @pytest.mark.slow
    def test_a_build_is_green_at_once(self, tmp_path) -> None:
        assert run(["init", "nyc-flights"]) == 0
        repository = Path(__file__).parents[2]
        done = subprocess.run(
            [sys.executable, "-P", "-m", "platform_cli", "build"],
            cwd=tmp_path / "nyc-flights",
            env={"PYTHONPATH": str(repository), "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert "build: 3 success, 7 pass" in done.stdout
        assert run(["-C", "nyc-flights", "check"]) == 0


class TestExisting:
    def test_the_first_check_is_green_and_no_model_is_changed(self, project, capsys) -> None:
        assert run(["check"]) == 1
        before = files(project)
        assert run(["init"]) == 0
        capsys.readouterr()
        assert run(["check"]) == 0
        assert "in the baseline" in capsys.readouterr().out
        after = files(project)
        assert [one for one in before if after[one] != before[one]] == [
            ".gitignore",
            "dbt_project.yml",
        ]
        assert after["dbt_project.yml"].startswith(before["dbt_project.yml"])
        (project / "models/marts/sales/dim_new.sql").write_text("select 1 as new_id\n")
        assert run(["check"]) == 1

    def test_the_database_in_the_folder_is_not_committed(self, project) -> None:
        (project / ".gitignore").write_text("mine\n")
        commit(project)
        assert run(["init"]) == 0
        ignored = (project / ".gitignore").read_text()
        assert ignored == "mine\ntarget/\nlogs/\ndbt_packages/\n*.duckdb\n*.duckdb.wal\n"
        assert run(["init", "--check"]) == 0

    def test_a_second_run_changes_nothing(self, project, capsys) -> None:
        run(["init"])
        before = files(project)
        capsys.readouterr()
        assert run(["init"]) == 0
        said = capsys.readouterr()
        assert "nothing to change" in said.err
        assert not {"create", "update", "conflict"} & {*said.out.split()}
        assert files(project) == before
        assert run(["init", "--check"]) == 0

    def test_a_dry_run_writes_nothing(self, project, capsys) -> None:
        before = files(project)
        assert run(["init", "--dry-run"]) == 0
        assert "+    search_order: [shop, platform_macros, dbt]" in capsys.readouterr().out
        assert run(["init", "--check"]) == 1
        assert files(project) == before
        assert {one.name for one in project.iterdir()} == {
            ".git",
            *(path.split("/")[0] for path in before),
        }

    def test_packages_are_merged_by_key(self, project) -> None:
        text = "# ours\npackages:\n  - package: 'x/y'   # pinned\n    version: 1.0.0\n"
        (project / "packages.yml").write_text(text)
        assert run(["init", "--yes"]) == 0
        assert (project / "packages.yml").read_text() == (
            text + "  - local: local_packages/platform_macros\n"
        )
        workflow = (project / ".github/workflows/platform.yml").read_text()
        assert "dbt deps --project-dir ." in workflow
        assert "package: warn" in (project / "platform.yml").read_text()
        assert run(["check"]) == 0

    def test_what_lies_in_packages_that_are_not_installed_is_no_error_yet(self, project) -> None:
        write(
            project,
            {
                "packages.yml": "packages: [{package: x/y, version: 1.0.0}]\n",
                "models/marts/sales/fct_far.sql": "select * from {{ ref('y', 'far') }}\n",
            },
        )
        assert run(["init", "--yes"]) == 0
        said = yaml.safe_load((project / "platform.yml").read_text())["check"]["problems"]
        assert said == {"package": "warn", "ref": "warn"}
        assert run(["check"]) == 0

    def test_packages_in_dependencies_yml_stay_there(self, project) -> None:
        (project / "dependencies.yml").write_text("packages: [{local: sub}]\n")
        write(project, {"sub/dbt_project.yml": "name: sub\n"})
        assert run(["init", "--yes"]) == 0
        assert not (project / "packages.yml").exists()
        assert yaml.safe_load((project / "dependencies.yml").read_text())["packages"] == [
            {"local": "sub"},
            {"local": "local_packages/platform_macros"},
        ]

    def test_a_package_from_elsewhere_is_not_vendored(self, project, capsys) -> None:
        macros = Path(__file__).parents[2] / "macros"
        (project / "packages.yml").write_text(f"packages: [{{local: '{macros}'}}]\n")
        assert run(["init", "--yes"]) == 0
        assert "platform_macros is there already" in capsys.readouterr().err
        assert not (project / "local_packages").exists()

    def test_hooks_that_are_there_get_one_more(self, project) -> None:
        text = "repos:\n  - repo: https://example.com/x\n    rev: v1  # why\n    hooks: []\n"
        (project / ".pre-commit-config.yaml").write_text(text)
        assert run(["init", "--yes"]) == 0
        after = (project / ".pre-commit-config.yaml").read_text()
        assert after.startswith(text)
        assert yaml.safe_load(after)["repos"][1]["hooks"][0]["id"] == "platform-check"

    def test_its_own_materialization_stays(self, project, capsys) -> None:
        own = "{% materialization snapshot, default %}{{ return({}) }}{% endmaterialization %}\n"
        write(project, {"macros/mine.sql": own})
        assert run(["init", "--yes"]) == 0
        assert "its own snapshot materialization: it stays" in capsys.readouterr().err
        assert not (project / "macros/materialization_snapshot.sql").exists()
        assert (project / "macros/mine.sql").read_text() == own

    def test_another_warehouse_keeps_its_snapshots(self, project, capsys) -> None:
        write(project, {"requirements.txt": "dbt-snowflake==1.9\n", "profiles.yml": "other: {}\n"})
        assert run(["init", "--yes", "--profiles-dir", "."]) == 0
        said = capsys.readouterr().err
        assert "has no profile 'shop'" in said
        assert "the SQL is taken for snowflake's" in said
        assert "not on snowflake" in said
        assert "adapter: snowflake" in (project / "platform.yml").read_text()
        assert not (project / "macros").exists()

    def test_owners_come_from_meta(self, project, capsys) -> None:
        said = "models:\n  - name: stg_customers\n    config: {meta: {owner: ada@example.com}}\n"
        (project / "models/staging/raw/x.yml").write_text(said)
        assert run(["init"]) == 0
        groups = yaml.safe_load((project / "models/_groups.yml").read_text())["groups"]
        assert groups == [{"name": "ada", "owner": {"name": "ada", "email": "ada@example.com"}}]

    def test_groups_that_are_there_hold(self, tmp_path, monkeypatch) -> None:
        ignored = "target/\nlogs/\ndbt_packages/\n*.duckdb\n*.duckdb.wal\n"
        root = write_project(tmp_path, {".gitignore": ignored})
        commit(root)
        monkeypatch.chdir(root)
        before = files(root)
        assert run(["init"]) == 0
        assert files(root).items() >= (
            before.items() - {("dbt_project.yml", before["dbt_project.yml"])}
        )
        assert not (root / "baseline.json").exists()

    def test_a_file_in_the_way_is_a_conflict(self, project, capsys) -> None:
        write(project, {"macros/materialization_snapshot.sql": "-- mine\n"})
        before = files(project)
        assert run(["init", "--yes"]) == 1
        said = capsys.readouterr()
        assert "conflict  macros/materialization_snapshot.sql" in said.out
        assert "--- mine" in said.out
        assert "nothing was written: 1 file in conflict" in said.err
        assert files(project) == before

    @pytest.mark.parametrize(
        ("path", "text", "says"),
        [
            ("packages.yml", "packages:\n\t- local: x\n", "packages.yml:2"),
            ("packages.yml", "packages: []\npackages: []\n", "'packages' is there twice"),
            (
                "packages.yml",
                "packages: &p\n  - local: x\nmore: *p\n",
                "packages.yml is not edited",
            ),
            ("dbt_project.yml", "name: [\n", "dbt_project.yml"),
            ("models/x.yml", "models: [\n", "models/x.yml"),
            ("platform.yml", "chek: {}\n", "unknown setting 'chek'"),
            (".pre-commit-config.yaml", "repos: [\n", ".pre-commit-config.yaml"),
            ("platform.lock", "{", "platform.lock is not what the platform wrote"),
            ("platform.lock", '{"platform": "99.0.0"}', "was written by platform 99.0.0"),
            ("platform.lock", '{"platform": "0.0.1"}', "platform upgrade"),
            ("models/x.sql", "select '{{ env_var('A_B') }}', {{ env_var('C_D') }}", "A_B"),
        ],
    )
    def test_what_is_broken_is_refused_untouched(self, project, capsys, path, text, says) -> None:
        write(project, {path: text})
        before = files(project)
        assert run(["init", "--yes"]) == 2
        said = capsys.readouterr().err
        assert says in said
        assert "Traceback" not in said
        assert files(project) == before

    def test_without_git_it_wants_a_yes(self, tmp_path, capsys) -> None:
        root = write_project(tmp_path / "shop", PLAIN)
        before = files(root)
        assert run(["init", str(root)]) == 2
        assert "git could not undo it, this folder is in no git repository" in (
            capsys.readouterr().err
        )
        assert files(root) == before
        assert run(["init", str(root), "--yes"]) == 0

    def test_programs_get_what_was_found(self, project, capsys) -> None:
        assert run(["init", "--dry-run", "--json"]) == 0
        found = json.loads(capsys.readouterr().out)["found"]
        assert found["target"] == {"name": "dev", "type": "duckdb"}
        assert found["layers"]["staging"]["folders"] == ["staging"]
