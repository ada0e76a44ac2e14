"""`platform snapshot repair`."""

import json
import random

import pytest

from platform_cli.cli import run
from platform_cli.commands._snapshot import repair as command
from platform_cli.snapshots import repair_steps
from tests.engine_builders import Step, content, take
from tests.history_builders import do, history_project, ledger, query, versions


def repair(project, *arguments: str) -> int:
    return run(["-C", str(project), "snapshot", "repair", "snp", *arguments])


def verify(project) -> int:
    return run(["-C", str(project), "snapshot", "verify", "snp"])


def shown(project, columns: str = "id, a") -> list[str]:
    """The versions as `id value from..to`."""
    return [
        " ".join(map(str, row))
        for row in query(
            project,
            f"select {columns}, strftime(dbt_valid_from, '%m-%d') || '..' ||"
            " coalesce(strftime(dbt_valid_to, '%m-%d'), '') from snp order by all",
        )
    ]


def test_a_history_that_was_written_with_another_key_is_left_alone(tmp_path, capsys):
    rows = ["1, 'a', '2024-01-01', '2024-02-01'", "1, 'b', '2024-02-01', null",
            "2, 'b', '2024-01-01', null"]  # fmt: skip
    project = history_project(
        tmp_path, versions(*rows), ledger(3, 2), config="unique_key: a, strategy: check"
    )
    assert verify(project) == 1
    out, err = capsys.readouterr()
    assert "snp  sound" in out
    assert "written with unique_key id (run 1), and the YAML says a" in out
    assert "set unique_key back to id" in out
    assert "repair" not in err
    before = content(project)
    assert repair(project, "--yes") == 1
    assert "written with unique_key id (run 1), and the YAML says a" in capsys.readouterr().err
    assert content(project) == before


SEEN = [
    "'A', timestamptz '2024-01-01 10:20:00+00', '2024-01-01', null",
    "'A', timestamptz '2024-01-01 20:10:00+00', '2024-01-02', null",
]
"""Two days in Tokyo, where dbt ran; one in UTC."""


@pytest.mark.parametrize(
    ("expression", "code"),
    [
        ("date_trunc('day', seen_at)", 1),
        ("date_trunc('hour', seen_at)", 1),
        ("cast(seen_at at time zone 'Asia/Tokyo' as date)", 0),
        ("epoch_ms(seen_at)", 0),
    ],
)
def test_a_key_that_means_another_thing_in_another_time_zone_is_left_alone(
    tmp_path, capsys, expression, code
):
    project = history_project(
        tmp_path,
        versions(*SEEN, columns="code, seen_at"),
        config=f'unique_key: [code, "{expression}"], strategy: check, check_cols: all',
    )
    before = content(project)
    capsys.readouterr()
    assert repair(project, "--yes") == code
    said = "which gives other keys in other time zones"
    assert (said in capsys.readouterr().err) == bool(code)
    assert content(project) == before
    verify(project)
    assert (said in capsys.readouterr().out) == bool(code)


def test_a_key_under_which_the_history_is_sound_too_is_no_finding(tmp_path, capsys):
    project = history_project(
        tmp_path,
        versions("1, 'a', '2024-01-01', null", "2, 'b', '2024-01-01', null"),
        ledger(2, 2),
        config="unique_key: a, strategy: check",
    )
    assert verify(project) == 0
    assert "key" not in capsys.readouterr().out


def test_two_that_begin_together_are_told_apart_by_their_values(tmp_path, capsys):
    rows = ["1, 'a', 7, '2024-01-01', null", "1, 'b', 7, '2024-01-01', null"]
    project = history_project(tmp_path, versions(*rows, columns="id, a, same"))
    assert repair(project, "--dry-run") == 0
    out = capsys.readouterr().out
    assert "2024-01-01 .. (open)  a a" in out
    assert "2024-01-01 .. (open)  a b" in out
    assert "same" not in out
    assert repair(project, "--dry-run", "--output-format", "json") == 0
    (one,) = json.loads(capsys.readouterr().out)["repairs"]
    assert one["before_values"] == [{"a": "a"}, {"a": "b"}]
    assert len(one["after_values"]) == 1


UNSOUND = {
    "null-keys": (
        ["null, 'x', '2024-01-01', null", "null, 'x', '2024-01-02', null",
         "1, 'a', '2024-01-01', null"],
        ["1 a 01-01.."],
    ),
    "empty-versions": (
        ["1, 'a', '2024-01-05', '2024-01-05'", "1, 'b', '2024-01-05', null",
         "2, 'x', '2024-01-05', '2024-01-03'"],
        ["1 b 01-05.."],
    ),
    "several-open": (
        ["1, 'a', '2024-01-01', null", "1, 'b', '2024-01-05', null", "1, 'c', '2024-01-09', null"],
        ["1 a 01-01..01-05", "1 b 01-05..01-09", "1 c 01-09.."],
    ),
    "overlaps": (
        ["1, 'a', '2024-01-01', null", "1, 'b', '2024-01-03', '2024-01-05'",
         "2, 'x', '2024-01-01', '2024-01-09'", "2, 'y', '2024-01-05', null"],
        ["1 a 01-01..01-03", "1 a 01-05..", "1 b 01-03..01-05", "2 x 01-01..01-05",
         "2 y 01-05.."],
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", UNSOUND)
@pytest.mark.parametrize("named", [True, False])
def test_each_kind_is_mended_and_a_copy_kept(tmp_path, capsys, kind, named):
    rows, mended = UNSOUND[kind]
    project = history_project(tmp_path, versions(*rows))
    before = content(project)
    assert verify(project) == 1
    assert repair(project, "--yes", *(["--only", kind] if named else [])) == 0
    out, err = capsys.readouterr()
    assert f"{kind}: " in out
    assert "snp__before_repair_1" in err
    assert shown(project) == mended
    assert content(project, "snp__before_repair_1") == before
    assert verify(project) == 0
    capsys.readouterr()
    assert repair(project, "--yes") == 0
    assert "there is nothing that this can repair" in capsys.readouterr().err


def test_repeated_and_missing_ids_become_unique_and_the_first_keeps_its_own(tmp_path):
    project = history_project(
        tmp_path,
        versions("1, 'a', '2024-01-01', '2024-01-05'", "1, 'b', '2024-01-05', null",
                 "2, 'x', '2024-01-02', null", "3, 'y', '2024-01-02', null"),
        "update snp set dbt_scd_id = 'same' where id < 3",
        "update snp set dbt_scd_id = null where id = 3",
    )  # fmt: skip
    assert repair(project, "--yes") == 0
    ids = query(project, "select dbt_scd_id from snp order by id, dbt_valid_from")
    assert ids[0] == ("same",)
    assert len(set(ids)) == 4
    assert verify(project) == 0


def test_exact_duplicates_become_one(tmp_path):
    project = history_project(tmp_path, versions("1, 'a', '2024-01-01', null"))
    do(project, "insert into snp from snp")
    assert repair(project, "--yes") == 0
    assert shown(project) == ["1 a 01-01.."]
    assert verify(project) == 0


def test_open_versions_keep_their_far_day_and_columns_their_names(tmp_path):
    project = history_project(
        tmp_path,
        versions("1, 'a', '2024-01-01', '9999-12-31'", "1, 'b', '2024-01-05', '9999-12-31'"),
        "alter table snp rename dbt_valid_to to ended",
        config="unique_key: id, strategy: check, check_cols: all, dbt_valid_to_current:"
        " \"timestamp '9999-12-31'\", snapshot_meta_column_names: {dbt_valid_to: ended}",
    )
    assert repair(project, "--yes") == 0
    assert query(project, "select a, ended::date::varchar from snp order by a") == [
        ("a", "2024-01-05"), ("b", "9999-12-31"),
    ]  # fmt: skip
    assert verify(project) == 0


def test_only_what_is_named_is_mended(tmp_path):
    rows = [row for kind in ("several-open", "empty-versions") for row in UNSOUND[kind][0]]
    project = history_project(
        tmp_path, versions(*(row.replace("1, 'a'", "9, 'a'") for row in rows))
    )
    before = len(shown(project))
    assert repair(project, "--only", "empty-versions", "--yes") == 0
    assert len(shown(project)) == before - 2
    assert verify(project) == 1


def random_history(seed: int) -> list[str]:
    choose = random.Random(seed)
    rows = []
    for key in range(12):
        for _ in range(choose.randrange(1, 7)):
            start, end = choose.randrange(1, 20), choose.choice([None, *range(1, 20)])
            to = f"'2024-01-{end:02}'" if end else "null"
            rows.append(f"{key}, '{choose.choice('abc')}', '2024-01-{start:02}', {to}")
    return rows


CLAIMS = """
select t.day, v.id, v.a, count(*) over (partition by t.day, v.id) as claims
from {} as v inner join (
    select timestamp '2024-01-01' + to_days(d::integer) as day from range(40) as r(d)
) as t on v.dbt_valid_from <= t.day and (v.dbt_valid_to is null or t.day < v.dbt_valid_to)
"""


@pytest.mark.parametrize("seed", range(6))
def test_where_one_version_claimed_a_time_it_still_does(tmp_path, seed):
    project = history_project(tmp_path, versions(*random_history(seed)))
    assert repair(project, "--yes") == 0
    assert verify(project) == 0
    before = query(project, CLAIMS.format("snp__before_repair_1"))
    after = {(day, key): value for day, key, value, _ in query(project, CLAIMS.format("snp"))}
    # Nothing is claimed that was not, and nothing that was claimed is lost.
    assert {(day, key) for day, key, _, _ in before} == set(after)
    for day, key, value, claims in before:
        if claims == 1:
            assert after[day, key] == value
        else:
            assert after[day, key] in {v for d, k, v, _ in before if (d, k) == (day, key)}
    assert repair(project, "--dry-run") == 0
    assert query(
        project, "select count(*) from duckdb_tables() where table_name like '%repair%'"
    ) == [(1,)]


def test_a_start_that_is_not_there_is_said_and_left(tmp_path, capsys):
    project = history_project(tmp_path, versions("1, 'a', '2024-01-01', null"))
    do(project, "update snp set dbt_valid_from = null")
    assert repair(project, "--yes") == 1
    assert "not repaired: a version without a start: 1" in capsys.readouterr().out


SPELLED = """
create table snp as
select id, text, number, json, f::timestamp as changed_on, md5(concat(id, f)) as dbt_scd_id,
    f::timestamp as dbt_updated_at, f::timestamp as dbt_valid_from, t::timestamp as dbt_valid_to
from (values
    (1, '7', 0.1::float::double, '{"a": 1, "b": 2}'::json, '2024-01-01', '2024-01-02'),
    (1, '7.0', 0.1::double, '{"b": 2, "a": 1}'::json, '2024-01-02', '2024-01-03'),
    (1, '7.0', 0.1::double, '{"b": 2, "a": 1}'::json, '2024-01-03', null),
    (2, '007', 1, null, '2024-01-01', '2024-01-02'), (2, '7', 1, null, '2024-01-02', null),
    (3, 'a', 1, null, '2024-01-01', '2024-01-02'), (3, 'a', 1, null, '2024-01-03', null),
    (4, 'a', 0.1, null, '2024-01-01', '2024-01-02'),
    (4, 'a', 0.10000001, null, '2024-01-02', null),
    (5, '2024-01-01', 1, null, '2024-01-01', '2024-01-02'),
    (5, '2024-01-01 00:00:00', 1, null, '2024-01-02', null),
    (6, '9007199254740993', 1, null, '2024-01-01', '2024-01-02'),
    (6, '9007199254740992.0', 1, null, '2024-01-02', null)
) as v(id, text, number, json, f, t)
"""


def test_false_versions_from_casts_become_one_when_it_is_asked_for(tmp_path, capsys):
    config = "unique_key: id, strategy: timestamp, updated_at: changed_on"
    project = history_project(tmp_path, SPELLED, config=config)
    assert repair(project, "--yes") == 0
    assert "there is nothing" in capsys.readouterr().err
    assert repair(project, "--only", "false-versions", "--yes") == 0
    assert "false-versions: 2 keys (1; 5)" in capsys.readouterr().out
    counts = query(project, "select id, count(*) from snp group by id order by id")
    assert counts == [(1, 1), (2, 2), (3, 2), (4, 2), (5, 1), (6, 2)]
    assert query(project, "select text, number, dbt_scd_id = md5(concat(id, '2024-01-01')),"
                          " changed_on::date::varchar, dbt_valid_to from snp where id = 1") == [
        ("7.0", 0.1, True, "2024-01-03", None)
    ]  # fmt: skip
    assert verify(project) == 0


def reopened_rows(keys: int, gone: int) -> list[str]:
    """`keys` keys, of which `gone` were closed at once and came back; 0 came back as another."""
    rows = []
    for key in range(keys):
        if key < gone:
            value = "'b'" if key == 0 else "'a'"
            rows += [
                f"{key}, 'a', '2024-01-01', '2024-01-10'",
                f"{key}, {value}, '2024-01-11', null",
            ]
        else:
            rows.append(f"{key}, 'a', '2024-01-01', null")
    return rows


@pytest.mark.parametrize(
    ("keys", "gone", "joined"),
    [(40, 20, 19), (40, 8, 0), (100, 12, 0), (3, 3, 0)],
)
def test_what_was_closed_all_at_once_is_joined_when_it_is_asked_for(tmp_path, keys, gone, joined):
    project = history_project(tmp_path, versions(*reopened_rows(keys, gone)))
    assert repair(project, "--only", "reopened", "--yes") == 0
    assert len(shown(project)) == keys + gone - joined
    assert verify(project) == 0


def test_a_few_keys_are_joined_when_all_were_closed(tmp_path):
    rows = [row.replace("'b'", "'a'") for row in reopened_rows(3, 3)]
    project = history_project(tmp_path, versions(*rows))
    assert repair(project, "--only", "reopened", "--yes") == 0
    assert shown(project) == ["0 a 01-01..", "1 a 01-01..", "2 a 01-01.."]


def test_every_repair_can_be_named():
    assert tuple(kind.name for kind in repair_steps.KINDS) == command._KINDS


def test_deleted_records_of_the_accident_go(tmp_path):
    project = history_project(
        tmp_path,
        versions(*(row for key in (1, 2) for row in (
            f"{key}, 'a', '2024-01-01', '2024-01-10'", f"{key}, 'a', '2024-01-10', '2024-01-11'",
            f"{key}, 'a', '2024-01-11', null",
        ))),
        "alter table snp add column dbt_is_deleted varchar default 'False'",
        "update snp set dbt_is_deleted = 'True' where dbt_valid_from = '2024-01-10'",
    )  # fmt: skip
    assert repair(project, "--only", "reopened", "--yes") == 0
    assert shown(project) == ["1 a 01-01..", "2 a 01-01.."]


def test_the_plan_is_shown_and_nothing_written_without_consent(tmp_path, capsys):
    project = history_project(tmp_path, versions(*UNSOUND["overlaps"][0]))
    before = (project / "tiny.duckdb").read_bytes()
    assert repair(project, "--dry-run") == 0
    out = capsys.readouterr().out
    assert "overlaps: 2 keys (1; 2)" in out
    assert "    - 2024-01-01 .. (open)" in out
    assert "    + 2024-01-05 .. (open)" in out
    assert "4 -> 5 versions" in out
    assert repair(project) == 2
    assert "nobody is here to agree" in capsys.readouterr().err
    assert repair(project, "--dry-run", "--output-format", "json") == 0
    plan = json.loads(capsys.readouterr().out)
    assert (plan["version"], plan["versions_after"]) == (1, 5)
    assert (project / "tiny.duckdb").read_bytes() == before


def test_runs_go_on_after_a_repair_and_both_can_be_undone(one_run, capsys):
    project = one_run
    take(project, Step("select 1 as id, 'b' as a", "2024-01-02"))
    do(project, "update snp set dbt_valid_to = null")
    broken = content(project)
    assert repair(project, "--yes") == 0
    repaired = content(project)
    assert shown(project) == ["1 a 01-01..01-02", "1 b 01-02.."]
    take(project, Step("select 1 as id, 'c' as a", "2024-01-03"))
    rewind = ["-C", str(project), "snapshot", "rewind", "snp"]
    capsys.readouterr()
    assert run(rewind) == 0
    assert "repair 1" in capsys.readouterr().out
    assert run([*rewind, "3", "--yes"]) == 0
    assert content(project) == repaired
    # Run 2 had not left what the repair found, so there is no way back beyond it.
    assert run([*rewind, "2", "--yes"]) == 1
    assert content(project, "snp__before_repair_1") == broken
