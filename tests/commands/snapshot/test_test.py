"""`platform snapshot test`."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from platform_cli.cli import run
from tests.builders import guarded_project, snapshot_project, write

REPOSITORY = Path(__file__).parents[3]

RENAMED = """snapshots:
- name: snp_renamed
  relation: ref('stg_ports')
  config:
    unique_key: [code, dock]
    strategy: timestamp
    updated_at: seen
    hard_deletes: new_record
    dbt_valid_to_current: "cast('9999-12-31' as timestamp)"
    snapshot_meta_column_names:
      {dbt_valid_from: since, dbt_valid_to: until, dbt_is_deleted: gone}
    meta: {scd: {tolerance: {depth: 0.5}}}
"""

GOOD = """snapshot: snp_ports
tests:
- name: a port that goes and returns
  runs:
  - {at: 2024-01-01, rows: [{code: NO, name: x}, {code: B, name: y}]}
  - {at: 2024-02-01, rows: [{code: B, name: y}]}
  - {at: 2024-03-01, rows: [{code: NO, name: x}, {code: B, name: z}]}
  expect:
  - {code: B, name: z, valid_from: 2024-03-01, valid_to: ~}
  - {code: B, name: y, valid_from: 2024-01-01, valid_to: 2024-03-01}
  - {code: NO, dbt_valid_from: 2024-01-01, dbt_valid_to: 2024-02-01}
  - {code: NO, valid_from: 2024-03-01, valid_to: ~}
- name: an empty source, twice
  runs:
  - {at: 2024-01-01, rows: [{code: 007, name: ''}]}
  - {at: 2024-01-02, rows: [], expect_refused: empty-source}
  - {at: "2024-01-03T01:30:00+01:00", rows: [], allow: empty_source}
  expect: [{code: '007', name: '', valid_to: 2024-01-03 00:30:00}]
- name: more than ten that change at once
  runs:
  - at: 2024-01-01
    rows: &ports [&a {code: A, name: x}, {<<: *a, code: B}, {<<: *a, code: C}, {<<: *a, code: D},
      {<<: *a, code: E}, {<<: *a, code: F}, {<<: *a, code: G}, {<<: *a, code: H},
      {<<: *a, code: I}, {<<: *a, code: J}, {<<: *a, code: K}]
  - at: 2024-01-02
    rows: [{code: A}, {code: B}, {code: C}, {code: D}, {code: E}, {code: F}, {code: G}, {code: H},
      {code: I}, {code: J}, {code: K}]
    expect_refused: mass_change
  - {at: 2024-01-03, rows: *ports}
  expect: *ports
- name: a column that comes, grows wider and goes
  runs:
  - {at: 2024-01-01, rows: [{code: A}], without: depth}
  - {at: 2024-01-02, rows: [{code: A, depth: 7}], columns: {depth: integer}}
  - {at: 2024-01-03, rows: [{code: A, depth: 7.5}]}
  - {at: 2024-01-04, rows: [{code: A, name: z}], without: [DEPTH]}
  expect:
  - {code: A, depth: ~, valid_to: 2024-01-02}
  - {code: A, depth: 7, valid_to: 2024-01-03}
  - {code: A, depth: 7.5, valid_to: 2024-01-04}
  - {code: A, depth: ~, valid_to: ~}
- name: nothing at all
  runs: [{at: 2024-01-01, rows: [{name: x}], expect_refused: null_key}]
  expect: []
- name: lists
  columns: {docks: 'varchar[]'}
  runs: [{at: 2024-01-01, rows: [{code: A, docks: [x, y], sizes: {n: 1.50, ok: true}}]}]
  expect: [{docks: [x, y], sizes: {n: 1.50, ok: true}}]
"""

GOOD_RENAMED = """snapshot: snp_renamed
columns: {depth: 'decimal(9, 3)'}
tests:
- name: its own names, and its own end of time
  runs:
  - {at: 2024-01-02, rows: [{code: A, dock: 1, depth: 7, seen: 2024-01-01}]}
  - {at: 2024-01-03, rows: [{code: A, dock: 1, depth: 7.4, seen: 2024-01-02}]}
  - {at: 2024-01-04, rows: [], allow: [empty_source, mass_delete]}
  expect:
  - {code: A, dock: 1, depth: 7, since: 2024-01-01, until: 2024-01-04, is_deleted: False}
  - {valid_from: 2024-01-04, dbt_valid_to: 9999-12-31, gone: True}
"""

BAD = """snapshot: snp_ports
tests:
- name: another history
  runs:
  - {at: 2024-01-01, rows: [{code: A, name: x}, {code: B, name: y}]}
  - {at: 2024-02-01, rows: [{code: B, name: z}, {code: C}]}
  expect:
  - {code: A, name: x, valid_to: 2024-02-02}
  - {code: B, name: z}
  - {code: B, name: 'null', valid_to: ~}
  - {code: D}
- name: refused
  runs:
  - {at: 2024-01-01, rows: [{code: A, name: x}, {code: A, name: y}]}
  - {at: 2024-01-02, rows: [{code: A, name: x}]}
  expect: []
- name: not refused
  runs:
  - {at: 2024-01-01, rows: [{code: A, name: x}]}
  - {at: 2024-01-02, rows: [{code: B, name: x}], expect_refused: mass_delete}
  expect: []
- name: refused otherwise
  runs:
  - {at: 2024-01-02, rows: [{code: A}]}
  - {at: 2024-01-01, rows: [{code: B}], expect_refused: null_key}
  expect: []
"""

BROKEN = """snapshot: snp_ports
tests:
- name: a type that is none
  columns: {name: strnig}
  runs: [{at: 2024-01-01, rows: [{code: A, name: x}]}]
  expect: []
- name: a value that is none
  columns: {depth: integer}
  runs:
  - at: 2024-01-01
    rows:
    - {code: A, depth: 1}
    - {code: B, depth: deep}
  expect: []
- name: the last
  runs: [{at: 2024-01-01, rows: [{code: A, name: x}]}]
  expect: [{code: A, name: x}]
"""


REFUSALS = """\
error[test]: snp_ports: refused
  run 1 (2024-01-01) was refused: duplicate_key: ...
  --> snapshot_tests/bad.yml:14

error[test]: snp_ports: not refused
  run 2 (2024-01-02) must be refused as mass_delete, and was not: 1 new, 1 closed
  --> snapshot_tests/bad.yml:20

error[test]: snp_ports: refused otherwise
  run 2 (2024-01-01) must be refused as null_key, and was refused: clock: ...
  --> snapshot_tests/bad.yml:25
"""


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tested")
    return guarded_project(folder, {"snapshots/snp_renamed.yml": RENAMED})


@pytest.fixture
def project(shared: Path) -> Path:
    """The project without tests; dbt has parsed it already when it is met again."""
    shutil.rmtree(shared / "snapshot_tests", ignore_errors=True)
    return shared


def verdicts(out: str) -> list[dict[str, Any]]:
    document = json.loads(out)
    assert document["version"] == 1
    tests: list[dict[str, Any]] = document["tests"]
    return tests


def test_the_engine_plays_with_the_snapshots_own_configuration_and_opens_no_database(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBT_TARGET", "dev")
    write(
        project,
        {"snapshot_tests/a/ports.yml": GOOD, "snapshot_tests/snp_renamed.yaml": GOOD_RENAMED},
    )
    code = run(["-v", "-C", str(project), "snapshot", "test"])
    out, err = capsys.readouterr()
    assert code == 0, out + err
    assert re.search(r"^snapshot test: 7 pass in \d+\.\d s$", out, re.MULTILINE)
    assert re.search(r"^pass  snp_ports: nothing at all  \d\.\d\d s$", out, re.MULTILINE)
    assert "7 of 7  pass" in err
    # To open it would have been to create it.
    assert not (project / "tiny.duckdb").exists()
    assert (project / "profiles.yml").exists()


def test_what_differs_is_shown_row_by_row(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)
    write(project, {"snapshot_tests/bad.yml": BAD})
    assert run(["snapshot", "test", "snp_ports"]) == 1
    out = capsys.readouterr().out
    assert (
        out.split("\n\n")[0]
        == """\
error[test]: snp_ports: another history
  the history is not as expected: 2 rows differ, 1 row is missing, 1 row is too many
  --> snapshot_tests/bad.yml:3
                      code  name    dbt_valid_to
  expected (line 8)   A     x       2024-02-02
  but it is                         2024-02-01
  expected (line 10)  B     'null'  NULL
  but it is                 y       2024-02-01
  missing (line 11)   D
  too many            C     NULL    NULL"""
    )
    # What the engine says of a refusal is told as it is; here only that it is told.
    short = re.sub(r"(was refused: \w+: ).*", r"\1...", out)
    assert "(for example A)" in out
    assert "\n\n".join(short.split("\n\n")[1:-1]) == REFUSALS.rstrip()
    assert out.splitlines()[-1].startswith("snapshot test: 4 fail in ")


def test_a_test_that_breaks_leaves_the_others_alone(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(project, {"snapshot_tests/broken.yml": BROKEN})
    assert run(["-q", "-C", str(project), "snapshot", "test", "--output-format", "json"]) == 2
    out, err = capsys.readouterr()
    assert err == ""
    found = {one["name"]: one for one in verdicts(out)}
    assert [one["status"] for one in found.values()] == ["error", "error", "pass"]
    assert "Type with name strnig does not exist" in found["a type that is none"]["message"]
    wrong = found["a value that is none"]
    assert wrong["message"] == "the value is not of the column's type: depth: 'deep' (line 13)"
    assert (wrong["path"], wrong["line"]) == ("snapshot_tests/broken.yml", 13)


def test_a_keyword_chooses_among_the_names(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(project, {"snapshot_tests/bad.yml": BAD})
    words = ["-q", "-C", str(project), "snapshot", "test", "-k", "ANOTHER"]
    assert run([*words, "--output-format", "json"]) == 1
    (one,) = verdicts(capsys.readouterr().out)
    assert one["name"] == "another history"
    assert one["differences"][0] == {
        "kind": "differs",
        "line": 8,
        "expected": {"code": "A", "name": "x", "dbt_valid_to": "2024-02-02"},
        "found": {"code": "A", "name": "x", "dbt_valid_to": "2024-02-01"},
        "differing": ["dbt_valid_to"],
    }
    assert [each["kind"] for each in one["differences"]] == [
        "differs",
        "differs",
        "missing",
        "too many",
    ]
    assert run(["-C", str(project), "snapshot", "test", "-k", "anothr history"]) == 2
    assert "did you mean 'another history'?" in capsys.readouterr().err


def test_columns_that_cannot_be_meant_are_refused_before_anything_is_played(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = """snapshot: snp_renamed
tests:
- name: slips
  runs:
  - at: 2024-01-01
    rows:
    - {code: A, dock: 1, dept: 3, name: 1}
    - {code: B, dock: 1, name: x}
  expect:
  - {code: A, sinc: 2024-01-01}
"""
    other = "snapshot: snp_port\ntests: []\n"
    write(project, {"snapshot_tests/a.yml": text, "snapshot_tests/b.yml": other})
    assert run(["-C", str(project), "snapshot", "test"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert re.findall(r"^error: (.*)\n  --> .*?(\w\.yml:\d+)", err, re.MULTILINE) == [
        ("nothing is known of a column dept", "a.yml:7"),
        ("column name holds numbers and text", "a.yml:8"),
        ("the history has no column sinc", "a.yml:10"),
        ("no snapshot is called 'snp_port'", "b.yml:1"),
    ]
    for hint in ("'depth'?", "`columns: {name: varchar}`", "'since'", "'snp_ports'?"):
        assert hint in err


def test_without_tests_it_says_how_to_write_one(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["-C", str(project), "snapshot", "test"]) == 0
    assert "write one, in snapshot_tests/NAME.yml" in capsys.readouterr().err
    assert run(["-q", "-C", str(project), "snapshot", "test", "--output-format", "json"]) == 0
    assert verdicts(capsys.readouterr().out) == []
    assert run(["-C", str(project), "snapshot", "test", "snp_ports"]) == 2
    assert "snapshot snp_ports has no tests" in (err := capsys.readouterr().err)
    assert "snapshot: snp_ports" in err
    assert run(["-C", str(project), "snapshot", "test", "snp_port"]) == 2
    assert "did you mean 'snp_ports'?" in capsys.readouterr().err


def test_what_it_says_of_writing_one_can_be_played(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["-C", str(project), "snapshot", "test", "snp_ports"]) == 2
    shown = re.findall(r"help: (.*)", capsys.readouterr().err)[1:]
    text = "\n".join(shown).replace("id:", "code:")
    write(project, {"snapshot_tests/snp_ports.yml": text})
    assert run(["-C", str(project), "snapshot", "test"]) == 0


def test_a_file_that_is_wrong_stops_the_tests_of_its_snapshot_alone(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(
        project,
        {
            "snapshot_tests/snp_renamed.yml": GOOD_RENAMED,
            "snapshot_tests/snp_ports.yml": "snapshot: snp_ports\ntest: []\n",
        },
    )
    assert run(["-C", str(project), "snapshot", "test", "snp_renamed"]) == 0
    capsys.readouterr()
    assert run(["-C", str(project), "snapshot", "test"]) == 2
    err = capsys.readouterr().err
    assert "snapshot_tests/snp_ports.yml:2:1" in err
    assert "did you mean 'tests'?" in err


def test_snapshots_of_dbts_own_cannot_be_tested(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = snapshot_project(tmp_path, {"snapshot_tests/ports.yml": GOOD})
    assert run(["-C", str(project), "snapshot", "test"]) == 2
    assert "snapshots are dbt's own" in capsys.readouterr().err


@pytest.mark.slow
def test_the_tests_of_the_example_and_of_the_readme_pass_and_can_fail(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ignored = shutil.ignore_patterns("target", "logs", "dbt_packages", "*.duckdb*", "data")
    for name in ("dbt_project", "macros"):
        shutil.copytree(REPOSITORY / name, tmp_path / name, ignore=ignored)
    project = tmp_path / "dbt_project"
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    shown = re.search(r"```yaml\n(snapshot: .*?)```", readme, re.DOTALL)
    assert shown is not None
    write(project, {"snapshot_tests/readme.yml": shown[1]})
    words = ["-q", "-C", str(project), "snapshot", "test", "--output-format", "json"]
    assert run(words) == 0
    assert len(verdicts(capsys.readouterr().out)) == 4

    config = project / "snapshots" / "snp_airports.yml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("tolerance:", "guards: {mass_change: 0.9} #"), encoding="utf-8")
    assert run(words) == 1
    failed = [one["name"] for one in verdicts(capsys.readouterr().out) if one["status"] == "fail"]
    assert failed == ["coordinates that are only rounded make no version, a runway that moves does"]
