"""`platform test`."""

from pathlib import Path

import pytest

from platform_cli.cli import run as platform
from tests.builders import tiny_project


def test_test_does_only_its_part(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = tiny_project(tmp_path)
    assert platform(["-q", "-C", str(project), "build"]) == 0
    capsys.readouterr()
    assert platform(["-C", str(project), "test", "--select", "fct_letters"]) == 0
    assert "test: 1 pass" in capsys.readouterr().out.splitlines()[-1]


def test_help_shows_examples(capsys: pytest.CaptureFixture[str]) -> None:
    assert platform(["test", "--help"]) == 0
    assert "platform test --select fct_route_delays" in capsys.readouterr().out
