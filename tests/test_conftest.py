"""What conftest.py promises to every test."""

import logging
import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

OUTSIDE = "192.0.2.1"  # kept for documentation; nobody answers there


@pytest.mark.parametrize(
    "ask",
    [
        lambda: socket.create_connection((OUTSIDE, 80), timeout=1),
        lambda: socket.getaddrinfo("lists.example.org", 443),
        lambda: socket.gethostbyname("lists.example.org"),
    ],
    ids=["connect", "getaddrinfo", "gethostbyname"],
)
def test_another_machine_is_out_of_reach(ask):
    with pytest.raises(pytest.fail.Exception, match="asked for the network"):
        ask()


def test_a_datagram_to_another_machine_is_not_sent():
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender,
        pytest.raises(pytest.fail.Exception, match="asked for the network"),
    ):
        sender.sendto(b"hello", (OUTSIDE, 9))


def test_this_machine_is_within_reach():
    with socket.create_server(("127.0.0.1", 0)) as server:
        with socket.create_connection(("localhost", server.getsockname()[1])) as client:
            client.sendall(b"x")
        accepted, _ = server.accept()
        with accepted:
            assert accepted.recv(1) == b"x"


def test_the_home_folder_is_a_temporary_one():
    assert Path.home().is_relative_to(tempfile.gettempdir())
    assert Path(os.environ["XDG_DATA_HOME"]).is_relative_to(tempfile.gettempdir())


@pytest.mark.expects_error_log
def test_an_error_that_is_expected_in_the_log_passes(caplog):
    logging.getLogger("workbench.tests").error("as expected")
    assert caplog.messages == ["as expected"]


def test_an_error_that_is_not_expected_in_the_log_fails_the_test(tmp_path):
    test = tmp_path / "test_it.py"
    test.write_text("import logging\n\ndef test_it():\n    logging.getLogger('x').error('all is lost')\n")
    (tmp_path / "conftest.py").write_text(Path(__file__).with_name("conftest.py").read_text(encoding="utf-8"))
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = expects_error_log: x\n")
    assert run_alone(tmp_path) == (1, "unexpected ERROR in the log")
    test.write_text("def test_it():\n    pass\n")
    assert run_alone(tmp_path) == (0, "")


def run_alone(folder: Path) -> tuple[int, str]:
    """Exit code of a test run in a process of its own, and whether it named the log."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:pytest-qt"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    said = "unexpected ERROR in the log"
    return done.returncode, said if said in done.stdout else ""
