import json
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from platform_cli.conventions.baseline import (
    Baseline,
    Fingerprint,
    held,
    line_of,
    read_baseline,
    write_baseline,
)
from platform_cli.errors import ExitCode, PlatformError
from tests.git_builders import commit, git

A = Fingerprint("has-y", "model.shop.fct_a", "column:id")
B = Fingerprint("has-y", "model.shop.fct_a", "column:when")
C = Fingerprint("no-x", "model.shop.fct_b", "")
BASELINE = Baseline({C: 2, A: 1}, {"model.shop.fct_a": "AAAA"})


def test_what_is_written_is_read_again_and_the_same_is_written(tmp_path) -> None:
    assert read_baseline(tmp_path) is None
    write_baseline(tmp_path, BASELINE)
    first = (tmp_path / "baseline.json").read_text()
    read = read_baseline(tmp_path)
    assert read == BASELINE
    write_baseline(tmp_path, read)
    assert (tmp_path / "baseline.json").read_text() == first
    assert [file.name for file in tmp_path.iterdir()] == ["baseline.json"]


def test_the_file_is_json_sorted_and_has_one_line_per_finding(tmp_path) -> None:
    write_baseline(tmp_path, BASELINE)
    text = (tmp_path / "baseline.json").read_text()
    assert json.loads(text)["version"] == 1
    assert text.splitlines()[2:5] == [
        '"findings": [',
        '{"rule":"has-y","resource":"model.shop.fct_a","anchor":"column:id","count":1},',
        '{"rule":"no-x","resource":"model.shop.fct_b","anchor":"","count":2}',
    ]
    assert line_of(tmp_path, C) == 5
    write_baseline(tmp_path, Baseline())
    assert read_baseline(tmp_path) == Baseline()


def test_one_more_of_a_kind_is_new_and_one_less_is_left() -> None:
    assert held([A, B, A], {A: 1}) == ({0}, Counter())
    assert held([A], {A: 2, C: 1}) == ({0}, Counter({A: 1, C: 1}))


def refusal(folder: Path, text: str) -> PlatformError:
    (folder / "baseline.json").write_text(text)
    with pytest.raises(PlatformError) as error:
        read_baseline(folder)
    assert error.value.exit_code == ExitCode.USAGE
    return error.value


def test_a_merge_conflict_is_refused_with_its_line(tmp_path) -> None:
    write_baseline(tmp_path, BASELINE)
    text = (tmp_path / "baseline.json").read_text()
    broken = text.replace('{"rule":"no', '<<<<<<< HEAD\n=======\n>>>>>>> other\n{"rule":"no')
    error = refusal(tmp_path, broken)
    assert "merge conflict" in error.message
    assert str(error.where) == "baseline.json:5"
    assert "`platform check --write-baseline` merges it" in error.hint


@pytest.mark.parametrize("style", ["merge", "diff3"])
def test_a_merge_conflict_may_be_read_as_what_either_side_has(tmp_path, style) -> None:
    def committed(entries: dict[Fingerprint, int]) -> None:
        write_baseline(tmp_path, Baseline(entries, {one.resource: "w" for one in entries}))
        commit(tmp_path)

    committed({A: 3, B: 1, C: 2})
    git(tmp_path, "checkout", "-b", "other")
    committed({A: 2, B: 1})
    git(tmp_path, "checkout", "main")
    committed({A: 1, C: 2})
    with pytest.raises(subprocess.CalledProcessError):
        git(tmp_path, "-c", f"merge.conflictStyle={style}", "merge", "other")
    found = read_baseline(tmp_path, both_sides=True)
    assert found == Baseline({A: 2, B: 1, C: 2}, {A.resource: "w"})


def test_a_newer_version_is_refused_before_its_content_is_looked_at(tmp_path) -> None:
    error = refusal(tmp_path, '{"version": 2, "findings": {"new": "form"}}')
    assert "version 2; this platform reads 1" in error.message


@pytest.mark.parametrize(
    "text", ["", "[]", '{"version": 1, "findings": [{}]}', "\x00\x01", '{"ver']
)
def test_what_is_no_baseline_is_refused(tmp_path, text) -> None:
    assert "is not a baseline" in refusal(tmp_path, text).message


def test_a_line_too_many_is_named(tmp_path) -> None:
    error = refusal(tmp_path, '{\n"version": 1,\n"findings": [\n{"rule":"a"},\n]\n}\n')
    assert str(error.where) == "baseline.json:5"


def test_a_folder_that_cannot_be_written_is_the_environments_fault(tmp_path) -> None:
    with pytest.raises(PlatformError) as error:
        write_baseline(tmp_path / "nowhere", BASELINE)
    assert error.value.exit_code == ExitCode.ENVIRONMENT
