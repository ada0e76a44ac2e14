"""`platform snapshot rewind`: runs of the real engine are undone, byte for byte."""

import json
import random
import shutil

import pytest

from platform_cli.cli import run
from tests.engine_builders import Step, content, engine_project, random_steps, take
from tests.history_builders import do, history_project, query, versions

SCHEMA = {
    2: {"select": "id, a, n, n + 1 as added"},
    3: {"select": 'id, a, n::double as n, n + 1 as added, id * 2 as "with blank"'},
    4: {"config": {"hard_deletes": "new_record"}},
    5: {"config": {"dbt_valid_to_current": "\"timestamp '9999-12-31'\""}},
    6: {"select": "id, a, n::varchar as n"},
    7: {"config": {"snapshot_meta_column_names": "{dbt_valid_to: ended, dbt_scd_id: version_id}"}},
    8: {"select": "id::bigint as id, a, n::varchar as n, [a] as many"},
}  # fmt: skip


def rewind(project, *arguments: str) -> int:
    return run(["-C", str(project), "snapshot", "rewind", "snp", *arguments])


def taken(project, steps):
    """The content of the history after each step, by the number of the run."""
    states = {}
    for number, step in enumerate(steps, start=1):
        take(project, step)
        states[number] = content(project)
    return states


def check_every_run(project, steps, states, folder, *, first=1):
    """Back to each run from the last; then the next run gives what it gave."""
    for number, state in states.items():
        if number < first:
            continue
        copy = shutil.copytree(project, folder / f"to_{number}")
        assert rewind(copy, str(number), "--yes") == 0
        assert content(copy) == state, number
        assert query(copy, "select max(run_number) from snp__runs") == [(number,)]
        left = query(copy, "select max(undo_run) from snp__undo") if number > 1 else [(None,)]
        assert left[0][0] is None or left[0][0] <= number
        if number < len(steps):
            take(copy, steps[number])
            assert content(copy) == states[number + 1], number
            assert sorted(content(copy, "snp__undo")[0][2:]) == sorted(states[number + 1][0])
            # And back again: what the new run left on record is good, too.
            assert rewind(copy, str(number), "--yes") == 0
            assert content(copy) == state, number


def test_a_few_runs_are_undone_one_after_the_other(tmp_path, capsys):
    project = engine_project(tmp_path / "project")
    steps = random_steps(7, 4, {2: {"select": "id, a, n, n + 1 as added"}})
    states = taken(project, steps)
    assert states[2][0] != states[3][0]
    for number in (3, 2, 1):
        assert rewind(project, str(number), "--yes") == 0
        assert content(project) == states[number]
    assert run(["-C", str(project), "snapshot", "verify"]) == 0
    capsys.readouterr()
    take(project, steps[1])
    assert content(project) == states[2]


def test_what_was_compared_is_said_and_no_more(one_run, capsys):
    project = one_run
    take(project, Step("select 1 as id, 'a' as a union all select 2, 'b'", "2024-01-02"))
    do(project, "update snp set a = 'by hand' where id = 1")
    capsys.readouterr()
    assert rewind(project, "1", "--yes") == 0
    err = capsys.readouterr().err
    assert query(project, "select id, a from snp") == [(1, "by hand")]
    assert "as it was" not in err
    assert "versions: 1, open: 1, and the columns: as run 1 left them" in err
    assert "values that something else than a run wrote" in err


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_run_can_be_gone_back_to(tmp_path, seed):
    project = engine_project(tmp_path / "project")
    steps = random_steps(seed, 9, SCHEMA)
    check_every_run(project, steps, taken(project, steps), tmp_path)


@pytest.mark.slow
def test_rows_only_are_undone_without_a_copy_in_one_go(tmp_path):
    project = engine_project(tmp_path / "project")
    steps = random_steps(4, 6, {})
    states = taken(project, steps)
    assert not [name for (name,) in query(project, "select table_name from duckdb_tables()")
                if "__before_" in name]  # fmt: skip
    check_every_run(project, steps, states, tmp_path)


@pytest.mark.slow
def test_the_portable_form_can_be_undone_too(tmp_path):
    project = engine_project(tmp_path / "project")
    steps = [
        Step(one.source, one.at, one.config, "{platform_scd_form: portable}")
        for one in random_steps(5, 6, {2: SCHEMA[2], 4: SCHEMA[3]})
    ]
    check_every_run(project, steps, taken(project, steps), tmp_path)


@pytest.fixture(scope="module")
def taken_over(tmp_path_factory):
    """A history of stock dbt that two runs have gone on with; with its content before."""
    project = engine_project(tmp_path_factory.mktemp("taken_over") / "project")
    do(project, versions("1, 'a', '2023-01-01', null", "2, 'b', '2023-01-01', null"))
    before = content(project)
    take(project, Step("select 1 as id, 'changed' as a, 1 as n", "2024-01-01"))
    take(project, Step("select 1 as id, 'again' as a, 2 as n", "2024-01-02"))
    return project, before


@pytest.fixture
def adopted(taken_over, tmp_path):
    """The same, for one test to write to."""
    project, before = taken_over
    return shutil.copytree(project, tmp_path / "project"), before


def test_a_history_that_was_taken_over_goes_back_to_before_it(adopted, capsys):
    project, before = adopted
    assert rewind(project) == 0
    assert "0 is the state before the first of them" in capsys.readouterr().err
    assert rewind(project, "0", "--yes") == 0
    assert content(project) == before
    assert query(
        project, "select table_name from duckdb_tables() where table_name like 'snp%'"
    ) == [("snp",)]


def test_what_another_tool_wrote_since_is_refused(adopted, capsys):
    project, _ = adopted
    do(project, "delete from snp where id = 2")
    state = content(project)
    assert rewind(project, "1", "--yes") == 1
    assert "something else than a run wrote to the history" in capsys.readouterr().err
    assert content(project) == state


def test_what_the_record_does_not_lead_back_to_is_left_alone(adopted, capsys):
    project, _ = adopted
    do(project, "delete from snp__undo where undo_run = 2 and undo_action = 'added'")
    state, ledger = content(project), content(project, "snp__runs")
    assert rewind(project, "1", "--yes") == 1
    assert "the record does not lead back to run 1" in capsys.readouterr().err
    assert (content(project), content(project, "snp__runs")) == (state, ledger)


def test_a_copy_that_is_gone_is_missed(tmp_path, capsys):
    project = engine_project(tmp_path / "project")
    take(project, Step("select 1 as id, 1 as n", "2024-01-01"))
    take(project, Step("select 1 as id, 1.5::double as n", "2024-01-02"))
    do(project, "drop table snp__before_2")
    assert rewind(project, "1", "--yes") == 1
    err = capsys.readouterr().err
    assert "run 2 changed more than rows, and the copy that it left is gone" in err
    assert rewind(project, "2") == 0


def test_a_value_that_was_overwritten_comes_back_to_the_last_digit(tmp_path):
    project = engine_project(tmp_path)
    untracked = {"check_cols": "[a]"}
    sources = ("1152921504606846977", "1", "1.5::double")
    for number, n in enumerate(sources, 1):
        source = f"select 1 as id, 'a' as a, {n} as n"
        take(project, Step(source, f"2024-01-0{number}", untracked))
        if number == 1:
            before = content(project)
    assert rewind(project, "1", "--yes") == 0
    assert content(project) == before


RUNS = (
    "create table snp__runs as select run_number, 'r' as run_id, timestamp '2024-01-01'"
    " + to_days(run_number::integer) as run_at, '{}' as settings,"
    ' case when run_number > 1 then \'[["id", "INTEGER"]]\' end as columns_before,'
    " 0 as new, 0 as returned, 2 as changed, 0 as closed, 0 as overwritten, 0 as late,"
    " 0 as unchanged, 1 as open_versions, 1 as versions from range(1, 4) as t(run_number)"
)


@pytest.fixture
def recorded(tmp_path):
    return history_project(tmp_path, versions("1, 'a', '2024-01-01', null"), RUNS)


def test_without_a_run_those_on_record_are_listed(recorded, capsys):
    assert rewind(recorded) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["run", "time", "new", "changed", "closed", "versions", "open"]
    assert lines[2].split() == ["1", "2024-01-02", "0", "2", "0", "1", "1"]
    assert rewind(recorded, "--output-format", "json") == 0
    assert [one["run"] for one in json.loads(capsys.readouterr().out)["runs"]] == [1, 2, 3]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["9", "--yes"], 2, "snp has no run 9"),
        (["0", "--yes"], 1, "run 1 made the history: before it there was none"),
        (["3", "--yes"], 0, "run 3 is the last one; there is nothing to undo"),
        (["2"], 2, "nobody is here to agree"),
        (["2", "--dry-run"], 0, "nothing was written"),
    ],
)
def test_nothing_is_written_unless_it_is_clear_and_wanted(recorded, capsys, words, code, said):
    before = (recorded / "tiny.duckdb").read_bytes()
    assert rewind(recorded, *words) == code
    assert said in capsys.readouterr().err
    assert (recorded / "tiny.duckdb").read_bytes() == before


def test_a_history_without_record_has_nothing_to_undo(tmp_path, capsys):
    project = history_project(tmp_path, versions("1, 'a', '2024-01-01', null"))
    assert rewind(project) == 0
    assert "no run is on record" in capsys.readouterr().err
    assert rewind(project, "1", "--yes") == 1
    assert "only runs of this platform can be undone" in capsys.readouterr().err


def test_a_view_is_not_written_to(recorded, capsys):
    do(recorded, "alter table snp rename to kept", "create view snp as from kept")
    assert rewind(recorded, "2", "--yes") == 1
    assert "is a view, not a table" in capsys.readouterr().err


EVENTS = {"strategy": "change_log", "check_cols": "null", "updated_at": "u",
          "meta": "{scd: {delete_when: \"a = 'gone'\"}}"}  # fmt: skip


def random_events(seed: int, number: int) -> list[Step]:
    """Batches of events in any order, with deletes; a column comes, and one widens."""
    choose = random.Random(seed)
    steps = []
    for at in range(number):
        places = {(choose.randrange(5), choose.randrange(1, 28)) for _ in range(12)}
        rows = ", ".join(
            f"({key}, '{choose.choice('abc')}', {at}, timestamp '2024-01-{day:02} 00:00:{at:02}')"
            if choose.random() < 0.8
            else f"({key}, 'gone', {at}, timestamp '2024-01-{day:02} 00:00:{at:02}')"
            for key, day in sorted(places)
        )
        select = "id, a, n, u" if at < 2 else "id, a, n::double as n, u, n + 1 as added"
        source = f"select {select} from (values {rows}) as v(id, a, n, u)"
        config = dict(EVENTS, hard_deletes="new_record" if seed % 2 else "invalidate")
        steps.append(Step(source, f"2024-02-{at + 1:02}", config))
    return steps


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_runs_of_a_change_log_are_undone_with_the_events_they_kept(tmp_path, seed):
    project = engine_project(tmp_path / "project")
    steps = random_events(seed, 5)
    states, events = {}, {}
    for number, step in enumerate(steps, start=1):
        take(project, step)
        states[number] = content(project)
        events[number] = sorted(query(project, "select scd_run, id, u from snp__events"))
    assert len(events[5]) > len(events[3]) > 0
    copy = shutil.copytree(project, tmp_path / "copy")
    assert rewind(copy, "3", "--yes") == 0
    assert sorted(query(copy, "select scd_run, id, u from snp__events")) == events[3]
    check_every_run(project, steps, states, tmp_path)
