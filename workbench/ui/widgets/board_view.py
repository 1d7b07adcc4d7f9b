"""BoardView: three columns of cards; carries a card with the mouse and moves it by keys."""

from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from workbench.ids import CardId
from workbench.models.kinds import CardColumn
from workbench.ui.qt_models.board_model import BoardModel
from workbench.ui.theme import Theme
from workbench.ui.widgets.board_column import BoardColumn
from workbench.ui.widgets.card_delegate import GAP, CardDelegate
from workbench.ui.widgets.column_view import ColumnView

_SCROLL_ZONE: Final = 40
_SCROLL_STEP: Final = 12
_SCROLL_MILLISECONDS: Final = 16
_ORDER: Final = tuple(CardColumn)


class CarriedCard(QWidget):
    """The picture of a card that follows the mouse."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._picture = QPixmap()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.hide()

    def show_picture(self, picture: QPixmap, size: QSize) -> None:
        """Takes the looks of a card."""
        self._picture = picture
        self.resize(size)
        self.show()
        self.raise_()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture)


class BoardView(QWidget):
    """`moved(id, column, index)` asks for a move, the index counted among all cards of the column without this one.

    One card at a time is chosen; `chosen(id)` tells which, empty for none.
    """

    moved = Signal(str, CardColumn, int)
    added = Signal(CardColumn, str)
    opened = Signal(str)
    chosen = Signal(str)
    menu_wanted = Signal(str, QPoint)

    def __init__(self, theme: Theme, board: BoardModel) -> None:
        super().__init__()
        self._theme, self._board = theme, board
        self._delegate = CardDelegate(theme, self)
        self._chosen: CardId | None = None
        self._carried: CardId | None = None
        self._grip, self._mouse = QPoint(), QPoint()
        self._target: tuple[BoardColumn, int] | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self.columns = {column: BoardColumn(theme, board, column, self._delegate) for column in _ORDER}
        for column in self.columns.values():
            row.addWidget(column, 1)
            self._listen(column)
        self._ghost = CarriedCard(self)
        self._edge = QTimer(self)
        self._edge.setInterval(_SCROLL_MILLISECONDS)
        self._edge.timeout.connect(self._scroll_at_edge)
        board.changed.connect(self._restore)

    # The chosen card

    def chosen_card(self) -> CardId | None:
        """The card that is marked; None for none, also when a filter hides it."""
        if self._chosen is None or self._board.place_of(self._chosen) is None:
            return None
        return self._chosen

    def choose(self, card_id: CardId | None, *, takes_focus: bool = True) -> None:
        """Marks a card and shows it; None takes the mark away."""
        if card_id is None:
            self._chosen = None
            for column in self.columns.values():
                column.cards.leave()
            self.chosen.emit("")
            return
        place = self._board.place_of(card_id)
        if place is None:
            return
        view = self.columns[place[0]].cards
        view.choose(place[1])
        if takes_focus:
            view.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_focus(self) -> None:
        """Puts the keyboard on the chosen card, or on the first one."""
        card = self.chosen_card()
        if card is None:
            shown = [self._board.columns[column].items for column in _ORDER]
            card = next((items[0].id for items in shown if items), None)
        if card is not None:
            self.choose(card)
        else:
            self.columns[CardColumn.TODO].cards.setFocus(Qt.FocusReason.OtherFocusReason)

    def move_chosen(self, *, across: int = 0, along: int = 0) -> None:
        """Moves the chosen card by keys: `across` 1 is one column to the right as seen, `along` 1 is one card down."""
        card, place = self.chosen_card(), None if self._chosen is None else self._board.place_of(self._chosen)
        if card is None or place is None:
            return
        column, row = place
        if across:
            to = self._beside(column, across)
            if to is not None:
                self.put(card, to=to, row=min(row, len(self._board.columns[to].items)))
        elif 0 <= row + along < len(self._board.columns[column].items):
            self.put(card, to=column, row=row + along)

    def put(self, card_id: CardId, *, to: CardColumn, row: int) -> None:
        """Puts a card at a row of the shown cards of a column, counted without it; does nothing where it is there."""
        place = self._board.place_of(card_id)
        if place is None or place == (to, row):
            return
        self.moved.emit(card_id, to, self._board.index_for(card_id, to=to, row=row))

    def delegate(self) -> CardDelegate:
        """What draws the cards."""
        return self._delegate

    # Carrying with the mouse

    def _listen(self, column: BoardColumn) -> None:
        cards = column.cards
        cards.opened.connect(self.opened)
        cards.chosen.connect(lambda card: self._on_chosen(cards, card))
        cards.menu_wanted.connect(self.menu_wanted)
        cards.walked.connect(lambda step: self._walk(column.column, step))
        cards.lifted.connect(lambda card, grip: self._lift(cards, card, grip))
        cards.carried.connect(self._carry)
        cards.let_go.connect(self._let_go)
        column.added.connect(lambda title: self.added.emit(column.column, title))

    def _lift(self, cards: ColumnView, card_id: CardId, grip: QPoint) -> None:
        row = cards.model().row_of(card_id)  # type: ignore[attr-defined]  # the view's model is a ColumnModel
        box = cards.visualRect(cards.model().index(row, 0)).adjusted(0, 0, 0, -GAP)
        ratio = self.devicePixelRatioF()
        picture = QPixmap(round(box.width() * ratio), round(box.height() * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        turned = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        item = self._board.columns[self._column_of(cards)].items[row]
        with QPainter(picture) as painter:
            self._delegate.draw_card(
                painter,
                QRect(QPoint(0, 0), box.size()),
                item,
                is_selected=True,
                has_focus=True,
                is_under_mouse=False,
                turned=turned,
            )
        self._carried, self._grip = card_id, grip
        self._delegate.lifted = card_id
        cards.viewport().update()
        self._ghost.show_picture(picture, box.size())
        self.setCursor(Qt.CursorShape.ClosedHandCursor)
        self._edge.start()

    def _carry(self, at: QPoint) -> None:
        self._mouse = at
        self._ghost.move(self.mapFromGlobal(at) - self._grip)
        self._aim()

    def _aim(self) -> None:
        """Finds the column under the mouse and the row in it, and shows both."""
        at = self.mapFromGlobal(self._mouse)
        column = min(self.columns.values(), key=lambda one: _distance(at.x(), one.geometry()))
        row = column.cards.drop_row_at(column.cards.viewport().mapFromGlobal(self._mouse))
        self._target = (column, row)
        for each in self.columns.values():
            each.cards.show_drop(row if each is column else None)
            each.set_target(is_target=each is column)

    def _scroll_at_edge(self) -> None:
        if self._target is None:
            return
        cards = self._target[0].cards
        y, height = cards.viewport().mapFromGlobal(self._mouse).y(), cards.viewport().height()
        step = -_SCROLL_STEP if y < _SCROLL_ZONE else _SCROLL_STEP if y > height - _SCROLL_ZONE else 0
        if step:
            cards.scroll_by(step)
            self._aim()

    def _let_go(self, is_kept: bool) -> None:  # noqa: FBT001 - a Qt signal carries its arguments by position
        card, target = self._carried, self._target
        self._carried = self._target = self._delegate.lifted = None
        self._edge.stop()
        self._ghost.hide()
        self.unsetCursor()
        for column in self.columns.values():
            column.cards.show_drop(None)
            column.set_target(is_target=False)
            column.cards.viewport().update()
        place = None if card is None else self._board.place_of(card)
        if not is_kept or card is None or target is None or place is None:
            return
        to, row = target[0].column, target[1]
        # The row was counted with the card itself; further down in its own column it counts one less.
        if place[0] is to and place[1] < row:
            row -= 1
        self.put(card, to=to, row=row)

    # Keys and marks

    def _on_chosen(self, cards: ColumnView, card_id: CardId) -> None:
        if self._board.is_arranging:
            return
        for column in self.columns.values():
            if column.cards is not cards:
                column.cards.leave()
        if card_id != self._chosen:
            self._chosen = card_id
            self.chosen.emit(card_id)

    def _restore(self) -> None:
        """Marks the chosen card again where it is now; where it is gone, the one that took its place."""
        place = None if self._chosen is None else self._board.place_of(self._chosen)
        if place is None:
            marked = [(column.cards, column.cards.current_card()) for column in self.columns.values()]
            for cards, card in marked:
                if card is not None:
                    self._on_chosen(cards, card)
                    return
            if self._chosen is not None:
                self._chosen = None
                self.chosen.emit("")
            return
        view = self.columns[place[0]].cards
        if view.current_card() != self._chosen:
            had_focus = any(column.cards.hasFocus() for column in self.columns.values())
            view.choose(place[1])
            if had_focus:
                view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _walk(self, column: CardColumn, step: int) -> None:
        to = self._beside(column, step)
        while to is not None and not self._board.columns[to].items:
            to = self._beside(to, step)
        if to is None:
            return
        place = None if self._chosen is None else self._board.place_of(self._chosen)
        items = self._board.columns[to].items
        self.choose(items[min(place[1] if place else 0, len(items) - 1)].id)

    def _beside(self, column: CardColumn, step: int) -> CardColumn | None:
        """The column at the right (1) or left (-1) as seen; None at the edge."""
        turned = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        place = _ORDER.index(column) + (-step if turned else step)
        return _ORDER[place] if 0 <= place < len(_ORDER) else None

    def _column_of(self, cards: ColumnView) -> CardColumn:
        return next(column.column for column in self.columns.values() if column.cards is cards)


def _distance(x: int, box: QRect) -> int:
    return max(box.left() - x, x - box.right(), 0)
