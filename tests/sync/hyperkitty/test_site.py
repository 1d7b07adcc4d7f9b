"""What an archive can be asked: a list that is gone is found out at once, and one mail by its name."""

import json
from contextlib import nullcontext

import httpx2
import pytest

from tests.sync.connectors.hyperkitty_site import FISHERS, NOW, ROOT, FakeSite, as_json, history, message_hash, page
from workbench.errors import ForbiddenError, LineError, NotFoundError, PlatformBusyError
from workbench.sync.hyperkitty.site import HyperkittySite, words

NAME = message_hash("nets.1@example.org")


def asking(site: FakeSite) -> HyperkittySite:
    return HyperkittySite(site.client(), root=ROOT, has_api=site.has_api)


def test_a_list_that_is_gone_costs_two_requests_and_no_wait():
    site = FakeSite()
    with pytest.raises(NotFoundError):
        asking(site).look(FISHERS, {"limit": "1"})
    assert site.paths() == [f"api/list/{FISHERS}/emails/?limit=1", f"api/list/{FISHERS}/?format=json"]
    assert site.waits == []


def test_a_fault_that_passes_is_waited_out_once_the_list_has_proved_to_be_there():
    answers = [page(500, ""), None, page(500, "")]
    site = FakeSite({FISHERS: history(3)}, fault=lambda request: answers.pop(0) if answers else None)
    assert asking(site).look(FISHERS, {"limit": "1"}).count == 3
    assert len(site.paths()) == 4
    assert site.waits == [1.0]


def test_a_site_that_says_when_to_come_back_is_not_asked_again():
    site = FakeSite({FISHERS: history(3)}, fault=lambda request: httpx2.Response(429, headers={"Retry-After": "20"}))
    with pytest.raises(PlatformBusyError):
        asking(site).look(FISHERS, {"limit": "1"})
    assert len(site.paths()) == 1


@pytest.mark.parametrize(("query", "count"), [({}, 3), ({"offset": "2"}, 3), ({"offset": "3"}, 3), ({}, 0)])
def test_a_list_that_counts_mails_and_names_none_is_no_empty_list(query: dict[str, str], count: int):
    empty = {"count": count, "next": None, "previous": None, "results": []}
    site = asking(FakeSite({FISHERS: history(3)}, fault=lambda request: as_json(json.dumps(empty).encode())))
    is_true = int(query.get("offset", 0)) >= count
    with nullcontext() if is_true else pytest.raises(LineError, match="names none"):
        assert site.look(FISHERS, {"limit": "1", **query}).summaries == ()


@pytest.mark.parametrize("has_api", [True, False])
def test_a_mail_is_there_or_not(has_api: bool):
    site = FakeSite({FISHERS: history(3)}, has_api=has_api)
    assert asking(site).holds(FISHERS, NAME)
    assert not asking(site).holds(FISHERS, message_hash("never.sent@example.org"))
    assert len(site.paths()) == 2


@pytest.mark.parametrize("has_api", [True, False])
def test_a_private_list_tells_nothing_of_its_mails(has_api: bool):
    site = FakeSite({FISHERS: history(3)}, private={FISHERS}, has_api=has_api)
    with pytest.raises(ForbiddenError):
        asking(site).holds(FISHERS, NAME)


@pytest.mark.parametrize("has_api", [True, False])
def test_the_day_is_that_of_the_site(has_api: bool):
    site = asking(FakeSite({FISHERS: history(3)}, has_api=has_api))
    assert site.today is None
    assert site.day(FISHERS) == site.today == NOW.date()


def test_pages_lie_below_the_root():
    site = HyperkittySite(FakeSite().client(), root=ROOT.rstrip("/"))
    assert site.page("a b@example.org") == f"{ROOT}list/a%20b@example.org/"
    assert site.page(FISHERS, NAME) == f"{ROOT}list/{FISHERS}/message/{NAME}/"


def test_words_are_one_line_or_none():
    assert words({"a": None}, "a") == ""
    assert words({"a": " two\n lines \ud83d"}, "a") == "two lines ?"
    with pytest.raises(LineError):
        words({"a": 7}, "a")
