"""Fingerprint: the groups of digits two people compare by telephone, large enough to be read aloud."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from workbench.ui.theme import Theme
from workbench.ui.widgets.plain_label import PlainLabel

_ACROSS = 3


class Fingerprint(QWidget):
    """Groups in their order, three in a line; digits run from left to right in every language."""

    def __init__(self, theme: Theme, digits: str = "") -> None:
        super().__init__()
        self._theme = theme
        self._digits = ""
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 4, 0, 4)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(_ACROSS, 1)
        self._labels: list[PlainLabel] = []
        self.show_digits(digits)

    @property
    def digits(self) -> str:
        """All groups, with spaces between them."""
        return self._digits

    def show_digits(self, digits: str) -> None:
        """Shows another fingerprint."""
        self._digits = digits
        groups = digits.split()
        while len(self._labels) < len(groups):
            label = PlainLabel("", role="title")
            place = len(self._labels)
            self._grid.addWidget(label, place // _ACROSS, place % _ACROSS)
            self._labels.append(label)
        for label, words in zip(self._labels, [*groups, *[""] * len(self._labels)], strict=False):
            label.setText(words)
        # Digit by digit, as it is compared.
        self.setAccessibleName("Fingerprint: " + ", ".join(" ".join(group) for group in groups))
