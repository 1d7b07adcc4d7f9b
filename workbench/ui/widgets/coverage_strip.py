"""CoverageStrip: a stretch of years in one line: days that are complete are filled, days that are not are hatched."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from workbench.models.moments import DayRange
from workbench.ui import numbers
from workbench.ui.theme import SMALL, Theme

_BAR: Final = 10
_TICK: Final = 5
_HATCH: Final = 5
_LABEL_GAP: Final = 12
_RADIUS: Final = 3


class CoverageStrip(QWidget):
    """Runs from right to left in right-to-left layouts; the year stands under its first of January.

    Without `has_years` only the bar is drawn, for strips under one another.
    """

    def __init__(self, theme: Theme, *, has_years: bool = True) -> None:
        super().__init__()
        self._theme, self._has_years = theme, has_years
        self._first = self._last = date(1970, 1, 1)
        self._known: tuple[DayRange, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)
        theme.changed.connect(self.update)

    def show_days(self, first: date, last: date, known: Sequence[DayRange], *, words: str) -> None:
        """Shows `known` days of [first, last]; `words` say the same for those who cannot see it."""
        self._first, self._last, self._known = first, max(first, last), tuple(known)
        self.setAccessibleName(words)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        px = self._theme.px
        return QSize(px(320), px(_BAR) + (px(_TICK) + px(SMALL + 4) if self._has_years else 0))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(120), self.sizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        bar = QRectF(0, 0, self.width(), self._theme.px(_BAR))
        painter.save()
        outline = QPainterPath()
        outline.addRoundedRect(bar, _RADIUS, _RADIUS)
        painter.setClipPath(outline)
        self._paint_unknown(painter, bar)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("accent"))
        for days in self._known:
            painter.drawRect(self._box(days.first, days.last, bar))
        painter.restore()
        if self._has_years:
            self._paint_years(painter, bar)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self._tip(event.pos().x()), self)
            return True
        return super().event(event)

    def _paint_unknown(self, painter: QPainter, bar: QRectF) -> None:
        painter.fillRect(bar, self._theme.colour("unknown_soft"))
        painter.setPen(QPen(self._theme.colour("hatch"), 1))
        step, x = self._theme.px(_HATCH), bar.left() - bar.height()
        while x < bar.right():
            painter.drawLine(round(x), round(bar.bottom()), round(x + bar.height()), round(bar.top()))
            x += step

    def _paint_years(self, painter: QPainter, bar: QRectF) -> None:
        painter.setFont(self._theme.font(SMALL))
        metrics = painter.fontMetrics()
        top = bar.bottom() + self._theme.px(_TICK)
        taken: QRectF | None = None
        for year in range(self._first.year, self._last.year + 1):
            start = max(date(year, 1, 1), self._first)
            x = self._x(start, bar)
            label = str(year)
            width = metrics.horizontalAdvance(label)
            left = min(max(0.0, x - width if self._is_turned() else x), self.width() - width)
            room = QRectF(left, top, width, metrics.height())
            if taken is not None and room.adjusted(-_LABEL_GAP, 0, _LABEL_GAP, 0).intersects(taken):
                continue
            painter.setPen(self._theme.colour("control"))
            painter.drawLine(round(x), round(bar.bottom()), round(x), round(bar.bottom() + self._theme.px(3)))
            painter.setPen(self._theme.colour("third"))
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, label)
            taken = room

    def _tip(self, x: int) -> str:
        share = min(1.0, max(0.0, x / max(1, self.width())))
        share = 1 - share if self._is_turned() else share
        day = date.fromordinal(self._first.toordinal() + int(share * (self._last - self._first).days))
        found = next((days for days in self._known if days.first <= day <= days.last), None)
        if found is None:
            return f"{numbers.day(day)}: not known to be complete"
        return f"{numbers.day(found.first)} – {numbers.day(found.last)}: everything is here"

    def _box(self, first: date, last: date, bar: QRectF) -> QRectF:
        begin, end = self._x(first, bar), self._x(date.fromordinal(last.toordinal() + 1), bar)
        return QRectF(min(begin, end), bar.top(), max(1.0, abs(end - begin)), bar.height()).intersected(bar)

    def _x(self, day: date, bar: QRectF) -> float:
        days = (self._last - self._first).days + 1
        share = (day - self._first).days / days
        return bar.right() - share * bar.width() if self._is_turned() else bar.left() + share * bar.width()

    def _is_turned(self) -> bool:
        return self.layoutDirection() is Qt.LayoutDirection.RightToLeft
