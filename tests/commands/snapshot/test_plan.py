"""`platform snapshot plan` and, where snapshots are platform_macros', `platform snapshot`."""

import json
import shutil
from pathlib import Path

import pytest

from platform_cli.cli import run
from tests.builders import guarded_project, in_database, snapshot_project, write

TWELVE = "code,name\n" + "".join(f"P{n},{{}}{n}\n" for n in range(12))


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve ports, taken on the first of March; then all their names changed."""
    twelve = {"data/ports_2024-03-01.csv": TWELVE.format(*["a"] * 12)}
    folder = guarded_project(tmp_path_factory.mktemp("changed"), twelve)
    assert run(["-q", "-C", str(folder), "run"]) == 0
    assert run(["-q", "-C", str(folder), "snapshot", "--run-at", "2024-03-01"]) == 0
    return write(folder, {"data/ports_2024-03-01.csv": TWELVE.format(*["b"] * 12)})


@pytest.fixture
def project(changed: Path, tmp_path: Path) -> Path:
    """The same, for one test to write to."""
    return shutil.copytree(changed, tmp_path / "project", symlinks=True)


def versions(project: Path) -> object:
    ((found,),) = in_database(project, "select count(*) from snp_ports")
    return found


def test_a_plan_says_what_the_run_then_does_and_writes_nothing(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    allowed = ["--allow", "mass-change", "--run-at", "2024-03-02"]
    capsys.readouterr()
    planned = run(["-C", str(project), "snapshot", "plan", "--output-format", "json", *allowed])
    plan = json.loads(capsys.readouterr().out)
    assert planned == 0
    assert versions(project) == 12
    (said,) = plan["snapshots"]
    assert plan["version"] == 1
    assert said["samples"][0] == {
        "kind": "changed",
        "key": "P0",
        "cells": [{"column": "name", "old": "a0", "new": "b0"}],
    }
    assert run(["-C", str(project), "snapshot", *allowed]) == 0
    assert "snp_ports: 0 new, 12 changed, 0 closed, 0 unchanged; 12 open of 24 versions" in (
        capsys.readouterr().err
    )
    assert said["counts"]["changed"] == 12
    assert versions(project) == 24


def test_a_plan_of_a_change_log_shows_what_its_events_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = guarded_project(
        tmp_path,
        {
            "models/stg_ports.sql": "select code, name, op, seq::bigint as seq from "
            "read_csv('data/ports.csv', all_varchar = true)\n",
            "snapshots/snp_ports.yml": "snapshots:\n- name: snp_ports\n"
            "  relation: ref('stg_ports')\n  config:\n    unique_key: code\n"
            "    strategy: change_log\n    updated_at: seq\n"
            "    meta: {scd: {delete_when: \"op = 'D'\", ignore_columns: [op]}}\n",
            "data/ports.csv": "code,name,op,seq\nA,a,U,1\nB,b,U,1\nC,c,U,5\n",
        },
    )
    assert run(["-q", "-C", str(project), "run"]) == 0
    assert run(["-q", "-C", str(project), "snapshot"]) == 0
    write(
        project,
        {"data/ports.csv": "code,name,op,seq\nA,aa,U,2\nB,b,D,2\nC,late,U,4\nD,d,U,2\n"},
    )
    capsys.readouterr()
    planned = run(["-C", str(project), "snapshot", "plan", "--output-format", "json"])
    (said,) = json.loads(capsys.readouterr().out)["snapshots"]
    assert planned == 0
    assert said["samples"] == [
        {
            "kind": "changed",
            "key": "A",
            "cells": [
                {"column": "name", "old": "a", "new": "aa"},
                {"column": "seq", "old": "1", "new": "2"},
            ],
        },
        {"kind": "closed", "key": "B", "cells": []},
        {"kind": "late", "key": "C", "cells": []},
        {"kind": "new", "key": "D", "cells": []},
    ]


def test_what_a_guard_would_refuse_is_said_before_and_refused_then(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert run(["-C", str(project), "snapshot", "plan", "--run-at", "2024-03-02"]) == 1
    out = capsys.readouterr().out
    assert "snp_ports: 0 new, 12 changed, 0 closed, 0 unchanged" in out
    assert "  changed P0: name a0 -> b0" in out
    assert "  refused: mass_change: 12 of 12 open versions would be changed at once" in out
    assert run(["-C", str(project), "snapshot", "--run-at", "2024-03-02"]) == 1
    refused = "".join(capsys.readouterr())
    assert "mass_change: 12 of 12 open versions would be changed at once" in refused
    assert "platform snapshot --select snp_ports --allow mass-change" in refused
    assert "in macro" not in refused
    assert versions(project) == 12


def test_dbt_s_own_snapshots_have_no_plan(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["-C", str(snapshot_project(tmp_path)), "snapshot", "plan"]) == 2
    assert "this project's snapshots are dbt's own" in capsys.readouterr().err
