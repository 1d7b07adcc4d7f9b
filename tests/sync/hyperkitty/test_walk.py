"""How far back a list is read: history stops at the floor, and a later, wider reach goes on from there."""

from datetime import date, timedelta

import pytest

from tests.sync.connectors.hyperkitty_site import FISHERS, NOW, ROOT, FakeSite, Mail, history
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


def test_windows_begun_ahead_are_the_ones_that_are_asked_for_anyway():
    site = FakeSite({FISHERS: history(900)})
    pull(site, floor=None)
    one_by_one = sorted(site.paths())
    with site.client(is_eager=True) as client:
        batches = list(ListWalk(HyperkittySite(client, root=ROOT), FISHERS, is_alone=True).run(None))
    assert brought(batches) == everything(site)
    assert sorted(site.paths()) == one_by_one
