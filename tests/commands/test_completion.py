"""`platform completion`: the scripts are those of click, for the name that was typed."""

import shutil
import subprocess

import pytest
from click.testing import CliRunner

from platform_cli.cli import root


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_is_for_our_name(shell):
    if shell == "bash" and not shutil.which("bash"):
        pytest.skip("click asks bash for its version")
    shown = CliRunner().invoke(root, ["completion", shell], prog_name="platform")
    assert shown.exit_code == 0
    assert f"_PLATFORM_COMPLETE={shell}_complete" in shown.output


def test_the_bash_script_is_sound():
    script = CliRunner().invoke(root, ["completion", "bash"], prog_name="pf").output
    assert "_PF_COMPLETE" in script
    subprocess.run(["bash", "-n"], input=script, text=True, check=True)


def test_an_unknown_shell_is_a_usage_error():
    assert CliRunner().invoke(root, ["completion", "tcsh"]).exit_code == 2
