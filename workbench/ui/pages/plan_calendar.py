"""PlanCalendar: the cards of a plan on the days of a month, and those without a day beside it."""

from collections.abc import Container, Iterable
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import QDate, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout
from typing_extensions import override

from workbench.ids import CardId
from workbench.plans.closed_days import NONE
from workbench.plans.horizon import LAST_DAY, checkpoints, counted_day
from workbench.ui import numbers
from workbench.ui.context import Context
from workbench.ui.icons import icon
from workbench.ui.pages.plan_acts import CardActs
from workbench.ui.pages.plan_cards import PlanCards
from workbench.ui.pages.plan_data import BoardData
from workbench.ui.pages.plan_shown import ShownNote
from workbench.ui.pages.plan_waiting import WaitingView
from workbench.ui.pages.plan_writes import CardWrites
from workbench.ui.qt_models.card_span import CardSpan, card_span
from workbench.ui.widgets.buttons import icon_button, push_button
from workbench.ui.widgets.card import carded
from workbench.ui.widgets.month_layout import on_day
from workbench.ui.widgets.month_view import MonthView
from workbench.ui.widgets.new_line import NewLine
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.undated_list import UndatedList

_SIDE_FROM: Final = 560


class PlanCalendar(WaitingView):
    """Dropping a card on a day writes that day; of a series, for this one time. `opened(id)` asks for the details."""

    opened = Signal(str)

    def __init__(self, context: Context, cards: PlanCards, acts: CardActs) -> None:
        super().__init__(cards)
        self._context, self._acts = context, acts
        self._writes = CardWrites(cards, acts)
        self._closed: Container[date] = NONE
        self._spans: tuple[CardSpan, ...] = ()
        self._starts_on = date.min
        self.view = MonthView(context.theme)
        self.undated = UndatedList(context.theme)
        self.title = PlainLabel("", role="title")
        self.line = NewLine(self.view)
        self._build()
        self._listen()

    def show_plan(self, data: BoardData, *, today: date) -> None:
        """Shows what was read of a plan; the month stays unless it is another plan's."""
        del today  # the cards know it
        self._starts_on = data.plan.starts_on
        self._closed = data.closed
        self.take_in()
        self._mark_days()

    def take_focus(self) -> None:
        """Puts the keyboard on the chosen day."""
        self.view.setFocus()

    def start_card(self) -> None:
        """Opens a line for a new card on the chosen day."""
        self._open_line(self.view.day, self.view.cell(self.view.day))

    def finish_line(self) -> None:
        """Adds the card whose title is typed."""
        self.line.finish()

    def _build(self) -> None:
        theme = self._context.theme
        self.back = icon_button(
            "Month before (Page Up)", icon="caret-left", theme=theme, clicked=lambda: self.view.turn(-1)
        )
        self.on = icon_button(
            "Month after (Page Down)", icon="caret-right", theme=theme, clicked=lambda: self.view.turn(1)
        )
        self.today = push_button("Today", theme=theme, clicked=lambda: self.view.go_to(self._cards.today))
        head = QHBoxLayout()
        head.setSpacing(4)
        for widget in (self.back, self.on, self.title):
            head.addWidget(widget)
        head.addStretch(1)
        self.missing = PlainLabel("", role="caption", elides=True)
        head.addWidget(self.missing)
        head.addWidget(ShownNote(theme, self._cards))
        head.addWidget(self.today)
        self.side = QFrame()
        self.side.setProperty("card", "true")
        side = QVBoxLayout(self.side)
        side.setContentsMargins(8, 8, 8, 8)
        side.setSpacing(4)
        self.side_title = PlainLabel("", role="captionstrong")
        side.addWidget(self.side_title)
        side.addWidget(self.undated, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(carded(self.view), 1)
        row.addWidget(self.side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(row, 1)
        self.setFocusProxy(self.view)

    def _listen(self) -> None:
        view, undated = self.view, self.undated
        self._cards.chosen_changed.connect(self._mark)
        view.turned.connect(self._say_month)
        view.moved.connect(self._on_moved)
        view.dropped.connect(self._on_dropped)
        view.left.connect(self._on_left)
        view.day_opened.connect(self.show_day)
        view.wanted.connect(self._open_line)
        for each in (view, undated):
            each.chosen.connect(self._on_chosen)
            each.opened.connect(self.opened)
            each.menu_wanted.connect(lambda at: self._acts.show_menu(self, at))
        undated.carried.connect(self._on_carried)
        undated.let_go.connect(self._on_let_go)

    # What is read

    @override
    def show_cards(self) -> None:
        cards, today = self._cards, self._cards.today
        found = (card_span(cards.rows[card], cards.items[card], today=today) for card in cards.shown)
        self._spans = tuple(span for span in found if span is not None)
        self.view.show_cards(self._spans, today=today)
        undated = [cards.items[card] for card in cards.shown if cards.rows[card].due_on is None]
        self.undated.show_items(undated)
        self.side_title.setText(f"No day · {numbers.count(len(undated))}")
        missing = len(undated)
        self.missing.setText(f"{numbers.plural(missing, 'card has', 'cards have')} no day" if missing else "")
        self._fit()
        self._mark()

    def _fit(self) -> None:
        """Without room for the month and a list beside it, one is only told that there are cards without a day."""
        has_some, has_room = bool(self.missing.text()), self.width() >= self._context.theme.px(_SIDE_FROM)
        self.side.setVisible(has_some and has_room)
        self.missing.setVisible(has_some and not has_room)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _mark_days(self) -> None:
        """Day 0, the checkpoints and day 90, each on the day it is held."""
        marks = {counted_day(self._starts_on, 0): "Day 0"}
        for each in checkpoints(self._starts_on, holidays=self._closed):
            words = "Day 90, last checkpoint" if each.day == LAST_DAY else f"Checkpoint {numbers.count(each.day)}"
            marks[each.falls_on] = words
        self.view.show_plan_days(marks=marks, closed=self._closed)

    def _mark(self) -> None:
        self.view.mark(self._cards.chosen, current=self._cards.current)
        self.undated.mark(self._cards.chosen)

    # What people do

    def show_day(self, day: date, at: QPoint) -> QMenu:
        """Opens the list of all cards of a day."""
        menu = QMenu(self)
        menu.setAccessibleName(f"Cards on {numbers.weekday(day)}")
        # Named by a line of its own: the style draws a section as a rule without its words.
        menu.addAction(numbers.weekday(day)).setEnabled(False)
        for span in on_day(self._spans, day):
            # An ampersand in a menu is a key; a title is only a title.
            act = menu.addAction(span.title.replace("&", "&&"), partial(self._open, span.id))
            if span.icon:
                act.setIcon(icon(span.icon, self._context.theme, token=span.ink))
        menu.addSeparator()
        menu.addAction(
            icon("plus", self._context.theme), "New card", partial(self._open_line, day, self.view.cell(day))
        )
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)
        return menu

    def _open(self, card: CardId) -> None:
        self._cards.choose([card])
        self.opened.emit(card)

    def _open_line(self, day: date, box: QRect) -> None:
        self.line.open(box, done=partial(self._add, day))

    def _add(self, day: date, title: str) -> None:
        from workbench.plans.drafts import CardDraft  # noqa: PLC0415 - loads with the first edit

        self._acts.add(CardDraft(title, due_on=day), on_top=False)

    def _say_month(self) -> None:
        month = self.view.month
        self.title.setText(numbers.written(QDate(month.year, month.month, 1), "MMMM yyyy"))

    def _on_chosen(self, cards: Iterable[CardId], current: str) -> None:
        self._cards.choose(cards, current=CardId(current) if current else None)

    def _on_moved(self, days: int) -> None:
        """Ctrl and an arrow; cards without a day are left where they are."""
        current = self._cards.current
        if current is None:
            return
        self._tell(self._acts.shift(days))
        row = self._cards.rows.get(current)
        if row is not None and row.due_on is not None:
            self.view.go_to(row.due_on)

    def _on_dropped(self, card: str, grabbed: date, day: date) -> None:
        self._tell(self._writes.put(CardId(card), day, grabbed=grabbed))

    def _on_left(self, card: str, at: QPoint) -> None:
        """Let go over the list of those without a day, a card loses its day."""
        if self.side.isVisible() and self.side.rect().contains(self.side.mapFromGlobal(at)):
            chosen = self._cards.chosen
            self._tell(self._writes.set_all(chosen if CardId(card) in chosen else [CardId(card)], due_on=None))

    def _on_carried(self, _card: str, at: QPoint) -> None:
        day = self.view.day_at(self.view.mapFromGlobal(at))
        self.view.show_drop(day)
        self.undated.setCursor(Qt.CursorShape.DragMoveCursor if day else Qt.CursorShape.ForbiddenCursor)

    def _on_let_go(self, card: str, at: QPoint) -> None:
        day = self.view.day_at(self.view.mapFromGlobal(at))
        self.view.show_drop(None)
        self.undated.unsetCursor()
        if day is not None:
            self._tell(self._writes.put(CardId(card), day))

    def _tell(self, moved: int) -> None:
        if moved > 1:
            self._context.tell(f"{numbers.count(moved)} cards moved.", action="edit.undo")
