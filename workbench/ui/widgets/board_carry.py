"""BoardCarry: cards carried by the mouse: the picture that follows it, where they would land, scrolling at the edge."""

from collections.abc import Callable, Sequence
from typing import Final, Protocol

from PySide6.QtCore import QObject, QPoint, QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from workbench.ids import CardId
from workbench.ui import numbers
from workbench.ui.qt_models.board_slots import Slot
from workbench.ui.qt_models.card_item import CardItem
from workbench.ui.theme import Theme
from workbench.ui.widgets.card_delegate import CardDelegate
from workbench.ui.widgets.column_view import ColumnView

_SCROLL_ZONE: Final = 40
_SCROLL_STEP: Final = 12
_SCROLL_MILLISECONDS: Final = 16
_BADGE: Final = 24
_STACK: Final = 6
"""How far a second card shows behind the first when several are carried."""


class CellBox(Protocol):
    """A place for cards: its row and column, its list, and the mark of a target."""

    lane: str
    slot: Slot
    cards: ColumnView

    def set_target(self, *, is_target: bool) -> None:
        """Marks the place a carried card would land in."""


class CarriedCard(QWidget):
    """The picture of what is carried."""

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


class BoardCarry(QObject):
    """`dropped(cards, cell, row)` when they are let go over a place, the row counted with them in it."""

    dropped = Signal(object, object, int)

    def __init__(
        self,
        board: QWidget,
        theme: Theme,
        delegate: CardDelegate,
        *,
        scroll: Callable[[int], None],
        aside: Callable[[int], None],
    ) -> None:
        super().__init__(board)
        self._board, self._theme, self._delegate = board, theme, delegate
        self._cells: Sequence[CellBox] = ()
        self._scroll_all, self._scroll_aside = scroll, aside
        self._frame: QWidget | None = None
        self._has_order = True
        self._cards: tuple[CardId, ...] = ()
        self._grip, self._mouse = QPoint(), QPoint()
        self._target: tuple[CellBox, int] | None = None
        self.ghost = CarriedCard(board)
        self._edge = QTimer(self)
        self._edge.setInterval(_SCROLL_MILLISECONDS)
        self._edge.timeout.connect(self.scroll_at_edge)

    def use(self, cells: Sequence[CellBox], *, frame: QWidget | None, has_order: bool) -> None:
        """Says where cards can land; `frame` is what scrolls all of it, None where each list scrolls by itself."""
        self._cells, self._frame, self._has_order = cells, frame, has_order

    def lift(self, cards: Sequence[CardId], item: CardItem, box: QSize, grip: QPoint) -> None:
        """Takes cards up; the picture is of the one under the mouse."""
        self._cards, self._grip = tuple(cards), grip
        self._delegate.lifted = frozenset(cards)
        for cell in self._cells:
            cell.cards.viewport().update()
        stack = _STACK if len(cards) > 1 else 0
        size = box + QSize(stack, stack)
        self.ghost.show_picture(self._picture(item, box, size), size)
        self._board.setCursor(Qt.CursorShape.ClosedHandCursor)
        self._edge.start()

    def carry(self, at: QPoint) -> None:
        """Follows the mouse, given on the screen."""
        self._mouse = at
        self.ghost.move(self._board.mapFromGlobal(at) - self._grip)
        self._aim()

    def let_go(self, *, is_kept: bool) -> None:
        """Puts the cards down where they are, or back."""
        cards, target = self._cards, self._target
        self._cards, self._target = (), None
        self._delegate.lifted = frozenset()
        self._edge.stop()
        self.ghost.hide()
        self._board.unsetCursor()
        for cell in self._cells:
            cell.cards.show_drop(None)
            cell.set_target(is_target=False)
            cell.cards.viewport().update()
        if is_kept and cards and target is not None:
            self.dropped.emit(cards, *target)

    def scroll_at_edge(self) -> None:
        """Scrolls while the mouse rests near an edge."""
        if self._target is None:
            return
        cards = self._target[0].cards
        port = cards.viewport() if self._frame is None else self._frame
        down = _step(port.mapFromGlobal(self._mouse).y(), port.height())
        across = _step(self._board.mapFromGlobal(self._mouse).x(), self._board.width())
        if down:
            (cards.scroll_by if self._frame is None else self._scroll_all)(down)
        if across:
            self._scroll_aside(across)
        if down or across:
            self._aim()

    def _aim(self) -> None:
        """Finds the place under the mouse and the row in it, and shows both."""
        at = self._board.mapFromGlobal(self._mouse)
        open_cells = [cell for cell in self._cells if cell.slot.takes and cell.cards.isVisibleTo(self._board)]
        if not open_cells:
            return
        found = min(open_cells, key=lambda cell: self._distance(at, cell.cards))
        row = found.cards.drop_row_at(found.cards.viewport().mapFromGlobal(self._mouse))
        self._target = (found, row)
        for cell in self._cells:
            cell.cards.show_drop(row if cell is found and self._has_order else None)
            cell.set_target(is_target=cell is found)

    def _distance(self, at: QPoint, cards: QWidget) -> tuple[int, int]:
        box = QRect(cards.mapTo(self._board, QPoint(0, 0)), cards.size())
        across = max(box.left() - at.x(), at.x() - box.right(), 0)
        return (across, max(box.top() - at.y(), at.y() - box.bottom(), 0))

    def _picture(self, item: CardItem, box: QSize, size: QSize) -> QPixmap:
        ratio = self._board.devicePixelRatioF()
        picture = QPixmap(round(size.width() * ratio), round(size.height() * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        turned = self._board.layoutDirection() is Qt.LayoutDirection.RightToLeft
        lifted, self._delegate.lifted = self._delegate.lifted, frozenset()
        with QPainter(picture) as painter:
            if size != box:
                self._delegate.draw_ground(painter, QRect(QPoint(_STACK, _STACK), box))
            self._delegate.draw_card(
                painter,
                QRect(QPoint(0, 0), box),
                item,
                is_selected=True,
                has_focus=True,
                is_under_mouse=False,
                turned=turned,
            )
            if len(self._cards) > 1:
                self._badge(painter, box, turned=turned)
        self._delegate.lifted = lifted
        return picture

    def _badge(self, painter: QPainter, box: QSize, *, turned: bool) -> None:
        """How many cards are carried, in the corner where reading ends."""
        words, side = numbers.count(len(self._cards)), self._theme.px(_BADGE)
        painter.setFont(self._theme.font(12))
        width = max(side, painter.fontMetrics().horizontalAdvance(words) + self._theme.px(14))
        left = 4 if turned else box.width() - width - 4
        room = QRectF(QPointF(left, 4), QSize(width, side))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("accent"))
        painter.drawRoundedRect(room, side / 2, side / 2)
        painter.setPen(self._theme.colour("on_accent"))
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, words)


def _step(place: int, room: int) -> int:
    """How far to scroll with the mouse at `place` of so many pixels."""
    return -_SCROLL_STEP if place < _SCROLL_ZONE else _SCROLL_STEP if place > room - _SCROLL_ZONE else 0
