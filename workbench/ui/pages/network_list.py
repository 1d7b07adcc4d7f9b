"""NetworkList: people in the order of names, each with a line that says why they stand there; never ranked."""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from workbench.ui.directions import isolated
from workbench.ui.qt_models.rows_model import ROW
from workbench.ui.theme import BODY, SMALL, Theme

HEIGHTS: Final = (34, 48, 64)
"""How tall rows are, as designed: a name alone, with one line below it, with two."""
_SIDE: Final = 12
_Index = QModelIndex | QPersistentModelIndex


class NetworkRow(NamedTuple):
    """Somebody, by place in the network, and what is said of them."""

    node: int
    name: str
    words: str


class NetworkListModel(QAbstractListModel):
    """Rows as they come; `find` leaves those with the typed words in name or line."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: Sequence[NetworkRow] = ()
        self._rows: Sequence[NetworkRow] = ()
        self._wanted: list[str] = []

    def set_rows(self, rows: Sequence[NetworkRow]) -> None:
        """Shows others."""
        self._all = rows
        self._arrange()

    def find(self, text: str) -> None:
        """Leaves those that hold every typed word."""
        self._wanted = text.casefold().split()
        self._arrange()

    def row_at(self, place: int) -> NetworkRow | None:
        """Who stands at a place."""
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def place_of(self, node: int) -> int:
        """Where somebody stands; -1 when they do not."""
        return next((place for place, row in enumerate(self._rows) if row.node == node), -1)

    @override
    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row_at(index.row()) if index.isValid() else None
        if row is None or role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        if role in {Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole}:
            return f"{row.name}: {row.words}" if row.words else row.name
        return None

    def _arrange(self) -> None:
        self.beginResetModel()
        self._rows = [row for row in self._all if self._fits(row)] if self._wanted else self._all
        self.endResetModel()

    def _fits(self, row: NetworkRow) -> bool:
        text = f"{row.name} {row.words}".casefold()
        return all(word in text for word in self._wanted)


class _RowDelegate(QStyledItemDelegate):
    """A name, and below it one line or two."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme, self.height = theme, HEIGHTS[1]

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(160, self._theme.px(self.height))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row: NetworkRow = index.data(ROW)
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        tokens, px = self._theme.tokens, self._theme.px
        painter.save()
        painter.setLayoutDirection(option.direction)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, tokens.colour("accent_soft"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, tokens.colour("hover"))
        painter.setPen(tokens.colour("grid"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(tokens.colour("accent"))
            painter.drawRect(box.adjusted(0, 0, -1, -1))
        room = px(20) if row.words else box.height() - px(10)
        name = QRect(box.left() + _SIDE, box.top() + px(5), box.width() - 2 * _SIDE, room)
        painter.setFont(self._theme.font(BODY, weight=QFont.Weight.Medium))
        painter.setPen(tokens.colour("text"))
        shown = painter.fontMetrics().elidedText(row.name, Qt.TextElideMode.ElideRight, name.width())
        painter.drawText(name, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, isolated(shown))
        below = QRect(name.left(), name.bottom() + 1, name.width(), box.bottom() - name.bottom() - px(4))
        painter.setFont(self._theme.font(SMALL))
        painter.setPen(tokens.colour("second"))
        painter.drawText(
            below,
            Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading,
            isolated(row.words),
        )
        painter.restore()


class NetworkList(QListView):
    """`chosen(node)` when the choice moves, `opened(node)` on Enter or a double click."""

    chosen = Signal(int)
    opened = Signal(int)

    def __init__(self, theme: Theme, *, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.rows = NetworkListModel(self)
        self.setModel(self.rows)
        self._delegate = _RowDelegate(theme, self)
        self.setItemDelegate(self._delegate)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._is_led = False
        self.selectionModel().currentChanged.connect(lambda now, _past: self._on_current(now.row()))
        self.clicked.connect(lambda index: self._on_current(index.row()))
        self.doubleClicked.connect(lambda index: self._on_opened(index.row()))
        theme.changed.connect(self.scheduleDelayedItemsLayout)

    def show_rows(self, rows: Sequence[NetworkRow], *, lines: int) -> None:
        """Shows others, each with so many lines below the name (0 to 2)."""
        self._delegate.height = HEIGHTS[lines]
        self.rows.set_rows(rows)

    def lead_to(self, node: int) -> None:
        """Moves the choice without saying so; off everybody where this one is not in the list."""
        self._is_led = True
        place = self.rows.place_of(node)
        if place >= 0:
            self.setCurrentIndex(self.rows.index(place))
        else:
            self.selectionModel().clear()
        self._is_led = False

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._on_opened(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def _on_current(self, place: int) -> None:
        row = self.rows.row_at(place)
        if row is not None and not self._is_led:
            self.chosen.emit(row.node)

    def _on_opened(self, place: int) -> None:
        row = self.rows.row_at(place)
        if row is not None:
            self.opened.emit(row.node)
