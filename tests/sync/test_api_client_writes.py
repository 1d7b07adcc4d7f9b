"""Writes of the API client: sent once, and what is certain about each afterwards."""

import httpx2
import pytest

from tests.sync.clients import OK, as_json, as_page, at_port, client_of, replies
from tests.sync.posting import Tokens, post
from tests.sync.raw_server import RawServer
from workbench.errors import (
    ConflictError,
    LineError,
    PlatformBusyError,
    RefusedError,
    SignInError,
    UnsettledError,
)
from workbench.sync.gate import Cause, Expect, Reply, body_of, load_json


def test_a_write_is_sent_once_in_the_form_it_was_given():
    client, wire, _ = client_of(lambda request: as_json(b'{"id": 7}', status=201))
    assert post(client) == b'{"id": 7}'
    client.send("POST", "posts", {"x": "1"}, form={"text": "Grüße & more"}, expect=Expect.JSON)
    client.send("PUT", "topic", {}, content=("application/atom+xml", b"<entry/>"), expect=Expect.JSON)
    json_api = {"Content-Type": "application/vnd.api+json"}
    client.send("POST", "nodes", {}, json={}, headers=json_api, expect=Expect.JSON)
    client.send("DELETE", "likes/7", {}, expect=Expect.JSON)
    sent = [(request.method, request.headers.get("Content-Type"), request.read()) for request in wire.asked]
    assert sent == [
        ("POST", "application/json", b'{"raw":"Hello"}'),
        ("POST", "application/x-www-form-urlencoded", b"text=Gr%C3%BC%C3%9Fe+%26+more"),
        ("PUT", "application/atom+xml", b"<entry/>"),
        ("POST", "application/vnd.api+json", b"{}"),
        ("DELETE", None, b""),
    ]


def test_a_write_that_answers_with_nothing_was_accepted():
    client, _, _ = client_of(lambda request: httpx2.Response(204))
    assert post(client, Expect.NOTHING) == b""
    assert post(client, Expect.JSON) == b""


UNSETTLED = {
    "500": lambda: as_json(status=500),
    "502 of a proxy": lambda: as_page(502),
    "503 that names no time": lambda: as_json(status=503),
    "504": lambda: as_json(status=504),
    "408": lambda: as_json(status=408),
    "425": lambda: as_json(status=425),
    "511": lambda: as_page(511),
    "a portal's page": lambda: as_page(200),
    "a portal's 401": lambda: as_page(401),
    "a portal's 403": lambda: as_page(403),
    "a redirect to a portal": lambda: httpx2.Response(302, headers={"Location": "https://portal.example.net/"}),
    "a redirect at home": lambda: httpx2.Response(303, headers={"Location": "/posts/7"}),
    "half an answer": lambda: as_json(b'{"id"', status=201, Content_Length="500"),
    "an answer in another coding": lambda: as_json(b"xx", status=201, Content_Encoding="br"),
    "a success of another kind": lambda: as_json(status=206),
}


@pytest.mark.parametrize("kind", UNSETTLED)
def test_after_a_write_without_a_whole_answer_it_may_have_arrived(kind: str):
    signer = Tokens("old", "new")
    client, wire, sleeps = client_of(lambda request: UNSETTLED[kind](), signer=signer)
    with pytest.raises(UnsettledError):
        post(client)
    assert (len(wire.asked), sleeps, signer.refused) == (1, [], [])


def test_a_line_that_breaks_during_a_write_leaves_it_open_whether_it_arrived():
    for answer in (b"", OK[:-3], b"HTTP/1.1 200 OK\r\nContent-Le", b"SSH-2.0\r\n"):
        with RawServer([answer]) as server, at_port(server.port) as client:
            with pytest.raises(UnsettledError) as caught:
                post(client)
            assert caught.value.details["cause"] == Cause.CUT
            assert len(server.asked) == 1
            assert server.asked[0].endswith(b'{"raw":"Hello"}')


def test_a_write_that_never_left_is_a_line_error():
    with RawServer([OK]) as server:
        port = server.port
    with at_port(port) as client, pytest.raises(LineError) as caught:
        post(client)
    assert caught.value.details["left"] is False


def test_a_write_to_a_server_without_tls_never_left():
    with (
        RawServer([OK]) as server,
        at_port(server.port, scheme="https", host="localhost") as client,
        pytest.raises(LineError) as caught,
    ):
        post(client)
    assert caught.value.details["left"] is False


@pytest.mark.parametrize("status", [400, 403, 404, 410, 413, 415, 422])
def test_a_write_the_platform_does_not_take_is_refused_with_its_words(status: int):
    client, wire, _ = client_of(lambda request: as_json(b'{"errors": ["Body is too short"]}', status=status))
    with pytest.raises(RefusedError) as caught:
        post(client)
    assert caught.value.details == {"status": status, "said": "Body is too short"}
    assert caught.value.reason.startswith(str(status))
    assert len(wire.asked) == 1


@pytest.mark.parametrize(("status", "seconds"), [(403, "9"), (429, "9"), (429, ""), (503, "9")])
def test_a_busy_platform_has_not_accepted_a_write(status: int, seconds: str):
    named = {"Retry_After": seconds} if seconds else {}
    client, wire, sleeps = client_of(lambda request: as_json(status=status, **named))
    with pytest.raises(PlatformBusyError):
        post(client)
    assert (len(wire.asked), sleeps) == (1, [])


def test_a_write_that_is_there_already_is_a_conflict():
    client, _, _ = client_of(lambda request: as_json(b'{"message": "Duplicate UUID"}', status=409))
    with pytest.raises(ConflictError) as caught:
        post(client)
    assert caught.value.details["said"] == "Duplicate UUID"


def test_a_write_is_sent_again_only_after_the_platform_refused_the_sign_in():
    signer = Tokens("old", "new")
    client, wire, _ = client_of(replies(as_json(status=401), as_json(b"{}", status=201)), signer=signer)
    assert post(client) == b"{}"
    assert [request.headers["Authorization"] for request in wire.asked] == ["old", "new"]
    client, wire, _ = client_of(lambda request: as_json(status=401), signer=Tokens("one", "two", "three"))
    with pytest.raises(SignInError):
        post(client)
    assert len(wire.asked) == 2


def test_a_platforms_own_reading_decides_about_a_write():
    client, _, _ = client_of(lambda request: as_page(403), refusal=lambda reply: RefusedError("no right", status=403))
    with pytest.raises(RefusedError, match="no right"):
        post(client)

    def confused(reply: Reply) -> None:
        load_json(body_of(reply))

    client, _, _ = client_of(lambda request: as_page(403), refusal=confused)
    with pytest.raises(UnsettledError):
        post(client)


def test_a_login_form_may_answer_with_a_redirect():
    moved = httpx2.Response(302, headers={"Location": "/", "Content-Type": "text/html"})
    client, _, _ = client_of(lambda request: moved)
    answer = client.send("POST", "login", {}, form={"a": "b"}, expect=Expect.NOTHING, accepts=(302,))
    assert (answer.status, answer.headers["location"]) == (302, "/")
