import os
from contextlib import suppress
from pathlib import Path

import pytest

from platform_cli.dbt_runner.half_written import whole

BLOCK = 4096


def write(file: Path, text: str) -> None:
    """Write like dbt, in place; a later time even where the clock is coarse."""
    before = file.stat().st_mtime_ns if file.exists() else 0
    file.write_text(text)
    os.utime(file, ns=(before + 10**9, before + 10**9))


def write_half(file: Path) -> None:
    write(file, '{"nodes":')
    raise KeyboardInterrupt


@pytest.mark.parametrize("name", ["manifest.json", "run_results.json", "semantic_manifest.json"])
def test_an_artifact_that_is_cut_short_is_gone(tmp_path: Path, name: str) -> None:
    with whole(tmp_path):
        write(tmp_path / name, '{"nodes": [')
    assert not (tmp_path / name).exists()


def test_a_whole_one_stays(tmp_path: Path) -> None:
    with whole(tmp_path):
        write(tmp_path / "manifest.json", "{}")
    assert (tmp_path / "manifest.json").read_text() == "{}"


def test_one_without_a_byte_is_gone(tmp_path: Path) -> None:
    with whole(tmp_path):
        write(tmp_path / "run_results.json", "")
    assert not (tmp_path / "run_results.json").exists()


def test_it_is_gone_too_when_dbt_raises_and_the_error_goes_on(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), whole(tmp_path):
        write_half(tmp_path / "manifest.json")
    assert not (tmp_path / "manifest.json").exists()


def test_what_this_call_did_not_write_is_left_as_it_is(tmp_path: Path) -> None:
    write(tmp_path / "manifest.json", '{"cut long ago')
    with whole(tmp_path):
        write(tmp_path / "graph.gpickle", "cut")
    assert (tmp_path / "manifest.json").exists()
    assert (tmp_path / "graph.gpickle").exists()


def test_one_that_was_whole_and_is_written_over_half_way_is_gone(tmp_path: Path) -> None:
    write(tmp_path / "manifest.json", "{}")
    with suppress(KeyboardInterrupt), whole(tmp_path):
        write_half(tmp_path / "manifest.json")
    assert not (tmp_path / "manifest.json").exists()


@pytest.mark.parametrize(("end", "stays"), [('"}', True), ('{"a": {}', False)])
def test_at_the_end_of_a_block_of_the_disk_a_brace_alone_is_not_believed(
    tmp_path: Path, end: str, stays: bool
) -> None:
    text = '{"text": "' + "x" * (BLOCK - 10 - len(end)) + end
    assert len(text) == BLOCK
    assert text.endswith("}")
    with whole(tmp_path):
        write(tmp_path / "manifest.json", text)
    assert (tmp_path / "manifest.json").exists() is stays


def test_without_a_target_folder_there_is_nothing_to_do(tmp_path: Path) -> None:
    with whole(tmp_path / "target"):
        pass
    assert not (tmp_path / "target").exists()
