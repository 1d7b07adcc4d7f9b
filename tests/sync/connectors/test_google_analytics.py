"""The Google Analytics connector, against a property that lives on loopback and misbehaves as the real one does."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import httpx2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typing_extensions import override

from tests.platforms.google_analytics import HOST, PROPERTY
from tests.platforms.server import Asked
from tests.sync.connector_suite import WireSuite
from tests.sync.connectors.analytics_site import (
    SITE,
    a_site,
    calls,
    connector,
    days_in,
    held,
    pulled,
    synced,
    world,
)
from tests.sync.mirrored import Mirrored, a_mirror
from tests.sync.seats import a_seat
from workbench.errors import BadInputError
from workbench.models.kinds import AccountKind, RunState
from workbench.models.moments import from_day, to_day
from workbench.sync.analytics.position import Position
from workbench.sync.connector import Cursor, Stage
from workbench.sync.connectors.google_analytics import PLATFORM, GoogleAnalyticsConnector
from workbench.sync.engine import AccountResult, sync_account
from workbench.sync.platforms import SignInKind
from workbench.sync.records import SiteDaysRecord

DAY = timedelta(days=1)


@pytest.fixture(name="mirrored")
def _mirrored(tmp_path: Path) -> Mirrored:
    return a_mirror(tmp_path, community=SITE)


class TestGoogleAnalytics(WireSuite):
    community = PROPERTY

    @override
    def make(self) -> GoogleAnalyticsConnector:
        return connector(a_site())

    @override
    def make_answering(self, answer: Callable[[httpx2.Request], httpx2.Response]) -> GoogleAnalyticsConnector:
        return GoogleAnalyticsConnector(a_seat(answer, property=PROPERTY, name="Our site"))


def test_after_a_sync_the_mirror_is_the_site(mirrored):
    platform = a_site()
    synced(mirrored, platform)
    assert held(mirrored) == world(platform)


def test_users_of_a_week_are_asked_for_and_never_added_up(mirrored):
    platform = a_site()
    synced(mirrored, platform)
    rows = mirrored.rows("SELECT first_day, last_day, page, views, users FROM pagerange ORDER BY 1")
    assert len(rows) == 5
    for first, last, page, views, users in rows:
        monday, sunday = from_day(first), from_day(last)
        total = platform.total(monday, sunday)
        assert total is not None
        assert (page, monday.weekday(), sunday.weekday(), views, users) == ("", 0, 6, total.views, total.users)


def test_the_last_days_come_first_and_history_week_by_week():
    platform = a_site(days=60)
    batches = pulled(platform)
    read = [item.days for batch in batches for item in batch.records if isinstance(item, SiteDaysRecord)]
    days = [days.first for days in read if days.first == days.last]
    assert days == [platform.today - back * DAY for back in range(61)]
    assert [batch.then for batch in batches[:3]] == [Stage.NEWS, Stage.HISTORY, Stage.HISTORY]


def test_with_nothing_new_one_small_question_is_asked():
    platform = a_site(pages=100)
    batches = pulled(platform)
    start = len(platform.asked)
    reader = connector(platform)
    before, again = next(iter(reader.communities())), next(iter(connector(platform).communities()))
    assert before.mark == again.mark
    assert calls(platform, start) == ["runReport", "runReport"]
    (batch,) = pulled(platform, batches[-1].cursor)
    assert not batch.records
    assert batch.requests == 1
    assert batch.bytes_in + batch.bytes_out < 2_000


def test_a_run_over_the_account_reads_it_once_and_then_leaves_it_alone(tmp_path):
    platform = a_site()
    empty = a_mirror(tmp_path)
    account = empty.accounts.add(AccountKind.GOOGLE_ANALYTICS, "Our site")

    def run() -> AccountResult:
        return sync_account(connector(platform), empty.mirror, account_id=account, follows_all=True)

    first = run()
    assert [result.state for result in first.results] == [RunState.DONE]
    assert held(empty) == world(platform)
    start = len(platform.asked)
    again = run()
    assert (again.results, len(again.unchanged)) == ((), 1)
    assert calls(platform, start) == ["runReport"]
    platform.world.pass_time(days=1)
    assert [result.state for result in run().results] == [RunState.DONE]


def test_numbers_that_grow_are_read_again_and_others_are_not(mirrored):
    platform = a_site()
    synced(mirrored, platform)
    platform.visit(platform.today - DAY, "/community/", 400)
    platform.visit(platform.today - 9 * DAY, "/late", 3)
    start = len(platform.asked)
    synced(mirrored, platform)
    assert held(mirrored) == world(platform)
    asked = [one for request in platform.asked[start:] for one in request.json.get("requests", [])]
    days = [one["dateRanges"][0]["startDate"] for one in asked if one.get("dimensions")]
    assert days == [str(platform.today - DAY), str(platform.today - 9 * DAY)]


def test_a_mark_says_that_something_changed_and_that_a_day_has_passed():
    platform = a_site()

    def mark() -> str | None:
        return next(iter(connector(platform).communities())).mark

    first = mark()
    platform.visit(platform.today, "/", 1)
    second = mark()
    platform.world.pass_time(days=1)
    assert len({first, second, mark()}) == 3


def test_the_last_days_are_read_again_when_a_day_has_passed_though_their_totals_stand(mirrored):
    platform = a_site()
    synced(mirrored, platform)
    assert mirrored.scalar("SELECT min(day) FROM pageday WHERE is_partial") == to_day(platform.today - 2 * DAY)
    # A page's views move to another one: the total says nothing of it.
    key = (platform.today - DAY, HOST, "/")
    platform.seen[*key[:2], "/moved"] = platform.seen.pop(key)
    platform.world.pass_time(days=1)
    start = len(platform.asked)
    synced(mirrored, platform)
    assert held(mirrored) == world(platform)
    assert calls(platform, start)[:2] == ["runReport", "batchRunReports"]
    assert mirrored.scalar("SELECT min(day) FROM pageday WHERE is_partial") == to_day(platform.today - 2 * DAY)


@pytest.mark.parametrize("away", [3, 13, 16, 17, 40])
def test_days_away_are_made_up_for(mirrored, away):
    platform = a_site()
    synced(mirrored, platform)
    for _ in range(away):
        platform.visit(platform.today, "/", 11)
        platform.world.pass_time(days=1)
        platform.visit(platform.today - DAY, "/community/", 5)
    synced(mirrored, platform)
    assert held(mirrored) == world(platform)


def test_only_days_that_do_not_change_any_more_count_as_known(mirrored):
    platform = a_site()
    synced(mirrored, platform)
    rows = mirrored.rows("SELECT first_day, last_day FROM coverage")
    assert rows == [(to_day(platform.today - 30 * DAY), to_day(platform.today - 3 * DAY))]


def test_history_ends_where_it_is_wanted_and_goes_on_when_more_is(mirrored):
    platform = a_site(days=80)
    synced(mirrored, platform, oldest=platform.today - 40 * DAY)
    assert min(day for day, _ in held(mirrored)) == platform.today - 40 * DAY
    synced(mirrored, platform, oldest=platform.today - 60 * DAY)
    assert min(day for day, _ in held(mirrored)) == platform.today - 60 * DAY
    synced(mirrored, platform)
    assert held(mirrored) == world(platform)


def test_a_site_that_nobody_saw_yet_costs_little_and_begins_when_somebody_does(mirrored):
    platform = a_site()
    platform.seen.clear()
    synced(mirrored, platform)
    assert calls(platform) == ["runReport", "runReport"]
    assert not held(mirrored)
    assert not mirrored.rows("SELECT * FROM coverage")
    synced(mirrored, platform)
    assert calls(platform)[2:] == ["runReport"]
    platform.visit(platform.today, "/", 3)
    synced(mirrored, platform)
    assert held(mirrored) == world(platform)


def test_a_page_that_is_gone_from_a_day_is_gone_here(mirrored):
    platform = a_site()
    synced(mirrored, platform)
    del platform.seen[platform.today - DAY, HOST, "/community/pumps"]
    synced(mirrored, platform)
    assert held(mirrored) == world(platform)


def test_another_time_zone_is_noted_once():
    platform = a_site()
    cursor = pulled(platform)[-1].cursor
    platform.switches["zone"] = "Asia/Tokyo"
    batches = pulled(platform, cursor)
    assert batches[0].note == (
        "the property's time zone changed from Europe/Warsaw to Asia/Tokyo: days before are cut otherwise"
    )
    assert "time zone" not in pulled(platform, batches[-1].cursor)[0].note


@pytest.mark.parametrize("text", ["G-ABC123", "UA-12-1", "our site", "-1"])
def test_what_is_no_property_is_refused(text):
    with pytest.raises(BadInputError, match="number of the property"):
        connector(a_site(), property=text)


def test_a_property_may_be_written_as_google_does_and_pages_are_a_number():
    assert next(iter(connector(a_site(), property="properties/123456").communities())).remote_id == PROPERTY
    with pytest.raises(BadInputError, match="500"):
        connector(a_site(), pages="many")


def test_a_cursor_of_another_version_begins_anew():
    platform = a_site(days=3)
    assert days_in(pulled(platform, Cursor('{"version": 0}'))).keys() == days_in(pulled(platform)).keys()


def test_it_declares_how_to_sign_in_and_what_it_cannot_show():
    way, by_key = PLATFORM.sign_in
    assert way.facts["scopes"] == "https://www.googleapis.com/auth/analytics.readonly"
    assert way.facts["extra"] == "access_type=offline&prompt=consent"
    assert by_key.kind is SignInKind.SERVICE_KEY
    assert by_key.facts["scopes"] == way.facts["scopes"]
    assert by_key.facts["token"] == way.facts["token"]
    assert PLATFORM.follows_all
    assert PLATFORM.connect(a_seat(a_site(), property=PROPERTY)).abilities.views


@settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.tuples(st.integers(0, 12), st.integers(0, 9), st.sampled_from(("/", "/new", "/x,y"))), min_size=1, max_size=8
    ),
    cuts=st.lists(st.integers(1, 4), max_size=3),
)
def test_whatever_happens_meanwhile_the_mirror_ends_as_the_site_is(tmp_path_factory, steps, cuts):
    mirrored = a_mirror(tmp_path_factory.mktemp("site"), community=SITE)
    platform = a_site(days=25)
    waiting = list(steps)

    def live(asked: Asked) -> None:
        if waiting:
            back, views, path = waiting.pop()
            platform.visit(platform.today - back * DAY, path, views + 1)
            platform.world.pass_time(hours=back)

    platform.before = live
    for cut in cuts:
        synced(mirrored, platform, batches=cut)
    synced(mirrored, platform)
    platform.before = None
    synced(mirrored, platform)
    assert held(mirrored) == world(platform)
    assert mirrored.scalar("SELECT count(*) FROM pageday WHERE page = ''") == len({day for day, _ in held(mirrored)})
    mirrored.database.close()


def test_a_first_sync_and_a_day_later_stay_small():
    platform = a_site(days=89, pages=40)
    batches = pulled(platform)
    assert sum(batch.requests for batch in batches) <= 32
    platform.world.pass_time(days=1)
    for path in ("/", "/community/"):
        platform.visit(platform.today, path, 50)
    later = pulled(platform, batches[-1].cursor)
    assert sum(batch.requests for batch in later) <= 3
    position = Position.of(later[-1].cursor or Cursor("{}"))
    assert position is not None
    assert position.gaps == ()
    assert len(later[-1].cursor or "") < 1_000
