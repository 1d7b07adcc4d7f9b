"""HyperKitty connector over recorded replies and a site in memory: order, delta, cuts, refusals, requests counted."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import httpx2
import pytest

from tests.sync.connector_suite import SECRET, WireSuite
from tests.sync.connectors.hyperkitty_site import (
    FISHERS,
    MESSAGES,
    NOW,
    ROOT,
    FakeSite,
    Mail,
    as_json,
    end,
    gzipped,
    history,
    ids,
    message_hash,
    mirrored,
    packed,
    page,
    pull,
    recorded,
)
from tests.sync.wire import Wire
from workbench.clock import FixedClock
from workbench.errors import BadInputError, ForbiddenError, NotFoundError
from workbench.models.kinds import PostKind
from workbench.sync.api_client import ApiClient
from workbench.sync.connector import Connector, Cursor, Stage
from workbench.sync.connectors.hyperkitty import PLATFORM, HyperkittyConnector
from workbench.sync.posting import Posting
from workbench.sync.records import MessageRecord
from workbench.sync.seat import Reach, Seat
from workbench.sync.signing import Basic, Fixed, Signer

DAY = timedelta(days=1)


class TestHyperkittyOnTheSuite(WireSuite):
    community = FISHERS

    def make(self) -> Connector:
        return FakeSite({FISHERS: history(400)}).connector()

    def make_answering(self, answer: Callable[[httpx2.Request], httpx2.Response]) -> Connector:
        def dated(request: httpx2.Request) -> httpx2.Response:
            reply = answer(request)
            reply.headers["Date"] = "Tue, 10 Mar 2026 12:00:00 GMT"
            return reply

        client = ApiClient(
            ROOT,
            clock=FixedClock(NOW),
            sleep=lambda seconds: None,
            signer=Fixed({"Authorization": f"Bearer {SECRET}"}),
            transport=Wire(dated),
        )
        return HyperkittyConnector(client, root=ROOT)


class TestHyperkittyWithoutItsApi(TestHyperkittyOnTheSuite):
    def make(self) -> Connector:
        return FakeSite({FISHERS: history(400)}, has_api=False).connector(FISHERS)


class TestHyperkittyThatKnowsNoLimit(TestHyperkittyOnTheSuite):
    def make(self) -> Connector:
        return FakeSite({FISHERS: history(400)}, knows_limit=False).connector()


def test_the_site_in_memory_has_the_shapes_that_were_recorded():
    site = FakeSite({FISHERS: history(3)})
    asked = {
        "lists-page-200.json": "api/lists/?limit=1",
        "lists-bare-200.json": "api/lists/",
        "list-200.json": f"api/list/{FISHERS}/",
        "emails-page-200.json": f"api/list/{FISHERS}/emails/?limit=2",
        "emails-bare-200.json": f"api/list/{FISHERS}/emails/",
    }
    for name, path in asked.items():
        real, ours = json.loads(recorded(name)), site.answer(httpx2.Request("GET", ROOT + path)).json()
        assert type(ours) is type(real)
        if isinstance(real, dict):
            assert ours.keys() == real.keys()
            real, ours = real.get("results", [real]), ours.get("results", [ours])
        else:
            assert isinstance(ours, list)
        assert ours[0].keys() == real[0].keys()
        assert {
            key: type(value) for key, value in ours[0].items() if value is not None and real[0][key] is not None
        } == {key: type(value) for key, value in real[0].items() if value is not None and ours[0][key] is not None}


def test_recorded_replies_are_read_whole():
    def answer(request: httpx2.Request) -> httpx2.Response | None:
        path = request.url.path
        if path.endswith("/emails/"):
            return as_json(recorded("emails-page-200.json"))
        return (
            packed(gzipped(recorded("export-200.mbox"))) if "/export/" in path else as_json(recorded("list-200.json"))
        )

    batches = pull(FakeSite(fault=answer))
    messages = {
        record.remote_id: record for batch in batches for record in batch.records if isinstance(record, MessageRecord)
    }
    assert set(messages) == {"nets.1@example.org", "nets.2@example.org", "late.1@example.org"}
    nets, answer_to_it, late = (
        messages[name] for name in ("nets.1@example.org", "nets.2@example.org", "late.1@example.org")
    )
    assert nets.subject.split() == ["Nets", "that", "last", "longer", "than", "a", "season"]
    assert "\nFrom the harbour:" in nets.text
    assert nets.sent_at == datetime(2016, 3, 3, 17, 20, 35, tzinfo=UTC)
    assert answer_to_it.references == ("nets.1@example.org",)
    assert answer_to_it.author.name == "Luis Ejemplón"
    assert "señora" in answer_to_it.text
    assert "Back late today." in late.text
    assert late.html is not None


def test_lists_come_in_both_shapes():
    site = FakeSite({f"list{number}@example.org": [] for number in range(250)}, private={"list7@example.org"})
    paged = [record.remote_id for record in site.connector().communities()]
    site.knows_limit = False
    assert [record.remote_id for record in site.connector().communities()] == paged
    assert len(paged) == 249
    assert "list7@example.org" not in paged


def test_a_list_that_was_named_is_marked_by_one_look_which_serves_the_whole_run():
    site = FakeSite({FISHERS: history(3), "weavers@example.org": []})
    connector = site.connector(FISHERS)
    (record,) = connector.communities()
    assert (record.remote_id, record.name, record.address, record.messages) == (FISHERS, FISHERS, FISHERS, 3)
    assert record.url == f"{ROOT}list/{FISHERS}/"
    assert site.paths() == [f"api/list/{FISHERS}/emails/?limit=1"]
    *_, last = connector.pull(FISHERS, MESSAGES, since=None)
    again = site.connector(FISHERS)
    assert list(again.communities()) == [record]
    site.paths()
    assert not [batch.records for batch in again.pull(FISHERS, MESSAGES, since=last.cursor) if batch.records]
    assert site.paths() == []
    site.deliver(Mail("new@example.org", NOW, NOW))
    assert next(iter(site.connector(FISHERS).communities())).mark != record.mark


def test_a_list_of_a_site_that_keeps_its_api_closed_has_no_mark():
    site = FakeSite({FISHERS: history(3)}, has_api=False)
    (record,) = site.connector(FISHERS).communities()
    assert (record.mark, record.messages, site.paths()) == (None, None, [])


def test_old_windows_wait_for_the_stage_of_history():
    site = FakeSite({FISHERS: history(1200)})
    batches = list(site.connector(FISHERS).pull(FISHERS, MESSAGES, since=None))
    stages = [batch.then for batch in batches]
    assert stages[0] is Stage.NEWS
    assert Stage.HISTORY in stages
    assert stages[-1] is Stage.NEWS  # nothing is left to wait for


@pytest.mark.parametrize(
    ("address", "settings"),
    [(ROOT, {"list": FISHERS}), (f"{ROOT}list/{FISHERS}/latest", {}), (ROOT, {"list": FISHERS, "has_api": "no"})],
)
def test_a_seat_names_the_list_by_its_page_or_by_its_address(address: str, settings: dict[str, str]):
    site = FakeSite({FISHERS: history(3)})
    asked: list[str] = []

    def client(root: str, **options: object) -> ApiClient:
        asked.append(root)
        return site.client()

    connector = PLATFORM.connect(Seat(address, FixedClock(NOW), client, settings))
    assert [record.remote_id for record in connector.communities()] == [FISHERS]
    assert asked == [ROOT]
    assert len(site.paths()) == (0 if "has_api" in settings else 1)


def a_seat_at(site: FakeSite, *, reach: Reach = Reach(), **settings: str) -> Seat:  # noqa: B008 - frozen
    """A seat whose clients end in this site; each client's root and signer are in `site.roots`."""

    def client(root: str, *, signer: Signer | None = None, **options: object) -> ApiClient:
        site.roots.append((root, signer))
        own = Fixed({"Cookie": site.cookie}) if site.cookie else None
        return site.client(root=root, signer=signer or own)

    secrets = {"core_password": "pump and well"}
    return Seat(ROOT, FixedClock(NOW), client, {"list": FISHERS, **settings}, reach, lambda name: secrets.get(name, ""))


def test_without_a_way_to_them_the_members_are_left_out():
    connector = PLATFORM.connect(a_seat_at(FakeSite()))
    assert [stream.name for stream in connector.streams] == ["messages"]
    assert not connector.abilities.leavers
    assert "owners" in PLATFORM.cannot[0]


def test_an_owner_reads_private_mail_and_the_members_with_one_sign_in():
    site = FakeSite({FISHERS: history(3)}, private={FISHERS}, cookie="sessionid=abc")
    site.addresses = {FISHERS: ["amina@example.org"]}
    connector = PLATFORM.connect(a_seat_at(site, postorius="https://lists.example.org/mailman3/"))
    assert [record.messages for record in connector.communities()] == [3]
    assert connector.abilities.leavers
    messages, members = connector.streams
    assert (messages.stage, members.stage) == (Stage.NEWS, Stage.MEMBERS)
    assert mirrored(list(connector.pull(FISHERS, messages, since=None))) == ids(site)
    *_, last = connector.pull(FISHERS, members, since=None)
    assert len(last.censuses[0].ids) == 1
    site.paths()
    list(connector.pull(FISHERS, members, since=last.cursor))
    assert site.paths() == []


def test_the_sign_in_of_the_archive_goes_nowhere_else():
    site = FakeSite(cookie="sessionid=abc")
    with pytest.raises(BadInputError, match="on the site of the archive"):
        PLATFORM.connect(a_seat_at(site, postorius="https://lists.example.net/mailman3/"))
    PLATFORM.connect(a_seat_at(site, core="http://127.0.0.1:8001/3.1/"))
    (core, signer), archive = site.roots
    assert signer is not None
    assert (core, signer.headers()) == ("http://127.0.0.1:8001/3.1/", Basic("restadmin", "pump and well").headers())
    assert archive == (ROOT, None)


def test_history_stops_at_the_account_s_reach_and_the_mark_says_so():
    site = FakeSite({FISHERS: history(900)})
    oldest = (NOW - 30 * DAY).date()
    near = PLATFORM.connect(a_seat_at(site, reach=Reach(oldest)))
    batches = list(near.pull(FISHERS, MESSAGES, since=None))
    assert mirrored(batches) == {mail.message_id for mail in site.lists[FISHERS] if mail.sent_at.date() >= oldest}
    assert batches[-1].is_from_start is False
    ever = PLATFORM.connect(a_seat_at(site, reach=Reach(date(1990, 1, 1))))
    assert list(ever.pull(FISHERS, MESSAGES, since=None))[-1].is_from_start
    marks = [
        next(iter(PLATFORM.connect(a_seat_at(site, reach=Reach(day))).communities())).mark for day in (oldest, None)
    ]
    assert marks[0] != marks[1]


def test_it_sends_answers_and_nothing_else():
    connector = PLATFORM.connect(a_seat_at(FakeSite()))
    assert isinstance(connector, HyperkittyConnector)
    assert (connector.sends, connector.repeats_safely) == ({PostKind.REPLY}, frozenset())
    answer = Posting("key", PostKind.REPLY, FISHERS, "Aye.", root="nets.0@example.org")
    assert connector.link(answer) == f"{ROOT}list/{FISHERS}/message/{message_hash('nets.0@example.org')}/"
    for act in (connector.send, connector.find):
        with pytest.raises(BadInputError, match="in the account's settings"):
            act(answer)
    with pytest.raises(BadInputError, match="only reads"):
        FakeSite().connector().send(answer)


def test_a_list_without_a_description_is_read():
    unset = json.loads(recorded("list-200.json")) | {"description": None, "display_name": ""}
    site = FakeSite(fault=lambda request: as_json(json.dumps([unset]).encode()))
    (record,) = site.connector().communities()
    assert (record.name, record.description) == (unset["name"], "")


@pytest.mark.parametrize("has_api", [True, False])
def test_an_unknown_list_is_not_found(has_api):
    with pytest.raises(NotFoundError):
        pull(FakeSite(has_api=has_api))


@pytest.mark.parametrize("has_api", [True, False])
def test_a_private_list_is_forbidden(has_api):
    with pytest.raises(ForbiddenError):
        pull(FakeSite({FISHERS: history(3)}, private={FISHERS}, has_api=has_api))


def test_a_list_that_goes_away_is_not_found_although_the_site_answers_500():
    site = FakeSite({FISHERS: history(3)})
    cursor = end(pull(site))
    del site.lists[FISHERS]
    with pytest.raises(NotFoundError):
        pull(site, cursor)


def test_a_site_that_lets_nothing_be_downloaded_says_so():
    site = FakeSite({FISHERS: history(3)})
    site.fault = lambda request: page(400, "Archive download disabled.") if "/export/" in request.url.path else None
    with pytest.raises(ForbiddenError, match="does not let"):
        pull(site)


def test_a_second_pull_with_nothing_new_is_one_request():
    site = FakeSite({FISHERS: history(600)})
    cursor = end(pull(site))
    site.paths()
    batches = pull(site, cursor)
    assert site.paths() == [f"api/list/{FISHERS}/emails/?limit=1"]
    assert [len(batch.records) for batch in batches] == [0]
    assert sum(batch.requests for batch in batches) == 1
    assert sum(batch.bytes_in for batch in batches) < 2000
    assert end(batches) == cursor


def test_a_second_pull_without_the_api_is_one_request():
    site = FakeSite({FISHERS: history(60)}, has_api=False)
    cursor = end(pull(site))
    site.paths()
    assert mirrored(pull(site, cursor)) <= ids(site)
    assert site.paths() == [f"list/{FISHERS}/export/archive.mbox.gz?start=2026-03-03"]


def test_an_empty_list_stays_empty_and_is_followed():
    site = FakeSite({FISHERS: []})
    first = pull(site)
    assert mirrored(first) == set()
    site.deliver(Mail("first@example.org", NOW, NOW))
    assert mirrored(pull(site, end(first))) == {"first@example.org"}


def test_a_cursor_of_another_version_starts_afresh():
    site = FakeSite({FISHERS: history(30)})
    assert mirrored(pull(site, Cursor('{"version": 99}'))) == ids(site)


def test_progress_never_goes_back_and_ends_whole():
    shares = [batch.progress.fraction for batch in pull(FakeSite({FISHERS: history(900)})) if batch.progress]
    assert shares == sorted(share for share in shares if share is not None)
    assert shares[-1] == 1.0
