"""CardTableView: a table of cards worked in like a spreadsheet: walk by arrows, F2 or typing edits, Tab goes on."""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QWidget
from typing_extensions import override

from workbench.ids import CardId
from workbench.ui.qt_models.card_table import WIDTHS, CardTable, Cell, Head
from workbench.ui.theme import Theme
from workbench.ui.widgets.card_cells import CardCells
from workbench.ui.widgets.menu_key import is_menu_key
from workbench.ui.widgets.table_view import TableView

_ENTER: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_CONTROL: Final = Qt.KeyboardModifier.ControlModifier
_SIDE: Final = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_GIVES_WAY: Final = (Cell.KIND, Cell.OBJECTIVE, Cell.PILLAR)
_Flag = QItemSelectionModel.SelectionFlag


class CardTableView(TableView):
    """`marked(ids, current)` when other lines are chosen, `card_opened(id)` on Enter, `moved(-1 or 1)` on Ctrl+arrows.

    `rested` when nothing is edited any more. Tab leaves the table; within an edit it goes to the next cell.
    """

    RINGS = False

    marked = Signal(object, str)
    card_opened = Signal(str)
    moved = Signal(int)
    menu_wanted = Signal(QPoint)
    rested = Signal()

    def __init__(self, theme: Theme, model: CardTable) -> None:
        super().__init__(theme, name="Cards")
        self._table = model
        self._is_told = False
        self.cells = CardCells(theme, self)
        self.setItemDelegate(self.cells)
        self.setModel(model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.doubleClicked.disconnect()
        header = self.horizontalHeader()
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self.cells.entered.connect(self._go_down)
        self.clicked.connect(self._on_clicked)
        model.modelReset.connect(self._lay_out)
        self.selectionModel().selectionChanged.connect(self._tell)
        self.selectionModel().currentChanged.connect(self._tell)
        self._lay_out()

    @property
    def is_editing(self) -> bool:
        """Whether somebody types in a cell."""
        return self.state() == QAbstractItemView.State.EditingState

    def mark(self, cards: Iterable[CardId], *, current: CardId | None) -> None:
        """Shows these cards as chosen, without telling it."""
        self._is_told = True
        wanted, last = QItemSelection(), self._table.columnCount() - 1
        for card in cards:
            line = self._table.line_of(card)
            if line >= 0:
                wanted.select(self._table.index(line, 0), self._table.index(line, last))
        selection = self.selectionModel()
        line = -1 if current is None else self._table.line_of(current)
        if line >= 0 and line != self.currentIndex().row():
            column = max(0, self.currentIndex().column())
            selection.setCurrentIndex(self._table.index(line, column), _Flag.NoUpdate)
            self.scrollTo(self.currentIndex())
        selection.select(wanted, _Flag.ClearAndSelect)
        self._is_told = False

    def start_card(self) -> None:
        """Puts the keyboard on the line for a new card and opens it."""
        index = self._table.index(self._table.rowCount() - 1, 0)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self.edit(index)

    def finish_line(self) -> None:
        """Takes what is typed in a cell, also in the line for a new card."""
        editor = self.indexWidget(self.currentIndex()) if self.is_editing else None
        if editor is not None:
            self.cells.finish(editor)

    def take_focus(self) -> None:
        """Puts the keyboard on the chosen card, or on the first line."""
        self.setFocus()
        if not self.currentIndex().isValid():
            first = next((line for line in range(self._table.rowCount()) if self._table.card_at(line)), 0)
            self.setCurrentIndex(self._table.index(first, 0))

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            is_ours = event.modifiers() == _CONTROL and event.key() in _SIDE
            if is_ours or (event.key() == Qt.Key.Key_Escape and self.is_editing):
                event.accept()
                return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, current = Qt.Key(event.key()), self.currentIndex()
        if key in _ENTER and current.isValid():
            card = self._table.card_at(current.row())
            if card is not None:
                self.card_opened.emit(card.id)
            else:
                self.edit(current)
        elif event.modifiers() == _CONTROL and key in _SIDE:
            turned = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
            self.moved.emit(-_SIDE[key] if turned else _SIDE[key])
        elif is_menu_key(event.key(), event.modifiers()) and current.isValid():
            self.menu_wanted.emit(self.viewport().mapToGlobal(self.visualRect(current).center()))
        else:
            super().keyPressEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.indexAt(event.pos())
        if index.isValid() and self._table.card_at(index.row()) is not None:
            if not self.selectionModel().isSelected(index):
                self.setCurrentIndex(index)
            self.menu_wanted.emit(event.globalPos())

    @override
    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, hint)
        if not self.is_editing:
            self.rested.emit()

    def _go_down(self) -> None:
        """To the same column of the next card, as in a spreadsheet."""
        current = self.currentIndex()
        last = self._table.rowCount() - 1
        for line in range(current.row() + 1, last + 1):
            if not isinstance(self._table.lines[line], Head):
                self.setCurrentIndex(self._table.index(line, current.column() if line < last else 0))
                return

    def _on_clicked(self, index: QModelIndex) -> None:
        if index.row() == self._table.rowCount() - 1:
            self.edit(self._table.index(index.row(), 0))

    def _tell(self) -> None:
        if self._is_told:
            return
        lines = {index.row() for index in self.selectionModel().selectedRows()}
        cards = [card.id for line in sorted(lines) if (card := self._table.card_at(line)) is not None]
        current = self._table.card_at(self.currentIndex().row())
        self.marked.emit(cards, "" if current is None else current.id)

    def _lay_out(self) -> None:
        cells, last = self._table.cells, self._table.columnCount()
        self.clearSpans()
        for line in range(self._table.rowCount() if last > 1 else 0):
            if self._table.card_at(line) is None:
                self.setSpan(line, 0, 1, last)
        gives_way = tuple(cells.index(cell) for cell in _GIVES_WAY if cell in cells)
        self.set_widths(tuple(WIDTHS[cell] for cell in cells), gives_way=gives_way)
