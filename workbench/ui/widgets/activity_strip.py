"""ActivityStrip: one bar a week for a year; how often somebody wrote, without comparing them with anybody."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from workbench.ui import numbers
from workbench.ui.theme import SMALL, Theme

_BARS: Final = 40
_WORDS: Final = 20


class ActivityStrip(QWidget):
    """Bars run from the oldest week to this one; hovering tells a week's number. What is not known is hatched."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._weeks: tuple[int, ...] = ()
        self._known: tuple[bool, ...] = ()
        self._first = date.min
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setAccessibleName("Messages per week")
        theme.changed.connect(self.updateGeometry)
        theme.changed.connect(self.update)

    def show_weeks(self, weeks: Sequence[int], *, first: date, known: Sequence[bool]) -> None:
        """One number for each week from the one that begins on `first`, and whether all of it is known."""
        self._weeks, self._first, self._known = tuple(weeks), first, tuple(known)
        most = max(self._weeks, default=0)
        said = numbers.plural(sum(self._weeks), "message", "messages")
        if most:
            busiest = self._words(self._weeks.index(most))
            said = f"{said} in {numbers.plural(len(self._weeks), 'week', 'weeks')}; most: {busiest}"
        if missing := self._known.count(False):
            said = f"{said}; {numbers.plural(missing, 'week is', 'weeks are')} not known yet"
        self.setAccessibleDescription(said)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(280), self._theme.px(_BARS + _WORDS))

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self._weeks:
            step = self.width() / len(self._weeks)
            place = min(len(self._weeks) - 1, max(0, int(event.pos().x() / step)))
            QToolTip.showText(
                event.globalPos(), self._words(len(self._weeks) - 1 - place if self._is_turned() else place), self
            )
            return True
        return super().event(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        px, tokens = self._theme.px, self._theme.tokens
        painter = QPainter(self)
        floor = px(_BARS)
        most, turned = max(self._weeks, default=0), self._is_turned()
        step = self.width() / max(1, len(self._weeks))
        for place, is_known in enumerate(self._known):
            if not is_known:
                box = QRectF(self.width() - (place + 1) * step if turned else place * step, 0, step, floor)
                painter.fillRect(box, tokens.colour("unknown_soft"))
                painter.fillRect(box, QBrush(tokens.colour("hatch"), Qt.BrushStyle.BDiagPattern))
        painter.fillRect(QRectF(0, floor, self.width(), 1), tokens.colour("line"))
        for place, number in enumerate(self._weeks):
            if not number:
                continue
            height = max(3.0, number / most * (floor - 2))
            left = self.width() - (place + 1) * step if turned else place * step
            painter.fillRect(
                QRectF(left + 0.5, floor - height, max(1.0, step - 1.5), height), tokens.colour("series_1")
            )
        painter.setFont(self._theme.font(SMALL))
        painter.setPen(tokens.colour("third"))
        if self._weeks and not most and all(self._known):
            painter.drawText(QRectF(0, 0, self.width(), floor), Qt.AlignmentFlag.AlignCenter, "Nothing in this year")
        painter.setLayoutDirection(self.layoutDirection())
        words = QRectF(0, floor + 2, self.width(), px(_WORDS))
        if self._weeks:
            painter.drawText(
                words, Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter, numbers.month(self._first)
            )
            painter.drawText(words, Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter, "this week")

    def _words(self, place: int) -> str:
        week = numbers.day(self._first + timedelta(weeks=place))
        written = numbers.plural(self._weeks[place], "message", "messages")
        if self._known[place]:
            return f"Week of {week}: {written}"
        return f"Week of {week}: {f'{written} here, ' if self._weeks[place] else ''}not known yet"

    def _is_turned(self) -> bool:
        return self.layoutDirection() is Qt.LayoutDirection.RightToLeft
