"""`platform seed`."""

from pathlib import Path

import pytest

from platform_cli.cli import run as platform


def test_seed_does_only_its_part(letters: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert platform(["-C", str(letters), "seed", "--select", "letters"]) == 0
    assert "seed: 1 success" in capsys.readouterr().out.splitlines()[-1]


def test_help_shows_examples(capsys: pytest.CaptureFixture[str]) -> None:
    assert platform(["seed", "--help"]) == 0
    assert "platform seed --select distance_bands" in capsys.readouterr().out
