"""FileDoor: files come whole, and what signs our requests stays where it belongs."""

from collections.abc import Callable

import httpx2
import pytest

from tests.sync.seats import BASE, a_seat
from workbench.errors import BadInputError, LineError, NotFoundError, SkipStreamError
from workbench.sync.file_door import FileDoor, is_too_large

PDF = b"%PDF-1.7 of Amina Example"


class Hosts:
    """Several hosts at once; `asked` keeps (host, path, whether it was signed)."""

    def __init__(self, **answers: Callable[[str], httpx2.Response]) -> None:
        self.answers = answers
        self.asked: list[tuple[str, str, bool]] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.asked.append((request.url.host, request.url.path, "authorization" in request.headers))
        return self.answers[request.url.host.partition(".")[0]](request.url.path)


def a_file(content: bytes = PDF, kind: str = "application/pdf; x=1") -> httpx2.Response:
    return httpx2.Response(200, content=content, headers={"content-type": kind})


def sent_on(to: str) -> httpx2.Response:
    return httpx2.Response(302, headers={"location": to})


def a_door(hosts: Hosts) -> FileDoor:
    seat = a_seat(hosts)
    return FileDoor(seat.client(BASE), seat.client)


def test_a_file_of_the_platform_is_asked_for_with_our_signature():
    hosts = Hosts(platform=lambda _: a_file())
    fetched = a_door(hosts).fetch("files/7", most=100)
    assert (fetched.content, fetched.media_type) == (PDF, "application/pdf")
    assert hosts.asked == [("platform.example.org", "/files/7", True)]


def test_what_a_message_names_on_another_host_is_asked_only_on_a_persons_word_and_unsigned():
    hosts = Hosts(cdn=lambda _: a_file())
    door = a_door(hosts)
    with pytest.raises(SkipStreamError) as refused:
        door.fetch("https://cdn.example.org/7", most=100)
    assert (refused.value.details, hosts.asked) == ({"elsewhere": "cdn.example.org"}, [])
    assert door.fetch("https://cdn.example.org/7", most=100, may_leave=True).content == PDF
    assert hosts.asked == [("cdn.example.org", "/7", False)]


def test_where_the_platform_sends_us_on_our_signature_stays_behind_and_does_not_come_back():
    ways = {"/files/7": "/files/8", "/files/8": "https://store.example.org/8?key=k", "/own": ""}
    hosts = Hosts(
        platform=lambda path: sent_on(ways[path]) if ways[path] else a_file(),
        store=lambda _: sent_on("https://platform.example.org/own"),
    )
    assert a_door(hosts).fetch("files/7", most=100).content == PDF
    assert hosts.asked == [
        ("platform.example.org", "/files/7", True),
        ("platform.example.org", "/files/8", True),
        ("store.example.org", "/8", False),
        ("platform.example.org", "/own", False),
    ]


def test_hosts_that_send_us_round_and_round_come_to_an_end():
    hosts = Hosts(
        platform=lambda _: sent_on("https://store.example.org/"),
        store=lambda _: sent_on("https://platform.example.org/"),
    )
    with pytest.raises(LineError):
        a_door(hosts).fetch("files/7", most=100)
    assert len(hosts.asked) < 20


def test_a_file_that_is_larger_than_wanted_is_refused_before_it_is_read():
    hosts = Hosts(platform=lambda _: a_file(b"x" * 101))
    with pytest.raises(LineError) as refused:
        a_door(hosts).fetch("files/7", most=100)
    assert is_too_large(refused.value)
    assert len(hosts.asked) == 1


def test_a_page_in_the_place_of_a_file_is_no_file():
    hosts = Hosts(platform=lambda _: a_file(b"<!doctype html><p>Sign in", "text/html"))
    with pytest.raises(LineError) as refused:
        a_door(hosts).fetch("files/7", most=100)
    assert refused.value.details["cause"] == "portal"
    assert not is_too_large(refused.value)


def test_a_file_that_is_gone_is_told_as_gone():
    hosts = Hosts(platform=lambda _: httpx2.Response(404, content=b"{}"))
    with pytest.raises(NotFoundError):
        a_door(hosts).fetch("files/7", most=100)


@pytest.mark.parametrize("address", ["http://plain.example.org/7", "https://10.0.0.1/7", "https://[::1"])
def test_addresses_we_would_not_ask_are_refused(address):
    hosts = Hosts()
    with pytest.raises(BadInputError):
        a_door(hosts).fetch(address, most=100, may_leave=True)
    assert hosts.asked == []
