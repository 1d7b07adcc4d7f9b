"""The open conversation: what counts as read, and what keys do in it while nothing is open."""

import json
from datetime import timedelta

import pytest

from tests.builders import NOW
from tests.ui.pages.quiet import Quiet
from tests.ui.plan_samples import a_plan
from tests.ui.settled import settle
from workbench.ids import CommunityId, EventId
from workbench.models.changes import Changes
from workbench.queries.evidence import thread_name
from workbench.queries.plans import list_plans, plan_cards
from workbench.queries.preferences import ME
from workbench.queries.threads import find_thread
from workbench.sync.connector import Batch
from workbench.sync.records import MessageRecord, PersonRecord
from workbench.ui.context import Context
from workbench.ui.pages.conversation_open import OpenConversation
from workbench.ui.qt_models.thread_list import ThreadListModel
from workbench.workspace import Workspace


@pytest.fixture
def opened(qtbot, filled, context: Context) -> OpenConversation:
    made = OpenConversation(context, ThreadListModel())
    qtbot.addWidget(made.reader)
    made.reader.resize(600, 500)
    made.reader.show()
    return made


def shown(qtbot, opened: OpenConversation, thread_id: int, **how) -> None:
    opened.open(EventId(thread_id), **how)
    qtbot.waitUntil(lambda: opened.reader.shown is not None and opened.reader.shown.id == thread_id)


def test_what_a_person_opens_counts_as_read_a_moment_later(qtbot, context: Context, opened: OpenConversation):
    shown(qtbot, opened, 1)
    assert opened.reading.isActive()
    opened.reading.timeout.emit()
    qtbot.waitUntil(lambda: not context.jobs.running())
    with context.workspace.database.read() as reader:
        assert not find_thread(reader, EventId(1)).is_unread


def test_what_opens_by_itself_is_not_read_and_not_opened_twice(qtbot, opened: OpenConversation):
    shown(qtbot, opened, 1, is_quiet=True)
    assert not opened.reading.isActive()
    before = opened.reader.shown
    opened.open(EventId(1), is_quiet=True)
    assert opened.reader.shown is before


def test_leaving_before_that_leaves_it_unread(qtbot, opened: OpenConversation):
    shown(qtbot, opened, 1)
    opened.leave()
    assert not opened.reading.isActive()


def test_a_star_and_unread_are_shown_at_once(qtbot, context: Context, opened: OpenConversation):
    told: list[str] = []
    context.told.connect(lambda words, _action: told.append(words))
    shown(qtbot, opened, 1)
    opened.toggle_star()
    assert opened.reader.is_starred
    opened.set_unread()
    opened.copy()
    assert told == ["Marked as unread.", "Copied as plain text."]
    quiet = Quiet(qtbot, context.jobs)
    qtbot.waitUntil(lambda: not context.jobs.running() and not quiet.is_busy())
    with context.workspace.database.read() as reader:
        row = find_thread(reader, EventId(1))
    assert (row.is_starred, row.is_unread) == (True, True)


def answer(workspace: Workspace, name: str, *, minute: int) -> int:
    """An answer in the first thread comes with a sync; who wrote it."""
    with workspace.database.read() as reader:
        community, root = reader.one("SELECT community_id, remote_id FROM event WHERE id = 1")
    author, at = PersonRecord(name, f"{name} Example"), NOW + timedelta(minutes=minute)
    record = MessageRecord(f"m-{name}", "", author, at, "Re", "More.", references=(root,))
    workspace.mirror.apply(community, "messages", Batch((record,)))
    with workspace.database.read() as reader:
        return int(reader.scalar("SELECT person_id FROM event WHERE remote_id = ?", (f"m-{name}",)))


def test_what_comes_into_the_open_thread_is_shown_and_ones_own_is_read(
    qtbot, filled, context: Context, opened: OpenConversation
):
    def is_unread() -> bool:
        with filled.database.read() as reader:
            return find_thread(reader, EventId(1)).is_unread

    shown(qtbot, opened, 1)
    opened.reading.timeout.emit()
    qtbot.waitUntil(lambda: not context.jobs.running())
    count = len(opened.reader.shown.messages)
    filled.notes.set_preference(ME, json.dumps(answer(filled, "Asha", minute=1)))
    context.bus.publish(Changes.EVENTS)
    qtbot.waitUntil(lambda: len(opened.reader.shown.messages) == count + 1)
    qtbot.waitUntil(lambda: not context.jobs.running())
    assert not is_unread()
    answer(filled, "Juma", minute=2)
    context.bus.publish(Changes.EVENTS)
    qtbot.waitUntil(lambda: len(opened.reader.shown.messages) == count + 2)
    qtbot.waitUntil(lambda: not context.jobs.running())
    assert is_unread()


def test_a_thread_outside_of_the_scope_is_put_away(qtbot, filled, context: Context, opened: OpenConversation):
    shown(qtbot, opened, 1)
    context.set_scope((opened.reader.shown.row.community_id,))
    assert opened.reader.shown is not None
    context.set_scope((CommunityId(99),))
    assert opened.reader.shown is None


def test_keys_mean_nothing_while_no_conversation_is_open(context: Context, opened: OpenConversation):
    wanted: list[str] = []
    context.page_wanted.connect(lambda key, _argument: wanted.append(key))
    opened.toggle_star()
    opened.set_unread()
    opened.step(1)
    opened.copy()
    opened.show_author()
    assert wanted == []
    assert not opened.reader.is_starred


def test_the_author_is_shown_on_the_page_of_members(qtbot, context: Context, opened: OpenConversation):
    shown(qtbot, opened, 1)
    with qtbot.waitSignal(context.page_wanted) as wanted:
        opened.show_author()
    assert wanted.args[0] == "members"


def test_a_card_is_begun_about_the_thread_that_is_open(qtbot, context: Context, opened: OpenConversation):
    a_plan(context.workspace)
    opened.make_card()
    assert context.maker.popover is None
    shown(qtbot, opened, 1)
    opened.make_card()
    qtbot.waitUntil(lambda: context.maker.popover is not None)
    assert context.maker.popover.title.text() == opened.reader.shown.row.subject
    context.maker.popover.make.click()
    settle(qtbot, context.jobs)
    with context.workspace.database.read() as reader:
        (plan,) = list_plans(reader)
        card = plan_cards(reader, plan.id)[0]
        assert [each.value for each in card.evidence] == [thread_name(reader, EventId(1))]
