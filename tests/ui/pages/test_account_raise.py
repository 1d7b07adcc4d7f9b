"""More data for today: asked on the card, seen at once, refused where it is no more, gone tomorrow."""

from datetime import timedelta

import pytest

from tests.builders import NOW
from tests.ui.pages.sync_line import add_lists
from tests.ui.pages.sync_page import button, made_page, words
from tests.ui.settled import settle
from workbench.errors import BudgetSpentError
from workbench.models.moments import to_day
from workbench.ui.context import Context
from workbench.ui.pages.sync import SyncPage
from workbench.workspace import Workspace


@pytest.fixture
def account(workspace: Workspace) -> int:
    """One whose five megabytes of today are used up."""
    made = add_lists(workspace, "Water")
    with workspace.database.write() as session:
        session.connection().exec_driver_sql(
            "INSERT INTO trafficday (account_id, day, requests, bytes_in, bytes_out) VALUES (?, ?, 9, 5000000, 0)",
            (made, to_day(NOW.date())),
        )
    workspace.accounts.tried(made, error=BudgetSpentError("used up"))
    return made


@pytest.fixture
def page(qtbot, account: int, context: Context) -> SyncPage:
    return made_page(qtbot, context)


def form_of(page: SyncPage, account: int):
    return page.accounts._cards[account].raising


def test_more_than_holds_is_kept_for_today_and_the_sync_goes_on(qtbot, page: SyncPage, account: int, context: Context):
    button(page, "Raise today's limit").click()
    form = form_of(page, account)
    assert "From tomorrow on it is 5 MB a day again." in words(page)
    for typed in ("4", "5", "", "many"):
        form.amount.setText(typed)
        button(page, "Raise and go on").click()
        assert form.problem.startswith("Give more than 5 MB")
    form.amount.setText("12")
    with qtbot.waitSignal(context.sources.ended, timeout=30_000):
        button(page, "Raise and go on").click()
        qtbot.waitUntil(lambda: context.sources.on_line() is not None)
        context.sources.stop_syncs()
    settle(qtbot, context.jobs)
    entry = context.workspace.accounts.get(account)
    assert (entry.limits.daily_cap, entry.cap.on(NOW.date())) == (5_000_000, 12_000_000)
    assert entry.cap.on(NOW.date() + timedelta(days=1)) == 5_000_000
    assert form_of(page, account) is None
    assert "5 MB of 12 MB today, raised for today" in words(page).replace("\N{NO-BREAK SPACE}", " ").replace("5.0", "5")


def test_the_action_asks_on_the_card_and_esc_leaves_it_as_it_is(qtbot, page: SyncPage, account: int, context: Context):
    page.opened(f"raise:{account}")
    assert form_of(page, account) is not None
    assert page.go_back()
    assert form_of(page, account) is None
    assert not page.go_back()
    assert context.workspace.accounts.get(account).cap.on(NOW.date()) == 5_000_000
    settle(qtbot, context.jobs)


def test_what_stops_and_what_raises_never_share_a_place(page: SyncPage, account: int):
    card = page.accounts._cards[account]
    assert card._raise.mapTo(card, card._raise.rect().center()).x() < card.width() / 2
    card._progress.show()
    page.grab()
    stop = card._progress._stop
    assert stop.mapTo(card, stop.rect().center()).x() > card.width() / 2
