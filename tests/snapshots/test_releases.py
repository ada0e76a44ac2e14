"""Past extracts and their times."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from platform_cli.dbt_runner import SnapshotNode
from platform_cli.errors import PlatformError
from platform_cli.snapshots.releases import releases


def _node(files: str, var: str = "release") -> SnapshotNode:
    return SnapshotNode(
        "snapshot.p.s", "s", "snapshots/s.yml", ("a",), "check", "db", "main", "s",
        backfill_files=files, backfill_var=var,
    )  # fmt: skip


def _touch(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("code\n")


def test_files_come_in_the_order_of_their_dates(tmp_path: Path) -> None:
    _touch(tmp_path, "data/a_20240301.csv", "data/a_2024-01-01.csv", "data/b_2023-01-01.csv")
    found = releases(tmp_path, _node("data/a_{date}.csv"))
    assert [one.date for one in found] == ["2024-01-01", "20240301"]
    assert found[1].at == datetime(2024, 3, 1, tzinfo=UTC)
    assert found[0].file == "data/a_2024-01-01.csv"


def test_a_file_name_without_a_date_is_refused(tmp_path: Path) -> None:
    _touch(tmp_path, "data/a_new.csv")
    with pytest.raises(PlatformError, match="holds no date"):
        releases(tmp_path, _node("data/a_{date}.csv"))


def test_no_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(PlatformError, match="no file matches"):
        releases(tmp_path, _node("data/a_{date}.csv"))


@pytest.mark.parametrize(("files", "var"), [("", "v"), ("data/a.csv", "v"), ("a_{date}.csv", "")])
def test_a_missing_setting_is_explained_with_an_example(
    tmp_path: Path, files: str, var: str
) -> None:
    with pytest.raises(PlatformError, match="past extracts") as caught:
        releases(tmp_path, _node(files, var))
    assert "{date}" in caught.value.hint


def test_two_files_of_one_time_are_refused(tmp_path: Path) -> None:
    _touch(tmp_path, "data/a_2024-01-01.csv", "data/a_20240101.csv")
    with pytest.raises(PlatformError, match="two files are of one time"):
        releases(tmp_path, _node("data/a_{date}.csv"))


def test_an_empty_file_is_found_before_anything_is_loaded(tmp_path: Path) -> None:
    _touch(tmp_path, "data/a_2024-01-01.csv")
    (tmp_path / "data" / "a_2024-02-01.csv").touch()
    with pytest.raises(PlatformError, match="is empty"):
        releases(tmp_path, _node("data/a_{date}.csv"))
