"""`platform test`."""

from pathlib import Path

import pytest

from platform_cli.cli import run as platform


def test_test_does_only_its_part(letters: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert platform(["-C", str(letters), "test", "--select", "fct_letters"]) == 0
    assert "test: 1 pass" in capsys.readouterr().out.splitlines()[-1]


def test_help_shows_examples(capsys: pytest.CaptureFixture[str]) -> None:
    assert platform(["test", "--help"]) == 0
    assert "platform test --select fct_route_delays" in capsys.readouterr().out
