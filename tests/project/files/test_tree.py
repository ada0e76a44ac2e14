from pathlib import Path

import pytest

from platform_cli.errors import PlatformError
from platform_cli.project.files.tree import Files, decode, list_below, read_bytes
from tests.read_builders import load, write_files


def test_hidden_folders_are_searched_and_temporary_names_are_not(tmp_path: Path) -> None:
    names = ["a.sql", ".hidden/b.sql", ".c.sql", "#d.sql", "~e.sql", "f.SQL", "g.txt"]
    write_files(tmp_path, {f"models/{name}": "select 1" for name in names})
    found = Files("shop", str(tmp_path), "").find(["models"], ".sql")
    assert {file.path for file in found} == {
        "models/a.sql",
        "models/.hidden/b.sql",
        "models/f.SQL",
    }


def test_linked_folders_are_not_followed_but_linked_files_are(tmp_path: Path) -> None:
    write_files(tmp_path, {"elsewhere/x.sql": "", "models/a.sql": ""})
    (tmp_path / "models" / "link").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "models" / "b.sql").symlink_to(tmp_path / "elsewhere" / "x.sql")
    assert sorted(list_below(str(tmp_path / "models"))) == ["a.sql", "b.sql"]


def test_dbtignore_hides_files(tmp_path: Path) -> None:
    project = load(
        tmp_path,
        {
            "models/a.sql": "select 1 as id",
            "models/drafts/b.sql": "select 1 as id",
            ".dbtignore": "models/drafts/\n",
        },
    )
    assert set(project.resources) == {"model.shop.a"}


def test_a_file_that_is_not_utf8_is_a_problem_with_its_line(tmp_path: Path) -> None:
    project = load(
        tmp_path,
        {"models/a.sql": "select 1\n-- caf\xe9".encode("latin1"), "models/b.sql": "select 1"},
    )
    (problem,) = project.problems
    assert (problem.path, problem.line) == ("models/a.sql", 2)
    assert "0xe9" in problem.message
    assert "model.shop.b" in project.resources


def test_an_unreadable_path_names_the_file(tmp_path: Path) -> None:
    with pytest.raises(PlatformError, match=r"models/gone\.sql"):
        read_bytes(str(tmp_path / "gone.sql"), "models/gone.sql")


def test_a_huge_file_is_refused_without_reading_it(tmp_path: Path) -> None:
    with (tmp_path / "big.sql").open("wb") as handle:
        handle.truncate(70 * 1024 * 1024)
    with pytest.raises(PlatformError, match="more than 64 MB"):
        read_bytes(str(tmp_path / "big.sql"), "models/big.sql")


def test_text_is_decoded_as_utf8() -> None:
    assert decode("Zürich".encode(), "x") == "Zürich"


def test_an_empty_model_is_a_model(tmp_path: Path) -> None:
    assert "model.shop.empty" in load(tmp_path, {"models/empty.sql": b""}).resources
