"""The dashboard: numbers, then charts; tables beside; its type can be set; Esc leads back."""

from datetime import timedelta

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton

from tests.builders import NOW
from tests.ui.conftest import COLD, WATER
from tests.ui.pages.saving import save_as
from tests.ui.settled import settle
from workbench.ids import CommunityId
from workbench.models.kinds import AccountKind, CommunityType
from workbench.models.moments import DayRange
from workbench.notes.care import BY_HAND, CareStore
from workbench.queries.communities import community_type
from workbench.queries.threads import ThreadFilter
from workbench.sync.connector import Batch
from workbench.sync.records import CommunityRecord, MessageRecord, PersonRecord
from workbench.ui.context import Context
from workbench.ui.pages.dashboard import DashboardPage
from workbench.ui.period import Period
from workbench.ui.widgets.chart import Chart
from workbench.ui.widgets.stat_card import StatCard


def shown(qtbot, context: Context, argument: object = None) -> DashboardPage:
    page = DashboardPage(context)
    qtbot.addWidget(page)
    page.resize(1200, 700)
    page.opened(argument)
    page.show()
    qtbot.waitUntil(page.is_settled, timeout=20_000)
    return page


def words(page: DashboardPage) -> str:
    return " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def test_numbers_and_four_charts_are_shown(qtbot, filled, water_id, context: Context, tmp_path):
    with filled.database.read() as reader:
        asked = reader.scalar("SELECT id FROM event WHERE remote_id = 'root5'")
    CareStore(filled.database, filled.clock).settle(asked, BY_HAND)
    page = shown(qtbot, context, water_id)
    assert context.scope == (water_id,)
    assert WATER in words(page)
    settled = "Of these, 1 no longer waits on Questions: 1 marked as answered."
    assert settled in words(page), "the board and this page tell why they count differently"
    assert len(page.findChildren(StatCard)) == 4
    assert len(page.findChildren(Chart)) == 4
    # Charts come one a turn: together they would hold up keys and mouse.
    page._on_weeks(page._weeks)
    assert [chart.is_drawn for chart in page._charts.values()] == [False, True, True, True]
    qtbot.waitUntil(page.is_settled)
    assert "10 of 90 days not covered by the files" in words(page)
    assert not page.grab().isNull()
    page.taken.copy_csv()
    assert QGuiApplication.clipboard().text().startswith("waiting,questions without a reply\r\nUnder 24 hours,")
    taken = page._taken_ages()
    assert taken.about[0].startswith(f"{WATER} · ")
    assert "10 of 90 days not covered by the files" in taken.about[1]
    assert taken.about[2] == settled
    page.taken.save_csv()
    save_as(
        qtbot, page, tmp_path / "ages.csv", proposed=f"Questions without a reply {WATER} 2024-03-17 to 2024-06-15.csv"
    )
    settle(qtbot, context.jobs)
    assert (tmp_path / "ages.csv").read_text(encoding="utf-8-sig").splitlines() == taken.csv.splitlines()


def test_community_is_found_by_name(qtbot, filled, water_id, context: Context):
    shown(qtbot, context, "water")
    qtbot.waitUntil(lambda: context.scope == (water_id,))


def test_charts_turn_into_tables_and_back(qtbot, filled, water_id, context: Context):
    page = shown(qtbot, context, water_id)
    context.set_shows_tables(shows=True)
    assert page._tables.text() == "Show as charts"
    context.set_shows_tables(shows=False)
    assert page._tables.text() == "Show as table"


def test_type_can_be_set(qtbot, filled, water_id, context: Context):
    page = shown(qtbot, context, water_id)
    with qtbot.waitSignal(context.bus.changed):
        page._set_type(CommunityType.INFORMATION_FORUM)
    with filled.database.read() as reader:
        assert community_type(reader, water_id) is CommunityType.INFORMATION_FORUM
    qtbot.waitUntil(lambda: page._type.text() == "Information forum")


def test_community_that_no_file_covers_is_not_known(qtbot, filled, context: Context):
    page = shown(qtbot, context, COLD)
    qtbot.waitUntil(lambda: COLD in words(page) and page.is_settled())
    assert "Not known yet" in words(page)
    assert "No data" not in words(page)
    assert "Not covered by the files" in words(page)


def test_back_leads_to_communities_and_questions_to_conversations(qtbot, filled, water_id, context: Context):
    page = shown(qtbot, context, water_id)
    with qtbot.waitSignal(context.page_wanted) as asked:
        assert page.go_back()
    assert asked.args[0] == "communities"
    with qtbot.waitSignal(context.page_wanted) as asked:
        page._open_questions()
    assert asked.args == ["conversations", ThreadFilter.UNANSWERED]


def test_narrow_window_stacks_cards_two_by_two(qtbot, filled, water_id, context: Context):
    page = shown(qtbot, context, water_id)
    page.resize(700, 700)
    cards = page.findChildren(StatCard)
    qtbot.waitUntil(lambda: len({card.x() for card in cards}) == 2)


@pytest.fixture
def ended_id(filled) -> CommunityId:
    """A community whose files ended two hundred days ago."""
    account = filled.accounts.add(AccountKind.MAILING_LIST, "Files")
    found = filled.mirror.ensure_community(account, CommunityRecord("old", "Old list"))
    last = NOW - timedelta(days=200)
    record = MessageRecord("m1", "", PersonRecord("p1", "Amina Example"), last, "Notes", "Notes of the call.")
    days = (DayRange(last.date() - timedelta(days=300), last.date()),)
    filled.mirror.apply(found, "events", Batch((record,), covered=days))
    return found


def test_days_after_the_files_offer_the_last_known_ones(qtbot, ended_id, context: Context):
    page = shown(qtbot, context, ended_id)
    assert context.period == Period(), "what every page shows is not changed by looking at one community"
    assert "nothing is known of the 90 days looked at" in words(page)
    assert not any(card.isVisible() for card in page.findChildren(StatCard))
    assert "Not known for these days" in words(page)
    offer = next(one for one in page.findChildren(QPushButton) if one.text() == "Show the last 90 known days")
    offer.click()
    until = NOW.date() - timedelta(days=200)
    assert context.period.days(NOW.date()) == (until - timedelta(days=89), until)
    qtbot.waitUntil(lambda: "all 90 days of the period are complete" in words(page) and page.is_settled())
    assert all(card.isVisible() for card in page.findChildren(StatCard))
