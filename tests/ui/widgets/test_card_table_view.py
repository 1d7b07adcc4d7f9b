"""A table of cards by keys: walk, edit, go on with Tab, down with Enter; chosen lines told and shown."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from tests.ui.plan_samples import TODAY, a_row
from workbench.ids import CardId
from workbench.ui.qt_models.card_table import CardTable, Cell, GroupBy
from workbench.ui.theme import Theme
from workbench.ui.widgets.card_table_view import CardTableView

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def table(qapp) -> CardTable:
    made = CardTable()
    made.show([a_row("a", owner="Amina Example"), a_row("b"), a_row("c")], today=TODAY)
    return made


@pytest.fixture
def view(qtbot, theme: Theme, table: CardTable) -> CardTableView:
    made = CardTableView(theme, table)
    qtbot.addWidget(made)
    made.resize(1000, 300)
    made.show()
    made.activateWindow()
    made.take_focus()
    return made


def editor(view: CardTableView) -> QLineEdit:
    return next(each for each in view.viewport().findChildren(QLineEdit) if each.isVisible())


def test_the_keyboard_begins_on_the_first_card(view: CardTableView, table: CardTable):
    assert view.currentIndex().row() == 0
    table.set_group(GroupBy.STATUS)
    view.take_focus()
    assert table.card_at(view.currentIndex().row()) is not None


def test_typing_edits_and_enter_goes_down(qtbot, view: CardTableView, table: CardTable):
    with qtbot.waitSignal(table.edited) as edited:
        qtbot.keyClick(view, Qt.Key.Key_F2)
        editor(view).setText("Pumps")
        qtbot.keyClick(editor(view), Qt.Key.Key_Return)
    assert edited.args == ["a", "title", "Pumps"]
    assert (view.currentIndex().row(), view.currentIndex().column()) == (1, 0)
    qtbot.keyClicks(view, "M")
    assert editor(view).text() == "M"


def test_tab_edits_the_next_cell_and_leaves_the_table_otherwise(qtbot, view: CardTableView, table: CardTable):
    view.setCurrentIndex(table.index(0, table.cells.index(Cell.OWNER)))
    view.edit(view.currentIndex())
    qtbot.keyClick(editor(view), Qt.Key.Key_Tab)
    QApplication.processEvents()
    assert view.is_editing
    assert view.currentIndex().column() == table.cells.index(Cell.DAY)
    assert not view.tabKeyNavigation()


def test_rest_is_told_once_nothing_is_edited(qtbot, view: CardTableView):
    qtbot.keyClick(view, Qt.Key.Key_F2)
    with qtbot.waitSignal(view.rested):
        qtbot.keyClick(editor(view), Qt.Key.Key_Escape)
    assert not view.is_editing


def test_enter_opens_the_card_and_the_new_line(qtbot, view: CardTableView, table: CardTable):
    with qtbot.waitSignal(view.card_opened) as opened:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert opened.args == ["a"]
    view.setCurrentIndex(table.index(table.rowCount() - 1, 0))
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert view.is_editing


def test_control_and_an_arrow_ask_for_another_status(qtbot, view: CardTableView):
    with qtbot.waitSignal(view.moved) as moved:
        qtbot.keyClick(view, Qt.Key.Key_Right, CONTROL)
    assert moved.args == [1]
    view.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    with qtbot.waitSignal(view.moved) as moved:
        qtbot.keyClick(view, Qt.Key.Key_Right, CONTROL)
    assert moved.args == [-1]


def test_menus_open_by_key_and_by_mouse(qtbot, view: CardTableView, table: CardTable):
    with qtbot.waitSignal(view.menu_wanted):
        qtbot.keyClick(view, Qt.Key.Key_Menu)
    at = view.visualRect(table.index(2, 0)).center()
    with qtbot.waitSignal(view.menu_wanted), qtbot.waitSignal(view.marked):
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, view.viewport().mapToGlobal(at))
        view.contextMenuEvent(event)
    assert view.currentIndex().row() == 2
    below = QPoint(10, 290)
    with qtbot.assertNotEmitted(view.menu_wanted):
        view.contextMenuEvent(QContextMenuEvent(QContextMenuEvent.Reason.Mouse, below, below))


def test_chosen_lines_are_told_and_shown_without_an_echo(qtbot, view: CardTableView, table: CardTable):
    with qtbot.waitSignal(view.marked) as marked:
        view.selectAll()
    assert marked.args[0] == ["a", "b", "c"]
    with qtbot.assertNotEmitted(view.marked):
        view.mark([CardId("b"), CardId("gone")], current=CardId("b"))
    assert [index.row() for index in view.selectionModel().selectedRows()] == [1]
    assert view.currentIndex().row() == 1


def test_a_click_on_the_last_line_begins_a_card(qtbot, view: CardTableView, table: CardTable):
    at = view.visualRect(table.index(3, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert view.is_editing
    assert editor(view).text() == ""
