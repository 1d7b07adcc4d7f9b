"""One list of an archive: how far back it is read, what is begun ahead, and what becomes of exports that break off."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import islice

import httpx2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sync.connectors.hyperkitty_site import FISHERS, NOW, ROOT, FakeSite, Mail, exported, history, packed
from tests.sync.wire import raw_body
from workbench.sync.connector import Batch, Cursor
from workbench.sync.hyperkitty.position import Position
from workbench.sync.hyperkitty.site import HyperkittySite
from workbench.sync.hyperkitty.walk import ListWalk
from workbench.sync.records import MessageRecord

DAY = timedelta(days=1)
FLOOR = (NOW - 90 * DAY).date()


def pull(site: FakeSite, since: Cursor | None = None, *, floor: date | None = FLOOR) -> list[Batch]:
    walk = ListWalk(HyperkittySite(site.client(), root=ROOT, has_api=site.has_api), FISHERS, floor=floor)
    return list(walk.run(None if since is None else Position.of(since)))


def brought(batches: list[Batch]) -> set[str]:
    return {record.remote_id for batch in batches for record in batch.records if isinstance(record, MessageRecord)}


def sent_since(site: FakeSite, floor: date) -> set[str]:
    return {mail.message_id for mail in site.lists[FISHERS] if mail.sent_at.date() >= floor}


def everything(site: FakeSite) -> set[str]:
    return {mail.message_id for mail in site.lists[FISHERS]}


def cursor_of(batches: list[Batch]) -> Cursor:
    assert batches[-1].cursor is not None
    return batches[-1].cursor


@pytest.fixture(name="site", params=[True, False], ids=["with its api", "without its api"])
def sites(request: pytest.FixtureRequest) -> FakeSite:
    return FakeSite({FISHERS: history(900)}, has_api=request.param)


@pytest.mark.parametrize("days", [3, 90, 200])
def test_nothing_older_than_the_floor_is_fetched_or_promised(site: FakeSite, days: int):
    floor = (NOW - days * DAY).date()
    batches = pull(site, floor=floor)
    assert brought(batches) == sent_since(site, floor)
    assert min(span.first for batch in batches for span in batch.covered) == floor
    assert batches[-1].progress is not None
    assert batches[-1].progress.fraction == 1.0


def test_a_wider_reach_later_goes_on_where_history_stopped(site: FakeSite):
    near = pull(site)
    wider = pull(site, cursor_of(near), floor=(NOW - 200 * DAY).date())
    assert brought([*near, *wider]) == sent_since(site, (NOW - 200 * DAY).date())
    if site.has_api:
        assert not brought(near) & brought(wider)
    whole = pull(site, cursor_of(wider), floor=None)
    assert brought([*near, *wider, *whole]) == everything(site)


def test_a_second_pull_at_the_same_floor_is_one_request(site: FakeSite):
    cursor = cursor_of(pull(site))
    site.paths()
    pull(site, cursor)
    assert len(site.paths()) == 1


def test_a_narrower_reach_later_fetches_what_is_new_and_no_history():
    site = FakeSite({FISHERS: history(900)})
    cursor = cursor_of(pull(site)[:1])
    site.deliver(Mail("new@example.org", NOW + DAY, NOW + DAY))
    near = pull(site, cursor, floor=(NOW - DAY).date())
    assert "new@example.org" in brought(near)
    assert brought([*near, *pull(site, cursor_of(near), floor=None)]) == everything(site)


def test_a_floor_after_the_last_mail_brings_nothing_and_follows_from_then_on():
    site = FakeSite({FISHERS: history(60, last=NOW - 40 * DAY)})
    first = pull(site, floor=NOW.date())
    assert brought(first) == set()
    site.deliver(Mail("new@example.org", NOW, NOW))
    second = pull(site, cursor_of(first), floor=NOW.date())
    assert brought(second) == {"new@example.org"}
    assert brought([*first, *second, *pull(site, cursor_of(second), floor=None)]) == everything(site)


def test_late_mail_from_below_the_floor_waits_for_a_wider_reach():
    site = FakeSite({FISHERS: history(900)})
    cursor = cursor_of(pull(site))
    site.paths()
    site.deliver(Mail("late@example.org", NOW - 250 * DAY, NOW + DAY))
    near = pull(site, cursor)
    assert brought(near) == set()
    assert not [path for path in site.paths() if "export" in path]
    assert "late@example.org" in brought(pull(site, cursor_of(near), floor=None))


@pytest.mark.parametrize("count", [900, 100], ids=["a long list", "a short list"])
@pytest.mark.parametrize("is_looked_at", [True, False], ids=["after a look", "without one"])
def test_windows_begun_ahead_are_the_ones_that_are_asked_for_anyway(count: int, is_looked_at: bool):
    site = FakeSite({FISHERS: history(count)})

    def asked(*, is_eager: bool) -> list[str]:
        site.paths()
        with site.client(is_eager=is_eager) as client:
            archive = HyperkittySite(client, root=ROOT)
            look = archive.look(FISHERS, {"limit": "1"}) if is_looked_at else None
            batches = list(ListWalk(archive, FISHERS, is_alone=True).run(None, look=look))
        assert brought(batches) == everything(site)
        return sorted(site.paths())

    one_by_one = asked(is_eager=False)
    assert asked(is_eager=True) == one_by_one
    assert len(set(one_by_one)) == len(one_by_one)


def test_mail_that_arrives_while_the_first_windows_are_begun_is_found_by_the_next_pull():
    site = FakeSite({FISHERS: history(400)})
    archive = HyperkittySite(site.client(), root=ROOT)
    known = archive.look(FISHERS, {"limit": "1"})
    before = list(site.lists[FISHERS])
    site.deliver(Mail("new@example.org", NOW, NOW))
    # The exports left with the first look.
    site.fault = lambda request: exported(before, dict(request.url.params)) if "/export/" in request.url.path else None
    first = list(ListWalk(archive, FISHERS, is_alone=True).run(None, look=known))
    assert "new@example.org" not in brought(first)
    site.fault = None
    assert "new@example.org" in brought(pull(site, cursor_of(first), floor=None))


def test_names_told_of_that_an_older_export_lacks_are_asked_for_singly_before_their_days_count():
    site = FakeSite({FISHERS: history(100)})
    cursor = cursor_of(pull(site, floor=None))
    before = list(site.lists[FISHERS])
    for number in range(3):
        site.deliver(Mail(f"new.{number}@example.org", NOW, NOW))

    def older(request: httpx2.Request) -> httpx2.Response | None:
        query = dict(request.url.params)
        return exported(before, query) if "/export/" in request.url.path and "message" not in query else None

    site.fault = older
    batches = pull(site, cursor, floor=None)
    assert brought(batches) >= {f"new.{number}@example.org" for number in range(3)}
    # One that even by its name is not given, though the archive holds it, is tried again another day.
    site.deliver(Mail("last@example.org", NOW, NOW))
    site.fault = lambda request: exported(before, dict(request.url.params)) if "/export/" in request.url.path else None
    refused = pull(site, cursor_of(batches), floor=None)
    assert [one.code for batch in refused for one in batch.rejected] == ["window_failed"]
    site.fault, site.now = None, NOW + 8 * DAY
    assert brought(pull(site, cursor_of(refused), floor=None)) == {"last@example.org"}


# -- exports that break off


def cut(reply: httpx2.Response, share: float) -> httpx2.Response:
    """The beginning of an export, as a line leaves it that broke."""
    body = raw_body(reply)
    return packed(body[: int(len(body) * share)])


def cutting(site: FakeSite, shares: list[float | None]) -> Callable[[httpx2.Request], httpx2.Response | None]:
    """Lets the next exports come to a share of their bytes each; None of a share, and of all that follow: whole."""
    left = iter(shares)

    def fault(request: httpx2.Request) -> httpx2.Response | None:
        share = next(left, None) if "/export/" in request.url.path else None
        return None if share is None else cut(site._answer(request), share)

    return fault


def days_of(batch: Batch) -> set[date]:
    return {span.first + DAY * number for span in batch.covered for number in range((span.last - span.first).days + 1)}


def test_what_came_before_a_cut_is_kept_and_only_the_days_after_it_are_asked_for_again():
    site = FakeSite({FISHERS: history(900)})
    whole = pull(site, floor=None)
    uncut = len(site.paths())
    site.fault = cutting(site, [None, 0.5])
    batches = pull(site, floor=None)
    assert brought(batches) == everything(site)
    assert site.waits == []
    asked = [httpx2.URL(path).params for path in site.paths()]
    windows = [(params.get("start"), params.get("end")) for params in asked if "start" in params or "end" in params]
    (broken, rest), others = windows[1:3], windows[3:]
    assert broken[1] == rest[1]
    assert str(broken[0]) < str(rest[0]) < str(rest[1])
    assert broken not in others
    # The rest of the window, one window more because this one told less of their length, and the count at the end.
    assert (asked[-1].get("limit"), len(asked)) == ("1", uncut + 3)
    assert days_of_all(batches) == days_of_all(whole)


def days_of_all(batches: list[Batch]) -> set[date]:
    return {day for batch in batches for day in days_of(batch)}


def test_mail_that_arrived_late_into_days_that_broke_off_is_fetched_before_they_are_promised():
    site = FakeSite({FISHERS: history(900)})
    late = Mail("late@example.org", NOW - 95 * DAY, NOW - DAY)
    site.deliver(late)
    site.fault = cutting(site, [None, 0.6])
    seen: set[str] = set()
    for batch in ListWalk(HyperkittySite(site.client(), root=ROOT), FISHERS).run(None):
        seen |= brought([batch])
        assert late.sent_at.date() not in days_of(batch) or late.message_id in seen
    assert seen == everything(site)


def test_days_in_doubt_are_read_again_where_mail_arrived_meanwhile():
    site = FakeSite({FISHERS: history(900)})
    site.fault = cutting(site, [None, 0.6])
    walk = ListWalk(HyperkittySite(site.client(), root=ROOT), FISHERS).run(None)
    batches = [next(walk) for _ in range(4)]
    site.deliver(Mail("late@example.org", NOW - 95 * DAY, NOW + DAY))
    batches += walk
    resumed = pull(site, cursor_of(batches), floor=None)
    assert brought([*batches, *resumed]) == everything(site)


def test_the_beginning_of_an_export_is_of_no_use_where_nobody_can_count():
    site = FakeSite({FISHERS: history(900)}, has_api=False)
    site.fault = cutting(site, [None, None, 0.9])
    batches = pull(site, floor=None)
    assert brought(batches) == everything(site)
    assert len(site.waits) == 1
    assert Position.of(cursor_of(batches[:3])).backlog.doubtful == ()


def test_an_export_that_breaks_off_within_its_first_day_is_fetched_again_whole():
    site = FakeSite({FISHERS: history(900)})
    site.fault = cutting(site, [None, 0.01])
    batches = pull(site, floor=None)
    assert brought(batches) == everything(site)
    assert len(site.waits) == 1


SHARES = st.lists(st.one_of(st.none(), st.floats(0.0, 0.99)), max_size=12)


@settings(derandomize=True, max_examples=12, deadline=None)
@given(
    shares=SHARES,
    late=st.lists(st.tuples(st.integers(0, 85), st.integers(0, 85)), max_size=6),
    news=st.lists(st.tuples(st.integers(1, 14), st.integers(0, 85)), max_size=3),
    stops=st.lists(st.integers(1, 6), max_size=3),
    floor=st.sampled_from([None, 40]),
)
def test_whatever_breaks_off_all_mail_comes_and_no_day_is_promised_too_early(
    shares: list[float | None],
    late: list[tuple[int, int]],
    news: list[tuple[int, int]],
    stops: list[int],
    floor: int | None,
):
    site = FakeSite({FISHERS: history(240)})
    for number, (written, lag) in enumerate(late):
        sent = NOW - (written + 1) * DAY
        site.deliver(Mail(f"late.{number}@example.org", sent, min(sent + lag * DAY, NOW)))
    breaks = cutting(site, shares)
    arriving = dict(news)

    def fault(request: httpx2.Request) -> httpx2.Response | None:
        lag = arriving.pop(len(site.asked), None)
        if lag is not None:
            site.now += timedelta(minutes=1)
            site.deliver(Mail(f"new.{lag}.{len(arriving)}@example.org", NOW - lag * DAY, site.now))
        return breaks(request)

    lowest = None if floor is None else (NOW - floor * DAY).date()
    seen: set[str] = set()
    cursor: Cursor | None = None
    for number, steps in enumerate((*stops, None, None), start=-1 - len(stops)):
        if steps is None:
            site.now += DAY
        site.fault = fault if number else None  # the last run has a good line and nobody writes meanwhile
        position = None if cursor is None else Position.of(cursor)
        known = frozenset(everything(site))  # what arrives during a run is promised by the next one
        for batch in islice(
            ListWalk(HyperkittySite(site.client(), root=ROOT), FISHERS, floor=lowest).run(position), steps
        ):
            cursor = batch.cursor
            seen |= brought([batch])
            promised = days_of(batch)
            missing = [mail for mail in site.lists[FISHERS] if mail.message_id in known - seen]
            assert not [mail for mail in missing if mail.sent_at.date() in promised]
    assert seen >= {mail.message_id for mail in site.lists[FISHERS] if lowest is None or mail.sent_at.date() >= lowest}
