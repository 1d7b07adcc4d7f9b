"""Ctrl+Enter in a form: from its fields too, before the window's shortcuts, and nothing else is taken."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from workbench.ui.widgets.submit_key import SubmitKey

CONTROL = Qt.KeyboardModifier.ControlModifier


def test_ctrl_enter_submits_before_the_window_hears_it(qtbot):
    form, heard = QWidget(), []
    qtbot.addWidget(form)
    line = QLineEdit()
    QVBoxLayout(form).addWidget(line)
    SubmitKey(form, lambda: heard.append("form"))
    QShortcut("Ctrl+Return", form).activated.connect(lambda: heard.append("window"))
    form.show()
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_Return, CONTROL)
    qtbot.keyClick(form, Qt.Key.Key_Enter, CONTROL)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.keyClick(line, Qt.Key.Key_A, CONTROL)
    assert heard == ["form", "form"]
