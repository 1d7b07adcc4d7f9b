"""What would make a text easier to read stands below it while that is so."""

from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from workbench.ui.widgets.plain_check import PlainCheck


def test_it_is_said_once_typing_rests_and_goes_when_mended(qtbot, ground: QWidget):
    edit = QPlainTextEdit()
    check = PlainCheck(edit)
    column = QVBoxLayout(ground)
    column.addWidget(edit)
    column.addWidget(check)
    edit.setPlainText("Ask the NFI team.")
    assert check.isHidden()
    qtbot.waitUntil(check.isVisible)
    assert check.text() == "Not everybody knows NFI; write it out once."
    edit.setPlainText("Ask the logistics team.")
    qtbot.waitUntil(check.isHidden)
