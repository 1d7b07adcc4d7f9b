"""TimelinePaint: draws the timeline of a plan: phases, weeks, bars and diamonds, the line of today, hours a week."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final, cast

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from workbench.ids import CardId
from workbench.models.kinds import CardColumn
from workbench.plans.closed_days import NONE
from workbench.plans.horizon import is_working_day
from workbench.ui import numbers
from workbench.ui.directions import isolated
from workbench.ui.qt_models.card_span import CardSpan
from workbench.ui.theme import SMALL, Theme
from workbench.ui.widgets.span_paint import SpanPaint
from workbench.ui.widgets.timeline_layout import GroupLine, PhaseBand, TimeLine, TimeScale, WeekLoad

ROW: Final = 28
_LABELS: Final = 232
_LABEL_SHARE: Final = 0.3
_BAND: Final = 22
_TICKS: Final = 26
_HOURS: Final = 84
_BAR: Final = 14
_DIAMOND: Final = 12
_LEAST_TICK: Final = 56
_SHADED_FROM: Final = 6
_WEEK: Final = 7
_TODAY: Final = "Today"
_NOTHING: Final = "No card with a day to show"
_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
_FILLS: Final = {CardColumn.TODO: "surface", CardColumn.DOING: "accent", CardColumn.DONE: "line"}
_EDGES: Final = {CardColumn.TODO: "accent", CardColumn.DOING: "accent", CardColumn.DONE: "control"}


@dataclass(slots=True)
class TimelineState:
    """What is to be seen; `shift` are the days by which the start and end of cards under the mouse are moved."""

    lines: Sequence[TimeLine] = ()
    scale: TimeScale = field(default_factory=lambda: TimeScale(date(2000, 1, 1), 1, 1))
    bands: Sequence[PhaseBand] = ()
    checkpoints: Mapping[date, str] = field(default_factory=dict)
    loads: Sequence[WeekLoad] = ()
    limit: float = 5.0
    closed: Container[date] = NONE
    today: date = date.min
    chosen: frozenset[CardId] = frozenset()
    current: CardId | None = None
    moving: frozenset[CardId] = frozenset()
    shift: tuple[int, int] = (0, 0)
    scrolled: QPoint = field(default_factory=QPoint)


class TimelinePaint:
    """Places are counted from the start of the reading direction and turned round at the last moment."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self.spans = SpanPaint(theme)
        self.renew()

    def renew(self) -> None:
        """Takes in the colours and sizes now in force."""
        self.spans.renew()
        self._strong = self._theme.font(SMALL, weight=QFont.Weight.DemiBold)
        self._strong_metrics = QFontMetrics(self._strong)

    # Where things are

    def labels(self, size: QSize) -> int:
        """The width of the titles."""
        return min(self._theme.px(_LABELS), round(size.width() * _LABEL_SHARE))

    def body(self, size: QSize) -> QRect:
        """Where the lines are, titles too."""
        px = self._theme.px
        top = px(_BAND) + px(_TICKS)
        return QRect(0, top, size.width(), max(0, size.height() - top - px(_HOURS)))

    def row_height(self) -> int:
        """The height of a line."""
        return self._theme.px(ROW)

    def line_box(self, size: QSize, state: TimelineState, line: int) -> QRect:
        """Where a line is, from edge to edge."""
        height = self.row_height()
        return QRect(0, self.body(size).top() + line * height - state.scrolled.y(), size.width(), height)

    def days_of(self, span: CardSpan, state: TimelineState) -> tuple[date, date]:
        """The days of a card, with what the mouse does to it."""
        if span.id not in state.moving:
            return span.first, span.last
        first, last = (
            day + timedelta(days=step) for day, step in zip((span.first, span.last), state.shift, strict=True)
        )
        return (first, last) if first <= last else (last, last) if state.shift[1] == 0 else (first, first)

    def span_box(self, size: QSize, state: TimelineState, line: int, *, turned: bool) -> QRect:
        """Where the bar or diamond of a card is."""
        span = cast("CardSpan", state.lines[line])
        first, last = self.days_of(span, state)
        row, scale, px = self.line_box(size, state, line), state.scale, self._theme.px
        start = self.labels(size) + scale.at(first) - state.scrolled.x()
        width = ((last - first).days + 1) * scale.day_width
        if first == last:
            side = px(_DIAMOND)
            start, width, height = start + (scale.day_width - side) / 2, side, side
        else:
            height = px(_BAR)
            width = max(width, 4)
        box = QRect(round(start), row.center().y() - height // 2, round(width), height)
        return _flipped(box, size) if turned else box

    def load_at(self, size: QSize, state: TimelineState, at: QPoint, *, turned: bool) -> WeekLoad | None:
        """The hours of the week at a point under the lines."""
        x = (size.width() - at.x() if turned else at.x()) - self.labels(size)
        if x < 0 or at.y() <= self.body(size).bottom():
            return None
        day = state.scale.day(x + state.scrolled.x())
        return next((each for each in state.loads if 0 <= (day - each.week).days < _WEEK), None)

    # Drawing

    def paint(self, widget: QWidget, dirty: QRect, state: TimelineState, *, has_focus: bool, turned: bool) -> None:
        """Draws what lies in `dirty`: of the cards only those whose lines do."""
        painter, size = QPainter(widget), widget.size()
        body = self.body(size)
        painter.fillRect(dirty, self.spans.colour("surface"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chart = QRect(self.labels(size), 0, size.width() - self.labels(size), size.height())
        painter.setClipRect(dirty.intersected(_flipped(chart, size) if turned else chart))
        self._ground(painter, size, state, turned=turned)
        height = self.row_height()
        begin = max(0, (max(dirty.top(), body.top()) - body.top() + state.scrolled.y()) // height)
        end = min(
            len(state.lines), (min(dirty.bottom(), body.bottom()) - body.top() + state.scrolled.y()) // height + 1
        )
        painter.setClipRect(dirty.intersected(body))
        for line in range(begin, end):
            self._line(painter, size, state, line, has_focus=has_focus, turned=turned)
        if not state.lines:
            painter.setFont(self.spans.font)
            painter.setPen(self.spans.colour("third"))
            painter.drawText(body, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, _NOTHING)
        painter.setClipRect(dirty)
        if dirty.top() < body.top():
            self._head(painter, size, state, turned=turned)
        if dirty.bottom() > body.bottom():
            self._hours(painter, size, state, turned=turned)
        painter.end()

    def _ground(self, painter: QPainter, size: QSize, state: TimelineState, *, turned: bool) -> None:
        """Weekends, the edges of weeks, checkpoints and today, through all lines."""
        body, scale, colour = self.body(size), state.scale, self.spans.colour
        start = self.labels(size) - state.scrolled.x()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        for number in range(scale.days):
            day = scale.first + timedelta(days=number)
            x = start + number * scale.day_width
            if x + scale.day_width < self.labels(size) or x > size.width():
                continue
            if scale.day_width >= _SHADED_FROM and not is_working_day(day, holidays=state.closed):
                box = QRect(round(x), body.top(), round(x + scale.day_width) - round(x), body.height())
                painter.fillRect(_flipped(box, size) if turned else box, colour("window"))
            if day.weekday() == 0:
                painter.setPen(colour("grid"))
                self._upright(painter, size, x, body.top(), size.height(), turned=turned)
        painter.setPen(QPen(colour("third"), 1, Qt.PenStyle.DashLine))
        for day in state.checkpoints:
            self._upright(
                painter, size, start + scale.at(day) + scale.day_width / 2, body.top(), body.bottom(), turned=turned
            )
        painter.setPen(QPen(colour("accent"), 2))
        today = start + scale.at(state.today) + scale.day_width / 2
        self._upright(painter, size, today, body.top() - 4, body.bottom(), turned=turned)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def _upright(self, painter: QPainter, size: QSize, x: float, top: int, bottom: int, *, turned: bool) -> None:
        place = round(size.width() - x if turned else x)
        painter.drawLine(place, top, place, bottom)

    def _line(
        self, painter: QPainter, size: QSize, state: TimelineState, line: int, *, has_focus: bool, turned: bool
    ) -> None:
        found, row, colour = state.lines[line], self.line_box(size, state, line), self.spans.colour
        label = QRect(0, row.top(), self.labels(size), row.height())
        label = _flipped(label, size) if turned else label
        side = _RIGHT if turned else _LEFT
        if isinstance(found, GroupLine):
            painter.fillRect(row, colour("window"))
            painter.setFont(self._strong)
            painter.setPen(colour("text"))
            words = f"{found.title} · {numbers.count(found.count)}"
            room = row.adjusted(12, 0, -12, 0)
            painter.drawText(
                room, side | _MIDDLE, self._strong_metrics.elidedText(words, Qt.TextElideMode.ElideRight, room.width())
            )
            return
        is_chosen = found.id in state.chosen
        painter.fillRect(label, colour("accent_soft" if is_chosen else "surface"))
        self.spans.words(painter, label.adjusted(12, 0, -8, 0), found, turned=turned)
        painter.fillRect(QRect(row.left(), row.bottom(), row.width(), 1), colour("grid"))
        chart = _flipped(QRect(self.labels(size), row.top(), size.width(), row.height()), size) if turned else row
        painter.save()
        painter.setClipRect(chart.adjusted(0 if turned else self.labels(size), 0, 0, 0), Qt.ClipOperation.IntersectClip)
        self._bar(painter, size, state, line, is_chosen=is_chosen, turned=turned)
        painter.restore()
        if has_focus and found.id == state.current:
            painter.setPen(QPen(colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(row.adjusted(1, 1, -1, -1))

    def _bar(
        self, painter: QPainter, size: QSize, state: TimelineState, line: int, *, is_chosen: bool, turned: bool
    ) -> None:
        span = cast("CardSpan", state.lines[line])
        box, colour = self.span_box(size, state, line, turned=turned), self.spans.colour
        is_late = span.ink == "bad"
        painter.setBrush(colour(_FILLS[span.column]))
        painter.setPen(QPen(colour("bad" if is_late else _EDGES[span.column]), 2 if is_chosen else 1))
        area = QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5)
        first, last = self.days_of(span, state)
        if first == last:
            middle, half = area.center(), area.width() / 2
            ends = ((0, -half), (half, 0), (0, half), (-half, 0))
            painter.drawPolygon(QPolygonF([QPointF(middle.x() + x, middle.y() + y) for x, y in ends]))
        else:
            painter.drawRoundedRect(area, 4, 4)
        if span.id in state.moving:
            words = (
                numbers.short_day(last) if first == last else f"{numbers.short_day(first)} – {numbers.short_day(last)}"
            )
            painter.setFont(self._strong)
            painter.setPen(colour("text"))
            width = self._strong_metrics.horizontalAdvance(words) + 4
            left = box.left() - 8 - width if turned else box.right() + 8
            painter.drawText(QRect(left, box.top() - 4, width, box.height() + 8), _LEFT | _MIDDLE, words)

    def _head(self, painter: QPainter, size: QSize, state: TimelineState, *, turned: bool) -> None:
        px, colour, scale = self._theme.px, self.spans.colour, state.scale
        labels = self.labels(size)
        start = labels - state.scrolled.x()
        chart = QRect(labels, 0, size.width() - labels, px(_BAND) + px(_TICKS))
        painter.save()
        painter.setClipRect(_flipped(chart, size) if turned else chart)
        painter.setFont(self._strong)
        taken = self._checkpoint_boxes(size, state)
        for place, band in enumerate(state.bands):
            x, end = start + scale.at(band.first), start + scale.at(band.last) + scale.day_width
            box = QRect(round(x), 0, round(end) - round(x), px(_BAND))
            shown = _flipped(box, size) if turned else box
            painter.fillRect(shown, colour("neutral_soft" if place % 2 else "hover"))
            painter.setPen(colour("second"))
            # A phase keeps its name in sight while one scrolls through it.
            inner = box.intersected(chart).adjusted(8, 0, -4, 0)
            before = (each.right() + 8 for each in taken.values() if each.left() < inner.left())
            inner.setLeft(max((inner.left(), *before)))
            width = self._strong_metrics.horizontalAdvance(band.title)
            words = QRect(inner.left(), 0, width + 4, box.height())
            if width <= inner.width() and not any(words.intersects(each) for each in taken.values()):
                shown = _flipped(inner, size) if turned else inner
                painter.drawText(shown, (_RIGHT if turned else _LEFT) | _MIDDLE, band.title)
        self._checkpoints(painter, size, state, turned=turned)
        self._ticks(painter, size, state, turned=turned)
        painter.restore()
        painter.setPen(colour("line"))
        painter.drawLine(0, px(_BAND) + px(_TICKS) - 1, size.width(), px(_BAND) + px(_TICKS) - 1)

    def _checkpoints(self, painter: QPainter, size: QSize, state: TimelineState, *, turned: bool) -> None:
        """Their names before their lines, at the end of the phase they close."""
        painter.setPen(self.spans.colour("text"))
        for words, box in self._checkpoint_boxes(size, state).items():
            spot, side = (_flipped(box, size), _LEFT) if turned else (box, _RIGHT)
            painter.drawText(spot, side | _MIDDLE, isolated(words))

    def _checkpoint_boxes(self, size: QSize, state: TimelineState) -> dict[str, QRect]:
        found = {}
        for day, words in state.checkpoints.items():
            end = self.labels(size) - state.scrolled.x() + state.scale.at(day) + state.scale.day_width / 2
            width = self._strong_metrics.horizontalAdvance(words) + 4
            found[words] = QRect(round(end) - width - 4, 0, width, self._theme.px(_BAND))
        return found

    def _ticks(self, painter: QPainter, size: QSize, state: TimelineState, *, turned: bool) -> None:
        px, colour, scale = self._theme.px, self.spans.colour, state.scale
        start = self.labels(size) - state.scrolled.x()
        every = next(n for n in (1, 2, 4, 8, 1000) if n * _WEEK * scale.day_width >= px(_LEAST_TICK))
        width = self._strong_metrics.horizontalAdvance(_TODAY) + 8
        middle = start + scale.at(state.today) + scale.day_width / 2
        today = QRect(round(middle - width / 2), px(_BAND), width, px(_TICKS) - 2)
        painter.setFont(self._strong)
        painter.setPen(colour("accent"))
        painter.drawText(_flipped(today, size) if turned else today, Qt.AlignmentFlag.AlignCenter, _TODAY)
        painter.setFont(self.spans.font)
        painter.setPen(colour("third"))
        monday = scale.first - timedelta(days=scale.first.weekday())
        for number in range(0, scale.days // _WEEK + 2, every):
            day = monday + timedelta(days=number * _WEEK)
            words = numbers.short_day(day)
            width = self.spans.metrics.horizontalAdvance(words) + 8
            box = QRect(round(start + scale.at(day)) + 2, px(_BAND), width, px(_TICKS) - 2)
            if not box.intersects(today) and box.right() <= size.width():
                painter.drawText(_flipped(box, size) if turned else box, Qt.AlignmentFlag.AlignCenter, words)

    def _hours(self, painter: QPainter, size: QSize, state: TimelineState, *, turned: bool) -> None:
        """A column for each week: what the busiest person gives, against what one gives a week."""
        px, colour, scale = self._theme.px, self.spans.colour, state.scale
        top, labels = self.body(size).bottom() + 1, self.labels(size)
        area = QRect(0, top, size.width(), size.height() - top)
        painter.setPen(colour("line"))
        painter.drawLine(0, top, size.width(), top)
        words_box = QRect(0, top, labels, area.height())
        self._hours_words(painter, _flipped(words_box, size) if turned else words_box, state, turned=turned)
        most = max((load.most for load in state.loads), default=0)
        room, floor = area.height() - px(24), size.height() - 4
        step = room / max(state.limit * 1.5, most, 0.1)
        chart = QRect(labels, top, size.width() - labels, area.height())
        painter.setClipRect(_flipped(chart, size) if turned else chart)
        start = labels - state.scrolled.x()
        painter.setPen(QPen(colour("control"), 1, Qt.PenStyle.DashLine))
        line = floor - round(state.limit * step)
        painter.drawLine(0, line, size.width(), line)
        for load in state.loads:
            height, is_over = round(load.most * step), load.is_above(state.limit)
            x, width = start + scale.at(load.week), max(4, scale.day_width * 5)
            box = QRect(round(x), floor - height, round(width), height)
            shown = _flipped(box, size) if turned else box
            painter.fillRect(shown, colour("watch" if is_over else "series_1"))
            words = numbers.decimal(round(load.most, 1))
            number = self._strong_metrics.horizontalAdvance(words) + px(4)
            # Where the mark has no room, the column above the line says the same.
            has_mark = is_over and number + px(14) <= scale.day_width * _WEEK
            wide = number + px(14) if has_mark else number
            if wide <= scale.day_width * _WEEK:
                room_above = QRect(shown.center().x() - wide // 2, shown.top() - px(18), wide, px(17))
                painter.fillRect(room_above, colour("surface"))
                self._hours_number(painter, room_above, words, is_over=is_over, has_mark=has_mark, turned=turned)

    def _hours_number(
        self, painter: QPainter, box: QRect, words: str, *, is_over: bool, has_mark: bool, turned: bool
    ) -> None:
        painter.setFont(self._strong if is_over else self.spans.font)
        painter.setPen(self.spans.colour("watch" if is_over else "second"))
        if has_mark:
            side = self._theme.px(12)
            left = box.right() - side if turned else box.left()
            self.spans.icon(painter, "warning", "watch", QPoint(left, box.center().y() - side // 2 + 1), side)
            box = box.adjusted(0 if turned else side + 2, 0, -side - 2 if turned else 0, 0)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

    def _hours_words(self, painter: QPainter, box: QRect, state: TimelineState, *, turned: bool) -> None:
        side = _RIGHT if turned else _LEFT
        painter.fillRect(box.adjusted(0, 1, 0, 0), self.spans.colour("surface"))
        room = box.adjusted(12, self._theme.px(12), -8, 0)
        over = sum(load.is_above(state.limit) for load in state.loads)
        limit = f"Most one person gives; limit {numbers.decimal(state.limit)}\N{NO-BREAK SPACE}h"
        warning = f"{numbers.plural(over, 'week', 'weeks')} above it" if over else "No week is above it"
        for font, token, words in (
            (self._strong, "text", "Hours a week"), (self.spans.font, "second", limit),
            (self._strong if over else self.spans.font, "watch" if over else "second", warning),
        ):  # fmt: skip
            painter.setFont(font)
            painter.setPen(self.spans.colour(token))
            line = QRect(room.left(), room.top(), room.width(), self._theme.px(18))
            shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, line.width())
            painter.drawText(line, side | _MIDDLE, isolated(shown))
            room.setTop(room.top() + self._theme.px(20))


def _flipped(box: QRect, size: QSize) -> QRect:
    return QRect(size.width() - box.left() - box.width(), box.top(), box.width(), box.height())
