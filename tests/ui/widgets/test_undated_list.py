"""Cards without a day: chosen, opened, and taken away by the mouse."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent

from tests.ui.pages.plan_view_parts import drag, press
from tests.ui.plan_samples import an_item
from workbench.ids import CardId
from workbench.ui.theme import Theme
from workbench.ui.widgets.undated_list import UndatedList


@pytest.fixture
def cards(qtbot, theme: Theme) -> UndatedList:
    made = UndatedList(theme)
    qtbot.addWidget(made)
    made.resize(200, 300)
    made.show()
    made.show_items([an_item("a", owner="Amina Example"), an_item("b"), an_item("c")])
    return made


def at(cards: UndatedList, row: int) -> QPoint:
    return cards.visualRect(cards.model().index(row, 0)).center()


def test_a_drag_tells_the_way_and_the_end(qtbot, cards: UndatedList):
    told = []
    cards.carried.connect(lambda card, _at: told.append(card))
    with qtbot.waitSignal(cards.let_go) as let_go:
        drag(cards.viewport(), at(cards, 1), QPoint(-200, 60))
    assert let_go.args[0] == "b"
    assert set(told) == {"b"}
    with qtbot.assertNotEmitted(cards.let_go):
        press(cards.viewport(), at(cards, 0))


def test_marks_are_told_and_shown_without_an_echo(qtbot, cards: UndatedList):
    with qtbot.waitSignal(cards.chosen) as chosen:
        press(cards.viewport(), at(cards, 2))
    assert chosen.args == [["c"], "c"]
    with qtbot.assertNotEmitted(cards.chosen):
        cards.mark([CardId("a"), CardId("b")])
    assert sorted(index.row() for index in cards.selectionModel().selectedRows()) == [0, 1]


def test_cards_are_opened_by_key_and_have_their_menu(qtbot, cards: UndatedList):
    cards.setCurrentIndex(cards.model().index(0, 0))
    with qtbot.waitSignal(cards.opened) as opened:
        qtbot.keyClick(cards, Qt.Key.Key_Return)
    assert opened.args == ["a"]
    with qtbot.waitSignal(cards.opened):
        cards.doubleClicked.emit(cards.model().index(1, 0))
    with qtbot.waitSignal(cards.menu_wanted):
        qtbot.keyClick(cards, Qt.Key.Key_Menu)
    with qtbot.waitSignal(cards.menu_wanted):
        cards.contextMenuEvent(QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at(cards, 0), at(cards, 0)))


def test_each_line_says_the_card(cards: UndatedList):
    index = cards.model().index(0, 0)
    assert index.data() == "Card a"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Card a, No date, Amina Example"
