"""PathChart: one measure over the 90 days of a plan, beside the way from baseline to target."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from workbench.plans.horizon import CHECKPOINT_DAYS, LAST_DAY, day_number
from workbench.ui import numbers
from workbench.ui.theme import SMALL, Theme
from workbench.ui.widgets.focus_ring import paint_ring

_HEIGHT: Final = 148
_FOOT: Final = 22
_HEAD: Final = 18
_GAP: Final = 8
_DOT: Final = 3.0
_FROZEN: Final = 5.0
_FROM_ZERO: Final = 0.5
_PADDING: Final = 0.25
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PathPoint:
    """A value as of a day; `is_known` is False where too few of its days are mirrored to claim anything."""

    on: date
    value: float | None
    is_known: bool = True


@dataclass(frozen=True, slots=True)
class PathData:
    """Points in order of their days; `frozen` are (day of the plan, value) as checkpoints were locked with.

    `due` is the day on which the target is to be reached; `text` writes a value as people read it. `needs` says what a
    point is taken from, where that can be unknown though its own day is known: "the 90 days before it".
    """

    title: str
    starts_on: date
    today: date
    due: date
    baseline: float | None
    target: float | None
    points: tuple[PathPoint, ...]
    frozen: tuple[tuple[int, float], ...]
    text: Callable[[float | None], str]
    needs: str = ""

    def unknown_words(self) -> str:
        """What a hatched part says of itself."""
        return f"not known: a point needs {self.needs}" if self.needs else "not known"

    def aimed(self, on: date) -> float | None:
        """Where the measure would be on a day, going straight from baseline to target; None without both."""
        length = (self.due - self.starts_on).days
        if self.baseline is None or self.target is None or length <= 0:
            return self.target
        share = min(1.0, max(0.0, (on - self.starts_on).days / length))
        return self.baseline + share * (self.target - self.baseline)

    def spoken(self) -> str:
        """The chart in words, for screen readers."""
        said = [f"Baseline {self.text(self.baseline)}" if self.baseline is not None else "No baseline"]
        if self.target is not None:
            said.append(f"target {self.text(self.target)} by {numbers.day(self.due)}")
        known = [point for point in self.points if point.value is not None and point.is_known]
        if known:
            said.append(f"{self.text(known[-1].value)} on {numbers.day(known[-1].on)}")
        unknown = sum(not point.is_known for point in self.points)
        if unknown:
            said.append(f"{numbers.plural(unknown, 'week', 'weeks')} {self.unknown_words()}")
        said += [f"locked on day {day}: {self.text(value)}" for day, value in self.frozen]
        return ", ".join(said) + "."


class PathChart(QWidget):
    """`pointed(words)` says what the mouse or the arrow keys point at; empty for nothing."""

    pointed = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._data: PathData | None = None
        self._place = -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)
        theme.changed.connect(self.update)

    def show_path(self, data: PathData) -> None:
        """Shows other values."""
        self._data, self._place = data, -1
        self.setAccessibleName(f"{data.title}: path to the target")
        self.setAccessibleDescription(data.spoken())
        self.update()

    def point_at(self, place: int) -> None:
        """Points at one of the values; -1 for none."""
        if self._data is not None and place != self._place:
            self._place = place
            self.pointed.emit(self.words(place))
            self.update()

    def words(self, place: int) -> str:
        """A value, its day and where it was aimed to be."""
        if self._data is None or not 0 <= place < len(self._data.points):
            return ""
        data, point = self._data, self._data.points[place]
        if not point.is_known or point.value is None:
            value = data.unknown_words() if not point.is_known else "no data"
        else:
            value = data.text(point.value)
        aimed = data.aimed(point.on) if data.target is not None and data.baseline is not None else None
        day = f"Day {numbers.count(day_number(data.starts_on, point.on))}, {numbers.short_day(point.on)}: {value}"
        return day if aimed is None else f"{day}; on the way to the target {data.text(aimed)}"

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(320), self._theme.px(_HEIGHT))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(200), self._theme.px(_HEIGHT))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._data is not None and self._data.points and event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            forward = (event.key() == Qt.Key.Key_Right) is not self._is_turned()
            last = len(self._data.points) - 1
            start = self._place if self._place >= 0 else last + (0 if forward else 1)
            self.point_at(max(0, min(last, start + (1 if forward else -1))))
            return
        super().keyPressEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.point_at(-1)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        data = self._data
        if data is not None and data.points:
            at = event.position().x()
            near = min(range(len(data.points)), key=lambda place: abs(self._x(data.points[place].on) - at))
            self.point_at(near)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.point_at(-1)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        data = self._data
        if data is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        unknown = self._paint_unknown(painter, data)
        self._paint_days(painter, data)
        self._paint_way(painter, data)
        self._name_unknown(painter, data, unknown)
        self._paint_points(painter, data)
        self._paint_ends(painter, data)
        if self.hasFocus():
            paint_ring(painter, self.rect().toRectF(), self._theme, radius=6)

    # Where things are

    def _is_turned(self) -> bool:
        return self.layoutDirection() is Qt.LayoutDirection.RightToLeft

    def _room(self) -> QRectF:
        px, metrics = self._theme.px, QFontMetrics(self._font())
        words = [self._data.text(value) for value in (self._data.baseline, self._data.target)] if self._data else []
        words += [self._data.text(point.value) for point in self._data.points] if self._data else []
        side = max((metrics.horizontalAdvance(text) for text in words), default=0) + 2 * _GAP
        side = max(side, px(24))
        return self.rect().toRectF().adjusted(side, px(_HEAD), -side, -px(_FOOT))

    def _x(self, on: date) -> float:
        room = self._room()
        days = 0 if self._data is None else (on - self._data.starts_on).days
        share = min(max(days, 0), LAST_DAY) / LAST_DAY
        return room.right() - share * room.width() if self._is_turned() else room.left() + share * room.width()

    def _y(self, value: float) -> float:
        low, high = self._range()
        room = self._room()
        return room.bottom() - (value - low) / (high - low) * room.height()

    def _range(self) -> tuple[float, float]:
        """From zero where that leaves the values half of the height at least, else around them."""
        data = self._data
        if data is None:
            return 0.0, 1.0
        found = [value for value in (data.baseline, data.target) if value is not None]
        found += [point.value for point in data.points if point.value is not None]
        found += [value for _, value in data.frozen]
        low, high = min(found, default=0.0), max(found, default=1.0)
        if low == high:
            return (0.0, high * 2) if high > 0 else (low - 1, low + 1)
        if 0 <= low < _FROM_ZERO * high:
            return 0.0, high
        space = _PADDING * (high - low)
        return low - space, high + space

    # Painting

    def _paint_unknown(self, painter: QPainter, data: PathData) -> list[QRectF]:
        """Hatches what is not known and answers the boxes, neighbours as one."""
        before = data.starts_on
        runs: list[QRectF] = []
        was_known = True
        for point in data.points:
            if not point.is_known:
                begin = before if point.on > before else before - 3 * _DAY
                room = self._room()
                box = QRectF(
                    QPointF(self._x(begin), room.top()), QPointF(self._x(point.on), room.bottom())
                ).normalized()
                painter.fillRect(box, self._theme.colour("unknown_soft"))
                painter.fillRect(box, QBrush(self._theme.colour("hatch"), Qt.BrushStyle.BDiagPattern))
                runs = [*runs, box] if was_known else [*runs[:-1], runs[-1].united(box)]
            was_known, before = point.is_known, point.on
        return runs

    def _name_unknown(self, painter: QPainter, data: PathData, runs: Sequence[QRectF]) -> None:
        """What the hatch means, once, in the widest part where the words fit."""
        widest = max(runs, key=QRectF.width, default=QRectF())
        metrics = QFontMetrics(self._font())
        words, room = data.unknown_words(), widest.width() - 2 * _GAP
        words = words if metrics.horizontalAdvance(words) <= room else "not known"
        width = metrics.horizontalAdvance(words)
        if runs and width <= room:
            spot = QRectF(0, 0, width + 2 * _GAP, metrics.height() + 4)
            spot.moveCenter(QPointF(widest.center().x(), widest.top() + spot.height() / 2 + 2))
            painter.fillRect(spot, self._theme.colour("unknown_soft"))
            self._write(painter, words, spot.center().x(), spot.center().y(), token="unknown")

    def _paint_days(self, painter: QPainter, data: PathData) -> None:
        room, theme = self._room(), self._theme
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(room.bottomLeft(), room.bottomRight())
        for day in (0, *CHECKPOINT_DAYS):
            on = data.starts_on + day * _DAY
            x = round(self._x(on)) + 0.5
            painter.setPen(QPen(theme.colour("grid"), 1))
            painter.drawLine(QPointF(x, room.top()), QPointF(x, room.bottom() + 3))
            words = numbers.count(day)
            words = f"{words} · {numbers.short_day(on)}" if self.width() > theme.px(400) else words
            self._write(painter, words, x, room.bottom() + theme.px(13), token="third")
        if 0 <= day_number(data.starts_on, data.today) <= LAST_DAY:
            x = round(self._x(data.today)) + 0.5
            painter.setPen(QPen(theme.colour("accent"), 1))
            painter.drawLine(QPointF(x, room.top() - 4), QPointF(x, room.bottom()))

    def _paint_way(self, painter: QPainter, data: PathData) -> None:
        if data.target is None:
            return
        start = data.target if data.baseline is None else data.baseline
        painter.setPen(QPen(self._theme.colour("control"), 1.5, Qt.PenStyle.DashLine))
        end = QPointF(self._x(data.due), self._y(data.target))
        painter.drawLine(QPointF(self._x(data.starts_on), self._y(start)), end)
        last = QPointF(self._x(data.starts_on + LAST_DAY * _DAY), end.y())
        painter.drawLine(end, last)

    def _paint_points(self, painter: QPainter, data: PathData) -> None:
        theme = self._theme
        parts: list[list[QPointF]] = [[]]
        for point in data.points:
            if point.value is None or not point.is_known:
                parts.append([])
            else:
                parts[-1].append(QPointF(self._x(point.on), self._y(point.value)))
        painter.setPen(QPen(theme.colour("series_1"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for part in parts:
            painter.drawPolyline(QPolygonF(part))
        painter.setBrush(theme.colour("surface"))
        painter.setPen(QPen(theme.colour("series_1"), 1.5))
        for part in parts:
            for spot in part:
                painter.drawEllipse(spot, _DOT, _DOT)
        painter.setBrush(theme.colour("text"))
        painter.setPen(QPen(theme.colour("surface"), 1))
        for day, value in data.frozen:
            at = QPointF(self._x(data.starts_on + day * _DAY), self._y(value))
            corners = [(0, -_FROZEN), (_FROZEN, 0), (0, _FROZEN), (-_FROZEN, 0)]
            painter.drawPolygon(QPolygonF([QPointF(at.x() + x, at.y() + y) for x, y in corners]))
        if 0 <= self._place < len(data.points):
            x = self._x(data.points[self._place].on)
            painter.setPen(QPen(theme.colour("control"), 1))
            painter.drawLine(QPointF(x, self._room().top()), QPointF(x, self._room().bottom()))

    def _paint_ends(self, painter: QPainter, data: PathData) -> None:
        """Baseline before the way, target behind it, and the newest value behind its point."""
        room, turned = self._room(), self._is_turned()
        for value, is_end in ((data.baseline, False), (data.target, True)):
            if value is None:
                continue
            words = data.text(value)
            width = QFontMetrics(self._font()).horizontalAdvance(words)
            is_left = is_end is turned
            x = room.left() - _GAP - width if is_left else room.right() + _GAP
            self._write(painter, words, x + width / 2, self._y(value), token="second")
        known = [point for point in data.points if point.value is not None and point.is_known]
        is_moving = bool(known) and self._x(known[-1].on) not in {room.left(), room.right()}
        if is_moving and known[-1].value is not None:
            words, x = data.text(known[-1].value), self._x(known[-1].on)
            width = QFontMetrics(self._font(is_strong=True)).horizontalAdvance(words)
            # Behind its point, where no line goes yet; the line of today is just there.
            x += (-1 if turned else 1) * (width / 2 + _GAP)
            self._write(painter, words, x, self._y(known[-1].value), token="series_1", is_strong=True)

    def _write(self, painter: QPainter, words: str, x: float, y: float, *, token: str, is_strong: bool = False) -> None:
        font = self._font(is_strong=is_strong)
        metrics = QFontMetrics(font)
        width, height = metrics.horizontalAdvance(words) + 4, metrics.height()
        left = min(max(0.0, x - width / 2), self.width() - width)
        painter.setFont(font)
        painter.setPen(self._theme.colour(token))
        painter.drawText(QRectF(left, y - height / 2, width, height), Qt.AlignmentFlag.AlignCenter, words)

    def _font(self, *, is_strong: bool = False) -> QFont:
        return self._theme.font(SMALL, weight=QFont.Weight.DemiBold if is_strong else QFont.Weight.Normal)
