"""Loopback: one answer, with exactly the state, from this computer, within five minutes."""

import socket
import threading
from datetime import timedelta

import httpx2
import pytest

from tests.builders import a_clock
from workbench.cancel import CancelToken
from workbench.errors import CancelledError, SignInError
from workbench.sync.signin.loopback import Loopback

STATE = "the-state-of-this-sign-in"


@pytest.fixture
def listener():
    with Loopback(STATE, clock=a_clock()) as listening:
        yield listening


def test_it_takes_the_answer_from_an_address(listener):
    reply = httpx2.get(listener.address, params={"code": "c", "state": STATE})
    assert (reply.status_code, "You can close this window." in reply.text) == (200, True)
    assert listener.wait(CancelToken()) == {"code": "c"}


def test_it_takes_the_answer_from_a_form(listener):
    assert httpx2.post(listener.address, data={"code": "c", "state": STATE}).status_code == 200
    assert listener.wait(CancelToken()) == {"code": "c"}


def test_each_sign_in_has_a_port_of_its_own_on_this_computer_alone(listener):
    with Loopback(STATE, clock=a_clock(), host="localhost") as other:
        assert other.address.startswith("http://localhost:")
        assert other.address.rpartition(":")[2] != listener.address.rpartition(":")[2]
        assert listener.address.startswith("http://127.0.0.1:")


@pytest.mark.parametrize(
    "query",
    [
        "code=evil",
        "code=evil&state=",
        "code=evil&state=The-state-of-this-sign-in",
        f"code=evil&state={STATE}x",
        f"code=evil&state={STATE}&state={STATE}",
        f"code=a&code=b&state={STATE}",
        "code=evil&state=%C3%A9",
        "",
    ],
)
def test_an_answer_to_something_else_is_turned_away_and_the_listening_goes_on(listener, query):
    reply = httpx2.get(f"{listener.address}/?{query}")
    assert (reply.status_code, "does not belong" in reply.text, "evil" in reply.text) == (400, True, False)
    httpx2.get(listener.address, params={"code": "right", "state": STATE})
    assert listener.wait(CancelToken()) == {"code": "right"}


def test_a_second_answer_is_too_late(listener):
    answers = [httpx2.get(listener.address, params={"code": code, "state": STATE}).status_code for code in "ab"]
    assert answers == [200, 410]
    assert listener.wait(CancelToken()) == {"code": "a"}


def test_another_name_that_leads_here_is_turned_away(listener):
    reply = httpx2.get(listener.address, params={"code": "c", "state": STATE}, headers={"Host": "evil.example.org"})
    assert reply.status_code == 400


@pytest.mark.parametrize("length", ["65537", "-1", "many"])
def test_a_form_that_is_no_answer_is_not_read(listener, length):
    port = int(listener.address.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(f"POST / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: {length}\r\n\r\n".encode())
        assert b" 400 " in line.recv(4096).partition(b"\r\n")[0]


def test_its_page_is_kept_nowhere_and_loads_nothing(listener):
    headers = httpx2.get(listener.address, params={"code": "c", "state": STATE}).headers
    assert (headers["cache-control"], headers["referrer-policy"]) == ("no-store", "no-referrer")
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert "Python" not in headers.get("server", "")


def test_it_closes_after_five_minutes():
    clock = a_clock()
    with Loopback(STATE, clock=clock) as listening:
        clock.advance(timedelta(seconds=300))
        with pytest.raises(SignInError, match="five minutes"):
            listening.wait(CancelToken())
    with pytest.raises(httpx2.ConnectError):
        httpx2.get(listening.address)


def test_a_stop_ends_the_waiting(listener):
    cancel = CancelToken()
    timer = threading.Timer(0.05, cancel.cancel)
    timer.start()
    with pytest.raises(CancelledError):
        listener.wait(cancel)
    timer.join()


def test_connections_a_browser_opens_ahead_of_time_hold_up_nobody():
    with Loopback(STATE, clock=a_clock()) as listening:
        port = int(listening.address.rpartition(":")[2])
        silent = [socket.create_connection(("127.0.0.1", port)) for _ in range(3)]
        httpx2.get(listening.address, params={"code": "c", "state": STATE})
        assert listening.wait(CancelToken()) == {"code": "c"}
    for line in silent:
        line.close()


def test_it_prints_and_logs_nothing(listener, capfd, caplog):
    caplog.set_level(1)
    httpx2.get(listener.address, params={"code": "planted-code", "state": STATE})
    port = int(listener.address.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(b"\x16\x03\x01 planted-code\r\n\r\n")
        line.recv(4096)
    listener.close()
    said = "".join(capfd.readouterr()) + caplog.text
    assert "planted-code" not in said
    assert STATE not in said
