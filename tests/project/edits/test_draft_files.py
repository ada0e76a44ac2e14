"""Drafts are whole, readable by the team, and leave nothing behind."""

from pathlib import Path

import pytest

from platform_cli.project.edits.draft_files import draft_file, make_folders, remove_folders


def test_a_draft_holds_the_text_to_the_byte(tmp_path: Path) -> None:
    draft = draft_file(tmp_path, "a\r\nb\n")
    assert draft.read_bytes() == b"a\r\nb\n"
    assert draft.parent == tmp_path


def test_its_mode_is_the_usual_one_or_the_one_that_is_given(tmp_path: Path) -> None:
    (tmp_path / "usual").touch()
    assert draft_file(tmp_path, "").stat().st_mode == (tmp_path / "usual").stat().st_mode
    assert draft_file(tmp_path, "", 0o640).stat().st_mode & 0o777 == 0o640


def test_a_text_that_cannot_be_written_leaves_no_draft(tmp_path: Path, monkeypatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "chmod", full)
    with pytest.raises(OSError, match="No space"):
        draft_file(tmp_path, "text")
    assert list(tmp_path.iterdir()) == []


def test_folders_are_taken_back_where_nothing_has_come_in(tmp_path: Path) -> None:
    made = make_folders(tmp_path / "a" / "b" / "c")
    assert made == [tmp_path / "a", tmp_path / "a" / "b", tmp_path / "a" / "b" / "c"]
    (tmp_path / "a" / "kept").touch()
    remove_folders(made)
    assert [one.name for one in (tmp_path / "a").iterdir()] == ["kept"]
