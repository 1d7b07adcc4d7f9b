"""BoardView: cards in columns, or in rows and columns; marks them by mouse and keys and says where they are to go."""

from collections.abc import Iterable, Sequence
from typing import Final

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from workbench.ids import CardId
from workbench.ui.qt_models.board_model import BoardModel, Place
from workbench.ui.qt_models.board_slots import MOST, Columns, Rows
from workbench.ui.theme import Theme
from workbench.ui.widgets.board_carry import BoardCarry, CellBox
from workbench.ui.widgets.board_column import BoardColumn
from workbench.ui.widgets.board_head import BoardHead
from workbench.ui.widgets.board_lanes import BoardLanes
from workbench.ui.widgets.card_delegate import GAP, CardDelegate
from workbench.ui.widgets.column_view import ColumnView, Pick

_LEAST_WIDTH: Final = 132
_LEAST_OF_FEW: Final = 96
_FEW: Final = 3
_GAP: Final = 12


class BoardView(QWidget):
    """`moved(cards, row key, column key, place)` asks for a move, the place counted among the cards shown there.

    Those that move are not counted. `chosen(cards, current)` tells what is marked; the current card has the keyboard.
    `added(row key, column key, title)` asks for a card, `limited(column key, count)` for a limit of a column.
    """

    moved = Signal(object, str, str, int)
    added = Signal(str, str, str)
    limited = Signal(str, int)
    opened = Signal(str)
    chosen = Signal(object, object)
    menu_wanted = Signal(str, QPoint)

    def __init__(self, theme: Theme, board: BoardModel) -> None:
        super().__init__()
        self._theme, self._board = theme, board
        self._delegate = CardDelegate(theme, self)
        self._chosen: tuple[CardId, ...] = ()
        self._current: CardId | None = None
        self._anchor: CardId | None = None
        self._body: QWidget | None = None
        self._had_focus = False
        self._lanes: BoardLanes | None = None
        self.columns: dict[str, BoardColumn] = {}
        self.cells: Sequence[CellBox] = ()
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.is_settling = False
        """Whether marks follow the cards right now, so that what they come to is nobody's choice."""
        room = QVBoxLayout(self)
        room.setContentsMargins(0, 0, 0, 0)
        room.addWidget(self.area)
        self.carry = BoardCarry(self, theme, self._delegate, scroll=self._scroll, aside=self._scroll_aside)
        self.carry.dropped.connect(self._on_dropped)
        board.relaid.connect(self._lay)
        board.changed.connect(self._restore)
        theme.changed.connect(self._widen)
        self._lay()

    # The chosen cards

    def chosen_card(self) -> CardId | None:
        """The card that has the keyboard; None for none, also when a filter hides it."""
        if self._current is None or self._board.place_of(self._current) is None:
            return None
        return self._current

    def chosen_cards(self) -> tuple[CardId, ...]:
        """Every marked card."""
        return self._chosen

    def choose(self, card_id: CardId | None, *, takes_focus: bool = True) -> None:
        """Marks a card alone and shows it; None takes all marks away."""
        if card_id is None:
            self.mark((), None)
        elif self._board.place_of(card_id) is not None:
            self.mark((card_id,), card_id)
            self.show_current(takes_focus=takes_focus)

    def choose_all(self) -> None:
        """Marks every card that is shown."""
        everything = self._board.reading_order()
        if everything:
            self.mark(everything, self.chosen_card() or everything[0])

    def mark(self, cards: Iterable[CardId], current: CardId | None) -> None:
        """Marks these cards and no others."""
        found = tuple(cards)
        if (found, current) == (self._chosen, self._current):
            return
        self._chosen, self._current = found, current
        if len(found) < 2:  # noqa: PLR2004 - a range grows from the card that was last alone
            self._anchor = current
        self._show_marks()
        self.chosen.emit(found, current)

    def take_focus(self) -> None:
        """Puts the keyboard on the current card, or on the first one."""
        card = self.chosen_card()
        if card is not None:
            self.show_current(takes_focus=True)
            return
        first = next(iter(self._board.reading_order()), None)
        if first is not None:
            self.choose(first)
        else:
            self.cells[0].cards.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_current(self, *, takes_focus: bool = True) -> None:
        """Brings the card the keyboard is on into view."""
        place = None if self._current is None else self._board.place_of(self._current)
        if place is None:
            return
        cards = self._cell(place).cards
        cards.choose(place.row)
        if self._lanes is not None:
            self._lanes.reveal(cards, cards.visualRect(cards.currentIndex()))
        self._show_column(cards)
        if takes_focus:
            cards.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_column(self, cards: ColumnView) -> None:
        if self._body is not None and self.area.horizontalScrollBar().maximum():
            box = QRect(cards.mapTo(self._body, QPoint(0, 0)), cards.size())
            self.area.ensureVisible(box.center().x(), 0, box.width() // 2 + _GAP, 0)

    def spot(self) -> QPoint:
        """Where on the screen the card is that has the keyboard."""
        place = None if self._current is None else self._board.place_of(self._current)
        cards = self.cells[0].cards if place is None else self._cell(place).cards
        return cards.viewport().mapToGlobal(cards.visualRect(cards.currentIndex()).center())

    def delegate(self) -> CardDelegate:
        """What draws the cards."""
        return self._delegate

    def head(self, column: str) -> BoardHead:
        """The head of a column."""
        return self.columns[column].head if self._lanes is None else self._lanes.heads[column]

    # Moving

    def move_chosen(self, *, across: int = 0, along: int = 0) -> None:
        """Moves the marked cards by keys: `across` 1 is one column to the right as seen, `along` 1 is one card down.

        At the end of a row, along goes on into the next one.
        """
        card = self.chosen_card()
        place = None if card is None else self._board.place_of(card)
        if place is None:
            return
        if across:
            to = self._beside(place.column, across, takes=True)
            if to is not None:
                row = min(place.row, len(self._rest(place.lane, to)))
                self._ask(self._chosen, Place(place.lane, to, row))
            return
        here = self._board.cells[place.lane, place.column]
        chosen = set(self._chosen)
        cards = tuple(item.id for item in here.items if item.id in chosen)
        rest = self._rest(place.lane, place.column)
        first = here.row_of(cards[0])
        row = first + along if along < 0 else here.row_of(cards[-1]) - len(cards) + 1 + along
        if self._board.by is Columns.STATUS and 0 <= row <= len(rest):
            self._ask(cards, Place(place.lane, place.column, row))
            return
        lanes = [lane.key for lane in self._board.lanes]
        beyond = lanes.index(place.lane) + along
        if 0 <= beyond < len(lanes):
            far = self._rest(lanes[beyond], place.column)
            self._ask(cards, Place(lanes[beyond], place.column, 0 if along > 0 else len(far)))

    def put(self, card_id: CardId, *, to: str, row: int, lane: str | None = None) -> None:
        """Puts a card at a row of the shown cards of a column, counted without it; does nothing where it is there."""
        place = self._board.place_of(card_id)
        if place is not None:
            self._ask((card_id,), Place(place.lane if lane is None else lane, to, row))

    def _ask(self, cards: tuple[CardId, ...], to: Place) -> None:
        is_there = len(cards) == 1 and self._board.place_of(cards[0]) == to
        if cards and not is_there:
            self.moved.emit(cards, to.lane, to.column, to.row)

    def _rest(self, lane: str, column: str) -> list[CardId]:
        """What a cell shows beside the marked cards."""
        chosen = set(self._chosen)
        return [item.id for item in self._board.cells[lane, column].items if item.id not in chosen]

    def _beside(self, column: str, step: int, *, takes: bool = False) -> str | None:
        """The column at the right (1) or left (-1) as seen; None at the edge. With `takes`, one a card can go to."""
        turned = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        slots = self._board.slots
        place = next(place for place, slot in enumerate(slots) if slot.key == column) + (-step if turned else step)
        while 0 <= place < len(slots):
            if slots[place].takes or not takes:
                return slots[place].key
            place += -step if turned else step
        return None

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._board.set_most(min(MOST, event.size().width() // self._theme.px(_LEAST_WIDTH)))

    # Carrying with the mouse

    def _lift(self, cards: ColumnView, card_id: CardId, grip: QPoint) -> None:
        if card_id not in self._chosen:
            self.mark((card_id,), card_id)
        place = self._board.place_of(card_id)
        if place is not None:
            box = cards.visualRect(cards.model().index(place.row, 0)).adjusted(0, 0, 0, -GAP)
            item = self._board.cells[place.lane, place.column].items[place.row]
            self.carry.lift(self._chosen, item, box.size(), grip)

    def _on_dropped(self, cards: tuple[CardId, ...], cell: CellBox, row: int) -> None:
        # The row was counted with the cards themselves; each above it in the same place counts one less.
        above = {item.id for item in self._board.cells[cell.lane, cell.slot.key].items[:row]}
        row -= len(above & set(cards))
        if self._board.by is not Columns.STATUS:
            places = [self._board.place_of(card) for card in cards]
            if all(place is not None and place[:2] == (cell.lane, cell.slot.key) for place in places):
                return
        self._ask(cards, Place(cell.lane, cell.slot.key, row))

    def _scroll(self, pixels: int) -> None:
        if self._lanes is not None:
            self._lanes.scroll_by(pixels)

    def _scroll_aside(self, pixels: int) -> None:
        bar = self.area.horizontalScrollBar()
        # A bar counts from where reading begins.
        bar.setValue(bar.value() + (-pixels if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else pixels))

    # Keys and marks

    def _on_picked(self, card_id: CardId, how: Pick) -> None:
        if how is Pick.ONE:
            self.mark((card_id,), card_id)
            return
        order = self._board.reading_order()
        if how is Pick.RANGE and self._anchor in order:
            first, last = sorted((order.index(self._anchor), order.index(card_id)))
            self.mark(order[first : last + 1], card_id)
            return
        wanted = set(self._chosen) ^ {card_id}
        cards = tuple(card for card in order if card in wanted)
        self.mark(cards, card_id if card_id in wanted else next(reversed(cards), None))
        self._anchor = card_id

    def _walk(self, column: str, step: int, is_range: bool) -> None:  # noqa: FBT001 - a Qt signal carries it so
        place = None if self._current is None else self._board.place_of(self._current)
        lane = self._board.lanes[0].key if place is None else place.lane
        to = self._beside(column, step)
        while to is not None and not self._board.cells[lane, to].items:
            to = self._beside(to, step)
        if to is None:
            return
        items = self._board.cells[lane, to].items
        card = items[min(place.row if place else 0, len(items) - 1)].id
        self._on_picked(card, Pick.RANGE if is_range else Pick.ONE)
        self.show_current(takes_focus=True)

    def _walk_lanes(self, cell: CellBox, step: int) -> bool:
        """From the last card of a cell down into the same column of the next row that has cards there."""
        lanes = [lane.key for lane in self._board.lanes]
        place = lanes.index(cell.lane) + step
        while 0 <= place < len(lanes):
            items = self._board.cells[lanes[place], cell.slot.key].items
            if items:
                self._on_picked(items[0 if step > 0 else -1].id, Pick.ONE)
                self.show_current(takes_focus=True)
                return True
            place += step
        return False

    def _show_marks(self) -> None:
        chosen = set(self._chosen)
        place = None if self._current is None else self._board.place_of(self._current)
        for cell in self.cells:
            cell.cards.mark(chosen)
            if place is None or (cell.lane, cell.slot.key) != place[:2]:
                cell.cards.leave()
            elif cell.cards.current_card() != self._current:
                cell.cards.choose(place.row)

    def _restore(self) -> None:
        """Marks the chosen cards again where they are now; where all are gone, the one that took their place."""
        had_focus = self._had_focus or any(cell.cards.hasFocus() for cell in self.cells)
        self._had_focus = False
        found = tuple(card for card in self._chosen if self._board.place_of(card) is not None)
        current = self._current if self._current in found else next(reversed(found), None)
        if not found and self._chosen:
            near = next((card for card in (cell.cards.current_card() for cell in self.cells) if card), None)
            found, current = ((near,), near) if near is not None else ((), None)
        if (found, current) != (self._chosen, self._current):
            self.is_settling = True
            self.mark(found, current)
            self.is_settling = False
        else:
            self._show_marks()
        if had_focus and current is not None:
            place = self._board.place_of(current)
            if place is not None and not self._cell(place).cards.hasFocus():
                self.show_current(takes_focus=True)

    def _cell(self, place: Place) -> CellBox:
        return next(cell for cell in self.cells if (cell.lane, cell.slot.key) == place[:2])

    # Building

    def _lay(self) -> None:
        """Makes the columns, or rows and columns, anew."""
        board, has_rows = self._board, self._board.rows_by is not Rows.NONE
        old = self._body
        focus = QApplication.focusWidget()
        self._had_focus = old is not None and focus is not None and old.isAncestorOf(focus)
        self.columns = {}
        if has_rows:
            self._lanes = BoardLanes(self._theme, board, self._delegate)
            self._lanes.added.connect(lambda column, title: self.added.emit("", column, title))
            self._lanes.limited.connect(self.limited)
            self._body, self.cells = self._lanes, self._lanes.cells()
        else:
            self._lanes, self._body = None, QWidget()
            row = QHBoxLayout(self._body)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(_GAP)
            for slot in board.slots:
                column = BoardColumn(self._theme, board, slot, self._delegate, lane=board.lanes[0].key)
                column.added.connect(lambda title, slot=slot: self.added.emit("", slot.key, title))
                column.limited.connect(lambda count, slot=slot: self.limited.emit(slot.key, count))
                row.addWidget(column, 1)
                self.columns[slot.key] = column
            self.cells = tuple(self.columns.values())
        self._body.setProperty("ground", "clear")
        self._widen()
        for cell in self.cells:
            self._listen(cell)
        frame = None if self._lanes is None else self._lanes.area.viewport()
        self.carry.use(self.cells, frame=frame, has_order=board.by is Columns.STATUS)
        if old is not None:
            # What is set in its place would delete it at once, perhaps in the middle of an event of its own.
            self.area.takeWidget()
            old.hide()
            old.setParent(self)
            old.deleteLater()
        self.area.setWidget(self._body)

    def _widen(self) -> None:
        """Columns that would be too narrow to read are scrolled to, inside the board."""
        if self._body is not None:
            count = len(self._board.slots)
            least = self._theme.px(_LEAST_OF_FEW if count <= _FEW else _LEAST_WIDTH)
            self._body.setMinimumWidth(count * (least + _GAP) - _GAP)

    def _listen(self, cell: CellBox) -> None:
        cards = cell.cards
        cards.opened.connect(self.opened)
        cards.picked.connect(self._on_picked)
        cards.all_picked.connect(self.choose_all)
        cards.menu_wanted.connect(self.menu_wanted)
        cards.walked.connect(lambda step, is_range: self._walk(cell.slot.key, step, is_range))
        cards.beyond.connect(lambda step: self._walk_lanes(cell, step))
        cards.lifted.connect(lambda card, grip: self._lift(cards, card, grip))
        cards.carried.connect(self.carry.carry)
        cards.let_go.connect(lambda is_kept: self.carry.let_go(is_kept=is_kept))
