"""Web addresses: unsafe ones are refused before anything is asked; links come back to our own origin."""

import httpx2
import pytest

from workbench.errors import BadInputError
from workbench.sync.web_address import base_of, below, origin_of, refuse_peer


@pytest.mark.parametrize(
    "address",
    [
        "http://lists.example.org/",
        "ftp://lists.example.org/",
        "lists.example.org",
        "https://",
        "https://somebody:password@lists.example.org/",
        "https://10.0.0.1/",
        "https://192.168.1.1:8443/",
        "https://172.16.5.5/",
        "https://169.254.169.254/latest/meta-data/",
        "http://169.254.169.254/",
        "https://100.64.0.1/",
        "https://0.0.0.0/",
        "https://[::]/",
        "https://[fe80::1]/",
        "https://[fd00::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://224.0.0.1/",
        "https://255.255.255.255/",
    ],
)
def test_an_address_that_is_not_safe_is_refused(address: str):
    with pytest.raises(BadInputError) as caught:
        base_of(address, allow_private=False)
    assert "password" not in str(caught.value.details)


@pytest.mark.parametrize(
    "address", ["https://lists.example.org/", "http://localhost:8000/", "http://127.0.0.1/", "http://[::1]:80/"]
)
def test_https_and_loopback_are_taken(address: str):
    base_of(address, allow_private=False)


def test_a_private_network_is_taken_where_it_was_allowed():
    base_of("https://10.0.0.1/", allow_private=True)
    with pytest.raises(BadInputError):
        base_of("http://10.0.0.1/", allow_private=True)


def test_a_name_that_leads_into_a_private_network_is_refused():
    for inside in ("10.1.2.3", "127.0.0.1", "169.254.169.254", "::1", "fe80::1%eth0", "::ffff:192.168.0.1"):
        with pytest.raises(BadInputError):
            refuse_peer(httpx2.URL("https://lists.example.org/"), inside)
    refuse_peer(httpx2.URL("https://lists.example.org/"), "93.184.215.14")


def test_a_base_ends_in_one_slash():
    assert str(base_of("https://lists.example.org/archives", allow_private=False)).endswith("/archives/")


@pytest.mark.parametrize(
    ("link", "ours"),
    [
        ("https://inside.example.net:9443/forums/atom?page=2&ps=50", "https://c.example.org/forums/atom?page=2&ps=50"),
        ("http://c.example.org/forums/atom?since=a%2Bb&$top=5", "https://c.example.org/forums/atom?since=a%2Bb&$top=5"),
        ("/communities/service/atom", "https://c.example.org/communities/service/atom"),
        ("atom/topics?forumUuid=7", "https://c.example.org/forums/atom/topics?forumUuid=7"),
        ("//elsewhere.example.net/x", "https://c.example.org/x"),
        ("https://user:pass@elsewhere.example.net/", "https://c.example.org/"),
    ],
)
def test_a_link_to_another_host_becomes_one_of_ours(link: str, ours: str):
    assert below(httpx2.URL("https://c.example.org/forums/"), link) == ours


@pytest.mark.parametrize("link", ["javascript:alert(1)", "mailto:amina@example.org", "https://[::1", "http://a:b/"])
def test_what_is_no_link_is_refused(link: str):
    with pytest.raises(BadInputError):
        below(httpx2.URL("https://c.example.org/"), link)


def test_an_origin_always_says_its_port():
    assert origin_of(httpx2.URL("https://c.example.org/x")) == "https://c.example.org:443"
    assert origin_of(httpx2.URL("http://[::1]:8000/x")) == "http://[::1]:8000"
