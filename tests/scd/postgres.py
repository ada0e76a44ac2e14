"""A throw-away PostgreSQL server for tests: started on this machine only, removed at the end.

The fixture is `postgres`. Without a server it skips, and says why; with
PLATFORM_TEST_POSTGRES=required (CI) it fails, so that nobody takes "not tried" for "works".
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

REQUIRED = "PLATFORM_TEST_POSTGRES"
DEBIAN = Path("/usr/lib/postgresql")
HOST, USER, DATABASE = "127.0.0.1", "tester", "postgres"
SECONDS_TO_START = 30

# A crash loses nothing that a test needs. Far from UTC, so that a local time is hours away.
SETTINGS = {
    "listen_addresses": HOST,
    "unix_socket_directories": "",
    "timezone": "Asia/Tokyo",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "40",
}


class UnavailableError(Exception):
    """No server can be started here; the message says why and what to install."""


@dataclass(frozen=True)
class Postgres:
    """A running server. Every test takes a schema of its own."""

    port: int
    password: str

    def output(self, schema: str, threads: int = 2) -> dict[str, Any]:
        """One output of a dbt profile."""
        return {
            "type": "postgres",
            "host": HOST,
            "port": self.port,
            "user": USER,
            "password": self.password,
            "dbname": DATABASE,
            "schema": schema,
            "threads": threads,
        }

    def profile(self, name: str, schema: str) -> dict[str, Any]:
        """The content of a `profiles.yml` with one target, `postgres`."""
        return {name: {"target": "postgres", "outputs": {"postgres": self.output(schema)}}}

    def environment(self) -> dict[str, str]:
        """What a `profiles.yml` that is already there can read with `env_var`."""
        return {"POSTGRES_PORT": str(self.port), "POSTGRES_PASSWORD": self.password}

    def connect(self) -> Any:
        """A psycopg2 connection that commits every statement."""
        connection = import_module("psycopg2").connect(  # comes with dbt-postgres
            host=HOST, port=self.port, user=USER, password=self.password, dbname=DATABASE
        )
        connection.autocommit = True
        return connection

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Runs one statement and returns its rows; none for a statement that has no result."""
        with closing(self.connect()) as connection, connection.cursor() as cursor:
            cursor.execute(sql)
            return list(cursor.fetchall()) if cursor.description else []


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """One server for all tests of this process (with `-n`: of each worker); it takes 2 s."""
    try:
        require_dbt_postgres()
        with running_server() as server:
            yield server
    except UnavailableError as reason:
        if os.environ.get(REQUIRED) == "required":
            pytest.fail(f"PostgreSQL is required ({REQUIRED}=required): {reason}", pytrace=False)
        pytest.skip(f"NOT TESTED ON POSTGRESQL: {reason}")


def require_dbt_postgres() -> None:
    """Raises UnavailableError without dbt's adapter."""
    try:
        found = importlib.util.find_spec("dbt.adapters.postgres")
    except ModuleNotFoundError:
        found = None
    if found is None:
        raise UnavailableError(
            "dbt-postgres is not installed in this Python: pip install dbt-postgres"
        )


def binaries() -> Path:
    """The folder of `initdb` and `postgres`, the newest of several. Raises UnavailableError."""
    by_version = sorted(
        DEBIAN.glob("*/bin"),
        key=lambda folder: float(folder.parent.name),
        reverse=True,
    )
    on_path = shutil.which("initdb")
    for folder in [*by_version, *([Path(on_path).resolve().parent] if on_path else [])]:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise UnavailableError(
        f"no PostgreSQL server found (looked in {DEBIAN}/*/bin and PATH). "
        "Debian, Ubuntu: apt-get install postgresql; macOS: brew install postgresql"
    )


def other_user() -> pwd.struct_passwd | None:
    """Who runs the server: None is whoever runs the tests, never root. Raises UnavailableError."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise UnavailableError(
        "tests run as root, and there is no user postgres or nobody to run it as"
    )


@contextmanager
def running_server() -> Iterator[Postgres]:
    """Starts a server in a new folder, yields it, stops it, removes the folder.

    Raises UnavailableError, with the server's own words, when it does not start.
    """
    folder = Path(tempfile.mkdtemp(prefix="platform_postgres_"))
    user = other_user()
    if user is not None:
        os.chown(folder, user.pw_uid, user.pw_gid)
    try:
        server = started(folder, user)
        try:
            yield server[0]
        finally:
            stop(server[1])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def started(
    folder: Path, user: pwd.struct_passwd | None
) -> tuple[Postgres, subprocess.Popen[bytes]]:
    """A server that answers, and its process."""
    server = Postgres(port=free_port(), password=secrets.token_hex(16))
    password_file = folder / "password"
    password_file.write_text(server.password)
    password_file.chmod(0o644)  # the folder itself is closed to others
    data, log = folder / "data", folder / "log"
    make: list[str | Path] = [
        binaries() / "initdb",
        "-D",
        data,
        "-U",
        USER,
        f"--pwfile={password_file}",
    ]
    make += ["--auth=scram-sha-256", "--encoding=UTF8", "--no-locale", "--no-sync"]
    made = subprocess.run(
        make, capture_output=True, text=True, check=False, **identity(folder, user)
    )
    if made.returncode != 0:
        raise UnavailableError(f"initdb failed: {(made.stderr or made.stdout).strip()}")

    settings = SETTINGS | {"port": str(server.port)}
    options = [option for name, value in settings.items() for option in ("-c", f"{name}={value}")]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [binaries() / "postgres", "-D", data, *options],
            stdout=output,
            stderr=subprocess.STDOUT,
            **identity(folder, user),
        )
    try:
        wait_for(server, process, log)
    except BaseException:
        stop(process)
        raise
    return server, process


def wait_for(server: Postgres, process: subprocess.Popen[bytes], log: Path) -> None:
    """Returns when the server answers. Raises UnavailableError when it ended or is too slow."""
    not_yet = import_module("psycopg2").OperationalError
    deadline = time.monotonic() + SECONDS_TO_START
    while True:
        if process.poll() is not None:
            raise UnavailableError(f"PostgreSQL stopped at once: {log.read_text().strip()}")
        try:
            server.rows("select 1")
        except not_yet as error:
            if time.monotonic() > deadline:
                raise UnavailableError(f"PostgreSQL did not answer: {error}") from error
            time.sleep(0.05)
        else:
            return


def stop(process: subprocess.Popen[bytes]) -> None:
    """The server's fast shutdown; after ten seconds it is killed."""
    process.send_signal(signal.SIGINT)
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def identity(folder: Path, user: pwd.struct_passwd | None) -> dict[str, Any]:
    """How a command runs as that user: the arguments for `subprocess`."""
    environment = {"PATH": os.environ.get("PATH", ""), "HOME": str(folder), "LC_ALL": "C"}
    arguments: dict[str, Any] = {"cwd": folder, "env": environment}
    if user is not None:
        arguments |= {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    return arguments


def free_port() -> int:
    with closing(socket.socket()) as listener:
        listener.bind((HOST, 0))
        return int(listener.getsockname()[1])
