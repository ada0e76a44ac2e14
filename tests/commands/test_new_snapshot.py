"""`platform new-snapshot`."""

import json

import duckdb
import pytest
import yaml

from platform_cli.cli import run
from tests.builders import guarded_project, in_database, snapshot_project, write

SOURCES = """sources:
- name: lake
  schema: lake
  tables: [{name: people}, {name: rates}, {name: events}, {name: empty}, {name: broken},
    {name: gone}]
"""
TABLES = """
create schema lake;
create table lake.people as select i as "Person Id", 'p' || i % 3 as "group",
    timestamp '2026-01-01' + i * interval 1 hour as updated_at, now()::timestamp as loaded_at
    from range(50) t(i);
create table lake.rates as select 'c' || i % 5 as currency,
    date '2026-01-01' + (i // 5)::int as day, i * 0.1::double as rate from range(50) t(i);
create table lake.events as select i % 10 as id, i as lsn,
    timestamp '2026-01-01' + (i // 2) * interval 1 minute as committed_at,
    case when i < 10 then 'I' when i % 9 = 0 then 'D' else 'U' end as op, 'v' || i as value
    from range(60) t(i);
create table lake.empty (id integer, name varchar);
create table lake.broken as select * from (values (1, 'a'), (1, 'b'), (null, 'b')) t(id, name);
"""


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.chdir(snapshot_project(tmp_path, {"models/sources.yml": SOURCES}))
    with duckdb.connect(str(tmp_path / "tiny.duckdb")) as connection:
        connection.execute(TABLES)
    return tmp_path


@pytest.fixture
def new_snapshot(project, capsys):
    """Run `platform new-snapshot --yes` in the project: code, stdout, stderr."""

    def call(*arguments):
        code = run(["new-snapshot", *arguments, "--yes"])
        return code, *capsys.readouterr()

    return call


def entry(project, name):
    return yaml.safe_load((project / f"snapshots/{name}.yml").read_text())["snapshots"][0]


def test_a_table_with_a_time_of_change_is_followed_by_it(new_snapshot, project) -> None:
    code, out, err = new_snapshot("snp_people", "--from", "source:lake.people")
    assert code == 0
    assert out == "create  snapshots/snp_people.yml  timestamp on Person Id\n"
    assert (project / "snapshots/snp_people.yml").read_text() == (
        """\
snapshots:
  - name: snp_people
    description: "TODO: the history of people, one row per version of what"
    relation: source('lake', 'people')
    config:
      unique_key: "\\"Person Id\\""
      strategy: timestamp
      updated_at: updated_at
      meta:
        scd:
          ignore_columns: [loaded_at]
      hard_deletes: invalidate
    columns:
      - name: Person Id
        quote: true
        data_tests: [not_null]
      - name: dbt_scd_id
        description: Identifies a version.
        data_tests: [unique, not_null]
"""
    )
    assert "note: key Person Id: unique and never NULL in all 50 rows" in err
    assert "note: strategy timestamp: updated_at says when a row changed" in err
    assert "note: loaded_at is not compared" in err
    assert "mind: it must hold all rows each time" in err
    assert "mind: dbt itself takes the snapshots here" in err


def test_without_one_the_values_are_compared_and_keys_may_be_of_two_columns(
    new_snapshot, project
) -> None:
    code, _, err = new_snapshot("snp_rates", "--from", "lake.rates")
    assert code == 0
    config = entry(project, "snp_rates")["config"]
    assert config["unique_key"] == ["currency", "day"]
    assert (config["strategy"], config["check_cols"]) == ("check", ["rate"])
    assert "mind: rate: computed with floating point" in err


def test_events_are_a_change_log(new_snapshot, project) -> None:
    code, _, err = new_snapshot("snp_events", "--from", "source:lake.events")
    assert code == 0
    assert entry(project, "snp_events")["config"] == {
        "unique_key": "id",
        "strategy": "change_log",
        "updated_at": "committed_at",
        "hard_deletes": "invalidate",
        "meta": {"scd": {"sequence_by": ["lsn"], "delete_when": "op = 'D'"}},
    }
    assert "op says what happened" in err


def test_a_model_is_read_through_its_query_and_all_its_columns_are_compared(
    new_snapshot, project
) -> None:
    write(
        project, {"models/people.sql": 'select "Person Id" as person_id, "group" from lake.people'}
    )
    code, _, _ = new_snapshot("snp_model", "--from", "ref:people", "--hard-deletes", "new_record")
    assert code == 0
    config = entry(project, "snp_model")["config"]
    assert config == {
        "unique_key": "person_id",
        "strategy": "check",
        "check_cols": "all",
        "hard_deletes": "new_record",
    }


def test_files_are_read_without_a_database(new_snapshot, project) -> None:
    (project / "tiny.duckdb").unlink()
    code, _, _ = new_snapshot("snp_stg", "--from", "ref:stg_ports", "--key", "CODE")
    assert code == 0
    assert entry(project, "snp_stg")["config"]["unique_key"] == "code"


def test_what_would_go_wrong_is_said(new_snapshot) -> None:
    _, _, err = new_snapshot("snp_a", "--from", "lake.broken", "--key", "id")
    assert "mind: id is NULL in 1 row: a run refuses that" in err
    assert "mind: id is no key: 1 value stands in 2 rows, which differ" in err
    code, _, err = new_snapshot(
        *(
            "snp_b",
            "--from",
            "lake.events",
            "--strategy",
            "timestamp",
            "--updated-at",
            "committed_at",
        ),
        *("--key", "id", "--dry-run"),
    )
    assert code == 0
    assert "id is no key" in err


def test_a_second_run_changes_nothing(new_snapshot, project) -> None:
    arguments = ("snp_people", "--from", "source:lake.people")
    assert new_snapshot(*arguments, "--check")[0] == 1
    new_snapshot(*arguments)
    text = (project / "snapshots/snp_people.yml").read_text().replace("TODO: ", "")
    write(project, {"snapshots/snp_people.yml": text})
    assert new_snapshot(*arguments)[:2] == (0, "")
    assert new_snapshot(*arguments, "--check")[0] == 0
    assert (project / "snapshots/snp_people.yml").read_text() == text
    assert new_snapshot("snp_people", "--from", "lake.rates")[0] == 2


def test_json_explains_too(new_snapshot) -> None:
    said = json.loads(new_snapshot("snp_rates", "--from", "lake.rates", "--json", "--dry-run")[1])
    assert said["config"]["strategy"] == "check"
    assert any(one.startswith("strategy check:") for one in said["because"])
    assert said["warnings"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["snp_x"], "--from ref:MODEL"),
        (["snp_x", "--from", "ref:stg_port"], "did you mean 'stg_ports'"),
        (["snp_x", "--from", "lake.peple"], "did you mean 'lake.people'"),
        (["snp_x", "--from", "lake.gone"], "the database has no table"),
        (["snp_x", "--from", "lake.empty"], "--key COLUMN --strategy check"),
        (["snp_x", "--from", "lake.broken"], "no key was found"),
        (["snp_x", "--from", "lake.people", "--key", "persn id"], "did you mean 'Person Id'?"),
        (["snp_x", "--from", "lake.rates", "--strategy", "timestamp"], "never NULL"),
        (["snp_x", "--from", "lake.rates", "--strategy", "change_log"], "--strategy check"),
        (["snp_x", "--from", "lake.rates", "--owner", "nobody"], "there is no group"),
        (["people", "--from", "lake.people"], "for example snp_people"),
        (["Snp-People", "--from", "lake.people"], "for example snp_people"),
        (["snp_ports", "--from", "lake.people"], "is there already: snapshots/snp_ports.yml"),
    ],
)
def test_what_cannot_be_is_refused_with_what_could(new_snapshot, project, arguments, said) -> None:
    code, out, err = new_snapshot(*arguments)
    assert (code, out) == (2, "")
    assert said in err
    assert [path.name for path in (project / "snapshots").iterdir()] == ["snp_ports.yml"]


@pytest.mark.parametrize("name", ["people", "rates", "events"])
@pytest.mark.slow
def test_the_platform_takes_what_was_written(new_snapshot, project, name) -> None:
    guarded_project(project, {"models/sources.yml": SOURCES})
    (project / "macros/materialization_snapshot.sql").unlink()
    (project / "macros/snapshot_get_time.sql").unlink()
    code, out, err = new_snapshot(f"snp_{name}", "--from", f"lake.{name}")
    assert code == 0
    assert "create  macros/materialization_snapshot.sql" in out
    assert "are handed to platform_macros from now on" in err
    assert run(["snapshot", "--select", f"snp_{name}"]) == 0
    assert run(["test", "--select", f"snp_{name}"]) == 0
    [(rows,)] = in_database(project, f"select count(*) from snp_{name}")
    with duckdb.connect(str(project / "tiny.duckdb")) as connection:
        if name == "people":
            connection.execute("update lake.people set loaded_at = loaded_at + interval 1 day")
    assert run(["snapshot", "--select", f"snp_{name}"]) == 0
    assert in_database(project, f"select count(*) from snp_{name}") == [(rows,)]
