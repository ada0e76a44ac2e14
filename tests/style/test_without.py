import subprocess
import sys

import pytest

from platform_cli.style.without import without


def test_a_module_is_as_if_it_were_not_installed() -> None:
    sys.modules.pop("colorsys", None)
    with without("colorsys"), pytest.raises(ImportError):
        import colorsys
    import colorsys

    assert colorsys.ONE_THIRD


def test_one_that_is_there_stays() -> None:
    with without("pytest"):
        assert sys.modules["pytest"] is pytest
    assert sys.modules["pytest"] is pytest


def test_sqlfluff_comes_without_pytest() -> None:
    program = "import sys; import platform_cli.style.linter; print('pytest' in sys.modules)"
    words = [sys.executable, "-P", "-c", program]
    assert subprocess.run(words, capture_output=True, text=True, check=True).stdout == "False\n"
