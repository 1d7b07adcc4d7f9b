"""A card in full: fields save when they are left, refuse in words, and never lose what somebody is typing."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from tests.ui.plan_samples import TODAY, a_row
from workbench.models.kinds import CardColumn, Pillar
from workbench.ui.pages.plan_inspector import CardInspector, read_number
from workbench.ui.theme import Theme

ROW = a_row("a", title="Ask five schools", owner="Amina Example", hours=1.5, due_on=TODAY, notes="By phone")
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def card(qtbot, ground, theme: Theme) -> CardInspector:
    made = CardInspector(theme, today=lambda: TODAY)
    made.setParent(ground)
    made.resize(336, 560)
    made.show()
    made.show_card(ROW, owners=("Amina Example", "Bo Sample"))
    ground.activateWindow()
    qtbot.waitUntil(ground.isActiveWindow)
    return made


@pytest.fixture
def edits(card: CardInspector) -> list[tuple[str, str, object]]:
    heard: list[tuple[str, str, object]] = []
    card.edited.connect(lambda card_id, name, value: heard.append((card_id, name, value)))
    return heard


def test_card_is_shown_in_full(card: CardInspector, edits):
    assert card.title.toPlainText() == "Ask five schools"
    assert (card.owner.text(), card.hours.text(), card.notes.toPlainText()) == ("Amina Example", "1.5", "By phone")
    assert card.due.day() == TODAY
    assert (card.column.currentText(), card.pillar.currentText()) == ("To do", "No pillar")
    assert edits == []


def test_leaving_a_field_saves_it_once(card: CardInspector, edits):
    card.title.setFocus()
    card.title.setPlainText("Ask six\nschools ")
    card.owner.setFocus()
    card.owner.setText(" Bo Sample")
    card.notes.setFocus()
    card.notes.setPlainText("")
    card.hours.setFocus()
    card.hours.setText("2")
    card.title.setFocus()
    assert edits == [
        ("a", "title", "Ask six schools"),
        ("a", "owner", "Bo Sample"),
        ("a", "notes", ""),
        ("a", "hours", 2.0),
    ]


def test_choices_and_days_save_at_once(card: CardInspector, edits):
    card.column.setCurrentIndex(2)
    card.pillar.setCurrentIndex(1)
    card.due.line.setText("tomorrow")
    card.due._on_left()
    card.due._choose(None)
    assert edits == [
        ("a", "column", CardColumn.DONE), ("a", "pillar", Pillar.BILLBOARD),
        ("a", "due_on", TODAY + timedelta(days=1)), ("a", "due_on", None),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", "  "])
def test_card_without_a_title_is_refused_in_words(card: CardInspector, edits, text):
    card.title.setPlainText(text)
    card.save()
    assert "needs a title" in card.problem("title")
    assert edits == []


@pytest.mark.parametrize("text", ["soon", "-1", "99999", "1 2"])
def test_hours_that_are_none_are_refused_in_words(card: CardInspector, edits, text):
    card.hours.setText(text)
    card.save()
    assert "such as 1.5" in card.problem("hours")
    assert edits == []
    card.hours.setText("")
    card.save()
    assert edits == [("a", "hours", None)]


def test_day_that_is_none_is_refused_in_words(card: CardInspector, edits):
    card.due.line.setText("soon")
    card.due._on_left()
    assert "14 May" in card.problem("due_on")
    assert edits == []


def test_reading_that_arrives_meanwhile_spares_the_field_in_use(card: CardInspector, edits):
    card.title.setFocus()
    card.title.setPlainText("Half a thou")
    card.show_card(a_row("a", title="Ask five schools", owner="Bo Sample"), owners=())
    assert card.title.toPlainText() == "Half a thou"
    assert card.owner.text() == "Bo Sample"


def test_another_card_saves_what_was_typed_in_the_one_before(card: CardInspector, edits):
    card.title.setFocus()
    card.title.setPlainText("Ask six schools")
    card.show_card(a_row("b", title="Other"), owners=())
    assert edits == [("a", "title", "Ask six schools")]
    assert card.title.toPlainText() == "Other"
    assert card.card_id == "b"


def test_control_return_saves_and_closes(qtbot, card: CardInspector, edits):
    for field in (card.title, card.owner, card.hours, card.notes, card.due.line):
        field.setFocus()
        with qtbot.waitSignal(card.closed):
            qtbot.keyClick(field, Qt.Key.Key_Return, CONTROL)
    card.notes.setPlainText("By mail")
    with qtbot.waitSignal(card.closed):
        qtbot.keyClick(card.notes, Qt.Key.Key_Return, CONTROL)
    assert edits == [("a", "notes", "By mail")]


def test_tab_leaves_the_notes(qtbot, card: CardInspector):
    card.take_focus()
    assert card.title.hasFocus()
    qtbot.keyClick(card.title, Qt.Key.Key_Tab)
    assert not card.title.hasFocus()
    assert card.title.toPlainText() == "Ask five schools"


@pytest.mark.parametrize(("text", "number"), [("1.5", 1.5), (" 2 ", 2.0), ("x", None), ("", None), ("1e400", None)])
def test_numbers_are_read_in_this_language_and_in_english(qapp, text, number):
    assert read_number(text) == number


def test_every_field_has_a_name_to_be_heard(card: CardInspector):
    controls = (card.title, card.column, card.pillar, card.owner, card.due.line, card.hours, card.notes)
    names = [control.accessibleName() for control in controls]
    assert names == ["Title", "Column", "Pillar", "Owner", "Due", "Hours", "Notes"]
