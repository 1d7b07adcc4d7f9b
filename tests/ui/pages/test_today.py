"""The Today page: what it lists, what its buttons do, what is decided and taken back."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMenu

from tests.builders import NOW
from tests.queries.network import a_member, a_message
from tests.ui.plan_samples import a_plan
from tests.ui.settled import settle
from workbench.models.kinds import AccountKind
from workbench.models.moments import DayRange
from workbench.operations.people import set_facts
from workbench.operations.today_items import Task
from workbench.plans.drafts import CardDraft
from workbench.queries.people_own import OwnFacts
from workbench.sync.connector import Batch
from workbench.sync.records import CommunityRecord
from workbench.ui.pages.today import TodayPage

DAY = timedelta(days=1)


@pytest.fixture
def wash(workspace):
    """A community in which a question waits and somebody is new; a card that is late."""
    account = workspace.accounts.add(AccountKind.TABLE, "Tables")
    found = workspace.mirror.ensure_community(account, CommunityRecord("wash", "WASH"))
    records = (
        a_message("q", by="amina", at=NOW - 3 * DAY, subject="Which pump?", text="Which pump?"),
        a_message("h", by="amina", at=NOW - 90 * DAY, subject="Old", text="Old."),
        a_message("w", by="bashir", at=NOW - DAY, subject="Hello", text="Hello all."),
        a_member("chen", joined_at=NOW - DAY),
    )
    covered = (DayRange(NOW.date() - 200 * DAY, NOW.date()),)
    workspace.mirror.apply(found, "events", Batch(records=records, covered=covered))
    a_plan(
        workspace, cards=(CardDraft("Ring Chen", due_on=NOW.date() - DAY, hours=1.5),), starts_on=NOW.date() - 5 * DAY
    )
    return found


def opened(qtbot, window, context) -> TodayPage:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    context.open_page("today")
    settle(qtbot, context.jobs)
    return window.page()


def listed(page: TodayPage) -> list[tuple[Task, str]]:
    return [(one.item.task, one.item.title) for one in page.lines]


def test_each_thing_has_its_reason_and_one_button(qtbot, window, context, wash):
    page = opened(qtbot, window, context)
    assert listed(page) == [
        (Task.ANSWER, "Which pump?"), (Task.CARD, "Ring Chen"), (Task.GREET, "Greet 2 people who are new")
    ]  # fmt: skip
    assert [one.button.text() for one in page.lines] == ["Answer", "Open the card", "Greet"]
    assert window.focusWidget() is page.lines[0]
    margins = page._feet.contentsMargins()
    assert margins.left() == margins.right()  # a layout from the right does not turn them round
    assert page.week.said.text() == "0\N{NO-BREAK SPACE}h done, 1.5\N{NO-BREAK SPACE}h planned of 5\N{NO-BREAK SPACE}h"


def test_the_week_follows_the_list_where_both_have_no_room(qtbot, window, context, wash):
    window.resize(1024, 640)
    page = opened(qtbot, window, context)
    places = []
    for scale in (1.5, 1.0):
        context.theme.set_text_scale(scale)
        page.body.activate()
        places.append(page.week.y() > page._card.geometry().bottom())
    assert places == [True, False]


def test_answer_opens_the_thread_with_the_box_ready(qtbot, window, context, wash):
    page = opened(qtbot, window, context)
    QTest.keyClick(page.lines[0], Qt.Key.Key_Return)
    QTest.keyClicks(window, "sua")  # whoever types on at once neither stars nor leaves the thread
    settle(qtbot, context.jobs)
    assert window.here() == "conversations"
    qtbot.waitUntil(lambda: window.page()._outbox.panel.edit.toPlainText() == "sua")


def test_done_later_and_not_needed_go_and_come_back_with_undo(qtbot, window, context, wash):
    page = opened(qtbot, window, context)
    for left, action in ((2, "today.done"), (1, "today.tomorrow"), (0, "today.dismiss")):
        context.actions.trigger(action)
        qtbot.waitUntil(lambda left=left: len(page.lines) == left)
    assert page.can_undo()
    for left in (1, 2, 3):
        page.undo()
        qtbot.waitUntil(lambda left=left: len(page.lines) == left)
    page.redo()
    qtbot.waitUntil(lambda: len(page.lines) == 2)


def test_people_are_greeted_one_by_one_in_their_own_words(qtbot, window, context, wash):
    page = opened(qtbot, window, context)
    page.do(page.lines[2].item)
    settle(qtbot, context.jobs)
    side = page.side
    assert side.is_open
    side.letter.edit.setPlainText("Hello {name}, welcome to {community}.")
    first, second = side.rows
    first.deed.click()  # Bashir wrote: the answer goes into that thread
    settle(qtbot, context.jobs)
    assert window.here() == "conversations"
    qtbot.waitUntil(lambda: window.page()._outbox.panel.edit.toPlainText() == "Hello Bashir Example, welcome to WASH.")
    page = opened(qtbot, window, context)
    second.deed.click()
    assert QGuiApplication.clipboard().text() == "Hello Chen Example, welcome to WASH."
    second.over.click()
    qtbot.waitUntil(lambda: (Task.GREET, "Greet Bashir Example") in listed(page))


def test_who_leaves_is_opened_and_what_they_know_becomes_a_card(qtbot, window, context, wash):
    records = (a_message("a", by="zoe", at=NOW - 2 * DAY, to="q"),)
    context.workspace.mirror.apply(wash, "events", Batch(records=records))
    with context.workspace.database.read() as reader:
        zoe = reader.scalar("SELECT id FROM person WHERE name = 'Zoe Example'")
    set_facts(context.workspace, person_id=zoe, facts=OwnFacts(is_leaving=True))
    page = opened(qtbot, window, context)
    (leaver,) = [one for one in page.lines if one.item.task is Task.HAND_OVER]
    leaver.menu_wanted.emit(leaver.item, leaver.mapToGlobal(leaver.rect().center()))
    (make,) = [one for one in page.findChild(QMenu).actions() if one.text() == "Make a card…"]
    make.trigger()
    page.findChild(QMenu).close()
    settle(qtbot, context.jobs)
    assert context.maker.popover.title.text() == "Hand over what Zoe Example knows"
    context.maker.popover.close()
    leaver.button.click()
    settle(qtbot, context.jobs)
    assert window.here() == "members"
    assert window.page().inspector().person_id == zoe


def test_the_weekly_note_is_copied_and_names_nobody(qtbot, window, context, wash):
    opened(qtbot, window, context)
    context.actions.trigger("today.note")
    settle(qtbot, context.jobs)
    note = QGuiApplication.clipboard().text()
    assert "# Weekly note, 2024-06-15" in note
    assert "Questions of the last 30 days that wait too long: 1" in note
    assert "Amina" not in note
    assert "Bashir" not in note


def test_a_new_profile_is_told_what_the_list_is_for(qtbot, window, context):
    page = opened(qtbot, window, context)
    assert listed(page) == []
    assert not page.copier.isVisible()


def test_who_was_written_to_is_left_in_peace_until_that_is_taken_back(qtbot, window, context, workspace):
    account = workspace.accounts.add(AccountKind.TABLE, "Tables")
    found = workspace.mirror.ensure_community(account, CommunityRecord("wash", "WASH"))
    records = tuple(a_message(f"m{number}", by="dara", at=NOW - (40 + number) * DAY) for number in range(50))
    covered = (DayRange(NOW.date() - 200 * DAY, NOW.date()),)
    workspace.mirror.apply(found, "events", Batch(records=records, covered=covered))
    page = opened(qtbot, window, context)
    assert listed(page) == [(Task.NUDGE, "Ask after Dara Example")]
    context.actions.trigger("today.done")
    qtbot.waitUntil(lambda: not page.lines)
    page.undo()
    qtbot.waitUntil(lambda: listed(page) == [(Task.NUDGE, "Ask after Dara Example")])


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (0, ("Nothing new to do.", "No question of the last 30 days waits too long")),
        (40, ("Nothing to do that is known of.", "Nothing is known of the last 30 days, so questions and new")),
    ],
)
def test_an_empty_list_leads_to_the_questions_that_are_too_old_for_it(qtbot, window, context, ago, words):
    workspace = context.workspace
    account = workspace.accounts.add(AccountKind.TABLE, "Tables")
    found = workspace.mirror.ensure_community(account, CommunityRecord("wash", "WASH"))
    covered = (DayRange(NOW.date() - 200 * DAY, NOW.date() - ago * DAY),)
    records = (a_message("q", by="amina", at=NOW - 60 * DAY, text="Which pump?"),)
    workspace.mirror.apply(found, "events", Batch(records=records, covered=covered))
    page = opened(qtbot, window, context)
    assert not page.lines
    said = " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())
    assert all(each in said for each in words)
    assert "One older question has no answer." in said
    page._questions.click()
    settle(qtbot, context.jobs)
    assert window.here() == "questions"
