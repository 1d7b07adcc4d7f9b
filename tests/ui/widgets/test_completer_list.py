"""The list of a completer looks like the window it belongs to, also after the look was switched."""

from PySide6.QtCore import QPoint, QStringListModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCompleter, QLineEdit, QPushButton, QWidget

from workbench.ui.theme import Theme, ThemeMode
from workbench.ui.widgets.completer_list import CompleterList, complete, dress


def test_the_list_takes_the_look_of_the_moment(qtbot, theme: Theme):
    shown = CompleterList(theme)
    qtbot.addWidget(shown)
    shown.show()
    light = shown.styleSheet()
    theme.set_mode(ThemeMode.DARK)
    shown.hide()
    shown.show()
    assert light
    assert shown.styleSheet() != light


def test_a_completer_is_given_one(qtbot, theme: Theme):
    completer = QCompleter(["Amina Example"])
    dress(completer, theme)
    assert isinstance(completer.popup(), CompleterList)


def test_a_line_offers_the_names_that_hold_what_was_typed(qtbot, theme: Theme):
    field = QLineEdit()
    qtbot.addWidget(field)
    completer = complete(field, QStringListModel(["Amina Example", "Luis Ejemplo"], field), theme)
    assert field.completer() is completer
    assert isinstance(completer.popup(), CompleterList)
    completer.setCompletionPrefix("EJEM")
    assert [completer.currentCompletion(), completer.completionCount()] == ["Luis Ejemplo", 1]


def test_a_click_beside_the_list_shuts_it_and_is_not_lost(qtbot, ground: QWidget, theme: Theme):
    field, button = QLineEdit(ground), QPushButton("Next", ground)
    button.move(600, 500)
    for widget in (field, button):
        widget.show()
    completer = complete(field, QStringListModel(["Amina Example"], field), theme)
    ground.activateWindow()
    qtbot.waitUntil(ground.isActiveWindow)
    field.setFocus()
    qtbot.keyClicks(field, "ami")
    assert completer.popup().isVisible()
    place = button.mapTo(ground, QPoint(5, 5))
    with qtbot.waitSignal(button.clicked):
        # Through the window of the system, which hands a click to the list first.
        QTest.mousePress(ground.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
        qtbot.waitUntil(button.isDown)
        QTest.mouseRelease(ground.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert not completer.popup().isVisible()
