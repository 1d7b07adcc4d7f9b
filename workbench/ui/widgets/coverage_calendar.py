"""CoverageCalendar: the last 52 weeks day by day: known days filled, others hatched, those before it began plain."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from workbench.models.moments import DayRange
from workbench.ui import numbers
from workbench.ui.theme import Theme

WEEKS: Final = 52
_DAYS: Final = 7
_STEP: Final = 5
_MOST_STEP: Final = 6
_HATCH: Final = 5
_EDGE: Final = 2


class CoverageCalendar(QWidget):
    """A column for each week, Monday on top, the newest at the end; runs the other way in right-to-left layouts.

    With the keyboard on it the arrow keys go from day to day, and each says itself as the description and in a tip.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._today = date(1970, 1, 1)
        self._known: tuple[DayRange, ...] = ()
        self._began: date | None = None
        self._starts: list[date] = []
        self._day: date | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)
        theme.changed.connect(self.update)

    def show_days(self, today: date, known: Sequence[DayRange], *, words: str, began: date | None = None) -> None:
        """Shows `known` days up to `today`; `words` say the same for those who cannot see it.

        Before the day it `began` there was nothing to know.
        """
        if self.accessibleName() != words:
            self.setAccessibleName(words)
        if (today, tuple(known), began) == (self._today, self._known, self._began):
            return
        self._today, self._known, self._began = today, tuple(known), began
        self._starts = [days.first for days in self._known]
        self._day = None
        self.update()

    @property
    def first(self) -> date:
        """The first day that is shown, a Monday."""
        return first_shown(self._today)

    def says(self, day: date) -> str:
        """One day in words."""
        found = self._range_of(day)
        if self._is_before(day):
            return f"{numbers.day(day)}: before it began"
        if found is None:
            return f"{numbers.day(day)}: not known to be complete"
        return f"{numbers.day(day)}: everything is here"

    @override
    def sizeHint(self) -> QSize:
        step, edge = self._step(), 2 * _EDGE
        return QSize(WEEKS * step - 1 + edge, _DAYS * step - 1 + edge)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        known, unknown, before = QPainterPath(), QPainterPath(), QPainterPath()
        for number in range((self._today - self.first).days + 1):
            day = self.first + timedelta(days=number)
            # Without gaps between them, or the hatch would be a few dots.
            if self._is_before(day):
                before.addRect(self._cell(day))
            elif self._range_of(day) is None:
                unknown.addRect(self._cell(day).adjusted(0, 0, 1, 1))
            else:
                known.addRect(self._cell(day))
        painter.fillPath(unknown, self._theme.colour("unknown_soft"))
        self._hatch(painter, unknown)
        painter.fillPath(known, self._theme.colour("accent"))
        painter.fillPath(before, self._theme.colour("grid"))
        if self.hasFocus():
            painter.setPen(QPen(self._theme.colour("accent"), 1))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
            painter.setPen(QPen(self._theme.colour("text"), 2))
            painter.drawRect(self._cell(self._current()).adjusted(-1, -1, 1, 1))

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.says(self._day_at(event.pos())), self)
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        forward = -_DAYS if self._is_turned() else _DAYS
        moves = {
            Qt.Key.Key_Left: -forward, Qt.Key.Key_Right: forward, Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1,
            Qt.Key.Key_Home: -WEEKS * _DAYS, Qt.Key.Key_End: WEEKS * _DAYS,
        }  # fmt: skip
        move = moves.get(Qt.Key(event.key()))
        if move is None:
            super().keyPressEvent(event)
            return
        self._day = min(self._today, max(self.first, self._current() + timedelta(days=move)))
        self._tell()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.setAccessibleDescription(self.says(self._current()))
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _tell(self) -> None:
        words = self.says(self._current())
        self.setAccessibleDescription(words)
        spot = self._cell(self._current()).bottomLeft().toPoint()
        QToolTip.showText(self.mapToGlobal(spot), words, self)
        self.update()

    def _current(self) -> date:
        return self._today if self._day is None else self._day

    def _is_before(self, day: date) -> bool:
        return self._began is not None and day < self._began

    def _range_of(self, day: date) -> DayRange | None:
        place = bisect_right(self._starts, day) - 1
        return self._known[place] if place >= 0 and day <= self._known[place].last else None

    def _cell(self, day: date) -> QRectF:
        step, side = self._step(), self._step() - 1
        week, weekday = divmod((day - self.first).days, _DAYS)
        column = WEEKS - 1 - week if self._is_turned() else week
        return QRectF(_EDGE + column * step, _EDGE + weekday * step, side, side)

    def _day_at(self, spot: QPoint) -> date:
        column = min(WEEKS - 1, max(0, (spot.x() - _EDGE) // self._step()))
        week = WEEKS - 1 - column if self._is_turned() else column
        weekday = min(_DAYS - 1, max(0, (spot.y() - _EDGE) // self._step()))
        return min(self._today, self.first + timedelta(days=week * _DAYS + weekday))

    def _hatch(self, painter: QPainter, area: QPainterPath) -> None:
        if area.isEmpty():
            return
        painter.save()
        painter.setClipPath(area)
        painter.setPen(QPen(self._theme.colour("hatch"), 1))
        height, x = self.height(), -self.height()
        while x < self.width():
            painter.drawLine(x, height, x + height, 0)
            x += self._theme.px(_HATCH)
        painter.restore()

    def _step(self) -> int:
        return min(_MOST_STEP, max(_STEP, self._theme.px(_STEP)))

    def _is_turned(self) -> bool:
        return self.layoutDirection() is Qt.LayoutDirection.RightToLeft


def first_shown(today: date) -> date:
    """The first day a calendar up to `today` shows, a Monday."""
    return today - timedelta(days=today.weekday() + _DAYS * (WEEKS - 1))
