"""The throw-away server itself: it answers, is closed to others, leaves nothing behind."""

from __future__ import annotations

import os
import socket
from contextlib import closing
from pathlib import Path

import pytest

from tests.scd import postgres as fixture
from tests.scd.postgres import HOST, Postgres, UnavailableError, running_server


def test_it_answers_with_a_clock_far_from_utc(postgres: Postgres) -> None:
    assert postgres.rows("select 1 + 1") == [(2,)]
    assert postgres.rows("show timezone") == [("Asia/Tokyo",)]
    assert postgres.rows("create schema answers") == []


def test_nobody_gets_in_without_the_password(postgres: Postgres) -> None:
    stranger = Postgres(port=postgres.port, password="guess")
    with pytest.raises(Exception, match="password authentication failed"):
        stranger.rows("select 1")


def test_it_is_gone_afterwards(postgres: Postgres) -> None:
    with running_server() as server:
        data = Path(server.rows("show data_directory")[0][0])
        assert data.exists()
    assert not data.parent.exists()
    with closing(socket.socket()) as client:
        assert client.connect_ex((HOST, server.port)) != 0


def test_it_is_not_run_by_root(postgres: Postgres) -> None:
    data = Path(postgres.rows("show data_directory")[0][0])
    assert data.stat().st_uid != 0
    assert os.geteuid() in {0, data.stat().st_uid}


def test_without_a_server_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fixture, "DEBIAN", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnavailableError, match="apt-get install postgresql"):
        fixture.binaries()
