"""MonthPaint: draws a month: days, what they are in the plan, and the cards that lie on them."""

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QLocale, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPen
from PySide6.QtWidgets import QWidget

from workbench.ids import CardId
from workbench.plans.closed_days import NONE
from workbench.plans.horizon import is_working_day
from workbench.ui import numbers
from workbench.ui.theme import SMALL, Theme
from workbench.ui.widgets.month_layout import WEEK, MonthLayout, Segment
from workbench.ui.widgets.span_paint import SpanPaint

HEAD: Final = 28
"""Designed height of the names of the days."""
_NUMBER: Final = 22
_LANE: Final = 22
_CLOSE_LANE: Final = 18
_CLOSE_BELOW: Final = 84
_FLAG: Final = 12
_DATE: Final = 24
_GAP: Final = 2
_MIDDLE: Final = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
_LEFT: Final = Qt.AlignmentFlag.AlignLeft
_RIGHT: Final = Qt.AlignmentFlag.AlignRight


@dataclass(slots=True)
class MonthState:
    """What is to be seen."""

    month: date = date.min
    day: date = date.min
    today: date = date.min
    layout: MonthLayout = field(default_factory=lambda: MonthLayout(date.min, 1))
    marks: Mapping[date, str] = field(default_factory=dict)
    closed: Container[date] = NONE
    chosen: frozenset[CardId] = frozenset()
    current: CardId | None = None
    drop: date | None = None


class MonthPaint:
    """Where things are, and how they look; all sizes follow the text size."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self.spans = SpanPaint(theme)
        self._lane = theme.px(_LANE)
        self.renew()

    def renew(self) -> None:
        """Takes in the colours and sizes now in force."""
        self.spans.renew()
        self._strong = self._theme.font(SMALL, weight=QFont.Weight.DemiBold)

    def fit(self, height: int) -> int:
        """How many cards a day of this height can show; low ones have lower lanes."""
        self._lane = self._theme.px(_CLOSE_LANE if height < self._theme.px(_CLOSE_BELOW) else _LANE)
        return max(1, (height - self._theme.px(_NUMBER)) // self._lane)

    def cell(self, size: QSize, layout: MonthLayout, day: date, *, turned: bool) -> QRect:
        """Where a day is."""
        week, column = layout.place(day)
        return self._span(size, layout, week, column, column, turned=turned)

    def segment(self, size: QSize, layout: MonthLayout, part: Segment, *, turned: bool) -> QRect:
        """Where a part of a card is."""
        px = self._theme.px
        box = self._span(size, layout, part.week, part.begin, part.end, turned=turned)
        before, after = (0 if not each else 3 for each in (part.begins_here, part.ends_here))
        left, right = (after, before) if turned else (before, after)
        top = box.top() + px(_NUMBER) + part.lane * self._lane
        return QRect(box.left() + left, top, box.width() - left - right, self._lane - _GAP)

    def more(self, size: QSize, state: MonthState, day: date, *, turned: bool) -> QRect:
        """Where a day says how many more there are; empty where there are none."""
        room = self._top(self.cell(size, state.layout, day, turned=turned))
        flag = self._theme.px(_FLAG) + 6 if day in state.marks else 0
        words = self._more(state.layout.more.get(day, 0), room.width() - self._theme.px(_DATE) - flag)
        if not words:
            return QRect()
        width = self.spans.metrics.horizontalAdvance(words) + 2
        return QRect(room.left() if turned else room.right() - width, room.top(), width, room.height())

    def paint(self, widget: QWidget, dirty: QRect, state: MonthState, *, has_focus: bool, turned: bool) -> None:
        """Draws what of the month lies in `dirty`."""
        painter, size, layout = QPainter(widget), widget.size(), state.layout
        painter.fillRect(dirty, self.spans.colour("surface"))
        self._names(painter, size, layout, turned=turned)
        for number in range(layout.weeks * WEEK):
            day = layout.first + timedelta(days=number)
            box = self.cell(size, layout, day, turned=turned)
            if box.intersects(dirty):
                self._day(painter, box, day, state, turned=turned)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for part in layout.segments:
            box = self.segment(size, layout, part, turned=turned)
            if box.intersects(dirty):
                ends = (0 if part.begins_here else 1) | (0 if part.ends_here else 2)
                is_chosen = part.span.id in state.chosen
                self.spans.bar(painter, box, part.span, is_chosen=is_chosen, turned=turned, open_ends=ends)
        if has_focus and layout.holds(state.day):
            painter.setPen(QPen(self.spans.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.cell(size, layout, state.day, turned=turned).adjusted(1, 1, -1, -1))
        painter.end()

    def _span(self, size: QSize, layout: MonthLayout, week: int, begin: int, end: int, *, turned: bool) -> QRect:
        if turned:
            begin, end = WEEK - 1 - end, WEEK - 1 - begin
        top = self._theme.px(HEAD)
        height = size.height() - top
        left, right = begin * size.width() // WEEK, (end + 1) * size.width() // WEEK
        upper, lower = top + week * height // layout.weeks, top + (week + 1) * height // layout.weeks
        return QRect(left, upper, right - left, lower - upper)

    def _names(self, painter: QPainter, size: QSize, layout: MonthLayout, *, turned: bool) -> None:
        painter.setFont(self._strong)
        painter.setPen(self.spans.colour("third"))
        side = _RIGHT if turned else _LEFT
        for column in range(WEEK):
            box = self._span(size, layout, 0, column, column, turned=turned)
            day = layout.day(0, column)
            name = QLocale().standaloneDayName(day.isoweekday(), QLocale.FormatType.ShortFormat)
            room = QRect(box.left() + 8, 0, box.width() - 16, self._theme.px(HEAD))
            painter.drawText(room, side | _MIDDLE, name)

    def _day(self, painter: QPainter, box: QRect, day: date, state: MonthState, *, turned: bool) -> None:
        colour = self.spans.colour
        is_open = is_working_day(day, holidays=state.closed)
        if day == state.drop:
            painter.fillRect(box, colour("accent_soft"))
        elif not is_open:
            painter.fillRect(box, colour("window"))
        painter.setPen(colour("grid"))
        painter.drawLine(box.topLeft(), box.topRight())
        edge = box.right() if turned else box.left()
        painter.drawLine(edge, box.top(), edge, box.bottom())
        room = self._top(box)
        taken = self._number(painter, room, day, state, turned=turned) + 6
        room = room.adjusted(0 if turned else taken, 0, -taken if turned else 0, 0)
        flag = self._theme.px(_FLAG) + 6 if day in state.marks else 0
        words = self._more(state.layout.more.get(day, 0), room.width() - flag)
        if words:
            width = self.spans.metrics.horizontalAdvance(words) + 2
            painter.setFont(self.spans.font)
            painter.setPen(colour("second"))
            painter.drawText(room, (_LEFT if turned else _RIGHT) | _MIDDLE, words)
            room = room.adjusted(width + 6 if turned else 0, 0, 0 if turned else -width - 6, 0)
        if day in state.marks:
            self._mark(painter, room, state.marks[day], turned=turned)

    def _more(self, count: int, width: int) -> str:
        """How many more there are, in as many words as there is room for."""
        words = f"+{numbers.count(count)} more" if count else ""
        return words if self.spans.metrics.horizontalAdvance(words) <= width else f"+{numbers.count(count)}"

    def _top(self, box: QRect) -> QRect:
        """The line of a day above its cards."""
        return QRect(box.left() + 8, box.top() + 2, box.width() - 16, self._theme.px(_NUMBER) - 4)

    def _mark(self, painter: QPainter, room: QRect, words: str, *, turned: bool) -> None:
        """What a day is in the plan; a flag where there is no room for the words."""
        if self.spans.metrics.horizontalAdvance(words) <= room.width():
            painter.setFont(self.spans.font)
            painter.setPen(self.spans.colour("accent"))
            painter.drawText(room, (_LEFT if turned else _RIGHT) | _MIDDLE, words)
            return
        side = self._theme.px(_FLAG)
        if room.width() < side:
            return
        left = room.left() if turned else room.right() - side
        self.spans.icon(painter, "flag-banner", "accent", QPoint(left, room.center().y() - side // 2 + 1), side)

    def _number(self, painter: QPainter, room: QRect, day: date, state: MonthState, *, turned: bool) -> int:
        """The number of the day, today's on a disc; answers how wide it is."""
        words = numbers.count(day.day) if day.day > 1 else numbers.short_day(day)
        painter.setFont(self._strong if day == state.today else self.spans.font)
        width = painter.fontMetrics().horizontalAdvance(words)
        side = _RIGHT if turned else _LEFT
        if day == state.today:
            disc = max(width + 8, room.height())
            left = room.right() - disc + 5 if turned else room.left() - 4
            box = QRect(left, room.top(), disc, room.height())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.spans.colour("accent"))
            painter.drawRoundedRect(QRectF(box), room.height() / 2, room.height() / 2)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
            painter.setPen(self.spans.colour("on_accent"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
            return disc
        painter.setPen(self.spans.colour("second" if day.month == state.month.month else "third"))
        painter.drawText(room, side | _MIDDLE, words)
        return width
