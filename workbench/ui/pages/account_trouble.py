"""TroubleView: what did not work on the way to an account, what is safe, and the buttons that lead on."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from workbench.ui.pages.account_words import Trouble
from workbench.ui.theme import Theme
from workbench.ui.widgets.buttons import push_button
from workbench.ui.widgets.icon_label import IconLabel
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.state_panel import copy
from workbench.ui.widgets.tab_order import in_tab_order

Way = tuple[str, Callable[[], object]]


class TroubleView(QWidget):
    """Calm words with an icon; the first way on is the primary button."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._details = ""
        self.title = PlainLabel("", role="strong", wraps=True)
        self.said = PlainLabel("", role="second", wraps=True)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.title)
        words.addWidget(self.said)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(IconLabel("warning-circle", theme, token="watch", size=20), 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        self.buttons: list[QPushButton] = []
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        self._copy = push_button(
            "Copy details", theme=theme, kind="link", icon="copy", clicked=lambda: copy(self._details)
        )
        self._row.addWidget(self._copy)
        self._row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        column.addLayout(self._row)

    def show_trouble(self, trouble: Trouble, ways: Sequence[Way]) -> None:
        """Says it, with a button for each way on."""
        self.title.setText(f"{trouble.title}.")
        self.said.setText(" ".join(trouble.sentences))
        self._details = trouble.details
        for button in self.buttons:
            button.hide()
            button.deleteLater()
        self.buttons = []
        for place, (words, act) in enumerate(ways):
            button = push_button(words, theme=self._theme, kind="" if place else "primary", clicked=act)
            self._row.insertWidget(place, button)
            self.buttons.append(button)
        in_tab_order([*self.buttons, self._copy])
        self.setAccessibleName(trouble.title)
        self.setAccessibleDescription(self.said.text())

    def take_focus(self) -> None:
        """Puts the keyboard on the first way on."""
        if self.buttons:
            self.buttons[0].setFocus()
