"""Notice: a sentence or two with an icon on a pale ground: something to know before one goes on."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from workbench.ui.theme import Theme
from workbench.ui.widgets.banner import Banner
from workbench.ui.widgets.icon_label import IconLabel
from workbench.ui.widgets.plain_label import PlainLabel


class Notice(Banner):
    """Says its words to screen readers too; hidden while there are none."""

    def __init__(self, theme: Theme, words: str = "", *, icon: str = "warning-circle") -> None:
        super().__init__(theme)
        self._words = PlainLabel("", wraps=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(IconLabel(icon, theme, token="watch", size=20), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        self.say(words)

    @property
    def text(self) -> str:
        """What it says."""
        return self._words.text()

    def say(self, words: str) -> None:
        """Says something else; empty takes it away."""
        self._words.setText(words)
        self.setAccessibleName(words)
        if not words:
            self.hide()
        elif self.parentWidget() is not None:
            # Without a parent it would be a window of its own; there, what it is laid out in shows it.
            self.show()
