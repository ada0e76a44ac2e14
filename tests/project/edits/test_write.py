import os
import stat

import pytest

from platform_cli.errors import PlatformError
from platform_cli.project.edits.drafts import Change
from platform_cli.project.edits.write import write_changes
from tests.builders import write


@pytest.fixture
def root(tmp_path):
    return write(tmp_path, {"a.yml": "a\r\n", "b.sql": "b\n", "c.sql": "c\n"})


def test_files_get_their_texts_names_and_keep_mode_and_line_ends(root) -> None:
    (root / "a.yml").chmod(0o640)
    write_changes(
        root,
        [
            Change("a.yml", "a\r\n", "A\r\n"),
            Change("deep/er/n.yml", None, "n\n"),
            Change("d.sql", "b\n", "B\n", old_path="b.sql"),
        ],
    )
    assert (root / "a.yml").read_bytes() == b"A\r\n"
    assert stat.S_IMODE((root / "a.yml").stat().st_mode) == 0o640
    assert (root / "deep/er/n.yml").read_text() == "n\n"
    assert (root / "d.sql").read_text() == "B\n"
    assert sorted(one.name for one in root.iterdir()) == ["a.yml", "c.sql", "d.sql", "deep"]


@pytest.mark.parametrize(
    "wrong",
    [
        Change("c.sql", "other\n", "C\n"),
        Change("c.sql", None, "C\n"),
        Change("gone.sql", "x\n", "C\n"),
        Change("c.sql", "b\n", "C\n", old_path="b.sql"),
    ],
)
def test_nothing_is_written_when_one_file_is_not_what_it_was(root, wrong) -> None:
    with pytest.raises(PlatformError):
        write_changes(root, [Change("a.yml", "a\r\n", "A\r\n"), wrong])
    assert {one.name: one.read_bytes() for one in root.iterdir()} == {
        "a.yml": b"a\r\n",
        "b.sql": b"b\n",
        "c.sql": b"c\n",
    }


def test_what_was_replaced_is_put_back_when_a_later_step_fails(root, monkeypatch) -> None:
    (root / "locked").mkdir()
    write(root / "locked", {"x.sql": "x\n"})
    (root / "locked").chmod(0o500)
    if os.access(root / "locked", os.W_OK):  # root may write everywhere: make the last step fail
        from pathlib import Path

        unlink = Path.unlink

        def failing(self, missing_ok=False):
            if self.name == "x.sql":
                raise PermissionError(13, "Permission denied", str(self))
            unlink(self, missing_ok)

        monkeypatch.setattr(Path, "unlink", failing)
    changes = [
        Change("a.yml", "a\r\n", "A\r\n"),
        Change("y.sql", "x\n", "x\n", old_path="locked/x.sql"),
    ]
    with pytest.raises(PlatformError, match="cannot write"):
        write_changes(root, changes)
    (root / "locked").chmod(0o700)
    assert (root / "a.yml").read_bytes() == b"a\r\n"
    assert (root / "locked/x.sql").read_text() == "x\n"
    assert sorted(one.name for one in root.iterdir()) == ["a.yml", "b.sql", "c.sql", "locked"]


def test_a_link_stays_a_link(root) -> None:
    (root / "l.sql").symlink_to("c.sql")
    write_changes(root, [Change("l.sql", "c\n", "C\n")])
    assert (root / "l.sql").is_symlink()
    assert (root / "c.sql").read_text() == "C\n"
