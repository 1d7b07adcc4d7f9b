"""Exchanges: bodies in the form they were given, redirects as addresses, validators as headers."""

from datetime import UTC, datetime

import httpx2
import pytest

from workbench.errors import LineError
from workbench.sync.exchanges import Answer, Request, Validators, content_of, target_of
from workbench.sync.gate import Expect, Reply

URL = httpx2.URL("https://lists.example.org/archives/api/")


def moved(location: str | None, status: int = 302) -> Reply:
    headers = {} if location is None else {"location": location}
    return Reply(status, "https://lists.example.org:443", "https://lists.example.org:443", headers, b"")


def test_a_body_has_the_type_of_its_form():
    assert content_of(None) == ({}, b"")
    assert content_of({}) == ({"Content-Type": "application/json"}, b"{}")
    assert content_of(None, {"a b": "ü"}) == ({"Content-Type": "application/x-www-form-urlencoded"}, b"a+b=%C3%BC")
    assert content_of(None, None, ("text/plain", b"x")) == ({"Content-Type": "text/plain"}, b"x")


def test_a_redirect_leads_somewhere_and_other_replies_nowhere():
    assert target_of(URL, moved("../list/")) == httpx2.URL("https://lists.example.org/archives/list/")
    assert target_of(URL, moved("//elsewhere.example.net/")) == httpx2.URL("https://elsewhere.example.net/")
    assert target_of(URL, moved(None)) is None
    assert target_of(URL, moved("/x", status=201)) is None


def test_a_redirect_to_no_address_is_a_bad_reply():
    with pytest.raises(LineError):
        target_of(URL, moved("https://[::1"))


def test_validators_are_what_the_platform_gave():
    answer = Answer(200, b"", datetime(2026, 3, 10, tzinfo=UTC), {"etag": 'W/"7"'})
    assert Validators.of(answer).headers() == {"If-None-Match": 'W/"7"'}
    assert Validators("", "Tue, 10 Mar 2026 11:00:00 GMT").headers() == {
        "If-Modified-Since": "Tue, 10 Mar 2026 11:00:00 GMT"
    }


def test_the_same_question_has_the_same_key_whatever_the_order_of_its_headers():
    one = Request("GET", URL, Expect.JSON, {"A": "1", "B": "2"})
    assert one.key == Request("GET", URL, Expect.JSON, {"B": "2", "A": "1"}).key
    assert one.key != Request("GET", URL, Expect.CSV, {"A": "1", "B": "2"}).key
