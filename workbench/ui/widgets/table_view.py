"""TableView: every table of the window: 32 px rows, quiet lines, keyboard first, painted by one delegate."""

from typing import ClassVar, Final

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QFont, QKeyEvent, QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)
from typing_extensions import override

from workbench.ui import icons
from workbench.ui.directions import isolated
from workbench.ui.qt_models.rows_model import MARK, SPARK
from workbench.ui.theme import BODY, Theme
from workbench.ui.widgets.table_head import TableHead

ROW_HEIGHT: Final = 32
_PADDING: Final = 12
_LEAST: Final = 220
_SPARK_WIDTH: Final = 88
_SPARK_HEIGHT: Final = 16
_Index = QModelIndex | QPersistentModelIndex
_DISPLAY = Qt.ItemDataRole.DisplayRole
_ALIGNMENT = Qt.ItemDataRole.TextAlignmentRole


class CellDelegate(QStyledItemDelegate):
    """Draws words, an icon before them, or a sparkline; numbers stand at the end of their cell."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._font = theme.font(BODY)
        self._strong = theme.font(BODY, weight=QFont.Weight.Medium)
        theme.changed.connect(self._on_theme)

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(80, self._theme.px(ROW_HEIGHT))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        tokens = self._theme.tokens
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, tokens.colour("accent_soft"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, tokens.colour("hover"))
        painter.setPen(tokens.colour("grid"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        turned = option.direction is Qt.LayoutDirection.RightToLeft
        painter.setLayoutDirection(Qt.LayoutDirection.RightToLeft if turned else Qt.LayoutDirection.LeftToRight)
        room = box.adjusted(_PADDING, 0, -_PADDING, 0)
        spark = index.data(SPARK)
        if spark is not None:
            room = self._sparkline(painter, room, spark, turned=turned)
        painter.setFont(self._strong if index.column() == 0 else self._font)
        mark, is_number = index.data(MARK), bool(index.data(_ALIGNMENT) & Qt.AlignmentFlag.AlignRight)
        if mark is not None and is_number:
            # Beside the number, not at the far end of a wide column.
            width = painter.fontMetrics().horizontalAdvance(index.data(_DISPLAY) or "") + self._theme.px(16) + 8
            over = max(0, room.width() - width)
            room.adjust(0 if turned else over, 0, -over if turned else 0, 0)
        if mark is not None:
            room = self._mark(painter, room, *mark, turned=turned)
        is_main = index.column() == 0 or is_number
        painter.setPen(tokens.colour("text" if is_main else mark[1] if mark is not None else "second"))
        words = painter.fontMetrics().elidedText(index.data(_DISPLAY) or "", Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, index.data(_ALIGNMENT), isolated(words))
        painter.restore()

    def _mark(self, painter: QPainter, room: QRect, name: str, token: str, *, turned: bool) -> QRect:
        side = self._theme.px(16)
        left = room.right() - side if turned else room.left()
        icons.draw(painter, name, QRect(left, room.center().y() - side // 2 + 1, side, side), self._theme.colour(token))
        taken = side + 6
        return room.adjusted(0 if turned else taken, 0, -taken if turned else 0, 0)

    def _sparkline(self, painter: QPainter, room: QRect, values: tuple[int | None, ...], *, turned: bool) -> QRect:
        width, height = self._theme.px(_SPARK_WIDTH), self._theme.px(_SPARK_HEIGHT)
        left = room.right() - width if turned else room.left()
        area = QRectF(left, room.center().y() - height / 2, width, height)
        most = max((value for value in values if value is not None), default=0)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colour("grid"), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        step = area.width() / max(1, len(values) - 1)
        start, way = (area.right(), -step) if turned else (area.left(), step)
        self._hatch_unknown(painter, area, values, start, way)
        # A line stops where nothing is known, and silence that is known is a line on the floor.
        parts: list[list[QPointF]] = [[]]
        for place, value in enumerate(values):
            if value is None:
                parts.append([])
            else:
                parts[-1].append(QPointF(start + place * way, area.bottom() - value / max(most, 1) * (height - 2)))
        painter.setPen(QPen(self._theme.colour("series_1"), 1))
        for points in parts:
            painter.drawPolyline(QPolygonF(points))
        painter.setBrush(self._theme.colour("series_1"))
        if parts[-1]:
            painter.drawEllipse(parts[-1][-1], 1.8, 1.8)
        taken = width + 12
        return room.adjusted(0 if turned else taken, 0, -taken if turned else 0, 0)

    def _hatch_unknown(
        self, painter: QPainter, area: QRectF, values: tuple[int | None, ...], start: float, way: float
    ) -> None:
        """Hatched, as charts do it: nobody knows, which is not the same as silence."""
        for place, value in enumerate(values):
            if value is None:
                # A hatched week reaches to its neighbours' points, so that no line is missed between them.
                begin, end = (start + max(0.0, min(len(values) - 1, near)) * way for near in (place - 1, place + 1))
                unknown = QRectF(QPointF(begin, area.top()), QPointF(end, area.bottom())).normalized()
                painter.fillRect(unknown, self._theme.colour("unknown_soft"))
                painter.fillRect(unknown, QBrush(self._theme.colour("hatch"), Qt.BrushStyle.BDiagPattern))

    def _on_theme(self) -> None:
        self._font = self._theme.font(BODY)
        self._strong = self._theme.font(BODY, weight=QFont.Weight.Medium)


class TableView(QTableView):
    """`opened(row)` on Enter or double click. Set the model, then `set_widths`; the first column takes what is left."""

    opened = Signal(int)

    RINGS: ClassVar[bool] = True
    """Whether the current row shows that it has the keyboard; where cells do, it does not."""

    def __init__(self, theme: Theme, *, name: str) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(name)
        self.setHorizontalHeader(TableHead(theme))
        self.setItemDelegate(CellDelegate(theme, self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(True)
        self.setCornerButtonEnabled(False)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))
        self._widths: tuple[int, ...] = ()
        self._gives_way: tuple[int, ...] = ()
        theme.changed.connect(self._on_theme)
        self._on_theme()

    def set_widths(self, widths: tuple[int, ...], *, gives_way: tuple[int, ...] = ()) -> None:
        """Designed widths per column; 0 takes what is left. Columns of `gives_way` hide where it is narrow."""
        self._widths, self._gives_way = widths, gives_way
        self._on_theme()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    @override
    def currentChanged(self, current: _Index, previous: _Index) -> None:
        super().currentChanged(current, previous)
        # The ring is around the whole row; by itself Qt paints the cell anew that was current.
        for index in (current, previous):
            row = self.visualRect(index)
            self.viewport().update(0, row.top(), self.viewport().width(), row.height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        current = self.currentIndex()
        if self.RINGS and self.hasFocus() and current.isValid():
            # The row is marked without the keyboard too; the ring says that keys go here.
            row = self.visualRect(current)
            row.setLeft(0)
            row.setRight(min(self.viewport().width(), self.horizontalHeader().length()) - 1)
            painter = QPainter(self.viewport())
            painter.setPen(QPen(self._theme.colour("accent"), 2))
            painter.drawRect(row.adjusted(1, 1, -1, -1))

    def _make_room(self) -> None:
        """Hides as few columns as leave the widest one room to be read."""
        wanted = sum(self._theme.px(width or _LEAST) for width in self._widths)
        for column in self._gives_way:
            is_hidden = wanted > self.viewport().width()
            self.setColumnHidden(column, is_hidden)
            wanted -= self._theme.px(self._widths[column]) if is_hidden else 0

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def _on_theme(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self._theme.px(ROW_HEIGHT))
        header = self.horizontalHeader()
        for column, width in enumerate(self._widths):
            mode = QHeaderView.ResizeMode.Interactive if width else QHeaderView.ResizeMode.Stretch
            header.setSectionResizeMode(column, mode)
            if width:
                header.resizeSection(column, self._theme.px(width))
        self._make_room()
        self.viewport().update()
