"""A card in full: what it holds, who changed it, what waits for a choice; and several cards together."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from tests.builders import NOW
from tests.ui.plan_samples import TODAY, a_row
from workbench.ids import CardId
from workbench.models.kinds import CardKind, Channel, EvidenceKind, Focus
from workbench.models.plan_parts import CheckItem, Evidence, Recurrence
from workbench.plans.card_story import CardStory
from workbench.plans.views import Candidate, Conflict, RecordKind
from workbench.ui.pages.plan_inspector import CardInspector
from workbench.ui.pages.plan_inspector_form import FormPlan
from workbench.ui.theme import Theme

PLAN = FormPlan(TODAY)
ROW = a_row(
    "a",
    title="Ask five schools",
    checklist=(CheckItem("c", "Call"),),
    evidence=(Evidence("e", EvidenceKind.NUMBER, "came", "4"),),
)
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def card(qtbot, ground, theme: Theme) -> CardInspector:
    made = CardInspector(theme, today=lambda: TODAY)
    made.setParent(ground)
    made.resize(336, 560)
    made.show()
    made.show_cards([ROW], PLAN)
    ground.activateWindow()
    qtbot.waitUntil(ground.isActiveWindow)
    return made


def a_conflict(field: str, *, record: str = "a") -> Conflict:
    values = tuple(Candidate(value, NOW, "me") for value in ("One", "Two"))
    return Conflict(RecordKind.CARD, record, field, values)


def test_a_card_shows_its_checklist_and_evidence(card: CardInspector):
    assert card.accessibleName() == "Card"
    assert [row.item.text for row in card.checklist.rows] == ["Call"]
    assert [button.accessibleName() for button in card.evidence.buttons] == ["Take away number 4 came"]


def test_a_commitment_is_called_one(card: CardInspector):
    card.show_cards([a_row("b", kind=CardKind.COMMITMENT)], PLAN)
    assert card.accessibleName() == "Commitment"


def test_several_cards_leave_out_what_is_of_one_alone(card: CardInspector):
    card.show_cards([ROW, a_row("b")], PLAN)
    assert card.accessibleName() == "2 cards"
    assert card.card_ids == ("a", "b")
    assert not card.checklist.isVisible()
    assert not card.evidence.isVisible()
    card.take_focus()
    assert card.form.column.hasFocus()


def test_edits_are_handed_on(qtbot, card: CardInspector):
    with qtbot.waitSignal(card.edited) as edited:
        card.form.column.setCurrentIndex(1)
    assert list(edited.args[0]) == ["column"]


@pytest.mark.parametrize("name", ["title", "owner", "hours", "notes"])
def test_control_return_saves_and_closes(qtbot, card: CardInspector, name: str):
    field = getattr(card.form, name)
    field.setFocus()
    with qtbot.waitSignals([card.edited, card.closed]):
        qtbot.keyClicks(field, "3")
        qtbot.keyClick(field, Qt.Key.Key_Return, CONTROL)


def test_who_changed_it_is_said_in_one_line(card: CardInspector):
    story = CardStory("mark", NOW - timedelta(hours=2))
    card.show_story(story, now=NOW, authors={"mark": "Bo Sample"})
    assert card.story == "Changed by Bo Sample, 2\N{NO-BREAK SPACE}h ago"
    card.show_story(story, now=NOW, authors={})
    assert card.story.startswith("Changed by somebody")
    card.show_cards([a_row("b")], PLAN)
    assert card.story == ""


def test_a_choice_stands_beside_its_field_and_goes_when_settled(qtbot, card: CardInspector):
    story = CardStory("me", NOW, (a_conflict("owner"), a_conflict("is_archived")))
    card.show_story(story, now=NOW, authors={})
    owner, archived = card.conflicts
    assert card._places["owner"].indexOf(owner) == 0
    assert card._elsewhere.indexOf(archived) == 0
    with qtbot.waitSignal(card.settled) as settled:
        owner.rows[1].click()
    assert settled.args == [story.conflicts[0], 1]
    card.show_story(CardStory("me", NOW), now=NOW, authors={})
    assert card.conflicts == ()


def test_days_and_fields_of_one_time_find_their_place(card: CardInspector):
    card.show_story(CardStory("me", NOW, (a_conflict("due"), a_conflict("3~title"))), now=NOW, authors={})
    due, title = card.conflicts
    assert card._places["due_on"].indexOf(due) == 0
    assert card._places["title"].indexOf(title) == 0


def test_what_is_seldom_needed_is_folded_and_said_in_a_line(card: CardInspector):
    card.show_cards([a_row("b", focus=Focus.PEOPLE, channel=Channel.EMAIL)], PLAN)
    assert not card.form.choices["channel"].isVisible()
    assert card._summary.text() == "Works on people, by e-mail"
    card.more.click()
    assert card.form.choices["channel"].isVisible()
    assert (card.more.text(), card._summary.isVisible()) == ("Less", False)


def test_a_choice_in_the_fold_opens_it(card: CardInspector):
    card.show_story(CardStory("me", NOW, (a_conflict("channel"),)), now=NOW, authors={})
    assert card.form.choices["channel"].isVisible()


def test_all_times_are_meant_only_where_a_card_comes_back(card: CardInspector):
    series = a_row("s#1", series_id=CardId("s"), occurrence=1, recurrence=Recurrence(7, 90))
    card.show_cards([series], PLAN, times=12)
    assert not card.all_times
    card.times.all.click()
    assert card.all_times
    card.show_cards([ROW], PLAN)
    assert not card.all_times


def test_tab_goes_from_field_to_field(qtbot, card: CardInspector):
    card.more.click()
    card.take_focus()
    cursor = card.form.title.textCursor()
    assert (cursor.hasSelection(), cursor.atEnd()) == (False, True), "one key must not replace the title"
    order = []
    while "Channel" not in order and len(order) < 40:
        qtbot.keyClick(card.window().focusWidget(), Qt.Key.Key_Tab)
        order.append(card.window().focusWidget().accessibleName())
    assert order == [
        "Column", "Pillar", "Due", "Choose a day", "Hours", "Repeats", "Owner", "Objective", "Call", "Line 1 of 1, open",
        "Take off Call", "Add a line to the checklist", "Take away number 4 came", "Add evidence", "What came of it", "Notes",
        "Less", "From", "Choose a day", "Kind", "Works on", "Channel",
    ]  # fmt: skip


def test_keys_of_the_board_do_nothing_in_a_box_beside_it(qtbot, card: CardInspector):
    deeds: list[str] = []
    for key in ("Del", "Ctrl+Up"):
        shortcut = QShortcut(QKeySequence(key), card.window())
        shortcut.activated.connect(lambda key=key: deeds.append(key))
    box = card.checklist.rows[0].box
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Delete)
    qtbot.keyClick(box, Qt.Key.Key_Up, CONTROL)
    assert deeds == []
