"""The parts behind the tabs: loaded and made when they are shown, a few pieces at a time, and filled from then on."""

import pytest

from tests.ui.pages.sync_line import add_lists, community_of
from tests.ui.pages.sync_page import made_page
from tests.ui.settled import settle
from workbench.models.changes import Changes
from workbench.models.kinds import AccountKind
from workbench.ui.context import Context
from workbench.ui.pages.sync import SyncPage
from workbench.ui.pages.sync_outbox_words import Group
from workbench.ui.pages.sync_views import ACCOUNTS, HELD_BACK, HISTORY, OUTBOX, SyncViews
from workbench.workspace import Workspace

TOPICS = 30


@pytest.fixture
def many(workspace: Workspace) -> Workspace:
    """One community with thirty drafts, and six accounts."""
    add_lists(workspace, "Water")
    water = community_of(workspace, "Water")
    for number in range(TOPICS):
        workspace.outbox.save_topic(water, subject=f"Pump {number}", text="Which pump?")
    for number in range(5):
        workspace.accounts.add(AccountKind.TABLE, f"Tables {number}")
    return workspace


@pytest.fixture
def page(qtbot, many, context: Context) -> SyncPage:
    made = made_page(qtbot, context)
    qtbot.waitUntil(made.is_settled)
    return made


def test_only_what_is_shown_has_been_made(page: SyncPage):
    assert list(page._views._made) == [ACCOUNTS]


def test_cards_come_a_few_at_a_time_in_their_order(qtbot, page: SyncPage):
    views, accounts = page._data.accounts, page.accounts
    accounts.show_accounts((), now=accounts._now)
    accounts.show_accounts(views, now=accounts._now)
    assert 0 < len(accounts._cards) < len(views)
    assert not page.is_settled()
    qtbot.waitUntil(page.is_settled)
    shown = [accounts._column.itemAt(place).widget() for place in range(len(views))]
    assert [card._view.account.name for card in shown] == [view.account.name for view in views]


def test_items_of_the_outbox_come_a_few_at_a_time(qtbot, context: Context, page: SyncPage):
    page.opened("outbox")
    assert not page.is_settled()
    qtbot.waitUntil(lambda: OUTBOX in page._views._made)
    drafts = page.outbox.groups[Group.DRAFTS]
    assert len(drafts.items) < TOPICS
    assert drafts._rest.isHidden(), "nothing is left out, it only is not there yet"
    qtbot.waitUntil(page.is_settled)
    assert len(drafts.items) == TOPICS


@pytest.mark.parametrize("place", [OUTBOX, HISTORY, HELD_BACK])
def test_a_part_is_made_once_and_follows_what_is_read(qtbot, context: Context, page: SyncPage, place: int):
    page._views.turn_to(place)
    page._views.turn_to(ACCOUNTS)
    page._views.turn_to(place)
    settle(qtbot, context.jobs)
    qtbot.waitUntil(page.is_settled)
    assert page._views._places[place].count() == 1
    with qtbot.waitSignal(page.title_changed):
        context.bus.publish(Changes.EVENTS)


def test_before_anything_was_read_nothing_is_made(qtbot, context: Context):
    views = SyncViews(context)
    qtbot.addWidget(views)
    views.turn_to(HISTORY)
    assert not views._made
    assert views.is_whole()


def test_the_way_to_an_account_opens_unless_one_turned_to_something_else(qtbot, context: Context, page: SyncPage):
    page.opened("account")
    page.opened("history")
    settle(qtbot, context.jobs)
    assert page._views.currentIndex() == HISTORY
    assert not page.panels.is_made("account")
    page.opened("account")
    settle(qtbot, context.jobs)
    assert page.panels.is_shown("account", page._views.currentWidget())
