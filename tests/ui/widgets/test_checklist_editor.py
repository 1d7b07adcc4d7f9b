"""A checklist: added to, ticked, worded, ordered and shortened, by mouse and by keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from workbench.models.plan_parts import CheckItem
from workbench.ui.theme import Theme
from workbench.ui.widgets.checklist_editor import ChecklistEditor

ITEMS = (CheckItem("a", "Ask", position="a"), CheckItem("b", "Call", is_done=True, position="b"))
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def editor(qtbot, ground: QWidget, theme: Theme) -> ChecklistEditor:
    made = ChecklistEditor(theme)
    made.setParent(ground)
    made.resize(300, 300)
    made.show()
    made.show_items(ITEMS)
    ground.activateWindow()
    qtbot.waitUntil(ground.isActiveWindow)
    return made


@pytest.fixture
def heard(editor: ChecklistEditor) -> list[tuple[object, ...]]:
    found: list[tuple[object, ...]] = []
    for name in ("added", "ticked", "worded", "moved", "removed"):
        getattr(editor, name).connect(lambda *said, name=name: found.append((name, *said)))
    return found


def test_lines_are_shown_with_how_many_are_done(editor: ChecklistEditor):
    assert [(row.line.toPlainText(), row.box.isChecked()) for row in editor.rows] == [("Ask", False), ("Call", True)]
    assert editor.count.text() == "1 of 2"


def test_enter_adds_a_line(qtbot, editor: ChecklistEditor, heard):
    qtbot.keyClicks(editor.line, "  Write  twice ")
    qtbot.keyClick(editor.line, Qt.Key.Key_Return)
    qtbot.keyClick(editor.line, Qt.Key.Key_Return)
    assert heard == [("added", ["Write twice"])]
    assert editor.line.text() == ""


def test_a_line_begun_and_left_is_kept(editor: ChecklistEditor, heard):
    editor.line.setFocus()
    editor.line.setText("Write")
    editor.rows[0].line.setFocus()
    assert heard == [("added", ["Write"])]


def test_lines_that_are_pasted_are_added_one_by_one(qtbot, editor: ChecklistEditor, heard):
    QApplication.clipboard().setText("One\n\n Two \nThree\n")
    qtbot.keyClick(editor.line, Qt.Key.Key_V, CONTROL)
    assert heard == [("added", ["One", "Two", "Three"])]
    QApplication.clipboard().setText("just one")
    qtbot.keyClick(editor.line, Qt.Key.Key_V, CONTROL)
    assert editor.line.text() == "just one"


def test_ticking_and_wording_are_told(qtbot, editor: ChecklistEditor, heard):
    editor.rows[0].box.click()
    editor.rows[1].line.setFocus()
    editor.rows[1].line.setPlainText("Call twice")
    editor.rows[0].line.setFocus()
    assert heard == [("ticked", "a", True), ("worded", "b", "Call twice")]


def test_a_line_without_words_stays_as_it_was(editor: ChecklistEditor, heard):
    editor.rows[0].line.setFocus()
    editor.rows[0].line.setPlainText("  ")
    editor.rows[1].line.setFocus()
    assert editor.rows[0].line.toPlainText() == "Ask"
    assert heard == []


def test_arrows_walk_and_with_control_they_move(qtbot, editor: ChecklistEditor, heard):
    first, second = (row.line for row in editor.rows)
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Down)
    assert second.hasFocus()
    qtbot.keyClick(second, Qt.Key.Key_Up, CONTROL)
    qtbot.keyClick(second, Qt.Key.Key_Down, CONTROL)
    assert heard == [("moved", "b", 0)]
    qtbot.keyClick(second, Qt.Key.Key_Down)
    assert editor.line.hasFocus()
    qtbot.keyClick(editor.line, Qt.Key.Key_Up)
    assert second.hasFocus()


def test_the_line_that_moves_keeps_the_keyboard(editor: ChecklistEditor):
    second = editor.rows[1].line
    second.setFocus()
    editor.show_items((ITEMS[1], ITEMS[0]))
    assert second.hasFocus()
    assert [row.line.toPlainText() for row in editor.rows] == ["Call", "Ask"]


def test_a_line_is_taken_off_by_its_cross_and_by_delete_when_empty(qtbot, editor: ChecklistEditor, heard):
    editor.rows[0].cross.click()
    line = editor.rows[1].line
    line.setFocus()
    line.setPlainText("")
    qtbot.keyClick(line, Qt.Key.Key_Delete)
    assert heard == [("removed", "a"), ("removed", "b")]


def test_a_reading_meanwhile_spares_the_line_in_use(editor: ChecklistEditor):
    editor.rows[0].line.setFocus()
    editor.rows[0].line.setPlainText("Ask fi")
    editor.show_items((CheckItem("a", "Ask them", position="a"), CheckItem("c", "New", position="c")))
    assert [row.line.toPlainText() for row in editor.rows] == ["Ask fi", "New"]


def test_long_words_take_as_many_rows_as_they_need(qtbot, editor: ChecklistEditor):
    low = editor.rows[0].line.height()
    editor.show_items((CheckItem("a", "Call the three schools that did not answer last year", position="a"),))
    qtbot.waitUntil(lambda: editor.rows[0].line.height() > low)


def test_every_part_has_a_name_to_be_heard(editor: ChecklistEditor):
    row = editor.rows[1]
    names = (row.box.accessibleName(), row.line.accessibleName(), row.cross.accessibleName())
    assert names == ("Call", "Line 2 of 2, done", "Take off Call")
    assert editor.line.accessibleName() == "Add a line to the checklist"
