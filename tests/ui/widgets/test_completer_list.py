"""The list of a completer looks like the window it belongs to, also after the look was switched."""

from PySide6.QtCore import QStringListModel
from PySide6.QtWidgets import QCompleter, QLineEdit

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
