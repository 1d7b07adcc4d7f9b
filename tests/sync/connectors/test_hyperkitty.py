"""HyperKitty connector over recorded replies and a site in memory: order, delta, cuts, refusals, requests counted."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import httpx2
import pytest

from tests.sync.connector_suite import SECRET, WireSuite, folded
from tests.sync.connectors.hyperkitty_site import (
    FISHERS,
    NOW,
    ROOT,
    FakeSite,
    Mail,
    as_json,
    gzipped,
    history,
    message_hash,
    packed,
    page,
    recorded,
)
from tests.sync.wire import Wire
from workbench.clock import FixedClock
from workbench.errors import BadInputError, ForbiddenError, LineError, NotFoundError, PlatformBusyError
from workbench.models.kinds import PostKind
from workbench.sync.api_client import ApiClient
from workbench.sync.connector import Batch, Connector, Cursor, Stage
from workbench.sync.connectors.hyperkitty import PLATFORM, HyperkittyConnector
from workbench.sync.posting import Posting
from workbench.sync.records import MessageRecord
from workbench.sync.seat import Reach, Seat
from workbench.sync.signing import Basic, Fixed, Signer

MESSAGES = HyperkittyConnector.streams[0]
DAY = timedelta(days=1)


def pull(site: FakeSite, since: Cursor | None = None, *, address: str = FISHERS) -> list[Batch]:
    return list(site.connector().pull(address, MESSAGES, since=since))


def mirrored(batches: list[Batch]) -> set[str]:
    return {record.remote_id for record in folded(batches).values() if isinstance(record, MessageRecord)}


def end(batches: list[Batch]) -> Cursor:
    cursor = batches[-1].cursor
    assert cursor is not None
    return cursor


def ids(site: FakeSite) -> set[str]:
    return {mail.message_id for mail in site.lists[FISHERS]}


def cut_exports(times: int) -> Callable[[httpx2.Request], httpx2.Response | None]:
    """A line that drops the next `times` exports in the middle."""
    left = [times]

    def fault(request: httpx2.Request) -> httpx2.Response | None:
        if "/export/" not in request.url.path or left[0] == 0:
            return None
        left[0] -= 1
        return packed(gzipped(b"From a mail that never arrived whole\n" * 50)[:-12])

    return fault


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


def test_the_newest_days_come_first():
    site = FakeSite({FISHERS: history(1500)})
    batches = [batch for batch in pull(site) if batch.records]
    newest = [max(record.sent_at for record in batch.records) for batch in batches]  # type: ignore[union-attr]  # all are messages
    assert newest == sorted(newest, reverse=True)
    assert len(batches[0].records) < 400
    assert mirrored(batches) == ids(site)


def test_a_small_list_comes_in_one_window():
    site = FakeSite({FISHERS: history(30)})
    batches = pull(site)
    assert mirrored(batches) == ids(site)
    assert [path for path in site.paths() if "export" in path] == [f"list/{FISHERS}/export/archive.mbox.gz"]


def test_dates_before_and_after_all_others_are_in_the_endless_windows():
    site = FakeSite({FISHERS: history(600)})
    site.deliver(Mail("first@example.org", datetime(1969, 7, 1, tzinfo=UTC), NOW - DAY))
    site.deliver(Mail("future@example.org", datetime(2099, 1, 1, tzinfo=UTC), NOW - DAY))
    batches = pull(site)
    assert mirrored(batches) == ids(site)
    # Neither is believed: what the site's own clock and the year 1980 do not bound comes from the envelope.
    guessed = {
        record.remote_id: record.sent_at for batch in batches for record in batch.records if record.sent_at_is_guess
    }
    assert guessed == dict.fromkeys(("first@example.org", "future@example.org"), NOW - DAY)


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


def test_days_are_promised_once_they_are_over_and_read():
    site = FakeSite({FISHERS: history(600)})
    first = pull(site)
    days = {day for batch in first for span in batch.covered for day in (span.first, span.last)}
    assert max(days) == date(2026, 3, 9)
    assert min(days) == min(mail.sent_at for mail in site.lists[FISHERS]).date()
    site.now = NOW + 2 * DAY
    (batch,) = pull(site, end(first))
    assert [(span.first, span.last) for span in batch.covered] == [(date(2026, 3, 10), date(2026, 3, 11))]


def test_new_mail_costs_a_look_a_page_and_one_window():
    site = FakeSite({FISHERS: history(600)})
    cursor = end(pull(site))
    site.paths()
    for number in range(5):
        site.deliver(Mail(f"new.{number}@example.org", NOW + number * DAY, NOW + number * DAY))
    site.now = NOW + 5 * DAY
    batches = pull(site, cursor)
    assert {f"new.{number}@example.org" for number in range(5)} <= mirrored(batches)
    assert len(site.paths()) == 3
    assert len(mirrored(batches)) <= 8


def test_mail_with_an_old_date_is_found_by_its_arrival_and_fetched_alone():
    site = FakeSite({FISHERS: history(600)})
    cursor = end(pull(site))
    site.paths()
    site.deliver(Mail("late@example.org", NOW - 100 * DAY, NOW + DAY))
    assert mirrored(pull(site, cursor)) == {"late@example.org"}
    assert site.paths()[-1] == f"list/{FISHERS}/export/archive.mbox.gz?message={message_hash('late@example.org')}"


def test_mail_that_arrives_while_history_is_read_is_found_on_resuming():
    site = FakeSite({FISHERS: history(900)})
    connector = site.connector()
    running = connector.pull(FISHERS, MESSAGES, since=None)
    held = [next(running), next(running)]
    site.deliver(Mail("meanwhile@example.org", NOW - 200 * DAY, NOW + DAY))
    site.deliver(Mail("meanwhile.2@example.org", NOW + DAY, NOW + DAY))
    rest = pull(site, end(held))
    assert mirrored([*held, *rest]) == ids(site)


def test_an_archive_put_in_underneath_is_read_too():
    site = FakeSite({FISHERS: history(200)})
    cursor = end(pull(site))
    for mail in history(150, last=NOW - 1500 * DAY):
        site.deliver(Mail("old." + mail.message_id, mail.sent_at, mail.sent_at))
    assert {mail for mail in ids(site) if mail.startswith("old.")} <= mirrored(pull(site, cursor))


def test_deleted_mail_on_top_does_not_hide_new_mail():
    site = FakeSite({FISHERS: history(200)})
    cursor = end(pull(site))
    del site.lists[FISHERS][-6:]
    site.deliver(Mail("new@example.org", NOW + DAY, NOW + DAY))
    assert "new@example.org" in mirrored(pull(site, cursor))


def test_new_mail_is_found_although_as_many_were_deleted():
    site = FakeSite({FISHERS: history(200)})
    cursor = end(pull(site))
    del site.lists[FISHERS][50]
    site.deliver(Mail("new@example.org", NOW - 300 * DAY, NOW + DAY))
    assert mirrored(pull(site, cursor)) == {"new@example.org"}


def test_an_empty_list_stays_empty_and_is_followed():
    site = FakeSite({FISHERS: []})
    first = pull(site)
    assert mirrored(first) == set()
    site.deliver(Mail("first@example.org", NOW, NOW))
    assert mirrored(pull(site, end(first))) == {"first@example.org"}


def test_a_cut_export_is_fetched_again_whole():
    site = FakeSite({FISHERS: history(30)}, fault=cut_exports(1))
    assert mirrored(pull(site)) == ids(site)
    assert len(site.waits) == 1


def test_an_export_that_is_cut_again_and_again_comes_in_smaller_windows():
    site = FakeSite({FISHERS: history(300)}, fault=cut_exports(9))
    assert mirrored(pull(site)) == ids(site)


def test_a_site_that_gives_up_over_long_windows_is_read_in_short_ones():
    def fault(request: httpx2.Request) -> httpx2.Response | None:
        if "/export/" not in request.url.path:
            return None
        query = request.url.params
        if "start" in query and "end" in query:
            days = date.fromisoformat(query["end"]) - date.fromisoformat(query["start"])
            return page(504, "") if days > 20 * DAY else None
        return (
            None if query.get("start", "") >= "2026-03-01" or query.get("end", "9") <= "2025-11-25" else page(502, "")
        )

    site = FakeSite({FISHERS: history(300)}, fault=fault)
    assert mirrored(pull(site)) == ids(site)


def test_a_day_the_site_cannot_deliver_is_held_back_not_promised_and_tried_after_a_week():
    bad = date(2026, 3, 1)

    def fault(request: httpx2.Request) -> httpx2.Response | None:
        query = request.url.params
        if "/export/" not in request.url.path or "message" in query:
            return None
        start, end_day = query.get("start", "0001-01-01"), query.get("end", "9999-01-01")
        return page(500, "") if start <= bad.isoformat() < end_day else None

    site = FakeSite({FISHERS: history(60)}, fault=fault)
    batches = pull(site)
    missing = {mail.message_id for mail in site.lists[FISHERS] if mail.sent_at.date() == bad}
    assert missing
    assert mirrored(batches) == ids(site) - missing
    assert [item.code for batch in batches for item in batch.rejected] == ["window_failed"]
    assert not [span for batch in batches for span in batch.covered if span.first <= bad <= span.last]
    site.paths()
    again = pull(site, end(batches))
    assert len(site.paths()) == 1
    site.fault, site.now = None, NOW + 8 * DAY
    later = pull(site, end(again))
    assert mirrored(later) >= missing
    # What was held back for these days no longer is.
    (item,) = (item for batch in batches for item in batch.rejected)
    assert item.source in {place.source for batch in later for place in batch.reread}
    assert [span for batch in later for span in batch.covered if span.first <= bad <= span.last]


def test_a_site_that_is_down_stops_the_pull_and_keeps_the_place():
    site = FakeSite({FISHERS: history(900)})
    connector = site.connector()
    running = connector.pull(FISHERS, MESSAGES, since=None)
    held = [next(running), next(running)]
    site.fault = lambda request: page(502, "")
    with pytest.raises(LineError):
        next(running)
    site.fault = None
    assert mirrored([*held, *pull(site, end(held))]) == ids(site)


def test_a_busy_site_is_waited_for_as_long_as_it_asks():
    answers = [httpx2.Response(429, headers={"Retry-After": "11"})]
    site = FakeSite({FISHERS: history(3)}, fault=lambda request: answers.pop() if answers else None)
    assert mirrored(pull(site)) == ids(site)
    assert site.waits == [11.0]
    site.fault = lambda request: httpx2.Response(503, headers={"Retry-After": "900"})
    with pytest.raises(PlatformBusyError):
        pull(site)


def test_late_mail_is_found_without_the_api_by_reading_the_last_quarter_again_once_a_month():
    site = FakeSite({FISHERS: history(60)}, has_api=False)
    cursor = end(pull(site))
    site.deliver(Mail("late@example.org", NOW - 40 * DAY, NOW + DAY))
    assert "late@example.org" not in mirrored(pull(site, cursor))
    site.now = NOW + 31 * DAY
    cursor = end(pull(site, cursor))
    site.paths()
    assert "late@example.org" in mirrored(pull(site, cursor))


def test_a_cursor_of_another_version_starts_afresh():
    site = FakeSite({FISHERS: history(30)})
    assert mirrored(pull(site, Cursor('{"version": 99}'))) == ids(site)


def test_nothing_unreadable_stops_a_window():
    site = FakeSite({FISHERS: history(4)})
    noise = b"From nobody@example.org Tue Mar 10 12:00:00 2026\nX-Nothing: at all\n\nno date\n\n\n"
    whole = b"".join(mail.exported() for mail in site.lists[FISHERS])
    site.fault = lambda request: packed(gzipped(whole + noise)) if "/export/" in request.url.path else None
    assert mirrored(pull(site)) >= ids(site)


def test_progress_never_goes_back_and_ends_whole():
    shares = [batch.progress.fraction for batch in pull(FakeSite({FISHERS: history(900)})) if batch.progress]
    assert shares == sorted(share for share in shares if share is not None)
    assert shares[-1] == 1.0


def test_a_site_that_delivers_nothing_is_not_asked_for_ever():
    site = FakeSite({FISHERS: history(900)})
    site.fault = lambda request: page(500, "") if "/export/" in request.url.path else None
    with pytest.raises(LineError):
        pull(site)
    assert len(site.paths()) < 70
