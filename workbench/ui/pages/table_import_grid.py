"""MappingGrid: the first rows of a table as they will be read, and above each column a box that says what it means."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QWidget
from typing_extensions import override

from workbench.operations.tables import PreviewRow
from workbench.sync.importers.table_mapping import FIELDS, TableField, TableKind
from workbench.ui.pages.table_import_words import FIELD_TITLES, NOT_READ
from workbench.ui.qt_models.rows_model import MARK
from workbench.ui.theme import BODY, Theme
from workbench.ui.widgets.choice_box import ChoiceBox
from workbench.ui.widgets.table_view import CellDelegate, TableView

MOST_SHOWN: Final = 60
"""Columns; those behind them are not read unless they were guessed, and can be named on the command line."""
_LINE_WIDTH: Final = 84
_LEAST, _MOST = 172, 280
_TITLE_HEIGHT: Final = 26
_BOX_HEIGHT: Final = 32
_LETTERS: Final = 200
_Index = QModelIndex | QPersistentModelIndex
_LEFT = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
_TOP = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop


class PreviewModel(QAbstractTableModel):
    """Line numbers in the first column, then the cells; a row that cannot be read is marked and says why."""

    def __init__(self) -> None:
        super().__init__()
        self._headers: Sequence[str] = ()
        self._rows: Sequence[PreviewRow] = ()

    def set_rows(self, headers: Sequence[str], rows: Sequence[PreviewRow]) -> None:
        """Shows other rows."""
        self.beginResetModel()
        self._headers, self._rows = headers, rows
        self.endResetModel()

    @override
    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._headers) + 1

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, is_line = self._rows[index.row()], index.column() == 0
        if role == Qt.ItemDataRole.DisplayRole:
            text = str(row.line) if is_line else row.cells[index.column() - 1]
            return " ".join(text[:_LETTERS].split())
        asked: dict[int, Any] = {
            Qt.ItemDataRole.TextAlignmentRole: _LEFT,
            Qt.ItemDataRole.ToolTipRole: _state(row) or None,
            Qt.ItemDataRole.AccessibleTextRole: f"Line {row.line}. {_state(row)}".strip() if is_line else None,
            MARK: _mark(row) if is_line else None,
        }
        return asked.get(role)

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section <= len(self._headers):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return "Line" if section == 0 else self._headers[section - 1]
        return _TOP if role == Qt.ItemDataRole.TextAlignmentRole else None


class MappingHeader(QHeaderView):
    """Titles with a box under each but the first; the boxes move with their columns."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._theme = theme
        self.boxes: list[ChoiceBox] = []
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.sectionResized.connect(self.arrange)
        self.geometriesChanged.connect(self.arrange)

    @override
    def sizeHint(self) -> QSize:
        height = self._theme.px(_TITLE_HEIGHT) + self._theme.px(_BOX_HEIGHT) + 12
        return QSize(super().sizeHint().width(), height)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    @override
    def setOffset(self, offset: int) -> None:
        super().setOffset(offset)
        self.arrange()

    def set_boxes(self, boxes: list[ChoiceBox]) -> None:
        """Puts other boxes over the columns from the second on."""
        for old in self.boxes:
            old.hide()
            old.deleteLater()
        self.boxes = boxes
        for box in boxes:
            box.setParent(self.viewport())
            box.show()
        self.arrange()

    def arrange(self) -> None:
        """Moves each box over its column."""
        top = self._theme.px(_TITLE_HEIGHT)
        for section, box in enumerate(self.boxes, start=1):
            if section < self.count():
                left = self.sectionViewportPosition(section)
                box.setGeometry(left + 6, top, self.sectionSize(section) - 12, self._theme.px(_BOX_HEIGHT))


class MappingGrid(TableView):
    """`changed` when a column was given another meaning. `show_table` begins; `show_rows` shows how rows are read."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, name="First rows, as they will be read")
        self._theme = theme
        self._rows = PreviewModel()
        self._headers: tuple[str, ...] = ()
        self._rest: tuple[TableField | None, ...] = ()
        self._header = MappingHeader(theme)
        self.setHorizontalHeader(self._header)
        self.setModel(self._rows)
        self.setItemDelegate(CellDelegate(theme, self))
        self.setCornerWidget(QWidget())
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalScrollBar().valueChanged.connect(self._header.arrange)

    def show_table(
        self,
        headers: Sequence[str],
        columns: Sequence[TableField | None],
        *,
        kind: TableKind,
        rows: Sequence[PreviewRow],
    ) -> None:
        """Another table: a box for each column, set to what it is taken for."""
        self._headers, self._rest = tuple(headers[:MOST_SHOWN]), tuple(columns[MOST_SHOWN:])
        boxes = [self._box(header, field, kind) for header, field in zip(self._headers, columns, strict=False)]
        self.show_rows(rows)
        self._header.set_boxes(boxes)
        self._set_widths(rows)

    def show_rows(self, rows: Sequence[PreviewRow]) -> None:
        """The same columns, read otherwise."""
        self._rows.set_rows(self._headers, rows)

    def columns(self) -> tuple[TableField | None, ...]:
        """What each column of the file is said to mean."""
        chosen = tuple(
            None if box.currentData() is None else TableField(box.currentData()) for box in self._header.boxes
        )
        return chosen + self._rest

    def boxes(self) -> tuple[ChoiceBox, ...]:
        """The boxes over the columns, in their order."""
        return tuple(self._header.boxes)

    def _box(self, header: str, field: TableField | None, kind: TableKind) -> ChoiceBox:
        box = ChoiceBox(self._theme, name=f"What the column “{header}” means")
        box.addItem(NOT_READ, None)
        for each in FIELDS[kind]:
            box.addItem(FIELD_TITLES[each], each.value)
        box.setCurrentIndex(0 if field is None else max(0, box.findData(field.value)))
        box.currentIndexChanged.connect(self._on_chosen)
        box.focused.connect(self._scroller(header))
        return box

    def _scroller(self, header: str) -> Callable[[], None]:
        """Brings a column into view when the keyboard comes to its box."""
        section = self._headers.index(header) + 1

        def scroll() -> None:
            left = self._header.sectionPosition(section)
            bar = self.horizontalScrollBar()
            width = self._header.sectionSize(section)
            if left < bar.value():
                bar.setValue(left)
            elif left + width > bar.value() + self.viewport().width():
                bar.setValue(left + width - self.viewport().width())

        return scroll

    def _on_chosen(self) -> None:
        self.changed.emit()

    def _set_widths(self, rows: Sequence[PreviewRow]) -> None:
        metrics = QFontMetrics(self._theme.font(BODY))
        self._header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self._header.resizeSection(0, self._theme.px(_LINE_WIDTH))
        for place in range(len(self._headers)):
            texts = [self._headers[place], *(row.cells[place][:40] for row in rows[:20])]
            widest = max(metrics.horizontalAdvance(text) for text in texts) + 36
            width = min(max(widest, self._theme.px(_LEAST)), self._theme.px(_MOST))
            self._header.resizeSection(place + 1, width)


def _state(row: PreviewRow) -> str:
    if row.fault:
        return f"Held back: {row.fault}"
    return "Left out: a total, or nobody who came" if row.is_left_out else ""


def _mark(row: PreviewRow) -> tuple[str, str] | None:
    if row.fault:
        return "warning-circle", "watch"
    return ("minus-circle", "third") if row.is_left_out else None
