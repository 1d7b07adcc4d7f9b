"""PassphraseForm: asks for the passphrase of a profile, in the window and never in a dialog of its own."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from workbench.ui.theme import Theme
from workbench.ui.widgets.buttons import push_button
from workbench.ui.widgets.icon_label import IconLabel
from workbench.ui.widgets.plain_label import PlainLabel


class PassphraseForm(QWidget):
    """`given(passphrase)` when Enter or the button is pressed on something typed."""

    given = Signal(str)

    def __init__(self, theme: Theme, *, was_wrong: bool) -> None:
        super().__init__()
        inner = QWidget()
        inner.setFixedWidth(theme.px(400))
        column = QVBoxLayout(inner)
        column.setSpacing(12)
        column.addWidget(IconLabel("lock", theme, token="third", size=40), 0, Qt.AlignmentFlag.AlignHCenter)
        title = PlainLabel("This profile is locked", role="title")
        title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(title)
        words = "That passphrase does not open it. Try again." if was_wrong else "Type its passphrase to open it."
        said = PlainLabel(f"{words} The recovery code works too.", role="second", wraps=True)
        said.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(said)
        self._typed = QLineEdit()
        self._typed.setEchoMode(QLineEdit.EchoMode.Password)
        self._typed.setAccessibleName("Passphrase")
        self._typed.setPlaceholderText("Passphrase")
        self._typed.returnPressed.connect(self._on_given)
        column.addWidget(self._typed)
        column.addWidget(push_button("Open", theme=theme, kind="primary", icon="lock-open", clicked=self._on_given))
        outer = QVBoxLayout(self)
        outer.addWidget(inner, 0, Qt.AlignmentFlag.AlignCenter)

    def take_focus(self) -> None:
        """Puts the cursor into the field."""
        self._typed.setFocus()

    def _on_given(self) -> None:
        if self._typed.text():
            self.given.emit(self._typed.text())
