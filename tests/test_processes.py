"""Who another process is."""

import os
import subprocess
import sys

from platform_cli.processes import describe


def test_a_process_is_described_by_program_and_user() -> None:
    with subprocess.Popen(
        [sys.executable, "-uc", "print(); input()  # " + "x" * 300],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as other:
        assert other.stdout
        other.stdout.readline()  # a process that is just starting has no command line yet
        text = describe(other.pid)
        other.communicate(b"\n")
    assert text.startswith(f"process {other.pid} (python")
    assert "input()" in text
    assert "..., user " in text


def test_a_process_that_has_gone_is_only_a_number() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as other:
        pass
    assert describe(other.pid) == f"process {other.pid}"
    assert str(os.getpid()) in describe(os.getpid())
