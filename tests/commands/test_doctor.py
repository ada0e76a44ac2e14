"""`platform doctor` on machines and projects with one thing wrong each."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

REPOSITORY = Path(__file__).parent.parent.parent


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "a project"
    folder.mkdir()
    (folder / "dbt_project.yml").write_text("name: a\nprofile: a\n")
    (folder / "profiles.yml").write_text(
        "a: {target: dev, outputs: {dev: {type: duckdb, path: a.duckdb}}}\n"
    )
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    return folder


def doctor(folder: Path, *options: str, metadata: Path | None = None, **environment: str):
    path = os.pathsep.join(str(each) for each in (metadata, REPOSITORY) if each)
    return subprocess.run(
        [sys.executable, "-P", "-m", "platform_cli", "-C", str(folder), "doctor", *options],
        env={**os.environ, "PYTHONPATH": path, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def seen(folder: Path, subject: str, **more) -> dict[str, str]:
    """What the doctor says of one subject."""
    said = json.loads(doctor(folder, "--output-format", "json", **more).stdout)
    assert said["version"] == 1
    (one,) = [each for each in said["observations"] if each["subject"] == subject]
    return one


def test_a_sound_project_has_nothing_to_mend(project):
    ran = doctor(project)
    assert ran.returncode == 0, ran.stdout
    assert "\n0 to mend, " in ran.stdout
    assert f"ok    git: repository {project}" in ran.stdout


def test_every_fault_has_a_reason_and_a_fix(tmp_path):
    (tmp_path / "dbt_project.yml").write_text("name: a\n")
    (tmp_path / "platform.py").touch()
    said = json.loads(doctor(tmp_path, "--output-format", "json").stdout)
    faults = [each for each in said["observations"] if each["verdict"] != "ok"]
    assert faults
    assert all(each["why"] and each["fix"] for each in faults)


def test_no_project_is_an_error_that_says_where_it_looked(tmp_path):
    ran = doctor(tmp_path)
    assert ran.returncode == 1
    assert str(tmp_path) in ran.stdout
    assert "Traceback" not in ran.stderr


def test_versions_outside_the_declared_ranges_are_named(project, tmp_path):
    metadata = tmp_path / "installed"
    info = metadata / "dbt_platform_cli-0.1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: dbt-platform-cli\nVersion: 0.1.0\n"
        "Requires-Dist: click>=99\nRequires-Dist: no-such-thing>=1\n"
        "Requires-Dist: also-not-there; extra == 'dev'\n"
    )
    assert "the platform needs >=99" in seen(project, "click", metadata=metadata)["why"]
    assert seen(project, "no-such-thing", metadata=metadata)["message"] == "missing"
    assert doctor(project, metadata=metadata).returncode == 1


def test_another_program_of_the_same_name_is_told_apart(project, tmp_path):
    other = tmp_path / "bin" / "platform"
    other.parent.mkdir()
    other.write_text("#!/bin/sh\n")
    other.chmod(0o755)
    path = f"{other.parent}{os.pathsep}{os.environ['PATH']}"
    said = seen(project, "platform", PATH=path)
    assert (said["verdict"], str(other) in said["message"]) == ("warn", True)


def test_files_that_hide_modules_are_listed(project):
    (project / "platform.py").touch()
    (project / "duckdb").mkdir()
    (project / "duckdb" / "__init__.py").touch()
    (project / "models.py").touch()
    message = seen(project, "modules")["message"]
    assert message.startswith(f"duckdb, platform.py in {project}")


def test_a_broken_settings_file_is_shown_with_its_place(project):
    (project / "platform.yml").write_text("chek: {}\n")
    said = seen(project, "platform.yml")
    assert said["verdict"] == "error"
    assert "platform.yml:1:1" in said["why"]
    assert "'check'" in said["fix"]


def test_a_project_outside_git_is_told(project):
    shutil.rmtree(project / ".git")
    said = seen(project, "git")
    assert (said["verdict"], said["fix"]) == ("warn", f'git -C "{project}" init')


def test_a_machine_without_git_is_told(project, tmp_path):
    assert seen(project, "git", PATH=str(tmp_path))["message"] == "is not installed"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_to_is_an_error(project):
    (project / "target").mkdir(mode=0o555)
    assert seen(project, "folders")["verdict"] == "error"


def test_a_project_that_was_never_built_is_told_what_to_do(project):
    said = seen(project, "database")
    assert (said["verdict"], said["fix"]) == ("warn", "platform build")


def test_the_database_is_opened_and_its_tables_counted(project):
    with duckdb.connect(str(project / "a.duckdb")) as connection:
        connection.execute("create table t as select 1 as x")
    assert "a.duckdb, 1 tables" in seen(project, "database")["message"]


def test_who_holds_the_database_is_named(project):
    program = (
        f"import duckdb, sys; c = duckdb.connect({str(project / 'a.duckdb')!r}); "
        "print('open', flush=True); sys.stdin.read()"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout.readline() == "open\n"
    said = seen(project, "database")
    holder.communicate("", timeout=10)
    assert said["verdict"] == "error"
    assert f"process {holder.pid}" in said["message"]


def test_a_damaged_database_is_an_error(project):
    (project / "a.duckdb").write_bytes(b"not a database" * 1000)
    assert seen(project, "database")["verdict"] == "error"


def test_a_missing_profile_names_the_ones_there_are(project):
    (project / "dbt_project.yml").write_text("name: a\nprofile: ab\n")
    said = seen(project, "profile")
    assert said["verdict"] == "error"
    assert "'ab'" in said["message"]
    assert "'a'" in said["fix"]


def test_packages_that_are_not_installed_are_told(project):
    (project / "packages.yml").write_text("packages: [{package: a/b, version: 1.0.0}]\n")
    said = seen(project, "packages")
    assert said["verdict"] == "error"
    assert "run `dbt deps`" in said["fix"]


def test_a_local_package_that_was_not_copied_along_is_named(project):
    (project / "packages.yml").write_text("packages: [{local: ../x}]\n")
    said = seen(project, "packages")
    assert said["message"] == "The package ../x is not there: no ../x/dbt_project.yml"
    assert "`local:`" in said["fix"]


def test_snapshots_that_dbt_itself_takes_are_named_with_the_way_out(project):
    (project / "snapshots").mkdir()
    (project / "snapshots" / "snp_a.yml").write_text(
        "snapshots: [{name: snp_a, relation: ref('a'),"
        " config: {unique_key: id, strategy: check, check_cols: all}}]\n"
    )
    found = seen(project, "snapshots")
    assert found["verdict"] == "warn"
    assert found["message"] == "1 snapshot, taken by dbt itself"
    assert "materialization_snapshot.sql" in found["fix"]
    (project / "macros").mkdir()
    (project / "macros" / "m.sql").write_text(
        "{% materialization snapshot, default %}"
        "{{ return(platform_macros.materialization_snapshot_default()) }}{% endmaterialization %}"
    )
    assert seen(project, "snapshots")["message"] == "1 snapshot, taken by platform_macros"
    settings = project / "dbt_project.yml"
    (project / "macros").rename(project / "our_macros")
    settings.write_text(settings.read_text() + "\nmacro-paths: [our_macros]\n")
    assert seen(project, "snapshots")["message"] == "1 snapshot, taken by platform_macros"
