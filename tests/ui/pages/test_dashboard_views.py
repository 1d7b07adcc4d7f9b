"""A web site on the dashboard: charts by week, pages, plain words on what is missing, and communities as before."""

from datetime import date, timedelta

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from tests.builders import NOW
from tests.ui.pages.test_dashboard import shown, words
from workbench.ids import CommunityId
from workbench.models.kinds import AccountKind
from workbench.models.moments import DayRange
from workbench.queries.web_traffic import WebTraffic, WebWeek
from workbench.sync.connector import Batch
from workbench.sync.records import CommunityRecord, PageViews, SiteDaysRecord
from workbench.ui.context import Context
from workbench.ui.pages.dashboard_views import DashboardViews, chart_of, missing_words
from workbench.ui.period import Period
from workbench.ui.widgets.chart import Chart
from workbench.ui.widgets.stat_card import StatCard
from workbench.ui.widgets.table_view import TableView

TODAY = NOW.date()
DAY = timedelta(days=1)


def a_site(workspace, kind: AccountKind = AccountKind.GOOGLE_ANALYTICS, name: str = "Our site") -> CommunityId:
    account = workspace.accounts.add(kind, name)
    return workspace.mirror.ensure_community(account, CommunityRecord("1", name))


def fill(workspace, site: CommunityId, *, last: date = TODAY, days: int = 120, changing: int = 3) -> None:
    first = last - (days - 1) * DAY
    records = [
        SiteDaysRecord(
            "1",
            DayRange(first + number * DAY, first + number * DAY),
            (PageViews("", 40, users=9), PageViews("/", 30), PageViews("/wells", 10)),
            number >= days - changing,
        )
        for number in range(days)
    ]
    monday = first + (7 - first.weekday()) * DAY
    while monday + 6 * DAY < last:
        records.append(SiteDaysRecord("1", DayRange(monday, monday + 6 * DAY), (PageViews("", 280, users=50),)))
        monday += 7 * DAY
    workspace.mirror.apply(site, "days", Batch(tuple(records), covered=(DayRange(first, last - changing * DAY),)))


@pytest.fixture(name="site")
def _site(filled) -> CommunityId:
    found = a_site(filled)
    fill(filled, found)
    return found


def charts(page) -> dict[str, Chart]:
    return {chart.accessibleName(): chart for chart in page.findChildren(Chart) if chart.isVisible()}


def test_a_site_has_views_users_and_pages_and_no_members(qtbot, site, context: Context):
    page = shown(qtbot, context, site)
    assert list(charts(page)) == ["Page views per week", "Visitors per week"]
    assert not any(card.isVisible() for card in page.findChildren(StatCard))
    assert "web site" in words(page)
    assert "2 days may still change: Google counts on for two days" in words(page)
    (table,) = (one for one in page.findChildren(TableView) if one.isVisible())
    model = table.model()
    assert [[model.index(row, column).data() for column in range(3)] for row in range(2)] == [
        ["/  (front page)", "2,700", "–"],
        ["/wells", "900", "–"],
    ]
    assert table.isColumnHidden(2), "visitors of days do not add up"
    assert not page.grab().isNull()


def test_a_community_after_a_site_is_shown_as_before(qtbot, site, water_id, context: Context):
    page = shown(qtbot, context, site)
    page.opened(water_id)
    qtbot.waitUntil(
        lambda: "10 of 90 days not covered by the files" in words(page) and page.is_settled(), timeout=20_000
    )
    assert len(charts(page)) == 4
    assert all(card.isVisible() for card in page.findChildren(StatCard))
    page.opened(site)
    qtbot.waitUntil(lambda: "Page views per week" in charts(page) and page.is_settled(), timeout=20_000)


def test_charts_of_a_site_turn_into_tables_and_back(qtbot, site, context: Context):
    context.set_shows_tables(shows=True)
    page = shown(qtbot, context, site)
    assert len([one for one in page.findChildren(TableView) if one.isVisible()]) == 3
    context.set_shows_tables(shows=False)
    qtbot.waitUntil(page.is_settled, timeout=20_000)
    assert len([one for one in page.findChildren(TableView) if one.isVisible()]) == 1


def test_a_site_nobody_saw_yet_says_so(qtbot, filled, context: Context):
    page = shown(qtbot, context, a_site(filled))
    assert "No page views are here yet" in words(page)
    assert "No page was opened in this period" in words(page)
    assert list(charts(page)) == ["Page views per week"]


def test_a_range_stays_a_range(qtbot, filled, context: Context):
    site = a_site(filled, AccountKind.ANALYTICS_FILE)
    days = DayRange(TODAY - 40 * DAY, TODAY - 10 * DAY)
    filled.mirror.apply(site, "files", Batch((SiteDaysRecord("1", days, (PageViews("/", 30, users=4),)),)))
    page = shown(qtbot, context, site)
    assert "one total for several days and no number for each of them" in words(page)
    assert "6 May 2024 to 5 Jun 2024, all these days together" in " ".join(
        label.text() for label in page.findChildren(QLabel)
    )


def test_files_that_ended_long_ago_offer_their_days(qtbot, filled, context: Context):
    site = a_site(filled, AccountKind.ANALYTICS_FILE)
    last = TODAY - 300 * DAY
    fill(filled, site, last=last)
    page = shown(qtbot, context, site)
    assert "Nothing is known of these days" in words(page)
    next(one for one in page.findChildren(QPushButton) if one.text() == "Show the last 90 known days").click()
    assert context.period == Period.last_known(last)
    qtbot.waitUntil(lambda: "3 days may be too low" in words(page) and page.is_settled())


def traffic(**more) -> WebTraffic:
    fields = {
        "first": TODAY - 6 * DAY,
        "last": TODAY,
        "weeks": (WebWeek(TODAY - 6 * DAY, 70, 20),),
        "gaps": (),
        "unknown_days": 0,
        "partial_days": 0,
        "pages": (),
        "pages_over": None,
        "known": DayRange(TODAY - 6 * DAY, TODAY),
    }
    return WebTraffic(**{**fields, **more})


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "All 7 days of the period are complete"),
        ({"known": None}, "No page views are here yet"),
        ({"unknown_days": 2}, "2 of 7 days are not known"),
        ({"unknown_days": 7}, "one total for several days"),
        ({"partial_days": 1}, "1 day may still change"),
        ({"weeks": (WebWeek(TODAY, 3, None),)}, "Visitors of a week are not known"),
        ({"known": DayRange(TODAY + DAY, TODAY + DAY)}, "Nothing is known of these days"),
    ],
)
def test_what_is_missing_is_said_plainly(given, said):
    assert said in missing_words(traffic(**given), AccountKind.GOOGLE_ANALYTICS)[0]


def test_days_that_are_not_complete_are_hatched():
    data = chart_of("views", traffic(gaps=(DayRange(TODAY - DAY, TODAY),), partial_days=2))
    assert [(gap.first, gap.last) for gap in data.gaps] == [(TODAY - DAY, TODAY)]
    assert data.gap_words == "Not complete"
    assert chart_of("views", traffic(unknown_days=1)).gap_words == "Not known"
    assert data.is_last_running
    assert data.series[0].values == (70,)
    assert chart_of("users", traffic()).series[0].values == (20,)


def test_it_is_drawn_once_its_charts_are(qtbot, context: Context):
    views = DashboardViews(context)
    qtbot.addWidget(views)
    views.show_traffic(traffic())
    assert not views.is_drawn
    views.show()
    qtbot.waitUntil(lambda: views.is_drawn)
