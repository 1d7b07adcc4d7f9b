"""TimelineView: the cards of a plan along its 90 days; bars are carried and stretched by mouse and by keys."""

from collections.abc import Collection, Container, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QToolTip, QWidget
from typing_extensions import override

from workbench.ids import CardId
from workbench.ui import numbers
from workbench.ui.qt_models.card_span import CardSpan
from workbench.ui.theme import Theme
from workbench.ui.widgets.menu_key import is_menu_key
from workbench.ui.widgets.timeline_grip import Grip, grip_of, shift_of
from workbench.ui.widgets.timeline_layout import TimeLine, TimeScale, WeekLoad, load_words, phase_bands, stretch_of
from workbench.ui.widgets.timeline_paint import TimelinePaint, TimelineState

_CONTROL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_ALT: Final = Qt.KeyboardModifier.AltModifier
_NONE: Final = Qt.KeyboardModifier.NoModifier
_ENTER: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_SIDE: Final = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_ALONG: Final = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_FAR: Final = frozenset({Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End})
_WEEK: Final = 7
_WEEK_DAY: Final = 32


class TimelineView(QAbstractScrollArea):
    """Up and down walk the lines. Ctrl and an arrow move by a day or a week, Shift and an arrow the end, Alt the start.

    `chosen(ids, current)`, `opened(id)`, `moved(days)` for the chosen cards by keys, `dropped(id, days)` after a drag,
    `stretched(id, first, last)` when an end was moved, `menu_wanted(point)`.
    """

    chosen = Signal(object, str)
    opened = Signal(str)
    moved = Signal(int)
    dropped = Signal(str, int)
    stretched = Signal(str, object, object)
    menu_wanted = Signal(QPoint)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._paint = TimelinePaint(theme)
        self._state = TimelineState()
        self._places: dict[CardId, int] = {}
        self._starts_on = date.min
        self._is_fit = True
        self._held: tuple[int, Grip, QPoint] | None = None
        self._is_carrying = False
        self.setAccessibleName("Timeline")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.viewport().setMouseTracking(True)
        self.setCornerWidget(QWidget())
        theme.changed.connect(self._on_theme)

    # What the page asks for

    @property
    def state(self) -> TimelineState:
        """What is shown."""
        return self._state

    def show_lines(self, lines: Sequence[TimeLine], *, loads: Sequence[WeekLoad], today: date) -> None:
        """Shows these cards, and the hours they take."""
        state = self._state
        state.lines, state.loads, state.today = lines, loads, today
        self._places = {line.id: place for place, line in enumerate(lines) if isinstance(line, CardSpan)}
        self._measure()

    def show_plan_days(
        self, starts_on: date, *, checkpoints: Mapping[date, str], closed: Container[date], limit: float
    ) -> None:
        """Says what the days are in the plan, and how many hours a week one person gives."""
        self._starts_on = starts_on
        self._state.checkpoints, self._state.closed, self._state.limit = checkpoints, closed, limit
        self._measure()

    def set_fit(self, *, is_fit: bool) -> None:
        """Shows all days, or each wide enough to work on; the days in the middle stay there."""
        if is_fit is not self._is_fit:
            middle = self._state.scale.day(self._state.scrolled.x() + self._chart_width() / 2)
            self._is_fit = is_fit
            self._measure()
            self.centre(middle)

    def centre(self, day: date) -> None:
        """Brings a day into the middle."""
        self.horizontalScrollBar().setValue(round(self._state.scale.at(day) - self._chart_width() / 2))

    def mark(self, cards: Collection[CardId], *, current: CardId | None) -> None:
        """Shows these cards as chosen, and brings the current one into sight."""
        is_other = current != self._state.current
        self._state.chosen, self._state.current = frozenset(cards), current
        if is_other and current in self._places:
            self._bring(self._places[current])
        self._say()
        self.viewport().update()

    def line_at(self, at: QPoint) -> int:
        """The line at a point of the viewport; -1 where there is none."""
        body = self._paint.body(self.viewport().size())
        if not body.contains(at):
            return -1
        line = (at.y() - body.top() + self._state.scrolled.y()) // self._paint.row_height()
        return line if line < len(self._state.lines) else -1

    def bar(self, card: CardId) -> QRect:
        """Where the bar or diamond of a card is in the viewport."""
        return self._paint.span_box(self.viewport().size(), self._state, self._places[card], turned=self._is_turned())

    def grip_at(self, at: QPoint) -> tuple[int, Grip] | None:
        """The line and the part of its bar at a point."""
        line = self.line_at(at)
        span = self._span(line)
        if span is None:
            return None
        box = self._paint.span_box(self.viewport().size(), self._state, line, turned=self._is_turned())
        grip = grip_of(span, box, at, turned=self._is_turned())
        return None if grip is None else (line, grip)

    # Keys

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            is_move = event.modifiers() == _CONTROL and event.key() in _SIDE | _ALONG
            if is_move or (self._is_carrying and event.key() == Qt.Key.Key_Escape):
                event.accept()
                return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        side = -_SIDE.get(key, 0) if self._is_turned() else _SIDE.get(key, 0)
        if self._is_carrying and key == Qt.Key.Key_Escape:
            self._let_go()
        elif modifiers == _CONTROL and (side or key in _ALONG):
            self.moved.emit(side or _ALONG[key] * _WEEK)
        elif side and modifiers in {_SHIFT, _ALT}:
            self._stretch_by(side, Grip.LAST if modifiers == _SHIFT else Grip.FIRST)
        elif side and modifiers == _NONE:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() + round(side * _WEEK * self._state.scale.day_width))
        elif key in _ALONG and modifiers in {_NONE, _SHIFT}:
            self._walk(_ALONG[key], keeps=modifiers == _SHIFT)
        elif key in _FAR:
            self._walk_far(key)
        elif key in _ENTER and self._state.current is not None:
            self.opened.emit(self._state.current)
        elif key == Qt.Key.Key_A and modifiers == _CONTROL:
            self.chosen.emit(list(self._places), self._state.current or "")
        elif is_menu_key(key, modifiers) and self._state.current in self._places:
            self.menu_wanted.emit(self.viewport().mapToGlobal(self.bar(self._state.current).center()))
        else:
            super().keyPressEvent(event)

    def _walk(self, step: int, *, keeps: bool) -> None:
        order = list(self._places)
        if not order:
            return
        current = self._state.current
        place = order.index(current) + step if current in self._places else 0
        card = order[max(0, min(len(order) - 1, place))]
        self.chosen.emit([*self._state.chosen, card] if keeps else [card], card)

    def _walk_far(self, key: Qt.Key) -> None:
        page = max(1, self._paint.body(self.viewport().size()).height() // self._paint.row_height() - 1)
        steps = {Qt.Key.Key_PageUp: -page, Qt.Key.Key_PageDown: page, Qt.Key.Key_Home: -len(self._places)}
        self._walk(steps.get(key, len(self._places)), keeps=False)

    def _stretch_by(self, step: int, grip: Grip) -> None:
        span = self._span(self._places.get(self._state.current, -1)) if self._state.current else None
        if span is not None:
            by = timedelta(days=step)
            first, last = (span.first + by, span.last) if grip is Grip.FIRST else (span.first, span.last + by)
            if first <= last:
                self.stretched.emit(span.id, first, last)

    # Mouse

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        line = self.line_at(at)
        span = self._span(line)
        self._held = None
        if span is None:
            self.chosen.emit([], "")
            return
        chosen, modifiers = self._state.chosen, event.modifiers()
        if modifiers & _SHIFT and self._state.current in self._places:
            begin, end = sorted((self._places[self._state.current], line))
            cards = [each.id for each in self._state.lines[begin : end + 1] if isinstance(each, CardSpan)]
            self.chosen.emit(cards, span.id)
        elif modifiers & _CONTROL:
            kept = chosen - {span.id} if span.id in chosen else chosen | {span.id}
            self.chosen.emit(kept, span.id if span.id in kept else "")
        else:
            self.chosen.emit(chosen if span.id in chosen else [span.id], span.id)
        grip = self.grip_at(at)
        if grip is not None and event.button() is Qt.MouseButton.LeftButton:
            self._held = (*grip, at)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if self._held is None or not event.buttons() & Qt.MouseButton.LeftButton:
            self._show_grip(at)
            return
        line, grip, pressed = self._held
        if not self._is_carrying and (at - pressed).manhattanLength() < QApplication.startDragDistance():
            return
        span = self._span(line)
        if span is None:
            self._let_go()
            return
        days = round((at.x() - pressed.x()) * (-1 if self._is_turned() else 1) / self._state.scale.day_width)
        if not self._is_carrying:
            self._is_carrying = True
            is_group = grip is Grip.WHOLE and span.id in self._state.chosen
            self._state.moving = self._state.chosen if is_group else frozenset({span.id})
        wanted = shift_of(span, grip, days)
        if wanted != self._state.shift:
            self._state.shift = wanted
            self._renew_moving(line)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        held, shift, was_carrying = self._held, self._state.shift, self._is_carrying
        self._let_go()
        span = None if held is None else self._span(held[0])
        if span is None or held is None:
            return
        if was_carrying and shift != (0, 0):
            if held[1] is Grip.WHOLE:
                self.dropped.emit(span.id, shift[0])
            else:
                first, last = (day + timedelta(days=by) for day, by in zip((span.first, span.last), shift, strict=True))
                self.stretched.emit(span.id, first, last)
        elif not was_carrying and not event.modifiers() & (_CONTROL | _SHIFT):
            self.chosen.emit([span.id], span.id)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        span = self._span(self.line_at(event.position().toPoint()))
        if span is not None:
            self.opened.emit(span.id)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self._span(self.line_at(event.pos())) is not None:
            self.menu_wanted.emit(event.globalPos())

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & _CONTROL:
            self.set_fit(is_fit=event.angleDelta().y() < 0)
            event.accept()
        else:
            super().wheelEvent(event)

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self._tip(event.pos()), self)
            return True
        return super().viewportEvent(event)

    def _show_grip(self, at: QPoint) -> None:
        found = self.grip_at(at)
        shape = Qt.CursorShape.ArrowCursor
        if found is not None:
            shape = Qt.CursorShape.OpenHandCursor if found[1] is Grip.WHOLE else Qt.CursorShape.SizeHorCursor
        if self.viewport().cursor().shape() is not shape:
            self.viewport().setCursor(shape)

    def _renew_moving(self, line: int) -> None:
        """Paints again the one line that moves; all of them where many do."""
        box = self._paint.body(self.viewport().size())
        if len(self._state.moving) == 1:
            box = self._paint.line_box(self.viewport().size(), self._state, line).intersected(box)
        self.viewport().update(box)

    def _let_go(self) -> None:
        self._held, self._is_carrying = None, False
        if self._state.moving:
            self._state.moving, self._state.shift = frozenset(), (0, 0)
            self.viewport().update()

    def _tip(self, at: QPoint) -> str:
        span = self._span(self.line_at(at))
        if span is not None:
            return span.spoken
        load = self._paint.load_at(self.viewport().size(), self._state, at, turned=self._is_turned())
        return "" if load is None else load_words(load, limit=self._state.limit)

    # Drawing

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        self._paint.paint(
            self.viewport(), event.rect(), self._state, has_focus=self.hasFocus(), turned=self._is_turned()
        )

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    @override
    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self._state.scrolled = QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        self.viewport().update()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        is_by_key = event.reason() in {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}
        if is_by_key and self._state.current not in self._places:
            self._walk(0, keeps=False)
        self.viewport().update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def _span(self, line: int) -> CardSpan | None:
        found = self._state.lines[line] if 0 <= line < len(self._state.lines) else None
        return found if isinstance(found, CardSpan) else None

    def _measure(self) -> None:
        """Works out the scale and what there is to scroll."""
        if self._starts_on == date.min:
            return
        size, state = self.viewport().size(), self._state
        spans = [line for line in state.lines if isinstance(line, CardSpan)]
        first, days = stretch_of(spans, starts_on=self._starts_on)
        width = self._chart_width()
        fit = max(1.0, width / days)
        state.scale = TimeScale(first, days, fit if self._is_fit else max(fit, float(self._theme.px(_WEEK_DAY))))
        state.bands = phase_bands(state.scale, starts_on=self._starts_on)
        body = self._paint.body(size)
        self.horizontalScrollBar().setRange(0, max(0, round(state.scale.width - width)))
        self.horizontalScrollBar().setPageStep(width)
        self.horizontalScrollBar().setSingleStep(round(state.scale.day_width))
        self.verticalScrollBar().setRange(0, max(0, len(state.lines) * self._paint.row_height() - body.height()))
        self.verticalScrollBar().setPageStep(body.height())
        self.verticalScrollBar().setSingleStep(self._paint.row_height())
        state.scrolled = QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        self.viewport().update()

    def _bring(self, line: int) -> None:
        """Scrolls as little as brings a line, and the day of its card, into sight."""
        height, body = self._paint.row_height(), self._paint.body(self.viewport().size()).height()
        bar, top = self.verticalScrollBar(), line * height
        bar.setValue(min(top, max(bar.value(), top + height - body)))
        span = self._span(line)
        if span is not None and not self._is_carrying:
            x, across = self._state.scale.at(span.last), self.horizontalScrollBar()
            if not across.value() <= x < across.value() + self._chart_width():
                self.centre(span.last)

    def _chart_width(self) -> int:
        size = self.viewport().size()
        return max(1, size.width() - self._paint.labels(size))

    def _say(self) -> None:
        """What a screen reader says of the card the keyboard is on."""
        place = self._places.get(self._state.current, -1) if self._state.current else -1
        span = self._span(place)
        if span is None:
            self.setAccessibleDescription(numbers.plural(len(self._places), "card", "cards"))
            return
        order, count = list(self._places).index(span.id) + 1, len(self._places)
        self.setAccessibleDescription(f"{span.spoken}, {numbers.count(order)} of {numbers.count(count)}")

    def _on_theme(self) -> None:
        self._paint.renew()
        self._measure()

    def _is_turned(self) -> bool:
        return self.layoutDirection() is Qt.LayoutDirection.RightToLeft
