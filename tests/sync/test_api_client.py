"""ApiClient: secrets stay at their origin, reads are tried again, writes never, and each failure says what is certain."""

from collections.abc import Mapping
from datetime import timedelta

import httpx2
import pytest

from tests.sync.clients import BASE, NOW, OK, SECRET, as_json, as_page, ask, at_port, client_of, replies
from tests.sync.posting import Tokens, post
from tests.sync.raw_server import RawServer
from tests.sync.wire import Wire
from workbench.cancel import CancelToken
from workbench.clock import FixedClock
from workbench.errors import (
    BadInputError,
    CancelledError,
    LineError,
    NotFoundError,
    PlatformBusyError,
    SignInError,
    WorkbenchError,
)
from workbench.progress import Wait
from workbench.sync.api_client import ApiClient, Validators, sleep_until_cancelled
from workbench.sync.gate import Cause, Expect, Reply, body_of, line
from workbench.sync.signing import Fixed


def test_a_path_and_its_query_are_asked_below_the_base():
    client, wire, _ = client_of(lambda request: as_json(b"[]"))
    assert ask(client, "api/list/a@example.org/emails/", limit="1") == b"[]"
    assert str(wire.asked[0].url) == f"{BASE}api/list/a@example.org/emails/?limit=1"


def test_a_whole_link_of_the_origin_is_asked_as_it_was_written():
    client, wire, _ = client_of(lambda request: as_json())
    link = "https://lists.example.org/v1/groups/delta?$deltatoken=a%2Bb%20c&flag"
    ask(client, link)
    ask(client, client.below(link.replace("lists.example.org", "inside.example.net:9443")))
    assert {request.url.raw_path for request in wire.asked} == {b"/v1/groups/delta?$deltatoken=a%2Bb%20c&flag"}
    assert {request.url.host for request in wire.asked} == {"lists.example.org"}


def test_an_answer_tells_its_status_and_headers_in_lower_case():
    client, _, _ = client_of(lambda request: as_json(X_Total="7"))
    answer = client.get("api/", {}, expect=Expect.JSON, headers={"Accept": "application/json"})
    assert (answer.status, answer.headers["x-total"]) == (200, "7")


# -- secrets and redirects


@pytest.mark.parametrize("header", ["Authorization", "Private-Token", "X-Api-Key", "Cookie"])
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(
    "target",
    [
        "https://elsewhere.example.net/",
        "//elsewhere.example.net/x",
        "http://lists.example.org/",
        "https://lists.example.org:8443/",
    ],
)
def test_a_secret_never_follows_a_redirect_to_another_origin(header: str, status: int, target: str):
    client, wire, _ = client_of(
        lambda request: httpx2.Response(status, headers={"Location": target}), signer=Fixed({header: SECRET})
    )
    with pytest.raises(LineError) as caught:
        ask(client)
    assert caught.value.details["cause"] == Cause.PORTAL
    assert [request.url.host for request in wire.asked] == ["lists.example.org"]
    assert wire.asked[0].headers[header] == SECRET
    assert SECRET not in repr(caught.value.details)


def test_a_redirect_within_the_origin_is_followed_and_signed_again():
    moved = httpx2.Response(302, headers={"Location": "/archives/api/lists/?moved=1"})
    client, wire, _ = client_of(replies(moved, as_json(b"[]")), signer=Fixed({"Authorization": SECRET}))
    assert ask(client) == b"[]"
    assert [request.headers["Authorization"] for request in wire.asked] == [SECRET, SECRET]


def test_redirects_in_a_circle_are_refused():
    client, wire, _ = client_of(lambda request: httpx2.Response(302, headers={"Location": str(request.url)}))
    with pytest.raises(LineError):
        client.get("api/", {}, expect=Expect.JSON, attempts=1)
    assert len(wire.asked) == 6


def test_a_path_outside_the_origin_is_refused_unsigned():
    client, wire, _ = client_of(lambda request: as_json(), signer=Fixed({"Authorization": SECRET}))
    with pytest.raises(BadInputError):
        ask(client, "https://elsewhere.example.net/api/")
    assert wire.asked == []


def test_the_secret_is_asked_for_anew_each_time():
    client, wire, _ = client_of(lambda request: as_json(), signer=Tokens("one", "two", every_time=True))
    ask(client)
    ask(client)
    assert [request.headers["Authorization"] for request in wire.asked] == ["one", "two"]


# -- lines, waits, politeness


def test_a_bad_line_is_tried_again_with_growing_waits():
    def break_off(request: httpx2.Request) -> httpx2.Response:
        message = "reset"
        raise httpx2.ReadError(message, request=request)

    client, wire, sleeps = client_of(break_off)
    with pytest.raises(LineError):
        ask(client)
    assert len(wire.asked) == 4
    assert sleeps == [1.25, 2.25, 4.25]


def test_a_line_that_comes_back_is_not_noticed():
    client, _, sleeps = client_of(replies(as_json(status=502), as_json(b"[1"), as_json(b"[]")))
    assert ask(client) == b"[1"  # what is inside is for whoever parses it
    assert sleeps == [1.25]


def test_a_wait_the_platform_asks_for_is_kept():
    told: list[tuple[float, Wait]] = []
    answers = replies(as_json(status=429, Retry_After="17"), as_json(b"[]"))
    client, _, sleeps = client_of(answers, waits=lambda seconds, wait: told.append((seconds, wait)))
    assert ask(client) == b"[]"
    assert (sleeps, told) == ([17.25], [(17.25, Wait.ASKED)])


def test_a_long_wait_is_handed_on_instead():
    client, wire, sleeps = client_of(lambda request: as_json(status=503, Retry_After="600"))
    with pytest.raises(PlatformBusyError) as caught:
        ask(client)
    assert caught.value.details["seconds"] == 600
    assert (len(wire.asked), sleeps) == (1, [])


@pytest.mark.parametrize("status", [401, 403, 404, 410, 418, 511])
def test_what_asking_again_cannot_mend_is_asked_once(status: int):
    client, wire, sleeps = client_of(lambda request: as_json(status=status))
    with pytest.raises(WorkbenchError):
        ask(client)
    assert (len(wire.asked), sleeps) == (1, [])


def test_a_sign_in_page_is_suspected_once_and_named():
    client, wire, _ = client_of(lambda request: as_page())
    with pytest.raises(LineError, match="sign-in page suspected"):
        ask(client)
    assert len(wire.asked) == 1


def test_a_stop_ends_a_wait():
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(CancelledError):
        sleep_until_cancelled(cancel)(3600)


def test_a_stop_during_a_wait_ends_the_request():
    cancel = CancelToken()
    cancel.cancel()
    wire = Wire(lambda request: as_json(status=502))
    client = ApiClient(BASE, clock=FixedClock(NOW), sleep=sleep_until_cancelled(cancel), transport=wire)
    with pytest.raises(CancelledError):
        ask(client)
    assert len(wire.asked) == 1


def test_the_distance_to_the_servers_clock_is_known():
    client, _, _ = client_of(lambda request: as_json(Date="Tue, 10 Mar 2026 12:07:00 GMT"))
    ask(client)
    assert client.skew == timedelta(minutes=7)


def test_401_is_for_a_person():
    client, _, _ = client_of(lambda request: as_json(status=401))
    with pytest.raises(SignInError):
        ask(client)


def test_401_is_tried_once_more_with_what_was_renewed():
    signer = Tokens("old", "new")
    client, wire, sleeps = client_of(replies(as_json(status=401), as_json(b"[]")), signer=signer)
    assert ask(client) == b"[]"
    assert [request.headers["Authorization"] for request in wire.asked] == ["old", "new"]
    assert (signer.refused, sleeps) == (["old"], [])


def test_a_second_401_renews_nothing_more():
    signer = Tokens("one", "two", "three", "four")
    client, wire, _ = client_of(lambda request: as_json(status=401), signer=signer)
    with pytest.raises(SignInError):
        ask(client)
    assert (len(wire.asked), signer.refused) == (2, ["one"])


def test_a_401_after_a_bad_line_renews_no_second_time():
    signer = Tokens("one", "two", "three")
    answers = replies(as_json(status=401), as_json(status=502), as_json(status=401))
    client, wire, _ = client_of(answers, signer=signer)
    with pytest.raises(SignInError):
        ask(client)
    assert (len(wire.asked), signer.refused) == (3, ["one"])


def test_a_401_of_a_portal_never_reaches_the_signer():
    signer = Tokens("old", "new")
    client, wire, _ = client_of(lambda request: as_page(401), signer=signer)
    with pytest.raises(LineError) as caught:
        ask(client)
    assert caught.value.details["cause"] == Cause.PORTAL
    assert (len(wire.asked), signer.refused) == (1, [])


def test_what_a_renewal_raises_is_raised():
    class Gone(Tokens):
        def renew(self, refused: Mapping[str, str]) -> bool:
            raise line(Cause.TLS, "no secure connection could be made")

    client, _, _ = client_of(lambda request: as_json(status=401), signer=Gone("old"))
    with pytest.raises(LineError):
        ask(client)
    with pytest.raises(LineError) as caught:
        post(client)
    assert caught.value.details["left"] is False


# -- a platform's own reading of errors


def test_a_platform_may_read_its_errors_itself():
    def refusal(reply: Reply) -> WorkbenchError | None:
        if reply.status == 403 and b"not_logged_in" in body_of(reply):
            return SignInError(status=403)
        if reply.status == 429 and reply.media_type == "text/plain":
            return PlatformBusyError(status=429, seconds=3)
        return None

    slow = httpx2.Response(429, headers={"Content-Type": "text/plain"}, content=b"Slow down")
    refused = as_json(b'{"error_type": "not_logged_in"}', status=403)
    signer = Tokens("old", "new")
    client, _, sleeps = client_of(replies(slow, refused, as_json(b"[]")), refusal=refusal, signer=signer)
    assert ask(client) == b"[]"
    assert (sleeps, signer.refused) == ([3.25], ["old"])
    client, _, _ = client_of(lambda request: as_json(status=404), refusal=refusal)
    with pytest.raises(NotFoundError):
        ask(client)


def test_a_success_is_not_shown_to_the_platforms_reading_of_errors():
    client, _, _ = client_of(lambda request: as_json(b"[]"), refusal=lambda reply: SignInError())
    assert ask(client) == b"[]"


# -- has it changed?


def test_what_did_not_change_is_not_sent_again():
    def answer(request: httpx2.Request) -> httpx2.Response:
        if request.headers.get("If-None-Match") == '"7"':
            return httpx2.Response(304, headers={"ETag": '"7"', "Content-Length": "5000"})
        return as_json(b"[]", ETag='"7"', Last_Modified="Tue, 10 Mar 2026 11:00:00 GMT")

    client, wire, _ = client_of(answer)
    known = Validators.of(client.get("feed", {}, expect=Expect.JSON))
    again = client.get("feed", {}, expect=Expect.JSON, known=known)
    assert (again.status, again.body) == (304, b"")
    assert wire.asked[1].headers["If-Modified-Since"] == "Tue, 10 Mar 2026 11:00:00 GMT"
    assert Validators.of(again) == Validators('"7"')


def test_304_to_a_question_without_conditions_is_a_bad_reply():
    client, _, _ = client_of(lambda request: httpx2.Response(304))
    for known in (None, Validators()):
        with pytest.raises(LineError):
            client.get("feed", {}, expect=Expect.JSON, known=known)


# -- questions that are posted


def test_a_question_is_posted_and_tried_again():
    client, wire, sleeps = client_of(replies(as_json(status=500), as_json(b'{"rows": []}')))
    answer = client.ask("v1beta/report", {}, json={"name": "Zoë"}, expect=Expect.JSON)
    assert answer.body == b'{"rows": []}'
    assert [request.read() for request in wire.asked] == ['{"name":"Zoë"}'.encode()] * 2
    assert wire.asked[0].headers["Content-Type"] == "application/json"
    assert sleeps == [1.25]


def test_a_question_follows_only_redirects_that_keep_its_content():
    moved = httpx2.Response(307, headers={"Location": "/elsewhere"})
    client, wire, _ = client_of(replies(moved, as_json()))
    client.ask("report", {}, json=[1], expect=Expect.JSON)
    assert (wire.asked[1].method, wire.asked[1].read()) == ("POST", b"[1]")
    client, _, _ = client_of(lambda request: httpx2.Response(303, headers={"Location": "/elsewhere"}))
    with pytest.raises(LineError):
        client.ask("report", {}, json=[1], expect=Expect.JSON)


# -- the next page, ahead


def test_what_was_begun_ahead_is_the_answer_to_the_next_get():
    client, wire, _ = client_of(lambda request: as_json(request.url.query), is_eager=True)
    with client:
        client.ahead("page", {"n": "2"}, expect=Expect.JSON)
        assert ask(client, "page", n="1") == b"n=1"
        assert ask(client, "page", n="2") == b"n=2"
        assert sorted(request.url.query for request in wire.asked) == [b"n=1", b"n=2"]
        assert ask(client, "page", n="2") == b"n=2"
        assert len(wire.asked) == 3


def test_what_goes_wrong_ahead_is_the_first_attempt_of_the_get():
    client, wire, sleeps = client_of(replies(as_json(status=502), as_json(b"[]")), is_eager=True)
    with client:
        client.ahead("page", {}, expect=Expect.JSON)
        assert ask(client, "page") == b"[]"
    assert (len(wire.asked), sleeps) == (2, [1.25])


def test_another_kind_of_body_is_another_question():
    client, wire, _ = client_of(lambda request: as_json(b"[]"), is_eager=True)
    with client:
        client.ahead("page", {}, expect=Expect.JSON)
        with pytest.raises(LineError):
            client.get("page", {}, expect=Expect.CSV, attempts=1)
        ask(client, "page")
    assert len(wire.asked) == 2


def test_over_a_transport_of_a_test_nothing_is_begun_ahead():
    client, wire, _ = client_of(lambda request: as_json(b"[]"))
    client.ahead("page", {"n": "2"}, expect=Expect.JSON)
    assert wire.asked == []
    assert ask(client, "page", n="2") == b"[]"


def test_closing_ends_what_was_begun_ahead():
    with RawServer([None, OK]) as server, at_port(server.port) as client:
        client.ahead("page", {}, expect=Expect.JSON)
        assert server.is_stuck.wait(10)
        client.close()
        assert ask(client, "page") == b'{"a": 1}'
    assert len(server.asked) == 2
