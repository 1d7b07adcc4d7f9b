"""What the dashboard reads: headline numbers with the span before, open questions by age, weeks and holes."""

from datetime import date, timedelta

import pytest

from tests.builders import NOW
from tests.ui.conftest import WATER
from workbench.cancel import CancelToken
from workbench.metrics.window import Window
from workbench.models.kinds import AccountKind, CommunityType
from workbench.models.moments import DayRange, day_start
from workbench.operations.page_measures import HEADLINES
from workbench.queries.known import all_days
from workbench.queries.threads import ThreadFilter, count_threads
from workbench.sync.connector import Batch
from workbench.sync.records import CommunityRecord
from workbench.ui.pages.comparison_data import read_comparison
from workbench.ui.pages.dashboard_data import read_dashboard, read_weeks
from workbench.ui.pages.dialogue_data import read_dialogue
from workbench.ui.pages.questions_data import Asked, read_board, read_lanes
from workbench.ui.period import Period, PeriodKind

DAYS = (NOW.date() - timedelta(days=27), NOW.date())


def test_every_page_takes_the_same_dates_of_a_period(filled, water_id):
    days, now = Period(PeriodKind.LAST_90).days(NOW.date()), NOW
    scope = (water_id,)
    dashboard = read_dashboard(filled.database, scope=scope, days=days, now=now)
    dialogue = read_dialogue(filled.database, scope=scope, days=days, now=now)
    compared = read_comparison(filled.database, scope=scope, kind="", days=days, now=now, cancel=CancelToken())
    asked = Asked(scope, Period(PeriodKind.LAST_90).bounds(now), now)
    wanted = Window.between(NOW.date() - timedelta(days=90), NOW.date())
    windows = {dashboard.headlines[0].now.window, dialogue.card.window, compared.comparison.window}
    assert windows == {wanted}
    assert {dashboard.headlines[0].before.window, dialogue.card.lines[0].previous.value.window} == {wanted.previous}
    knowns = (dashboard.known, dialogue.known, compared.known, read_board(filled.database, asked).known)
    assert {(known.first, known.last) for known in knowns} == {(wanted.start_on, NOW.date() - timedelta(days=1))}
    lately = Asked(scope, Period(PeriodKind.LAST_28).bounds(now), now)
    shown = read_dialogue(filled.database, scope=scope, days=Period(PeriodKind.LAST_28).days(NOW.date()), now=now)
    assert read_lanes(filled.database, lately).share == shown.card.line("dialogue_share").now.value


def test_headlines_of_one_community(filled, water_id):
    data = read_dashboard(filled.database, scope=(water_id,), days=DAYS, now=NOW)
    assert data.name == WATER
    assert data.type is CommunityType.COMMUNITY_OF_PRACTICE
    assert data.trend == DayRange(date(2023, 7, 1), NOW.date() - timedelta(days=1))
    assert tuple(one.metric.key for one in data.headlines) == HEADLINES
    messages = data.headlines[3]
    assert messages.now.value == 27 + 20  # a root a day that is over, and a reply to each that is no question
    assert data.headlines[0].target == 0.25
    assert data.known.unknown_days == 0
    assert data.ages == (0, 1, 1, 5)


def test_today_is_no_day_that_is_missing(filled, water_id):
    def unknown(first: int, last: int, *, today: int) -> int:
        """Days of a period that are not known; all are given as days from now."""
        days = (NOW.date() + timedelta(days=first), NOW.date() + timedelta(days=last))
        return read_dashboard(
            filled.database, scope=(water_id,), days=days, now=NOW + timedelta(days=today)
        ).known.unknown_days

    assert unknown(-6, 1, today=1) == 0
    assert unknown(-6, 1, today=2) == 1
    assert unknown(-6, 3, today=3) == 2
    assert unknown(1, 3, today=3) == 2, "a period of which nothing is known stays one"


def test_a_span_with_holes_before_it_is_not_compared(filled, water_id):
    data = read_dashboard(filled.database, scope=(water_id,), days=DAYS, now=NOW)
    assert not data.headlines[3].is_comparable
    week = (NOW.date() - timedelta(days=6), NOW.date())
    assert read_dashboard(filled.database, scope=(water_id,), days=week, now=NOW).headlines[3].is_comparable


def test_charts_begin_with_what_is_here_or_with_the_period(workspace):
    today, day = NOW.date(), timedelta(days=1)
    account = workspace.accounts.add(AccountKind.TABLE, "Tables")
    young = workspace.mirror.ensure_community(account, CommunityRecord("young", "Young"))
    here = DayRange(today - 40 * day, today - day)
    workspace.mirror.apply(young, "events", Batch((), covered=(here,)))
    for length, first in ((28, here.first), (90, today - 90 * day)):
        data = read_dashboard(workspace.database, scope=(young,), days=(today - length * day, today), now=NOW)
        assert data.trend == DayRange(first, today - day)


def test_all_time_begins_with_the_mirror_and_has_nothing_before(filled, water_id):
    data = read_dashboard(filled.database, scope=(), days=None, now=NOW)
    assert data.name == "All communities"
    assert data.type is None
    assert data.known.first == data.trend.first == NOW.date() - timedelta(days=400)
    assert all(one.before is None for one in data.headlines)


def test_empty_profile_has_numbers_without_data(workspace):
    data = read_dashboard(workspace.database, scope=(), days=DAYS, now=NOW)
    assert all(one.now.value is None for one in data.headlines)
    assert data.known.until is None
    with workspace.database.read() as reader:
        assert all_days(reader, (), NOW) == (NOW.date(), NOW.date())


def test_weeks_and_holes(filled, water_id):
    weeks = read_weeks(filled.database, scope=(water_id,), first=NOW.date() - timedelta(days=60), last=NOW.date())
    assert sum(week.messages for week in weeks.weeks) > 0
    assert [(gap.last - gap.first).days + 1 for gap in weeks.gaps] == [10]


@pytest.mark.parametrize("days", [(NOW.date() - timedelta(days=89), NOW.date()), None])
def test_open_questions_are_as_many_as_the_list_they_lead_to(filled, water_id, days):
    """Young ones too: what the panel counts is what its button shows."""
    found = read_dashboard(filled.database, scope=(water_id,), days=days, now=NOW)
    assert found.ages[0] + found.ages[1] > 0
    period = None if days is None else (day_start(days[0]), day_start(days[1] + timedelta(days=1)))
    with filled.database.read() as reader:
        listed = count_threads(reader, (water_id,), where=ThreadFilter.UNANSWERED, period=period, as_of=NOW)
    assert sum(found.ages) == listed
