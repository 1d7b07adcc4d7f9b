"""UndatedList: cards without a day beside a calendar; one takes a card from here and drops it on a day."""

from collections.abc import Collection, Sequence
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QListView
from typing_extensions import override

from workbench.ids import CardId
from workbench.ui.qt_models.card_item import CardItem
from workbench.ui.theme import Theme
from workbench.ui.widgets.menu_key import is_menu_key

_Index = QModelIndex | QPersistentModelIndex
_ENTER: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_Flag = QItemSelectionModel.SelectionFlag


class _Undated(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.items: Sequence[CardItem] = ()

    def show_items(self, items: Sequence[CardItem]) -> None:
        self.beginResetModel()
        self.items = items
        self.endResetModel()

    @override
    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.items)

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        item = self.items[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return " ".join(item.title.split())
        if role == Qt.ItemDataRole.ToolTipRole:
            return item.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{item.title}, {item.spoken}" if item.spoken else item.title
        return None


class UndatedList(QListView):
    """`chosen(ids, current)`, `opened(id)`; a drag tells `carried(id, global point)`, then `let_go(id, point)`."""

    chosen = Signal(object, str)
    opened = Signal(str)
    menu_wanted = Signal(QPoint)
    carried = Signal(str, QPoint)
    let_go = Signal(str, QPoint)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._undated = _Undated()
        self._pressed: CardId | None = None
        self._pressed_at = QPoint()
        self._is_carrying = self._is_told = False
        self.setAccessibleName("Cards without a day")
        self.setModel(self._undated)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setUniformItemSizes(True)
        self.setFixedWidth(theme.px(200))
        self.selectionModel().selectionChanged.connect(self._tell)
        self.doubleClicked.connect(lambda index: self.opened.emit(self._undated.items[index.row()].id))
        theme.changed.connect(lambda: self.setFixedWidth(theme.px(200)))

    @property
    def items(self) -> Sequence[CardItem]:
        """What is shown."""
        return self._undated.items

    def show_items(self, items: Sequence[CardItem]) -> None:
        """Shows these cards."""
        self._undated.show_items(items)

    def mark(self, cards: Collection[CardId]) -> None:
        """Shows these cards as chosen, without telling it."""
        self._is_told = True
        wanted = QItemSelection()
        for row, item in enumerate(self._undated.items):
            if item.id in cards:
                index = self._undated.index(row)
                wanted.select(index, index)
        self.selectionModel().select(wanted, _Flag.ClearAndSelect)
        self._is_told = False

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in _ENTER and index.isValid():
            self.opened.emit(self._undated.items[index.row()].id)
        elif is_menu_key(event.key(), event.modifiers()) and index.isValid():
            self.menu_wanted.emit(self.viewport().mapToGlobal(self.visualRect(index).center()))
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        is_left = event.button() is Qt.MouseButton.LeftButton
        self._pressed = self._undated.items[index.row()].id if index.isValid() and is_left else None
        self._pressed_at = event.position().toPoint()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        # Never handed on with a button down: a list marks every line the mouse passes.
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        far = (event.position().toPoint() - self._pressed_at).manhattanLength() >= QApplication.startDragDistance()
        if self._is_carrying or far:
            self._is_carrying = True
            self.carried.emit(self._pressed, event.globalPosition().toPoint())

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._is_carrying and self._pressed is not None:
            self._is_carrying = False
            self.let_go.emit(self._pressed, event.globalPosition().toPoint())
        else:
            super().mouseReleaseEvent(event)
        self._pressed = None

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.indexAt(event.pos()).isValid():
            self.menu_wanted.emit(event.globalPos())

    def _tell(self) -> None:
        if not self._is_told:
            rows = sorted(index.row() for index in self.selectionModel().selectedRows())
            cards = [self._undated.items[row].id for row in rows]
            current = self.currentIndex().row()
            is_in = current in rows
            self.chosen.emit(cards, self._undated.items[current].id if is_in else "")
