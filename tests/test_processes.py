"""Who another process is."""

import os
import subprocess
import sys
from pathlib import Path

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


def test_a_program_in_a_folder_with_a_space_has_its_name(tmp_path: Path) -> None:
    program = tmp_path / "a path" / "holder"
    program.parent.mkdir()
    program.symlink_to("/bin/cat")
    with subprocess.Popen(
        [str(program), "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdin
        assert other.stdout
        other.stdin.write(b"begun\n")
        other.stdin.flush()
        other.stdout.readline()
        text = describe(other.pid)
        other.communicate()
    if sys.platform == "linux":
        assert text.startswith(f"process {other.pid} (holder -, user ")


def test_a_process_that_has_gone_is_only_a_number() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as other:
        pass
    assert describe(other.pid) == f"process {other.pid}"
    assert str(os.getpid()) in describe(os.getpid())
