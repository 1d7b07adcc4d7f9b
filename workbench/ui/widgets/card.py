"""Card: a surface with a border, a heading and a body; the building block of pages."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from workbench.ui.widgets.plain_label import PlainLabel


class Card(QFrame):
    """Heading and a few further words in one row with `self.tools` at its end; build into `self.body`.

    `asked` follows Enter on a figure in it: what does its number say of itself?
    """

    asked = Signal()

    def __init__(self, title: str = "", subtitle: str = "", *, padding: int = 16) -> None:
        super().__init__()
        self.setProperty("card", "true")
        self.setAccessibleName(title)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(
            padding, padding - 4 if title else padding, padding, padding - 4 if title else padding
        )
        self.body.setSpacing(8)
        self.tools = QHBoxLayout()
        self.tools.setSpacing(4)
        self._title = PlainLabel(title, role="strong", elides=True)
        self._subtitle = PlainLabel(subtitle, role="small", elides=True)
        # What stands beside the title gives way before it does.
        self._subtitle.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        if title:
            row = QHBoxLayout()
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(8)
            row.addWidget(self._title)
            row.addWidget(self._subtitle, 1)
            row.addLayout(self.tools)
            self.body.addLayout(row)

    def set_subtitle(self, text: str) -> None:
        """Changes the words beside the heading."""
        self._subtitle.setText(text)

    def explain(self, words: str) -> None:
        """Says on hover what its number says of itself."""
        self.setToolTip(words)


def carded(view: QWidget) -> Card:
    """A card that a view fills up to its border."""
    card = Card(padding=1)
    card.body.addWidget(view)
    return card
