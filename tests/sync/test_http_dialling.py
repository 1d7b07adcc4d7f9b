"""Dialling for HTTP: a search for a name, a connect and a handshake that hang are given up as soon as a line drops."""

import socket
import threading
from collections.abc import Callable

import httpx2
import pytest

from tests.sync.clients import OK, ask, at_port
from tests.sync.raw_server import RawServer
from tests.sync.silent import a_full_port, a_silent_port
from tests.sync.test_http_line import a_line
from workbench.errors import LineError
from workbench.sync.cutting import Dial
from workbench.sync.gate import Cause


@pytest.fixture(name="dialled")
def _dialled(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Set as soon as something dials."""
    begun, make = threading.Event(), Dial.make

    def noted(self: Dial, *args: Callable[[], object], **options: Callable[[object], None]) -> object:
        begun.set()
        return make(self, *args, **options)

    monkeypatch.setattr(Dial, "make", noted)
    return begun


def fails_when_dropped(root: str, begun: threading.Event) -> LineError:
    """What an exchange ends with whose line is dropped once something `begun`."""
    line, over = a_line(root), threading.Event()

    def drop() -> None:
        begun.wait(10)
        while not over.wait(0.01):
            line.drop()

    dropping = threading.Thread(target=drop)
    dropping.start()
    try:
        with pytest.raises(LineError) as caught:
            line.exchange("GET", httpx2.URL(root), headers={})
    finally:
        over.set()
        dropping.join()
    assert line.traffic.bytes_out == 0
    return caught.value


def test_a_connect_that_hangs_is_given_up_and_nothing_left(dialled: threading.Event):
    with a_full_port() as port:
        error = fails_when_dropped(f"http://127.0.0.1:{port}/", dialled)
    assert (error.details["cause"], error.details["left"]) == (Cause.NO_ANSWER, False)


def test_a_handshake_that_hangs_is_given_up_and_nothing_left():
    heard = threading.Event()
    with a_silent_port(heard) as port:
        error = fails_when_dropped(f"https://127.0.0.1:{port}/", heard)
        assert error.details["left"] is False


def test_a_name_that_is_looked_for_in_vain_is_given_up(monkeypatch: pytest.MonkeyPatch):
    asked, may_end, look = threading.Event(), threading.Event(), socket.getaddrinfo

    def wait(host: str, *args: object, **options: object) -> list[object]:
        if host != "localhost":
            return look(host, *args, **options)
        asked.set()
        may_end.wait(10)
        message = "nobody knows it"
        raise socket.gaierror(message)

    monkeypatch.setattr(socket, "getaddrinfo", wait)
    error = fails_when_dropped("http://localhost:9/", asked)
    may_end.set()
    assert error.details["left"] is False


def test_a_proxy_of_the_system_is_dialled_in_the_same_way(monkeypatch: pytest.MonkeyPatch, dialled: threading.Event):
    with RawServer([OK]) as server:
        monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{server.port}")
        client = at_port(80, host="127.0.0.2")
        assert ask(client) == b'{"a": 1}'
        client.close()
    assert server.asked[0].startswith(b"GET http://127.0.0.2")
    assert dialled.is_set()
