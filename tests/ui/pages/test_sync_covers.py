"""Communities under an account: opened or closed, filled anew without being made anew."""

import pytest

from tests.builders import NOW
from tests.ui.pages.sync_line import add_lists
from tests.ui.pages.sync_page import made_page
from workbench.models.changes import Changes
from workbench.models.kinds import AccountKind
from workbench.sync.records import CommunityRecord
from workbench.ui.context import Context
from workbench.ui.pages.sync import SyncPage
from workbench.ui.pages.sync_data import Cover, read_sync
from workbench.ui.pages.sync_words import line_words, whole_words


def list_of(page: SyncPage):
    return next(iter(page.accounts._cards.values())).covers


@pytest.fixture
def few(workspace) -> int:
    return add_lists(workspace, "Water", "Cold chain")


@pytest.fixture
def many(workspace) -> int:
    return add_lists(workspace, *(f"List {number:02}" for number in range(25)))


def test_a_few_are_shown_without_being_asked_for(qtbot, few, context: Context):
    covers = list_of(made_page(qtbot, context))
    assert covers.isVisible()
    covers.turn()
    assert not covers.isVisible()


def test_many_wait_until_they_are_asked_for_and_come_a_few_at_a_time(qtbot, many, context: Context):
    covers = list_of(made_page(qtbot, context))
    assert not covers.isVisible()
    covers.turn()
    assert 0 < len(covers._lines) < 25
    qtbot.waitUntil(lambda: len(covers._lines) == 25)
    names = [line._cover.name for line in covers._lines.values()]
    assert names == sorted(names)
    assert not covers.grab().isNull()


def test_what_is_read_again_keeps_lines_and_keyboard(qtbot, few, context: Context):
    page = made_page(qtbot, context)
    lines = dict(list_of(page)._lines)
    calendar = next(iter(lines.values())).calendar
    calendar.setFocus()
    with qtbot.waitSignal(page.title_changed):
        context.bus.publish(Changes.EVENTS)
    assert list_of(page)._lines == lines
    assert page.focusWidget() is calendar


def test_one_that_is_gone_leaves_no_line(qtbot, few, workspace, context: Context):
    covers = list_of(made_page(qtbot, context))
    kept = covers._covers[:1]
    covers.show_covers(kept, is_live=True, now=NOW, is_first=False)
    assert list(covers._lines) == [kept[0].community_id]


def test_a_group_without_posts_is_known_once_it_was_read(workspace):
    account = workspace.accounts.add(AccountKind.DISCOURSE, "Forum", "https://forum.example.org")
    group = workspace.mirror.ensure_community(account, CommunityRecord("group", "Trainers"))

    def cover() -> Cover:
        return read_sync(workspace.database, now=NOW).accounts[0].covers[0]

    assert line_words(cover()) == "No days known to be complete"
    workspace.mirror.settle(group, mark=None)
    assert line_words(cover()) == "Known until yesterday, no day missing"
    assert whole_words([cover()], is_live=True).startswith("1 of 1 community known on all days")
