"""What every test gets: nobody's home folder, no screen, no network beyond this machine, no unnoticed ERROR in the log."""

import gc
import ipaddress
import logging
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

MEMORY = Path("/dev/shm")
ROOM = 2 << 30


def _is_roomy(folder: Path) -> bool:
    """Whether this is a place in memory that holds what a run writes, and lets the programs in it run."""
    if not hasattr(os, "statvfs") or not os.access(folder, os.W_OK):
        return False
    place = os.statvfs(folder)
    return place.f_bavail * place.f_frsize > ROOM and not place.f_flag & os.ST_NOEXEC


# Every commit waits for the disk, and no test pulls the plug: in memory the same tests take half of the time.
if _is_roomy(MEMORY):
    os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)
# Here and not in a fixture: Qt and the modules under test read these when they load.
HOME = Path(tempfile.mkdtemp(prefix="workbench-tests-"))
PLACES = (
    "HOME",
    "USERPROFILE",
    "APPDATA",
    "LOCALAPPDATA",
    "XDG_CACHE_HOME",
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
    "XDG_RUNTIME_DIR",
    "XDG_STATE_HOME",
)
for place in PLACES:
    folder = HOME / place.lower()
    folder.mkdir(mode=0o700)
    os.environ[place] = str(folder)
# A day is the day it is here: tests are at home in Greenwich, those about other places go there by `in_zone`.
os.environ["TZ"] = "UTC"
if hasattr(time, "tzset"):
    time.tzset()
# The key vault of whoever runs the tests is none of their business.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
os.environ.pop("DBUS_SESSION_BUS_ADDRESS", None)
# On a desktop too: windows that pop up would take the developer's focus, and lose it to the developer.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# What a window test leaves behind would else be destroyed by whichever thread of a later test happens to allocate most,
# and Qt aborts when its objects go in another thread than theirs. The hook below does it, in the main thread.
gc.disable()
TESTS_BETWEEN = 20

GUARDED = {"socket.connect": 1, "socket.sendto": 1, "socket.getaddrinfo": 0, "socket.gethostbyname": 0}


def _is_here(host: object) -> bool:
    if host is None or host in {"", "localhost", b"localhost"}:
        return True
    text = host.decode() if isinstance(host, bytes) else str(host)
    try:
        return ipaddress.ip_address(text.partition("%")[0]).is_loopback
    except ValueError:
        return False


def _stay_home(event: str, arguments: tuple[object, ...]) -> None:
    """Fails the test that asks for another machine; sees every socket of this process, whoever opens it."""
    if event not in GUARDED:
        return
    target = arguments[GUARDED[event]]
    # Anything but a (host, port, …) pair in `connect` is a path: a socket of this machine.
    host = target[0] if isinstance(target, tuple) else target if GUARDED[event] == 0 else None
    if not _is_here(host):
        pytest.fail(f"a test asked for the network: {event} {host!r}")


sys.addaudithook(_stay_home)


_finished = 0


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown() -> None:
    global _finished  # noqa: PLW0603 - counts over all tests of this process
    _finished += 1
    if _finished % TESTS_BETWEEN == 0:
        gc.collect()


def pytest_collection_finish() -> None:
    """What collecting made stays to the end; to look through it at each collection would cost half a second."""
    gc.freeze()


def pytest_unconfigure() -> None:
    shutil.rmtree(HOME, ignore_errors=True)


@pytest.fixture(autouse=True)
def _no_unexpected_error_log(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """An ERROR in the log fails the test unless it is marked `expects_error_log`."""
    yield
    if request.node.get_closest_marker("expects_error_log"):
        return
    records = [*caplog.get_records("setup"), *caplog.get_records("call")]
    errors = [f"{record.name}: {record.getMessage()}" for record in records if record.levelno >= logging.ERROR]
    assert not errors, "unexpected ERROR in the log:\n" + "\n".join(errors)


@pytest.fixture
def in_zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Sets the machine's time zone by its IANA name; afterwards it is what it was."""

    def set_to(name: str) -> None:
        monkeypatch.setenv("TZ", name)
        time.tzset()

    yield set_to
    monkeypatch.undo()
    time.tzset()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The one line of the rig, over the walks of all tests and workers.

    It stands here because who counts for several workers loads no conftest of a folder below.
    """
    told = (one for outcome in ("passed", "failed") for one in terminalreporter.stats.get(outcome, ()))
    walked = [value for one in told for name, value in getattr(one, "user_properties", ()) if name == "walked"]
    if not walked:
        return
    from tests.rig.walk import Tally, Walked  # noqa: PLC0415 - only where walks were made

    tally = Tally()
    for packed in walked:
        tally.add(Walked.unpacked(packed))
    terminalreporter.write_line(tally.line)
