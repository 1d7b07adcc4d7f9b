"""ColumnView: one column's cards as a list; keys walk it, the mouse lifts a card, a line shows where it would land."""

from collections.abc import Set as AbstractSet
from enum import Enum, auto
from typing import Final

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QApplication, QListView
from typing_extensions import override

from workbench.ids import CardId
from workbench.ui.directions import isolated
from workbench.ui.qt_models.board_model import ColumnModel, runs
from workbench.ui.theme import Theme
from workbench.ui.widgets.card_delegate import GAP, CardDelegate
from workbench.ui.widgets.menu_key import is_menu_key

_KNOB: Final = 3
_EMPTY: Final = 48
_ENTER: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_SIDE: Final = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_ENDS: Final = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_SHIFT, _CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
_Index = QModelIndex | QPersistentModelIndex


class Pick(Enum):
    """What is meant by pointing at a card: only it, it too or not any more, all up to it."""

    ONE = auto()
    TOGGLE = auto()
    RANGE = auto()


class ColumnView(QListView):
    """Sends what a person does with a card; the board decides what comes of it.

    `lifted(id, grip)` when a drag begins (`grip` is where the card was taken), then `carried(global position)`, and at
    last `let_go(is_kept)`. `walked(-1 or 1, is_range)` asks for the column at the left or right, `beyond(-1 or 1)`
    for what is above its first or below its last card. A list that `is_whole` is as high as its cards and leaves
    scrolling to what it stands in.
    """

    opened = Signal(str)
    picked = Signal(str, Pick)
    all_picked = Signal()
    menu_wanted = Signal(str, QPoint)
    walked = Signal(int, bool)
    beyond = Signal(int)
    lifted = Signal(str, QPoint)
    carried = Signal(QPoint)
    let_go = Signal(bool)

    def __init__(
        self, theme: Theme, model: ColumnModel, delegate: CardDelegate, *, hint: str, is_whole: bool = False
    ) -> None:
        super().__init__()
        self._theme, self._column, self._delegate, self._hint = theme, model, delegate, hint
        self._is_whole = is_whole
        self._pressed: CardId | None = None
        self._pressed_at = QPoint()
        self._is_carrying = self._has_more = False
        self._drop_row: int | None = None
        self.setAccessibleName(model.title)
        self.setProperty("ground", "clear")
        self.setModel(model)
        self.setItemDelegate(delegate)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.verticalScrollBar().setSingleStep(theme.px(24))
        if is_whole:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.changed.connect(self.scheduleDelayedItemsLayout)

    # What the board asks for

    def card_at(self, row: int) -> CardId:
        """The card shown at this row."""
        return self._column.items[row].id

    def current_card(self) -> CardId | None:
        """The card the keyboard is on."""
        index = self.currentIndex()
        return self._column.items[index.row()].id if index.isValid() else None

    def choose(self, row: int) -> None:
        """Puts the keyboard on a card and brings it into view."""
        index = self._column.index(row)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def set_hint(self, hint: str) -> None:
        """Says something else where there are no cards."""
        if hint != self._hint:
            self._hint = hint
            self.viewport().update()

    def leave(self) -> None:
        """Takes the keyboard's place away; another column has it."""
        self.selectionModel().clearCurrentIndex()

    def mark(self, chosen: AbstractSet[CardId]) -> None:
        """Marks the chosen ones of its cards."""
        rows = [row for row, item in enumerate(self._column.items) if item.id in chosen]
        if not rows and not self.selectionModel().hasSelection():
            return
        found = QItemSelection()
        for first, last in runs(rows):
            found.select(self._column.index(first), self._column.index(last))
        self.selectionModel().select(found, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def whole_height(self, width: int) -> int:
        """How high all its cards are, `width` wide; of none, of its hint."""
        cards = sum(self._delegate.height_of(item, width) for item in self._column.items)
        return cards or self._theme.px(_EMPTY)

    def drop_row_at(self, at: QPoint) -> int:
        """The row a card let go at this point of the viewport would get, counted with the card itself."""
        for row in range(len(self._column.items)):
            box = self.visualRect(self._column.index(row))
            if at.y() < box.center().y() - GAP // 2:
                return row
        return len(self._column.items)

    def show_drop(self, row: int | None) -> None:
        """Draws the line where a card would land; None takes it away. Only the two lines are painted again."""
        if row == self._drop_row:
            return
        for each in (self._drop_row, row):
            if each is not None:
                self.viewport().update(self._drop_line(each).adjusted(0, -_KNOB - 1, 0, _KNOB + 2))
        self._drop_row = row

    def scroll_by(self, pixels: int) -> None:
        """Scrolls, for a card carried near the edge."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + pixels)

    # What people do

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if self._is_carrying and key == Qt.Key.Key_Escape:
            self._finish(is_kept=False)
        elif key in _ENTER and self.currentIndex().isValid():
            self.opened.emit(self.current_card())
        elif key in _SIDE and not event.modifiers() & _CONTROL:
            self.walked.emit(_SIDE[key], bool(event.modifiers() & _SHIFT))
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.all_picked.emit()
        elif key == Qt.Key.Key_Space and self.currentIndex().isValid():
            self.picked.emit(self.current_card(), Pick.TOGGLE)
        elif is_menu_key(event.key(), event.modifiers()) and self.currentIndex().isValid():
            box = self.visualRect(self.currentIndex())
            self.menu_wanted.emit(self.current_card(), self.viewport().mapToGlobal(box.center()))
        else:
            self._walk(event)

    def _walk(self, event: QKeyEvent) -> None:
        before = self.currentIndex()
        super().keyPressEvent(event)
        card = self.current_card()
        if card is not None and self.currentIndex() != before:
            self.picked.emit(card, Pick.RANGE if event.modifiers() & _SHIFT else Pick.ONE)
        elif event.key() in _ENDS and card is not None and not event.modifiers() & (_SHIFT | _CONTROL):
            self.beyond.emit(_ENDS[Qt.Key(event.key())])

    @override
    def selectionCommand(self, index: _Index, event: QEvent | None = None) -> QItemSelectionModel.SelectionFlag:
        # The board marks cards, across all its columns.
        return QItemSelectionModel.SelectionFlag.NoUpdate

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            is_ours = self._is_carrying and event.key() == Qt.Key.Key_Escape
            if is_ours:
                event.accept()
                return True
        return super().event(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        self._pressed, self._pressed_at = None, event.position().toPoint()
        self._has_more = False
        if not index.isValid():
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            return
        card = self._column.items[index.row()].id
        is_marked = self.selectionModel().isSelected(index)
        super().mousePressEvent(event)
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed = card
        if event.modifiers() & _CONTROL:
            self.picked.emit(card, Pick.TOGGLE)
        elif event.modifiers() & _SHIFT:
            self.picked.emit(card, Pick.RANGE)
        elif not is_marked:
            self.picked.emit(card, Pick.ONE)
        else:
            # Perhaps all that is marked is to be carried: only letting go says that this one alone is meant.
            self._has_more = event.button() is Qt.MouseButton.LeftButton

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
            return
        # Never handed on with a button down: a list marks every card the mouse passes.
        at = event.position().toPoint()
        far = (at - self._pressed_at).manhattanLength() >= QApplication.startDragDistance()
        if self._pressed is not None and not self._is_carrying and far:
            row = self._column.row_of(self._pressed)
            if row < 0:
                return
            self._is_carrying = True
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.lifted.emit(self._pressed, self._pressed_at - self.visualRect(self._column.index(row)).topLeft())
        if self._is_carrying:
            self.carried.emit(event.globalPosition().toPoint())

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._is_carrying:
            self._finish(is_kept=True)
            return
        card, self._pressed = self._pressed, None
        super().mouseReleaseEvent(event)
        if self._has_more and card is not None:
            self.picked.emit(card, Pick.ONE)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self.opened.emit(self._column.items[index.row()].id)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if self._is_whole:
            event.ignore()
            return
        super().wheelEvent(event)
        event.accept()

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.indexAt(event.pos())
        if index.isValid():
            self.menu_wanted.emit(self._column.items[index.row()].id, event.globalPos())

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        is_by_key = event.reason() in {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}
        if is_by_key and self._column.items and not self.currentIndex().isValid():
            self.choose(0)
            self.picked.emit(self._column.items[0].id, Pick.ONE)
        self.viewport().update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            # Heights follow from widths, because titles break and facts take one row or two.
            self.scheduleDelayedItemsLayout()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        if not self._column.items:
            self._paint_hint(painter)
        if self._drop_row is not None:
            self._paint_drop(painter, self._drop_line(self._drop_row))

    def _finish(self, *, is_kept: bool) -> None:
        self._is_carrying = False
        self._pressed = None
        self.setState(QAbstractItemView.State.NoState)
        self.let_go.emit(is_kept)

    def _drop_line(self, row: int) -> QRect:
        """The line, two pixels high, in the gap above the card at `row`."""
        items, width = self._column.items, self.viewport().width()
        if not items:
            return QRect(0, _KNOB, width, 2)
        if row < len(items):
            top = self.visualRect(self._column.index(row)).top() - GAP // 2 - 1
        else:
            top = self.visualRect(self._column.index(len(items) - 1)).bottom() - GAP // 2
        return QRect(0, max(_KNOB, top), width, 2)

    def _paint_drop(self, painter: QPainter, line: QRect) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        accent = self._theme.colour("accent")
        turned = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        knob = QPointF(line.right() - _KNOB if turned else line.left() + _KNOB + 1, line.center().y() + 0.5)
        painter.fillRect(line.adjusted(0 if turned else 2 * _KNOB, 0, -2 * _KNOB if turned else 0, 0), accent)
        painter.setPen(QPen(accent, 2))
        painter.setBrush(self._theme.colour("surface"))
        painter.drawEllipse(knob, _KNOB, _KNOB)

    def _paint_hint(self, painter: QPainter) -> None:
        painter.setPen(self._theme.colour("third"))
        painter.setFont(self._theme.font(12))
        room = self.viewport().rect().adjusted(8, 12, -8, -8)
        painter.drawText(room, Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap, isolated(self._hint))
