"""Writing: each answer to something we sent says what is certain, in the platform's own words where it has some."""

import json

import pytest

from workbench.errors import LineError, RefusedError, SignInError, UnsettledError
from workbench.sync.causes import Cause, line
from workbench.sync.gate import Expect, Reply
from workbench.sync.writing import SAID_CAP, said, settled, unsettled

ORIGIN = "https://forum.example.org:443"


def reply(body: bytes, kind: str = "application/json", *, status: int = 422, origin: str = ORIGIN) -> Reply:
    return Reply(status, ORIGIN, origin, {"content-type": kind}, body)


def refused(body: object) -> Reply:
    return reply(json.dumps(body).encode())


def test_an_accepted_write_gives_its_body():
    assert settled(reply(b"{}", status=201), Expect.JSON, accepts=(201,)) == b"{}"


def test_the_answer_of_another_host_leaves_it_open():
    with pytest.raises(UnsettledError):
        settled(reply(b"{}", status=422, origin="https://portal.example.net:443"), Expect.JSON, accepts=(201,))


def test_a_page_is_the_platforms_own_only_where_a_page_was_expected():
    page = reply(b"<html><p>Wrong password</p></html>", "text/html", status=401)
    with pytest.raises(UnsettledError):
        settled(page, Expect.JSON, accepts=(200,))
    with pytest.raises(SignInError):
        settled(page, Expect.HTML, accepts=(200,))


def test_a_refusal_says_why_as_far_as_the_platform_did():
    with pytest.raises(RefusedError) as caught:
        settled(reply(b"", status=404), Expect.JSON, accepts=(201,))
    assert caught.value.reason == "404, the place it belongs to is gone"
    assert caught.value.details["said"] == ""


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"action": "create_post", "errors": ["Too short", "Title taken"]}, "Too short Title taken"),
        ({"errors": [{"title": "Forbidden", "status": "403", "detail": "Field uid."}]}, "Field uid. Forbidden"),
        ({"error": {"code": 403, "message": "Not allowed", "status": "PERMISSION_DENIED"}}, "Not allowed"),
        ({"error": "invalid_grant", "error_description": "Expired"}, "invalid_grant Expired"),
        ({"response": {"message": "Token not found.", "code": 16, "stat": "fail"}}, "Token not found."),
        ({"error": {"base": "Group is closed"}}, "Group is closed"),
        (["Plain"], "Plain"),
        ({"id": 7}, ""),
        (None, ""),
    ],
)
def test_the_words_of_a_platform_are_found_where_it_keeps_them(body: object, words: str):
    assert said(refused(body)) == words


def test_what_is_said_is_one_short_line_of_plain_text():
    long = said(refused({"errors": ["a\n\tb\0\x1b[31m" + "word " * 100]}))
    assert long.startswith("a b [31m")
    assert len(long) == SAID_CAP
    assert said(reply(b"Slow down,\r\n too many requests", "text/plain")) == "Slow down, too many requests"
    xml = b"\n\n<error><code>404</code><message>It is not <b>there</b></message><script>x()</script></error>"
    assert said(reply(xml, "text/xml")) == "404It is not there"


def test_what_cannot_be_read_says_nothing():
    assert said(reply(b'{"errors": [')) == ""
    assert said(reply(b"[" * 90_000)) == ""
    assert said(reply(b"")) == ""


def test_an_answer_that_broke_off_leaves_it_open():
    half = Reply(422, ORIGIN, ORIGIN, {"content-type": "application/json", "content-length": "99"}, b"{}")
    with pytest.raises(LineError):
        said(half)
    with pytest.raises(UnsettledError) as caught:
        settled(half, Expect.JSON, accepts=(201,))
    assert caught.value.details == {"status": 422, "cause": Cause.CUT}


def test_an_unsettled_error_keeps_the_cause_of_the_line():
    error = unsettled(line(Cause.TOO_LARGE, "too large"), status=200)
    assert (error.reason, error.details) == ("too large", {"cause": "too_large", "status": 200})
