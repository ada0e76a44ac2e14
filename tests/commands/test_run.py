"""`platform run`."""

from pathlib import Path

import pytest

from platform_cli.cli import run as platform


def test_run_does_only_its_part(letters: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert platform(["-C", str(letters), "run", "--select", "stg_letters"]) == 0
    assert "run: 1 success" in capsys.readouterr().out.splitlines()[-1]


def test_help_shows_examples(capsys: pytest.CaptureFixture[str]) -> None:
    assert platform(["run", "--help"]) == 0
    assert "platform run --select stg_flights" in capsys.readouterr().out
