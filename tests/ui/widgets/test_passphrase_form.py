"""The passphrase is asked for in the window, hidden, and given once."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit

from workbench.ui.theme import Theme
from workbench.ui.widgets.passphrase_form import PassphraseForm


def test_passphrase_is_given_by_enter_and_never_shown(qtbot, theme: Theme):
    form = PassphraseForm(theme, was_wrong=False)
    qtbot.addWidget(form)
    form.show()
    form.take_focus()
    field = form.findChildren(QLineEdit)[0]
    assert field.echoMode() is QLineEdit.EchoMode.Password
    qtbot.keyClicks(field, "correct horse")
    with qtbot.waitSignal(form.given) as given:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert given.args == ["correct horse"]


def test_nothing_typed_is_not_given_and_a_wrong_one_is_said(qtbot, theme: Theme):
    form = PassphraseForm(theme, was_wrong=True)
    qtbot.addWidget(form)
    with qtbot.assertNotEmitted(form.given):
        form._on_given()
    assert any("does not open it" in label.text() for label in form.findChildren(QLabel))
