"""The server of the tests: the newest that is there, one of our own, and a missing one named with its cure."""

import os
import socket

import pytest

from tests.rig import postgres
from tests.rig.postgres import packaged


def a_tool(folder, name, script="exit 0"):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(0o755)


@pytest.fixture
def bare(tmp_path, monkeypatch):
    """A machine without PostgreSQL, whose tools lie in `tools`."""
    (tmp_path / "tools").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "tools"))
    monkeypatch.setattr(packaged, "DEBIAN", tmp_path / "debian")
    monkeypatch.setattr(packaged.environment, "CACHE", tmp_path / "cache")
    return tmp_path


def test_the_newest_of_debians_servers_is_taken_and_an_old_one_is_not(bare):
    assert packaged.programs() is None
    for number in ("13", "9.6", "common"):
        a_tool(bare / "debian" / number / "bin", "initdb")
    assert not packaged.is_installed()
    for number in ("15", "17"):
        a_tool(bare / "debian" / number / "bin", "initdb")
    assert packaged.programs() == bare / "debian" / "17" / "bin"


def test_elsewhere_the_one_on_the_path_is_taken(bare):
    a_tool(bare / "tools", "initdb")
    assert packaged.programs() == bare / "tools"
    packaged.install()


def test_a_missing_one_is_said_with_what_helps(bare, capsys):
    assert packaged.main() == 1
    assert "need PostgreSQL 15 or newer" in capsys.readouterr().err
    a_tool(bare / "tools", "apt-get", "echo no line; exit 100")
    a_tool(bare / "tools", "dpkg-query")
    assert packaged.main() == 1
    said = capsys.readouterr().err
    assert "apt-get install postgresql" in said
    assert ("no line" in said) == (os.geteuid() == 0)


def test_a_server_is_reached_by_its_socket_only_and_leaves_nothing(postgres_server):
    assert postgres_server.ask("SHOW listen_addresses") == [("",)]
    assert postgres_server.ask("SELECT count(*) FROM pg_stat_activity WHERE usename = 'workbench'")[0][0] >= 1
    other = postgres.Server()
    other.start()
    sockets = list(other.folder.glob(".s.PGSQL.*[0-9]"))
    assert len(sockets) == 1
    other.stop()
    assert not other.folder.exists()
    with socket.socket(socket.AF_UNIX) as line, pytest.raises(FileNotFoundError):
        line.connect(str(sockets[0]))
