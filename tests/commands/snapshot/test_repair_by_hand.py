"""`platform snapshot repair` where something else than a run wrote: what is kept, what is left."""

from pathlib import Path

import pytest

from tests.commands.snapshot.test_repair import UNSOUND, repair, shown, verify
from tests.engine_builders import Step, content, take
from tests.history_builders import do, history_project, versions

OVERLAPPING = ["1, 'a', '2024-01-01', '2024-01-09'", "1, 'b', '2024-01-05', null"]


def test_a_version_without_a_start_is_kept_beside_others_that_are_mended(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [*OVERLAPPING, "1, 'c', null, '2024-01-20'", *UNSOUND["several-open"][0][:2]]
    project = history_project(
        tmp_path, versions(*rows[:3], *(row.replace("1, '", "2, '") for row in rows[3:]))
    )
    assert repair(project, "--yes") == 1
    out = capsys.readouterr().out
    assert 'update "tiny"."main"."snp" set "dbt_valid_from" = ...' in out
    assert "1 c None" in shown(project)
    assert "2 a 01-01..01-05" in shown(project)


def test_a_second_open_version_without_a_start_is_no_fault_of_the_platform(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = ["1, 'a', null, null", "1, 'b', '2024-01-05', null", *OVERLAPPING]
    project = history_project(
        tmp_path, versions(*rows[:2], *(row.replace("1, '", "2, '") for row in rows[2:]))
    )
    assert repair(project, "--yes") == 1
    out, err = capsys.readouterr()
    assert "not repaired: more than one open version: 1" in out
    assert "fault of the platform" not in err
    assert "2 a 01-01..01-05" in shown(project)


def test_what_is_valid_at_no_time_only_goes_when_it_is_asked_for(tmp_path: Path) -> None:
    project = history_project(
        tmp_path, versions(*OVERLAPPING, "1, 'c', '2024-01-03', '2024-01-03'")
    )
    assert repair(project, "--only", "overlaps", "--yes") == 0
    assert shown(project) == ["1 a 01-01..01-05", "1 b 01-05..", "1 c 01-03..01-03"]


@pytest.mark.parametrize("earlier", [1, 2])
def test_an_id_that_was_copied_from_another_version(one_run: Path, earlier: int) -> None:
    take(one_run, Step("select 1 as id, 'b' as a union select 2, 'x'", "2024-01-02"))
    before = content(one_run)
    mine, other = ("a = 'a'", "a = 'b'") if earlier == 1 else ("a = 'x'", "a = 'a'")
    do(one_run, f"update snp set dbt_scd_id = (select dbt_scd_id from snp where {other})"
                f" where {mine}")  # fmt: skip
    assert repair(one_run, "--yes") == 0
    assert content(one_run) == before
    assert verify(one_run) == 0
