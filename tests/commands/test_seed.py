"""`platform seed`."""

from pathlib import Path

import pytest

from platform_cli.cli import run as platform
from tests.builders import tiny_project


def test_seed_does_only_its_part(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = tiny_project(tmp_path)
    assert platform(["-q", "-C", str(project), "build"]) == 0
    capsys.readouterr()
    assert platform(["-C", str(project), "seed", "--select", "letters"]) == 0
    assert "seed: 1 success" in capsys.readouterr().out.splitlines()[-1]


def test_help_shows_examples(capsys: pytest.CaptureFixture[str]) -> None:
    assert platform(["seed", "--help"]) == 0
    assert "platform seed --select distance_bands" in capsys.readouterr().out
