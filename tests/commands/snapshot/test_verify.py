"""`platform snapshot verify`."""

import json

import pytest

from platform_cli.cli import run
from tests.history_builders import do, history_project, ledger, query, versions

SOUND = versions("1, 'a', '2024-01-01', '2024-02-01'", "1, 'b', '2024-02-01', null")
SECOND = """- name: other
  relation: ref('stg')
  config: {unique_key: id, strategy: check, check_cols: all}
"""


def verify(project, *arguments: str) -> int:
    return run(["-C", str(project), "snapshot", "verify", *arguments])


def test_sound_histories_are_counted_and_those_to_come_are_said(tmp_path, capsys):
    assert verify(history_project(tmp_path, SOUND, more=SECOND)) == 0
    out, err = capsys.readouterr()
    assert out.splitlines() == [
        "other  no history yet",
        "snp    sound    2 versions, 1 open",
    ]
    assert err == ""


def test_a_history_that_is_gone_is_no_history_to_come(tmp_path, capsys):
    project = history_project(tmp_path, ledger(2, 1))
    assert verify(project) == 1
    said = capsys.readouterr().out
    assert 'the history of snp is gone: there is no table "tiny"."main"."snp", though run 1' in said
    for command in ("history snp 1", "as-of snp 2024-01-01", "rewind snp", "repair snp"):
        assert run(["-C", str(project), "snapshot", *command.split()]) == 1
        err = capsys.readouterr().err
        assert "the history of snp is gone" in err
        assert "bring the table back" in err


def test_a_ledger_of_an_empty_history_is_no_loss(tmp_path, capsys):
    assert verify(history_project(tmp_path, ledger(0, 0))) == 0
    assert capsys.readouterr().out == "snp  no history yet\n"


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("insert into snp values (1, 'c', 'x', '2024-03-01', '2024-03-01', null)",
         "more than one open version: 1 key (1)"),
        ("update snp set dbt_valid_to = '2024-02-02' where a = 'a'",
         "versions that overlap in time: 1 key (1)"),
        ("update snp set dbt_valid_to = '2024-01-01' where a = 'a'",
         "a version that ends no later than it begins: 1 key (1)"),
        ("update snp set dbt_scd_id = 'x'", "a version id that occurs more than once: 1 key (1)"),
        ("update snp set id = null where a = 'a'", "a NULL key: 1 key (NULL)"),
        ("update snp set dbt_valid_from = null where a = 'a'",
         "a version without a start: 1 key (1)"),
        ("update snp set dbt_scd_id = null where a = 'a'", "a version without an id: 1 key (1)"),
        ("alter table snp alter dbt_valid_from type varchar",
         "the column dbt_valid_from is VARCHAR, and dbt_valid_to is TIMESTAMP"),
        ("alter table snp drop dbt_valid_to", "has no column dbt_valid_to"),
    ],
)  # fmt: skip
def test_what_is_unsound_is_named_with_its_keys(tmp_path, capsys, statement, said):
    project = history_project(tmp_path, SOUND)
    do(project, statement)
    assert verify(project, "snp") == 1
    out = capsys.readouterr().out
    assert "unsound" in out
    assert said in out


KEYS = {
    "idd": "snp has no column idd in its history, which unique_key names",
    "[]": "snp has no unique_key",
    "''": "snp has no unique_key",
    "lower(": "snp cannot ask its history for unique_key: the query failed: Parser Error",
}


@pytest.mark.parametrize("key", KEYS)
def test_a_key_that_the_history_does_not_have_is_said(tmp_path, capsys, key):
    config = f"unique_key: {key}, strategy: check, check_cols: all"
    project = history_project(tmp_path, SOUND, config=config)
    assert verify(project) == 1
    assert KEYS[key] in capsys.readouterr().out
    for command in ("history snp 1", "as-of snp 2024-01-05", "repair snp"):
        assert run(["-C", str(project), "snapshot", *command.split()]) == 1
        err = capsys.readouterr().err
        assert f"error: {KEYS[key]}" in err
        assert "--> snapshots/snp.yml:2\n" in err
        assert "select" not in err
        assert ("did you mean 'id'" in err) == (key == "idd")
    # How it was written is on record; to go back one needs no key.
    do(project, ledger(2, 1))
    assert verify(project) == 1
    assert "written with unique_key id (run 1), and the YAML says" in capsys.readouterr().out
    assert run(["-C", str(project), "snapshot", "rewind", "snp"]) == 0


def test_an_end_of_open_versions_that_is_no_time_is_said(tmp_path, capsys):
    config = "unique_key: id, strategy: check, dbt_valid_to_current: \"to_date('9999-12-31')\""
    project = history_project(tmp_path, SOUND, config=config)
    assert verify(project) == 1
    out = capsys.readouterr().out
    assert "dbt_valid_to_current is to_date('9999-12-31'), and that is no time in DuckDB" in out
    assert "timestamp '9999-12-31'" in out
    assert run(["-C", str(project), "snapshot", "as-of", "snp", "2024-01-05"]) == 1
    assert "LINE" not in capsys.readouterr().err


def test_json_holds_the_same(tmp_path, capsys):
    project = history_project(tmp_path, SOUND, more=SECOND)
    do(project, "insert into snp from snp where a = 'b'")
    assert verify(project, "--output-format", "json") == 1
    other, snp = json.loads(capsys.readouterr().out)["snapshots"]
    assert (other["table"], other["sound"]) == (None, True)
    assert (snp["versions"], snp["open"], snp["sound"]) == (3, 2, False)
    assert {one["fault"] for one in snp["faults"]} == {"several_open", "overlap", "repeated_id"}


def test_more_keys_than_are_named_are_counted(tmp_path, capsys):
    rows = [f"{key}, 'a', '2024-01-01', '2024-01-01'" for key in range(7)]
    assert verify(history_project(tmp_path, versions(*rows))) == 1
    assert "7 keys (0; 1; 2; 3; 4; ...)" in capsys.readouterr().out


def test_keys_with_blanks_and_reserved_names_are_quoted(tmp_path, capsys):
    table = versions("1, 'a', '2024-01-01', null", columns='"the key", "group"')
    project = history_project(
        tmp_path, table, config="unique_key: the key, strategy: check, check_cols: all"
    )
    assert verify(project) == 0
    assert "sound    1 version," in capsys.readouterr().out


def test_a_history_that_is_not_as_the_last_run_left_it_is_said(tmp_path, capsys):
    project = history_project(
        tmp_path,
        SOUND,
        "create table snp__runs as select 1 as run_number, 'r' as run_id, now()::timestamp as"
        " run_at, '{}' as settings, null::varchar as columns_before, 0 as new, 0 as returned,"
        " 0 as changed, 0 as closed, 0 as overwritten, 0 as late, 0 as unchanged,"
        " 1 as open_versions, 5 as versions",
    )
    assert verify(project) == 0
    assert "run 1 left 5 versions, 1 open" in capsys.readouterr().out


def test_nothing_is_written(tmp_path):
    project = history_project(tmp_path, SOUND)
    before = (project / "tiny.duckdb").read_bytes()
    assert verify(project) == 0
    assert (project / "tiny.duckdb").read_bytes() == before
    assert query(project, "select count(*) from snp") == [(2,)]
