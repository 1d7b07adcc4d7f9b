"""The cards taken off a plan: listed, filtered, and brought back one or many at a time."""

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QWidget

from tests.ui.plan_samples import TODAY, a_row
from workbench.ui.pages.plan_archived import ArchivedCards
from workbench.ui.theme import Theme

CARDS = (
    a_row("b", title="Ask for photos", owner="Amina Example", hours=1.5, due_on=TODAY, is_archived=True),
    a_row("a", title="Book a room", is_archived=True),
)


@pytest.fixture
def away(qtbot, ground: QWidget, theme: Theme) -> ArchivedCards:
    made = ArchivedCards(theme)
    made.setParent(ground)
    made.resize(780, 400)
    made.show()
    made.show_cards(CARDS)
    return made


def test_the_first_card_is_marked_and_enter_brings_it_back(qtbot, away: ArchivedCards):
    model = away.table.model()
    assert [model.index(0, place).data() for place in range(5)] == [
        "Ask for photos", "To do", "Amina Example", "15 Jun", "1.5",
    ]  # fmt: skip
    with qtbot.waitSignal(away.brought_back) as back:
        qtbot.keyClick(away.table, Qt.Key.Key_Return)
    assert back.args == [("b",)]


def test_several_are_brought_back_together_and_the_button_says_so(qtbot, away: ArchivedCards):
    rows = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    away.table.selectionModel().select(away.table.model().index(1, 0), rows)
    assert (away.back.text(), away.words.text()) == ("Bring back 2 cards", "2 cards are archived")
    with qtbot.waitSignal(away.brought_back) as back:
        away.back.click()
    assert back.args == [("b", "a")]


def test_the_filter_leaves_what_holds_the_words_and_an_empty_list_says_why(qtbot, away: ArchivedCards):
    away.set_filter("nothing")
    assert not away.back.isEnabled()
    away.set_filter("room")
    away.show_cards(CARDS)
    assert away.chosen == ("a",)
    away.set_filter("")
    away.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert away.chosen == ("a",)
    away.show_cards(())
    assert away._empty.accessibleName() == "No card is archived"
