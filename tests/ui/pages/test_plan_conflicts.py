"""Choosing: both values side by side; 1 and 2, N for both in the notes, arrows; the editor does what was chosen."""

from datetime import timedelta
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from tests.operations.laptops import Laptop, card_called
from tests.ui.pages.exchange_parts import NEWCOMERS, QUESTIONS, both_change
from workbench.operations.exchange_looks import waiting_choices
from workbench.plans.locking import DAY_0_STAYS
from workbench.plans.preview import Question
from workbench.ui.context import Context
from workbench.ui.pages.plan_conflicts import ConflictsView, both_words


@pytest.fixture
def amina(pair) -> Laptop:
    """Two fields of hers wait: an owner, and notes."""
    hers, bo = pair
    second = card_called(hers.view, QUESTIONS)
    hers.editor.set_card(second, notes="Ask in the call")
    bo.editor.set_card(second, notes="Ask by e-mail")
    hers.receive(both_change(hers, bo).path)
    return hers


@pytest.fixture
def view(qtbot, hers: Context, amina: Laptop) -> ConflictsView:
    made = ConflictsView(hers)
    qtbot.addWidget(made)
    made.resize(1000, 640)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.settled.connect(lambda gesture: gesture(amina.editor))
    made.show_questions(questions(amina))
    made.take_focus()
    return made


def questions(laptop: Laptop) -> tuple[Question, ...]:
    assert laptop.plan is not None
    return waiting_choices(laptop.workspace, laptop.plan)


def card_of(view: ConflictsView, title: str):
    return next(card for card in view.cards if card.accessibleName().startswith(title))


def shown(laptop: Laptop, title: str):
    return next(card for card in laptop.view.cards if card.title == title)


def test_a_key_keeps_a_value_and_the_next_one_has_the_keyboard(qtbot, view: ConflictsView, amina: Laptop):
    card = card_of(view, NEWCOMERS)
    assert "1: Bo Example, by Bo Example" in card.accessibleName()
    card.setFocus()
    qtbot.keyClick(card, Qt.Key.Key_2)
    assert shown(amina, NEWCOMERS).owner == "Amina Example"
    view.show_questions(questions(amina))
    assert [each.has_keyboard() for each in view.cards] == [True]


def test_after_a_click_on_empty_space_the_keys_go_to_the_first_card(qtbot, view: ConflictsView, amina: Laptop):
    qtbot.mouseClick(view._area.viewport(), Qt.MouseButton.LeftButton, pos=view._area.viewport().rect().bottomRight())
    assert view.hasFocus()
    first = view.cards[0].accessibleName()
    qtbot.keyClick(view, Qt.Key.Key_1)
    view.show_questions(questions(amina))
    assert first not in [card.accessibleName() for card in view.cards]


def test_both_are_kept_in_the_notes_with_one_key(qtbot, view: ConflictsView, amina: Laptop):
    card = card_of(view, NEWCOMERS)
    card.setFocus()
    qtbot.keyClick(card, Qt.Key.Key_N)
    kept = shown(amina, NEWCOMERS)
    assert kept.owner == "Bo Example"
    assert kept.notes.startswith("By telephone\nOwner, as Amina Example had it on ")
    assert kept.notes.endswith(": Amina Example")


def test_keys_of_other_pages_do_not_take_them_away(qtbot, view: ConflictsView, amina: Laptop):
    taken: list[str] = []
    for key in ("N", "2"):
        QShortcut(QKeySequence(key), view, activated=partial(taken.append, key))
    card = card_of(view, NEWCOMERS)
    card.setFocus()
    qtbot.keyClick(card, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert shown(amina, NEWCOMERS).owner == "Bo Example"
    qtbot.keyClick(card, Qt.Key.Key_2)
    assert (shown(amina, NEWCOMERS).owner, taken) == ("Amina Example", [])


def test_two_notes_become_one(view: ConflictsView, amina: Laptop):
    card_of(view, QUESTIONS).keep_both()
    assert set(shown(amina, QUESTIONS).notes.split("\n\n")) == {"Ask in the call", "Ask by e-mail"}


def test_arrows_go_from_one_to_the_next(qtbot, view: ConflictsView):
    first, second = view.cards
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Down)
    assert second.has_keyboard()
    qtbot.keyClick(second, Qt.Key.Key_Up)
    assert first.has_keyboard()


def test_a_button_does_the_same_and_an_empty_list_says_so(view: ConflictsView, amina: Laptop):
    for card in view.cards:
        card.buttons[0].click()
    view.show_questions(questions(amina))
    assert view.cards == []
    assert view._empty.isVisible()


def test_what_a_plan_cannot_note_offers_no_notes(qtbot, hers: Context, pair):
    mine, bo = pair
    mine.editor.set_plan(purpose="Hers")
    bo.editor.set_plan(purpose="His")
    mine.receive(bo.send(mine).path)
    view = ConflictsView(hers)
    qtbot.addWidget(view)
    view.show_questions(questions(mine))
    assert [card.can_keep_both for card in view.cards] == [False]


def test_words_for_the_notes_name_field_person_and_day(amina: Laptop):
    owner = next(each for each in questions(amina) if each.field == "Owner")
    assert both_words(owner).startswith("Owner, as Amina Example had it on ")


def test_what_a_locked_checkpoint_holds_can_be_read_and_has_one_value_to_keep(qtbot, hers: Context, pair):
    mine, bo = pair
    start = mine.view.starts_on
    bo.editor.set_plan(starts_on=start + timedelta(days=7))
    mine.editor.lock_checkpoint(30, measures=())
    mine.receive(bo.send(mine).path)
    view = ConflictsView(hers)
    qtbot.addWidget(view)
    view.show()
    view.settled.connect(lambda gesture: gesture(mine.editor))
    view.show_questions(questions(mine))
    (card,) = view.cards
    assert [button.isEnabled() for button in card.buttons] == [True, False]
    assert DAY_0_STAYS in card.accessibleName()
    card.setFocus()
    qtbot.keyClick(card, Qt.Key.Key_2)
    assert len(questions(mine)) == 1
    qtbot.keyClick(card, Qt.Key.Key_1)
    assert (questions(mine), mine.view.starts_on) == ((), start)
