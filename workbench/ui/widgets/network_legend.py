"""NetworkLegend: what colours and shapes in the picture of a network mean, in as many lines as it takes."""

from collections.abc import Iterator, Sequence
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from workbench.ui.theme import SMALL, Theme
from workbench.ui.widgets.network_paint import Ink, add_mark, dip, reach_of
from workbench.ui.widgets.network_scene import GroupLook

_MOST_LINES: Final = 3
_LINE: Final = 1.25
_MARK: Final = 1.1
_RADIUS: Final = 0.28
"""In heights of a letter, of the room for a mark."""

Entry = tuple[GroupLook | None, str]
"""A group, or everybody else, and what is said of them."""


class NetworkLegend(QWidget):
    """One mark and a few words for each group, then a quiet mark for everybody else."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._entries: tuple[Entry, ...] = ()
        self._lines = _MOST_LINES
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._fit)

    def show_groups(self, groups: Sequence[GroupLook], *, others: str) -> None:
        """Shows these; `others` says who has the quiet mark, empty when nobody has."""
        self._entries = entries_of(groups, others)
        self.setAccessibleName("Colours: " + ", ".join(words for _, words in self._entries))
        self._fit()
        self.update()

    def set_lines(self, most: int) -> None:
        """How many lines there is room for; what finds none is told by the tool tip."""
        self._lines = most
        self._fit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def sizeHint(self) -> QSize:
        return QSize(240, self.height())

    def _fit(self) -> None:
        """As tall as its lines: a layout would give a wrapped line the room of one."""
        boxes = self._boxes()
        self.setFixedHeight(round(boxes[-1].bottom()) if boxes else 0)
        is_cut = len(boxes) < len(self._entries)
        self.setToolTip("\n".join(words for _, words in self._entries) if is_cut else "")

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = self._theme.font(SMALL)
        ink = Ink(self._theme.tokens, font)
        turned = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        shown = self._entries[: len(self._boxes())]
        paint_entries(painter, shown, ink, width=self.width(), turned=turned)

    def _boxes(self) -> list[QRectF]:
        """Where the entries stand that find room."""
        font = self._theme.font(SMALL)
        end = self._lines * QFontMetricsF(font).height() * _LINE
        boxes = entry_boxes(self._entries, font, width=self.width())
        return [box for box in boxes if box.center().y() < end]


def entries_of(groups: Sequence[GroupLook], others: str) -> tuple[Entry, ...]:
    """What is told of groups, and of everybody else where there are any."""
    told: list[Entry] = [(look, look.words) for look in groups]
    return (*told, *([(None, others)] if others else []))


def paint_entries(painter: QPainter, entries: Sequence[Entry], ink: Ink, *, width: float, turned: bool = False) -> None:
    """Marks and words, line by line from where the painter stands."""
    metrics = QFontMetricsF(ink.label)
    mark, side = metrics.height() * _MARK, Qt.AlignmentFlag.AlignRight if turned else Qt.AlignmentFlag.AlignLeft
    for (look, words), box in zip(entries, entry_boxes(entries, ink.label, width=width), strict=True):
        placed = QRectF(width - box.right(), box.top(), box.width(), box.height()) if turned else box
        path = QPainterPath()
        # All end as far from their words as a circle does.
        inset = mark / 2 + mark * _RADIUS * (1 - reach_of(look))
        x = placed.right() - inset if turned else placed.left() + inset
        add_mark(path, look, x, placed.center().y(), mark * _RADIUS)
        dip(painter, look, ink, radius=mark * _RADIUS)
        painter.drawPath(path)
        painter.setFont(ink.label)
        painter.setPen(ink.tokens.colour("second"))
        room = placed.adjusted(0 if turned else mark, 0, -mark if turned else 0, 0)
        painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, words)


def entry_boxes(entries: Sequence[Entry], font: QFont, *, width: float) -> Iterator[QRectF]:
    """Where each entry stands, line by line; sizes follow the letters."""
    metrics = QFontMetricsF(font)
    line = metrics.height() * _LINE
    x = y = 0.0
    for _look, words in entries:
        wide = metrics.height() * _MARK + metrics.horizontalAdvance(words) + 2
        if x and x + wide > width:
            x, y = 0.0, y + line
        yield QRectF(x, y, min(wide, width), line)
        x += wide + metrics.height()
