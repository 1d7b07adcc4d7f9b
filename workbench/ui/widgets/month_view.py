"""MonthView: a month with cards on their days; keys walk days, the mouse carries a card to another day."""

from collections.abc import Collection, Container, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QEvent, QLocale, QPoint, QRect, Qt, Signal
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
from PySide6.QtWidgets import QApplication, QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from workbench.ids import CardId
from workbench.plans.closed_days import NONE
from workbench.ui import numbers
from workbench.ui.qt_models.card_span import CardSpan
from workbench.ui.theme import Theme
from workbench.ui.widgets.menu_key import is_menu_key
from workbench.ui.widgets.month_layout import WEEK, MonthLayout, Segment, lay_out, month_frame, next_month, on_day
from workbench.ui.widgets.month_paint import HEAD, MonthPaint, MonthState
from workbench.ui.widgets.span_paint import SpanGhost

_CONTROL: Final = Qt.KeyboardModifier.ControlModifier
_SHIFT: Final = Qt.KeyboardModifier.ShiftModifier
_NONE: Final = Qt.KeyboardModifier.NoModifier
_NOTCH: Final = 120
_ENTER: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_TURNS: Final = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
_ARROWS: Final = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -WEEK, Qt.Key.Key_Down: WEEK}


class MonthView(QWidget):
    """Sends what a person does; the page decides what comes of it.

    `chosen(ids, current)`; `opened(id)`; `day_opened(day, point)` wants all cards of a day; `moved(days)` the chosen
    cards, by Ctrl+arrows; `dropped(id, from, to)` after a drag; `carried(id, global point)` while one goes on and
    `left(id)` when it ended outside; `wanted(day)` a new card; `turned` when another month is shown.
    """

    chosen = Signal(object, str)
    opened = Signal(str)
    day_opened = Signal(object, QPoint)
    moved = Signal(int)
    dropped = Signal(str, object, object)
    carried = Signal(str, QPoint)
    left = Signal(str, QPoint)
    wanted = Signal(object, QRect)
    menu_wanted = Signal(QPoint)
    turned = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._spans: Sequence[CardSpan] = ()
        self._state = MonthState()
        self._paint = MonthPaint(theme)
        self._pressed: Segment | None = None
        self._pressed_at = QPoint()
        self._grabbed = date.min
        self._is_carrying = False
        self._wheel = 0
        self._followed: tuple[CardId, date, date] | None = None
        self._ghost = SpanGhost(theme, self._paint.spans, self)
        self.setAccessibleName("Calendar")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(theme.px(280), theme.px(200))
        theme.changed.connect(self._on_theme)

    # What the page asks for

    @property
    def month(self) -> date:
        """The first day of the month shown."""
        return self._state.month

    @property
    def day(self) -> date:
        """The day the keyboard is on."""
        return self._state.day

    @property
    def layout_shown(self) -> MonthLayout:
        """What lies where."""
        return self._state.layout

    def show_cards(self, spans: Sequence[CardSpan], *, today: date) -> None:
        """Shows these cards; the first time the month of today."""
        self._spans = spans
        is_first = self._state.month == date.min
        self._state.today = today
        if is_first:
            self._state.day, self._state.month = today, today.replace(day=1)
        self._arrange()
        if is_first:
            self.turned.emit()

    def show_plan_days(self, *, marks: Mapping[date, str], closed: Container[date] = NONE) -> None:
        """Marks days of the plan by words, and shades holidays."""
        self._state.marks, self._state.closed = marks, closed
        self.update()

    def mark(self, cards: Collection[CardId], *, current: CardId | None) -> None:
        """Shows these cards as chosen; the keyboard follows the current one to its day, also when that changed."""
        was, self._state.chosen, self._state.current = self._state.current, frozenset(cards), current
        if current != was:
            # Not to stay among those a day only counts.
            self._arrange()
        span = next((span for span in self._spans if span.id == current), None)
        place = None if span is None else (span.id, span.first, span.last)
        before, self._followed = self._followed, place
        if span is not None and place != before and not span.first <= self._state.day <= span.last:
            self.go_to(span.last)
        self._say()
        self.update()

    def go_to(self, day: date) -> None:
        """Puts the keyboard on a day and turns to its month."""
        self._state.day = day
        if day.replace(day=1) != self._state.month:
            self._state.month = day.replace(day=1)
            self._arrange()
            self.turned.emit()
        self._say()
        self.update()

    def turn(self, months: int) -> None:
        """Turns to another month; the keyboard stays on the same day of the month where there is one."""
        month = next_month(self._state.month, months)
        last = (next_month(month) - timedelta(days=1)).day if month.year < date.max.year - 1 else 28
        self.go_to(month.replace(day=min(self._state.day.day, last)))

    def day_at(self, at: QPoint) -> date | None:
        """The day at a point; None outside."""
        grid = self._grid()
        if not grid.contains(at):
            return None
        week = min(self._state.layout.weeks - 1, (at.y() - grid.top()) * self._state.layout.weeks // grid.height())
        column = min(WEEK - 1, (at.x() - grid.left()) * WEEK // grid.width())
        return self._state.layout.day(week, WEEK - 1 - column if self._is_turned() else column)

    def cell(self, day: date) -> QRect:
        """Where a day is; empty when it is not shown."""
        if not self._state.layout.holds(day):
            return QRect()
        return self._paint.cell(self.size(), self._state.layout, day, turned=self._is_turned())

    def show_drop(self, day: date | None) -> None:
        """Shows where a card would land; only the two days are painted again."""
        before, self._state.drop = self._state.drop, day
        if before != day:
            for each in (before, day):
                if each is not None:
                    self.update(self.cell(each).adjusted(-2, -2, 2, 2))

    def segment_at(self, at: QPoint) -> Segment | None:
        """The part of a card at a point."""
        turned = self._is_turned()
        for segment in self._state.layout.segments:
            if self._paint.segment(self.size(), self._state.layout, segment, turned=turned).contains(at):
                return segment
        return None

    def says(self, day: date) -> str:
        """A day and what lies on it, as a screen reader says it."""
        parts = [numbers.weekday(day)]
        if day == self._state.today:
            parts.append("today")
        parts += [self._state.marks[day]] if day in self._state.marks else []
        found = on_day(self._spans, day)
        parts.append(numbers.plural(len(found), "card", "cards") if found else "no cards")
        current = next((span for span in found if span.id == self._state.current), None)
        parts += [f"chosen: {current.spoken}"] if current else [span.title for span in found[:3]]
        return ", ".join(parts)

    # Keys

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            is_move = event.modifiers() == _CONTROL and event.key() in _ARROWS
            if is_move or (self._is_carrying and event.key() == Qt.Key.Key_Escape):
                event.accept()
                return True
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            segment = self.segment_at(event.pos())
            day = self.day_at(event.pos())
            words = segment.span.title if segment else self._state.marks.get(day, "") if day else ""
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        step = self._step(key)
        if self._is_carrying and key == Qt.Key.Key_Escape:
            self._let_go()
        elif step and modifiers == _CONTROL:
            self.moved.emit(step)
        elif step and modifiers == _NONE:
            self.go_to(_beside(self._state.day, step))
        elif key in _TURNS:
            self.turn(_TURNS[key])
        elif not self._act(key, modifiers):
            super().keyPressEvent(event)

    def _act(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
        """What keys do on the day they are on; False for those that do nothing."""
        if key == Qt.Key.Key_Home:
            self.go_to(self._state.today)
        elif key in _ENTER:
            self._open_day()
        elif key == Qt.Key.Key_Space:
            self._choose_next(back=bool(modifiers & _SHIFT))
        elif key == Qt.Key.Key_Insert:
            self.wanted.emit(self._state.day, self.cell(self._state.day))
        elif key == Qt.Key.Key_A and modifiers == _CONTROL:
            shown = {segment.span.id for segment in self._state.layout.segments}
            self.chosen.emit([span.id for span in self._spans if span.id in shown], self._state.current or "")
        elif is_menu_key(key, modifiers) and self._state.current is not None:
            self.menu_wanted.emit(self.mapToGlobal(self.cell(self._state.day).center()))
        else:
            return False
        return True

    def _step(self, key: Qt.Key) -> int:
        step = _ARROWS.get(key, 0)
        return -step if abs(step) == 1 and self._is_turned() else step

    def _open_day(self) -> None:
        found = on_day(self._spans, self._state.day)
        current = self._state.current
        if current is not None and any(span.id == current for span in found):
            self.opened.emit(current)
        elif len(found) == 1:
            self.chosen.emit([found[0].id], found[0].id)
            self.opened.emit(found[0].id)
        elif found:
            self.day_opened.emit(self._state.day, self.mapToGlobal(self.cell(self._state.day).center()))
        else:
            self.wanted.emit(self._state.day, self.cell(self._state.day))

    def _choose_next(self, *, back: bool) -> None:
        """The next card of the day, from the last one to none."""
        found = [span.id for span in on_day(self._spans, self._state.day)]
        order: list[CardId | None] = [None, *found]
        place = order.index(self._state.current) if self._state.current in order else 0
        card = order[(place + (-1 if back else 1)) % len(order)]
        self.chosen.emit([] if card is None else [card], card or "")
        self._say()

    # Mouse

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        day = self.day_at(at)
        self._pressed = None
        if day is None:
            return
        segment = self.segment_at(at)
        if segment is None:
            self.go_to(day)
            self.chosen.emit([], "")
            if self._paint.more(self.size(), self._state, day, turned=self._is_turned()).contains(at):
                self.day_opened.emit(day, event.globalPosition().toPoint())
            return
        card, chosen = segment.span.id, self._state.chosen
        self._state.day = day
        if event.modifiers() & (_CONTROL | _SHIFT):
            kept = chosen - {card} if card in chosen else chosen | {card}
            self.chosen.emit(kept, card if card in kept else "")
        elif card not in chosen or event.button() is Qt.MouseButton.LeftButton:
            self.chosen.emit(chosen if card in chosen else [card], card)
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed, self._pressed_at, self._grabbed = segment, at, day
        self._say()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        at = event.position().toPoint()
        if not self._is_carrying:
            if (at - self._pressed_at).manhattanLength() < QApplication.startDragDistance():
                return
            self._is_carrying = True
            self._ghost.lift(self._pressed.span, count=max(1, len(self._state.chosen)), at=at)
        self._ghost.follow(at)
        self.show_drop(self.day_at(at))
        self.carried.emit(self._pressed.span.id, event.globalPosition().toPoint())

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, was_carrying, grabbed = self._pressed, self._is_carrying, self._grabbed
        self._let_go()
        if pressed is None:
            return
        day = self.day_at(event.position().toPoint())
        if was_carrying and day is None:
            self.left.emit(pressed.span.id, event.globalPosition().toPoint())
        elif was_carrying and day is not None and day != grabbed:
            self._state.day = day
            self.dropped.emit(pressed.span.id, grabbed, day)
        elif not was_carrying and not event.modifiers() & (_CONTROL | _SHIFT):
            self.chosen.emit([pressed.span.id], pressed.span.id)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        segment, day = self.segment_at(at), self.day_at(at)
        if segment is not None:
            self.opened.emit(segment.span.id)
        elif day is not None:
            self.wanted.emit(day, self.cell(day))

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.segment_at(event.pos()) is not None:
            self.menu_wanted.emit(event.globalPos())

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        self._wheel += event.angleDelta().y()
        notches = int(self._wheel / _NOTCH)
        if notches:
            self._wheel -= notches * _NOTCH
            self.turn(-notches)
        event.accept()

    def _let_go(self) -> None:
        self._pressed, self._is_carrying = None, False
        self._ghost.hide()
        self.show_drop(None)

    # Drawing

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        self._paint.paint(self, event.rect(), self._state, has_focus=self.hasFocus(), turned=self._is_turned())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._say()
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _arrange(self) -> None:
        if self._state.month == date.min:
            return
        # Qt counts days of a week from 1 for Monday.
        first, weeks = month_frame(self._state.month, week_begins=QLocale().firstDayOfWeek().value - 1)
        height = self._grid().height() // weeks
        lanes = self._paint.fit(height)
        self._state.layout = lay_out(self._spans, first=first, weeks=weeks, lanes=lanes, current=self._state.current)
        self.update()

    def _grid(self) -> QRect:
        return self.rect().adjusted(0, self._theme.px(HEAD), 0, 0)

    def _say(self) -> None:
        self.setAccessibleDescription(self.says(self._state.day))

    def _on_theme(self) -> None:
        self._paint.renew()
        self._arrange()

    def _is_turned(self) -> bool:
        return self.layoutDirection() is Qt.LayoutDirection.RightToLeft


def _beside(day: date, step: int) -> date:
    first, last = date.min + timedelta(days=400), date.max - timedelta(days=400)
    return min(last, max(first, day + timedelta(days=step)))
