"""DayLine: the 90 days of a plan as one line: day 0, the three checkpoints, and where today is."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from workbench.plans.horizon import CHECKPOINT_DAYS, LAST_DAY, CheckpointDay, checkpoints, day_label, day_number
from workbench.ui import numbers
from workbench.ui.directions import isolated
from workbench.ui.theme import SMALL, Theme

_INSET: Final = 8
_HEIGHT: Final = 44
_MARK: Final = 5
_DIAMOND: Final = 8
_LABEL_GAP: Final = 8
_REACH: Final = 14


@dataclass(frozen=True, slots=True)
class _Label:
    day: int
    words: str
    short: str
    is_today: bool = False


@dataclass(frozen=True, slots=True)
class PlacedLabel:
    """A label with the place it is drawn at."""

    words: str
    box: QRect
    is_today: bool


def checkpoint_words(mark: CheckpointDay) -> str:
    """The day by the calendar, and the checkpoint's own day where that is moved off a weekend."""
    moved = "" if mark.falls_on == mark.counted_on else f" (checkpoint on {numbers.weekday(mark.falls_on)})"
    return numbers.day(mark.counted_on) + moved


class DayLine(QWidget):
    """Shows a plan that began on `starts_on` as of `today`; dates give way when room is short, day numbers last.

    `checkpoint_wanted(day)` when a mark is clicked; by keys and menu a checkpoint is opened through its action.
    """

    checkpoint_wanted = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._starts_on: date | None = None
        self._today: date | None = None
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)
        theme.changed.connect(self.update)

    def show_days(self, starts_on: date, *, today: date) -> None:
        """Shows another plan, or another day."""
        self._starts_on, self._today = starts_on, today
        marks = [f"day {mark.day} on {checkpoint_words(mark)}" for mark in checkpoints(starts_on)]
        words = f"{day_label(starts_on, today)}. Day 0 was {numbers.day(starts_on)}. Checkpoints: {', '.join(marks)}."
        if day_number(starts_on, today) < 0:
            words = words.replace("Day 0 was", "Day 0 is")
        self.setAccessibleName(words[0].upper() + words[1:])
        self.setToolTip(self.accessibleName())
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(300), self._theme.px(_HEIGHT))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(160), self._theme.px(_HEIGHT))

    def checkpoint_at(self, x: float) -> int | None:
        """The day of the checkpoint whose mark is near `x`; None between them."""
        if self._starts_on is None:
            return None
        day = min(CHECKPOINT_DAYS, key=lambda mark: abs(self._x(mark) - x))
        return day if abs(self._x(day) - x) <= self._theme.px(_REACH) else None

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        is_on = self.checkpoint_at(event.position().x()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if is_on else Qt.CursorShape.ArrowCursor)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        day = self.checkpoint_at(event.position().x())
        if day is not None and event.button() is Qt.MouseButton.LeftButton:
            self.checkpoint_wanted.emit(day)
            return
        super().mouseReleaseEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._starts_on is None or self._today is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        day = day_number(self._starts_on, self._today)
        middle = self._theme.px(14)
        self._paint_track(painter, middle, day)
        for mark in (30, 60, LAST_DAY):
            self._paint_mark(painter, QPointF(self._x(mark), middle), is_past=mark < day)
        today = QPointF(self._x(min(max(day, 0), LAST_DAY)), middle)
        self._paint_today(painter, today, is_on_line=0 <= day <= LAST_DAY)
        self._paint_labels(painter)

    def _x(self, day: int) -> float:
        inset = self._theme.px(_INSET)
        along = (self.width() - 2 * inset) * day / LAST_DAY
        return self.width() - inset - along if self._is_turned() else inset + along

    def _is_turned(self) -> bool:
        return self.layoutDirection() is Qt.LayoutDirection.RightToLeft

    def _paint_track(self, painter: QPainter, middle: int, day: int) -> None:
        theme = self._theme
        start, end = self._x(0), self._x(LAST_DAY)
        painter.setPen(QPen(theme.colour("control"), 1))
        painter.drawLine(QPointF(start, middle), QPointF(end, middle))
        if day > 0:
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawLine(QPointF(start, middle), QPointF(self._x(min(day, LAST_DAY)), middle))
        painter.setPen(QPen(theme.colour("accent" if day >= 0 else "control"), 2))
        painter.drawLine(QPointF(start, middle - theme.px(5)), QPointF(start, middle + theme.px(5)))

    def _paint_mark(self, painter: QPainter, at: QPointF, *, is_past: bool) -> None:
        size = self._theme.px(_MARK)
        painter.setPen(QPen(self._theme.colour("accent" if is_past else "control"), 1.5))
        painter.setBrush(self._theme.colour("accent" if is_past else "surface"))
        painter.drawEllipse(at, size, size)

    def _paint_today(self, painter: QPainter, at: QPointF, *, is_on_line: bool) -> None:
        size = self._theme.px(_DIAMOND)
        token, width = ("surface", 2.0) if is_on_line else ("accent", 1.5)
        painter.setPen(QPen(self._theme.colour(token), width))
        painter.setBrush(self._theme.colour("accent" if is_on_line else "surface"))
        corners = [(0, -size), (size, 0), (0, size), (-size, 0)]
        painter.drawPolygon(QPolygonF([QPointF(at.x() + x, at.y() + y) for x, y in corners]))

    def _labels(self, starts_on: date, today: date) -> list[_Label]:
        """Today first: it keeps its place, the others give way."""
        day = day_number(starts_on, today)
        spoken = day_label(starts_on, today)
        words = f"Day {numbers.count(day)}" if 0 <= day <= LAST_DAY else spoken[0].upper() + spoken[1:]
        found = [_Label(min(max(day, 0), LAST_DAY), words, words, is_today=True)]
        found += [_Label(0, numbers.count(0), numbers.count(0))]
        for mark in reversed(checkpoints(starts_on)):
            number = numbers.count(mark.day)
            found.append(_Label(mark.day, f"{number} · {numbers.short_day(mark.counted_on)}", number))
        return found

    def _paint_labels(self, painter: QPainter) -> None:
        for label in self.placed_labels():
            painter.setFont(self._font(is_strong=label.is_today))
            painter.setPen(self._theme.colour("accent" if label.is_today else "second"))
            painter.drawText(label.box, Qt.AlignmentFlag.AlignCenter, isolated(label.words))

    def placed_labels(self) -> list[PlacedLabel]:
        """The labels there is room for, today's first; a date is only written once every number has its place."""
        if self._starts_on is None or self._today is None:
            return []
        labels = self._labels(self._starts_on, self._today)
        placed: dict[int, PlacedLabel] = {}
        for is_long in (False, True):
            for place, label in enumerate(labels):
                wanted = self._placed(label, label.words if is_long else label.short)
                room = wanted.box.adjusted(-_LABEL_GAP, 0, _LABEL_GAP, 0)
                if not any(room.intersects(other.box) for key, other in placed.items() if key != place):
                    placed[place] = wanted
        return [placed[place] for place in sorted(placed)]

    def _placed(self, label: _Label, words: str) -> PlacedLabel:
        width = QFontMetrics(self._font(is_strong=label.is_today)).horizontalAdvance(words) + 2
        return PlacedLabel(words, self._box(label.day, width, self._theme.px(26)), label.is_today)

    def _font(self, *, is_strong: bool) -> QFont:
        return self._theme.font(SMALL, weight=QFont.Weight.DemiBold if is_strong else QFont.Weight.Normal)

    def _box(self, day: int, width: int, top: int) -> QRect:
        """Where a label stands: under its mark, but never beyond the ends of the line."""
        left = min(max(0, round(self._x(day) - width / 2)), max(0, self.width() - width))
        return QRect(left, top, width, self._theme.px(16))
