"""A history that another tool changed: the run goes on rightly, or refuses in words."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from tests.scd.crash.image import Image, image
from tests.scd.crash.project import FILE, FIRST, ROWS, SECOND, crash_project, source, start_dbt

GOES_ON = {
    "row_gone": "delete from {name} where id = 5",
    "undo_gone": "drop table if exists {name}__undo",
    "ledger_gone": "drop table {name}__runs",
}
REFUSED = {
    "twice_open": (
        "insert into {name} select * replace ('other' as dbt_scd_id) from {name} where id = 5",
        ("unsound_history", "several open versions of one key", "(for example 5"),
    ),
    # As many versions as the last run left, and as many open ones: nobody looks at all of them.
    "overlap": (
        """insert into {name} select * replace (
            'other' as dbt_scd_id, dbt_valid_from - interval 2 hour as dbt_valid_from,
            dbt_valid_from + interval 1 hour as dbt_valid_to
        ) from {name} where id = 5;
        update {name}__runs set versions = versions + 1;
        update src set a = 'other' where id = 5""",
        ("unsound_history: the history has versions of one key that overlap (1)", "example 5)"),
    ),
    "null_key": (
        "update {name} set id = null where id = 5",
        ("unsound_history: the history has NULL keys (1)", "repair null_key --dry-run"),
    ),
    "null_start": (
        "update {name} set dbt_valid_from = null where id = 5",
        ("unsound_history: the history has versions without a start (1)", "(for example 5)"),
    ),
    "column_gone": (
        "alter table {name} drop column b",
        ("mass_change", "100 of 100 open versions would be changed at once"),
    ),
    "all_gone": (
        "delete from {name}",
        ("missing_history", "is empty, but run 1 of", "left 100 versions"),
    ),
    "start_gone": (
        "alter table {name} drop column dbt_valid_from",
        ("unsound_history", "has no column dbt_valid_from"),
    ),
    "a_view": (
        "alter table {name} rename to {name}_moved; create view {name} as from {name}_moved",
        ("not_a_table", "is a view"),
    ),
    "end_is_text": (
        (
            "alter table {name} alter column dbt_valid_to type varchar;"
            " update {name} set dbt_valid_to = 'soon' where id = 5"
        ),
        ("dbt_valid_to",),
    ),
}
NAMES = [*GOES_ON, *REFUSED]
SNAPSHOTS = "snapshots:\n" + "".join(
    f"  - name: {name}\n    relation: source('main', 'src')\n    config: {{unique_key: id,"
    " strategy: check, check_cols: all, hard_deletes: invalidate}\n"
    for name in NAMES
)
Ran = tuple[str, Path, Image, Image]


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """What dbt said of the second run, the file, and what it held before and after."""
    folder = tmp_path_factory.mktemp("altered") / "p"
    project = crash_project(folder, {"snapshots/s.yml": SNAPSHOTS})
    source(project / FILE, ROWS, 100)
    start_dbt(project, FIRST).communicate(timeout=300)
    for name in NAMES:
        change = GOES_ON.get(name) or REFUSED[name][0]
        source(project / FILE, change.replace("{name}", name), 0)
    before = image(project / FILE)
    said, _ = start_dbt(project, SECOND).communicate(timeout=300)
    return said, project / FILE, before, image(project / FILE)


@pytest.mark.parametrize("name", REFUSED)
def test_is_refused_in_words_and_left_as_it_is(name: str, ran: Ran) -> None:
    said, _, before, after = ran
    about = next(
        part for part in said.split("Compilation Error in snapshot ") if part.startswith(name)
    )
    for words in REFUSED[name][1]:
        assert words in about
    assert "Traceback" not in said
    for table in (name, f"{name}__runs", f"{name}__undo"):
        assert before.get(f"main.{table}") == after.get(f"main.{table}")


@pytest.mark.parametrize("name", GOES_ON)
def test_goes_on_and_is_right(name: str, ran: Ran) -> None:
    said, file, _, _ = ran
    noticed = f"{name}: something else than a run wrote to the history: run 1 left 100 versions"
    assert (noticed in said) == (name == "row_gone")
    with duckdb.connect(str(file), read_only=True) as connection:
        differs = f"(select id, a, b, c, u from {name} where dbt_valid_to is null) "
        assert connection.sql(f"from src except all {differs}").fetchall() == []
        assert connection.sql(f"{differs} except all from src").fetchall() == []
        (runs,) = connection.sql(f"select count(*) from {name}__runs").fetchall()[0]
    assert runs == (1 if name == "ledger_gone" else 2)
