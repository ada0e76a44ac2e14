"""A sound project to break, and what must be in it afterwards."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import duckdb
import pytest

from platform_cli.cli import run as platform
from tests.broken_projects.case import Files, Run
from tests.small_project import write_project

REPOSITORY = Path(__file__).parents[2]
DATABASE = "shop.duckdb"
STATE = "target/partial_parse.msgpack"
OUTPUT_FOLDERS = {"target", "logs"}
"""What dbt may write into; everything else in the project is a person's."""

SNAPSHOT = {
    "snapshots/snp_customers.yml": """\
snapshots:
  - name: snp_customers
    relation: ref('stg_customers')
    config:
      unique_key: customer_id
      strategy: check
      check_cols: all
      hard_deletes: invalidate
""",
    # These are about what dbt stops at; the conventions have tests of their own.
    "platform.yml": "build: {check: false}\n",
}


@dataclass(frozen=True, slots=True)
class Said:
    """What a run left behind: its exit code and all it printed."""

    code: int
    text: str

    @property
    def with_places(self) -> str:
        """The text, with the places of findings as `file:line:column`, not under a heading."""
        lines, heading = [], ""
        for line in self.text.splitlines():
            place = re.match(r" +(\d+:\d+) ", line)
            heading = heading if line.startswith(" ") else line
            lines.append(f"{heading}:{place[1]} {line}" if place else line)
        return "\n".join(lines)


def build_sound(folder: Path) -> Path:
    """The sound project, built, in this folder."""
    write_project(folder, SNAPSHOT)
    said = start("build", folder)
    assert said.code == 0, said.text
    state = (folder / STATE).read_bytes()
    for name in OUTPUT_FOLDERS:
        shutil.rmtree(folder / name, ignore_errors=True)
    # Like a person's project, which was parsed before it was broken; it also saves dbt a second.
    (folder / STATE).parent.mkdir()
    (folder / STATE).write_bytes(state)
    return folder


def copy_broken(sound: Path, folder: Path, files: Files) -> Path:
    """A copy of the sound project with these files broken, added or left out."""
    shutil.copytree(sound, folder)
    for path, content in files.items():
        file = folder / path
        if file.is_dir():
            shutil.rmtree(file)
        file.parent.mkdir(parents=True, exist_ok=True)
        if content is None:
            file.unlink()
        elif isinstance(content, bytes):
            file.write_bytes(content)
        else:
            file.write_text(content, encoding="utf-8")
    return folder


def type_in(project: Path, typed: Run) -> Said:
    """Run the command line in the project: in this process, or apart."""
    folder = (project / typed.folder).resolve()
    if typed.interrupt:
        return interrupt(typed.command, project)
    if typed.apart:
        return start(typed.command, folder)
    out = StringIO()
    with chdir(folder), redirect_stdout(out), redirect_stderr(out):
        code = platform(shlex.split(typed.command))
    return Said(int(code), out.getvalue())


def start(words: str, folder: Path) -> Said:
    """The command line as a process of its own."""
    done = subprocess.run(
        command(words),
        cwd=folder,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
        timeout=120,
        check=False,
    )
    return Said(done.returncode, done.stdout)


def interrupt(words: str, project: Path) -> Said:
    """The same, and Ctrl-C when it has had the database for a moment."""
    with subprocess.Popen(
        command(words),
        cwd=project,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        while process.poll() is None and not _is_held(project / DATABASE):
            time.sleep(0.05)
        time.sleep(2)
        process.send_signal(signal.SIGINT)
        try:
            text = process.communicate(timeout=30)[0]
        except subprocess.TimeoutExpired:
            process.kill()
            text = "Ctrl-C did not end it"
    return Said(process.returncode, text)


def _is_held(database: Path) -> bool:
    """Whether a process has its lock; opening it to find out would take the lock away."""
    locks = Path("/proc/locks")
    if not locks.exists():
        pytest.skip("only Linux tells who holds a lock")
    return f":{database.stat().st_ino} " in locks.read_text()


def command(words: str) -> list[str]:
    return [sys.executable, "-P", "-m", "platform_cli", *shlex.split(words)]


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(REPOSITORY)}


def people_s_files(project: Path) -> dict[str, str]:
    """Every file but the database and dbt's output, with a fingerprint of its content."""
    found = {}
    for folder, folders, names in os.walk(project):
        here = Path(folder)
        if here == project:
            folders[:] = [name for name in folders if name not in OUTPUT_FOLDERS]
        for name in names:
            file = here / name
            if file.name.startswith(DATABASE):
                continue
            shown = file.relative_to(project).as_posix()
            found[shown] = str(file.readlink()) if file.is_symlink() else _fingerprint(file)
    return found


def _fingerprint(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def relations(project: Path) -> dict[str, list[tuple[object, ...]]] | str:
    """The rows of every table and the SQL of every view; a fingerprint of what is no database."""
    file = project / DATABASE
    if not file.is_file():
        return "no database"
    try:
        connection = duckdb.connect(str(file), read_only=True)
    except duckdb.Error:
        return _fingerprint(file)
    with chdir(project), connection:
        tables = connection.execute(
            "select schema_name || '.' || table_name from duckdb_tables()"
        ).fetchall()
        views = connection.execute(
            "select schema_name || '.' || view_name, sql from duckdb_views() where not internal"
        ).fetchall()
        found = {
            name: connection.execute(f"select * from {name} order by all").fetchall()
            for (name,) in tables
        }
        return found | {name: [(sql,)] for name, sql in views}


def half_written(project: Path) -> list[str]:
    """dbt's artifacts that are cut short, and temporary files that were left behind."""
    found = []
    for file in (project / "target").rglob("*"):
        if file.suffix == ".json":
            try:
                json.loads(file.read_bytes())
            except ValueError:
                found.append(file.name)
        if file.suffix == ".tmp":
            found.append(file.name)
    return found
