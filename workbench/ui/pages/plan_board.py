"""PlanBoard: one plan as a board: strip above, cards in columns and rows, and what moving them there means."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPlainTextEdit, QVBoxLayout, QWidget
from typing_extensions import override

from workbench.ids import CardId
from workbench.models.kinds import CardColumn, Pillar
from workbench.queries.plans import CardRow
from workbench.ui.context import Context
from workbench.ui.icons import icon
from workbench.ui.pages.plan_acts import CardActs
from workbench.ui.pages.plan_board_choices import BoardChoices, keep_limit, kept_limits
from workbench.ui.pages.plan_cards import PlanCards
from workbench.ui.pages.plan_data import BoardData, ObjectiveData, read_objectives
from workbench.ui.pages.plan_strip import PlanStrip
from workbench.ui.qt_models.board_model import BoardModel
from workbench.ui.qt_models.board_slots import Columns, Rows, day_in
from workbench.ui.widgets.board_head import NewCardLine
from workbench.ui.widgets.board_view import BoardView
from workbench.ui.words import error_words

_END: Final = 1 << 30
_FOLDED_BELOW: Final = (420, 352)
"""Width and height under which the strip leaves its room to the cards."""


class PlanBoard(QWidget):
    """Shows a plan and turns gestures on its board into acts. `tools` chooses what columns and rows stand for.

    `opened(id)` asks for the details of a card.
    """

    opened = Signal(str)

    def __init__(self, context: Context, cards: PlanCards, acts: CardActs) -> None:
        super().__init__()
        self._context, self._cards, self._acts = context, cards, acts
        self._wanted: tuple[CardId, ...] = ()
        self._plan_id = ""
        self._measured: object = None
        self._is_measuring = False
        self.model = BoardModel(self)
        self.tools = BoardChoices(context.theme)
        self.strip = PlanStrip(context.theme)
        self.view = BoardView(context.theme, self.model)
        self._room = QVBoxLayout(self)
        self._room.setContentsMargins(0, 0, 0, 0)
        self._room.addWidget(self.strip)
        self._room.addWidget(self.view, 1)
        self.setFocusProxy(self.view)
        self._listen()
        self._lay_out()

    def show_plan(self, data: BoardData, *, today: date) -> None:
        """Shows what was read of a plan; the marks stay on their cards."""
        is_new = data.plan.id != self._plan_id
        if is_new:
            self._plan_id = data.plan.id
            self.model.forget_kept()
            self.model.set_limits(kept_limits(data.plan.id, self.model.by))
            self.view.choose(None)
        self.strip.show_plan(data.plan, data.objectives, today=today)
        self.strip.show_hours(data.hours, data.plan.weekly_hours, today=today)
        objectives = {str(each.id): each.title for each in data.objectives}
        if self.model.offer(objectives=objectives, owners=data.owners) or is_new:
            self._show_cards()
        made = [card for card in self._wanted if card in data.rows]
        if made:
            self._wanted = ()
            self.view.mark(made, made[-1])
            # The line a title was typed in waits for the next one.
            self.view.show_current(takes_focus=not isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit))
        asked = (data.plan.id, data.plan.scope, data.objectives)
        if asked != self._measured:
            self._measured = asked
            self._measure(data)

    def take_focus(self) -> None:
        """Puts the keyboard on the chosen card, or on the first one."""
        self.view.take_focus()

    @property
    def is_measuring(self) -> bool:
        """Whether the values of the objectives are being worked out."""
        return self._is_measuring

    def forget_measures(self) -> None:
        """Works the values of the objectives out again with the next reading."""
        self._measured = None

    def start_card(self) -> None:
        """Opens the line for a new card in the first column."""
        self.view.head(self.model.slots[0].key).open_line()

    def finish_line(self) -> None:
        """Adds the cards whose titles are typed."""
        for line in self.view.findChildren(NewCardLine):
            line.finish()

    def move_chosen(self, *, across: int = 0, along: int = 0) -> None:
        """Moves the marked cards by keys; in a line of text these keys move the cursor, whatever card is marked."""
        if not isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit):
            self.view.move_chosen(across=across, along=along)

    def show_move_menu(self) -> None:
        """Opens the menu of places beside the card the keyboard is on."""
        card = self.view.chosen_card()
        if card is None:
            return
        menu = QMenu(self)
        menu.setAccessibleName("Move the card to")
        self._fill_places(menu, card)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.view.spot())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_marks()

    # What is shown

    def _fit(self) -> None:
        px, (width, height) = self._context.theme.px, _FOLDED_BELOW
        is_folded = self.width() < px(width) or self.height() < px(height)
        self.strip.fold(is_folded=is_folded)
        self._room.setSpacing(8 if is_folded else 16)

    def _listen(self) -> None:
        self._context.theme.changed.connect(self._fit)
        self.view.moved.connect(self._move)
        self.view.added.connect(self._add)
        self.view.opened.connect(self.opened)
        self.view.chosen.connect(self._on_chosen)
        self.view.limited.connect(self._limit)
        self.view.menu_wanted.connect(self._show_menu)
        self.tools.changed.connect(self._lay_out)
        self._cards.changed.connect(self._show_cards)
        self._cards.chosen_changed.connect(self._show_marks)
        self._acts.made.connect(self._on_made)

    def _show_cards(self) -> None:
        found = self._cards.filter
        # What somebody has in hand and sees stays in sight, also when its day moves far ahead.
        self.model.keep(card for card in self._cards.chosen if self.model.place_of(card) is not None)
        self.model.set_cards(
            tuple(self._cards.items.values()),
            today=self._cards.today,
            passing=self._cards.shown if found.is_on else None,
            finds_all=bool(found.text.strip()),
        )

    def _show_marks(self) -> None:
        if self.isVisible():
            self.view.mark(self._cards.chosen, self._cards.current)

    def _on_chosen(self, cards: Sequence[CardId], current: CardId | None) -> None:
        # While another view is shown, what is marked there may be kept back here.
        if self.isVisible():
            self._cards.choose(cards, current=current, is_settling=self.view.is_settling)

    def _on_made(self, cards: Sequence[CardId]) -> None:
        self._wanted = tuple(cards)
        self.model.keep(cards)

    def _lay_out(self) -> None:
        by, rows = self.tools.columns, self.tools.rows
        self.model.lay_out(by=by, rows=rows)
        self.model.set_limits(kept_limits(self._plan_id, by))

    def _limit(self, column: str, count: int) -> None:
        keep_limit(self._plan_id, self.model.by, column, count)
        self.model.set_limits(kept_limits(self._plan_id, self.model.by))

    # What people do

    def _show_menu(self, _card: str, at: QPoint) -> None:
        self._acts.show_menu(self, at)

    def _fill_places(self, menu: QMenu, card: CardId) -> None:
        place = self.model.place_of(card)
        if place is None:
            return
        theme, cards = self._context.theme, self.view.chosen_cards()
        places = [found for found in map(self.model.place_of, cards) if found is not None]
        for slot in self.model.slots:
            if slot.takes:
                act = menu.addAction(slot.title.replace("&", "&&"), self._putter(place.lane, slot.key, 0))
                act.setEnabled(any(found.column != slot.key for found in places))
        if self.model.rows_by is not Rows.NONE:
            menu.addSeparator()
            for lane in self.model.lanes:
                act = menu.addAction(lane.title.replace("&", "&&"), self._putter(lane.key, place.column, 0))
                act.setEnabled(any(found.lane != lane.key for found in places))
        if self.model.by is Columns.STATUS:
            menu.addSeparator()
            end = len(self.model.cells[place.lane, place.column].items) - 1
            for words, name, row, is_other in (
                ("Top of the column", "arrow-line-up", 0, place.row > 0),
                ("End of the column", "arrow-line-down", _END, place.row < end),
            ):
                act = menu.addAction(icon(name, theme), words, self._putter(place.lane, place.column, row))
                act.setEnabled(is_other or len(cards) > 1)

    def _putter(self, lane: str, column: str, row: int) -> Callable[[], None]:
        return lambda: self._move(self.view.chosen_cards(), lane, column, row)

    def _move(self, cards: Sequence[CardId], lane: str, column: str, row: int) -> None:
        """Puts cards where they were let go: a column is one field of theirs, a row another."""
        model, changes = self.model, {}
        for card in cards:
            found = self._fields(self._cards.rows[card], column)
            place = model.place_of(card)
            if place is not None and place.lane != lane:
                found["objective_id"] = lane or None
            if found:
                changes[card] = found
        model.keep(cards)
        if model.by is Columns.STATUS:
            index = model.index_for(cards, lane=lane, to=column, row=row)
            self._acts.put(cards, to=CardColumn(column), index=index, changes=changes)
        else:
            self._acts.set_each(changes)
        self.view.show_current()

    def _fields(self, row: CardRow, column: str) -> dict[str, object]:
        """What being in a column says of a card; nothing where it says so already."""
        place = self.model.place_of(row.id)
        if self.model.by is Columns.STATUS or (place is not None and place.column == column):
            return {}
        if self.model.by is Columns.WEEK:
            day = day_in(column, row.due_on, self.model.columns, today=self._cards.today)
            days = self._cards.days
            return days.moved(row, None) if day is None else days.in_week(row, day, earliest=self._cards.today)
        return self._told(column)

    def _told(self, column: str) -> dict[str, object]:
        if self.model.by is Columns.OWNER:
            return {"owner": column}
        return {"pillar": Pillar(column) if column else None}

    def _add(self, lane: str, column: str, title: str) -> None:
        from workbench.plans.drafts import CardDraft  # noqa: PLC0415 - loads with the first edit

        fields: Mapping[str, object]
        if self.model.by is Columns.STATUS:
            fields = {"column": CardColumn(column)}
        elif self.model.by is Columns.WEEK:
            fields = {"due_on": day_in(column, None, self.model.columns, today=self._cards.today)}
        else:
            fields = self._told(column)
        draft: CardDraft = CardDraft(title=title, objective_id=lane or None, **fields)  # type: ignore[arg-type]  # as named
        self._acts.add(draft)

    # The values of the objectives

    def _measure(self, data: BoardData) -> None:
        workspace = self._context.workspace
        self._is_measuring = True
        job = partial(
            read_objectives,
            workspace.database,
            scope=data.plan.scope,
            objectives=data.objectives,
            now=workspace.clock.now(),
            starts_on=data.plan.starts_on,
        )
        self._context.jobs.run(self, "measures", job, self._on_measured, self._on_unmeasured, stopped=self._on_stopped)

    def _on_measured(self, objectives: Sequence[ObjectiveData]) -> None:
        self._is_measuring = False
        self.strip.show_objectives(objectives)

    def _on_unmeasured(self, error: Exception) -> None:
        self._on_stopped()
        self._context.tell(error_words(error)[0][0])

    def _on_stopped(self) -> None:
        self._is_measuring = False
        # Nothing came of it: the next reading tries again.
        self._measured = None
