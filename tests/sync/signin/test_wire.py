"""Wire: what carries a password or a token goes to its origin alone, and only a platform's own words come back."""

import logging
from datetime import timedelta

import httpx2
import pytest

from tests.builders import NOW, a_clock
from tests.sync.clients import as_json, as_page
from tests.sync.wire import Wire as Line
from workbench.errors import BadInputError, ClockError, LineError, PlatformBusyError
from workbench.sync.signin.wire import Wire

BASE = "https://login.example.org"
TOKEN = f"{BASE}/token"


def a_wire(answer):
    line = Line(answer)
    return Wire(BASE, clock=a_clock(), transport=line), line


def test_a_form_goes_out_and_an_object_comes_back():
    wire, line = a_wire(lambda request: as_json(b'{"a": 1}'))
    answer = wire.data("POST", TOKEN, form={"password": "a b&c"})
    assert (answer.status, answer.json()) == (200, {"a": 1})
    assert line.asked[0].content == b"password=a+b%26c"
    assert line.asked[0].headers["Content-Type"] == "application/x-www-form-urlencoded"


def test_a_refusal_of_the_platform_is_an_answer():
    wire, _ = a_wire(lambda request: as_json(b'{"error": "invalid_grant"}', status=400))
    assert wire.data("POST", TOKEN).json() == {"error": "invalid_grant"}


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example.org/token",
        "https://login.example.org:444/token",
        "http://login.example.org/token",
        "https://login.example.org.evil.example.org/",
        "not an address",
    ],
)
def test_nothing_leaves_for_another_origin(address):
    wire, line = a_wire(lambda request: as_json())
    with pytest.raises(BadInputError):
        wire.send("POST", address, form={"token": "secret"})
    assert line.asked == []


@pytest.mark.parametrize("status", [200, 400, 401, 403])
def test_a_page_is_somebody_in_between_whatever_its_status(status):
    wire, _ = a_wire(lambda request: as_page(status))
    with pytest.raises(LineError) as caught:
        wire.data("POST", TOKEN)
    assert caught.value.details["cause"] == "portal"


@pytest.mark.parametrize("target", ["https://evil.example.org/", "/elsewhere", f"{BASE}/token"])
def test_a_redirect_is_followed_nowhere(target):
    wire, line = a_wire(lambda request: httpx2.Response(307, headers={"Location": target}))
    with pytest.raises(LineError) as caught:
        wire.data("POST", TOKEN, form={"token": "secret"})
    assert caught.value.details["cause"] == "portal"
    assert len(line.asked) == 1


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (as_json(b"{}", status=500), LineError),
        (as_json(b"{}", status=503), PlatformBusyError),
        (as_json(b"{}", status=429), PlatformBusyError),
        (as_json(b"[]"), LineError),
        (as_json(b"{"), LineError),
        (as_json(b""), LineError),
        (as_json(b'{"a": NaN}'), LineError),
    ],
)
def test_what_is_no_object_is_no_answer(reply, kind):
    wire, _ = a_wire(lambda request: reply)
    with pytest.raises(kind):
        wire.data("POST", TOKEN)


def test_an_answer_that_was_cut_is_none():
    wire, _ = a_wire(
        lambda request: httpx2.Response(200, headers={"Content-Length": "99", "Content-Type": "application/json"})
    )
    with pytest.raises(LineError) as caught:
        wire.data("POST", TOKEN)
    assert caught.value.details["cause"] == "cut"


@pytest.mark.parametrize("hours", [24, -24])
def test_the_clock_of_the_server_shows_that_ours_is_wrong(hours):
    date = (NOW + timedelta(hours=hours)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    wire, _ = a_wire(lambda request: as_json(b"{}", Date=date))
    wire.data("GET", TOKEN)
    with pytest.raises(ClockError) as caught:
        wire.check_clock()
    assert caught.value.details["seconds"] == hours * 3600


@pytest.mark.parametrize("date", [None, "Sat, 15 Jun 2024 12:04:59 GMT", "yesterday"])
def test_a_clock_that_is_right_or_unknown_is_in_nobody_s_way(date):
    wire, _ = a_wire(lambda request: as_json(b"{}", **({"Date": date} if date else {})))
    wire.data("GET", TOKEN)
    wire.check_clock()


def test_addresses_that_are_not_safe_are_refused():
    for address in ("http://login.example.org", "https://10.0.0.1/", "https://me:pw@login.example.org/"):
        with pytest.raises(BadInputError):
            Wire(address, clock=a_clock())


def test_libraries_that_write_down_answers_are_silent(caplog):
    caplog.set_level(logging.DEBUG)
    for name in ("msal.token_cache", "msal.oauth2cli.oauth2", "authlib.oauth2"):
        logging.getLogger(name).critical("planted-token")
    assert "planted-token" not in caplog.text


def test_an_answer_shows_its_status_only():
    wire, _ = a_wire(lambda request: as_json(b'{"access_token": "planted-token"}'))
    assert "planted" not in repr(wire.data("POST", TOKEN, form={"code": "planted-code"}))
