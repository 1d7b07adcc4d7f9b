"""PageHeading: the head of a page: the way up, title, what it counts, chips, buttons; two lines where it is narrow."""

from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from workbench.ui.widgets.plain_label import PlainLabel

_GAP: Final = 12
_HEIGHT: Final = 40
_LEAST_TITLE: Final = 240


class PageHeading(QWidget):
    """Fill `lead`, `chips` and `buttons`; `first` is the line they begin in.

    Where they leave the title no room, subtitle and chips go to a second line. If that is not enough, the way up
    follows them, and the buttons get a line of their own; only then the title is cut short. Where that line is too
    short for the buttons, those with an icon go without their words, which their tip says.
    """

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title = PlainLabel(title, role="headline", elides=True)
        self.subtitle = PlainLabel("", role="second", elides=True)
        self.subtitle.hide()
        self.lead, self._beside, self.chips, self.buttons = (QHBoxLayout() for _ in range(4))
        for group in (self.lead, self._beside):
            group.setSpacing(_GAP)
        for group in (self.chips, self.buttons):
            group.setSpacing(8)
        self._beside.addWidget(self.subtitle)
        self._beside.addLayout(self.chips)
        self._moved = 0
        self._build()
        self._arrange()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange()
        return super().event(event)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def _build(self) -> None:
        self.first, self._second, self._third = (QHBoxLayout() for _ in range(3))
        for row in self._rows():
            row.setSpacing(_GAP)
        self.first.addLayout(self.lead)
        self.first.addWidget(self.title)
        self.first.addLayout(self._beside)
        self.first.addStretch(1)
        self.first.addLayout(self.buttons)
        # Not a minimum of the widget, which would let large buttons be cut off.
        self.first.addStrut(_HEIGHT)
        self._second.addStretch(1)
        self._third.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self.first)
        column.addLayout(self._second)
        column.addLayout(self._third)

    def _rows(self) -> tuple[QHBoxLayout, QHBoxLayout, QHBoxLayout]:
        return self.first, self._second, self._third

    def _arrange(self) -> None:
        """Moves what has no room beside the title: 0, 1, 2 or all 3 groups."""
        self._fit_words()
        title, buttons = self.title.sizeHint().width(), self.buttons.sizeHint().width() + _GAP
        groups = (self._beside, self.lead)
        widths = [0 if group.isEmpty() else group.sizeHint().width() + _GAP for group in groups]
        moved = next((count for count in range(2) if title + buttons + sum(widths[count:]) <= self.width()), 2)
        if self.width() - buttons < min(title, _LEAST_TITLE):
            moved = 3
        if moved == self._moved:
            return
        self._moved = moved
        stretch = max(row.stretch(row.indexOf(self.buttons)) for row in self._rows())
        for row in self._rows():
            for group in (*groups, self.buttons):
                row.removeItem(group)
        if moved:
            self._second.insertLayout(0, self._beside)
        else:
            self.first.insertLayout(1, self._beside)
        (self._second if moved >= len(groups) else self.first).insertLayout(0, self.lead)
        if moved > len(groups):
            self._third.insertLayout(0, self.buttons, stretch)
        else:
            self.first.addLayout(self.buttons, stretch)

    def _fit_words(self) -> None:
        """Takes the words from buttons with an icon where all the width is too little for them, and gives them back."""
        items = (self.buttons.itemAt(index) for index in range(self.buttons.count()))
        found = (item.widget() for item in items if item is not None)
        tools = [each for each in found if isinstance(each, QToolButton) and each.text() and not each.icon().isNull()]
        bare = [each for each in tools if each.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly]
        # The width with words, whether they are shown now or not: what is shown may not decide what is shown.
        wanted = self.buttons.minimumSize().width() + sum(_words_width(each) for each in bare)
        style = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        if wanted > self.width():
            style = Qt.ToolButtonStyle.ToolButtonIconOnly
        for each in tools:
            each.setToolButtonStyle(style)


def _words_width(button: QToolButton) -> int:
    """What Qt adds to the width of a tool button for words beside its icon."""
    metrics = button.fontMetrics()
    return metrics.horizontalAdvance(button.text()) + 2 * metrics.horizontalAdvance(" ") + 4
