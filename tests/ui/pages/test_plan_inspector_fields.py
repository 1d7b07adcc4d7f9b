"""Fields that save when they are left: lines, names from the directory, choices, and numbers as typed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from workbench.ui.pages.plan_inspector_fields import (
    SEVERAL,
    Choice,
    PersonLine,
    SavedLine,
    SavedText,
    in_common,
    number_text,
)
from workbench.ui.theme import Theme

TITLES = {None: "None", "a": "First", "b": "Second"}


def shown(qtbot, ground: QWidget, *widgets: QWidget) -> None:
    column = QVBoxLayout(ground)
    for widget in widgets:
        column.addWidget(widget)
        widget.show()
    ground.activateWindow()
    qtbot.waitUntil(ground.isActiveWindow)


def test_a_line_is_left_by_enter_and_by_going_elsewhere(qtbot, ground: QWidget):
    line, text, heard = SavedLine(), SavedText(lines=2), []
    shown(qtbot, ground, line, text)
    line.left.connect(lambda: heard.append("line"))
    text.left.connect(lambda: heard.append("text"))
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_Return)
    text.setFocus()
    qtbot.keyClick(text, Qt.Key.Key_Tab)
    assert heard == ["line", "line", "text"]


def test_a_text_is_saved_after_a_pause_in_typing_and_not_because_it_is_shown(qtbot, ground: QWidget):
    text = SavedText(lines=2)
    shown(qtbot, ground, text, SavedLine())
    text.pause.setInterval(1)
    text.clearFocus()
    text.setPlainText("As it is stored")
    assert not text.pause.isActive()
    text.setFocus()
    with qtbot.waitSignal(text.left):
        qtbot.keyClicks(text, "And more")
    assert text.hasFocus()


def test_a_line_is_saved_after_a_pause_too_but_not_empty_nor_while_names_are_looked_at(qtbot, ground, theme: Theme):
    line, heard = PersonLine(theme, after_pause=True), []
    shown(qtbot, ground, line, SavedLine())
    line.left.connect(lambda: heard.append(line.text()))
    line.set_near(["Bo Sample"])
    line.setFocus()
    qtbot.keyClicks(line, "Bo")
    assert line.completer().popup().isVisible()
    line.pause.timeout.emit()
    assert heard == []
    line.completer().popup().hide()
    line.pause.timeout.emit()
    assert heard == ["Bo"]
    line.clear()
    line.pause.timeout.emit()
    assert heard == ["Bo"]
    with qtbot.waitSignal(line.left):
        line.pause.setInterval(1)
        qtbot.keyClicks(line, "Ci")


def test_names_are_asked_for_after_a_pause_and_completed(qtbot, ground: QWidget, theme: Theme):
    line = PersonLine(theme)
    shown(qtbot, ground, line)
    line.set_near(["Bo Sample"])
    with qtbot.waitSignal(line.asked) as asked:
        qtbot.keyClicks(line, "am")
    assert asked.args == ["am"]
    line.offer(["Amina Example", "Bo Sample"])
    assert line.offered == ("Bo Sample", "Amina Example")
    with qtbot.waitSignal(line.left):
        line.completer().activated.emit("Amina Example")
    assert line.text() == "Amina Example"


def test_enter_takes_the_name_that_is_marked_in_the_list(qtbot, ground: QWidget, theme: Theme):
    line, heard = PersonLine(theme), []
    shown(qtbot, ground, line)
    line.left.connect(lambda: heard.append(line.text()))
    line.set_near(["Amina Example", "Bo Sample"])
    line.setFocus()
    qtbot.keyClicks(line, "bo")
    popup = line.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert heard == ["Bo Sample"]
    assert not popup.isVisible()
    qtbot.keyClicks(line, "x")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert heard == ["Bo Sample", "Bo Samplex"]


def test_a_choice_tells_what_somebody_chose_and_not_what_is_shown(qtbot, theme: Theme):
    choice, heard = Choice(theme, name="Letter", titles=TITLES), []
    qtbot.addWidget(choice)
    choice.edited.connect(lambda: heard.append(choice.value()))
    choice.show_values({"b"})
    assert (choice.currentText(), choice.value(), heard) == ("Second", "b", [])
    choice.setCurrentIndex(1)
    assert heard == ["a"]


def test_a_choice_says_where_cards_differ(qtbot, theme: Theme):
    choice, heard = Choice(theme, name="Letter", titles=TITLES), []
    qtbot.addWidget(choice)
    choice.edited.connect(lambda: heard.append(choice.value()))
    choice.show_values({"a", None})
    assert (choice.currentText(), choice.count()) == (SEVERAL, 4)
    choice.setCurrentIndex(1)
    choice.setCurrentIndex(0)
    choice.setCurrentIndex(3)
    assert heard == [None, "b"]
    choice.show_values({"a"})
    assert (choice.currentText(), choice.count()) == ("First", 3)


def test_what_is_shown_stays_when_other_values_are_offered(qtbot, theme: Theme):
    choice = Choice(theme, name="Letter", titles=TITLES)
    qtbot.addWidget(choice)
    choice.show_values({"b"})
    with qtbot.assertNotEmitted(choice.edited):
        choice.set_titles({None: "None", "b": "Other", "c": "Third"})
        assert choice.currentText() == "Other"
        choice.set_titles({None: "None"})
    assert choice.value() is None


@pytest.mark.parametrize(("number", "text"), [(None, ""), (1.5, "1.5"), (2, "2"), (0.25, "0.25")])
def test_numbers_are_written_as_they_would_be_typed(qapp, number: float | None, text: str):
    assert number_text(number) == text


def test_what_cards_have_in_common_is_named_once():
    assert in_common(["a", "b", "a"]) == ("a", "b")
