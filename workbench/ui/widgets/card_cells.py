"""CardCells: draws the lines of a table of cards, and edits each cell with what fits it."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Final, cast

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QStringListModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QApplication, QLineEdit, QStyle, QStyleOptionViewItem, QWidget
from typing_extensions import override

from workbench.models.kinds import CardColumn, CardKind, Pillar
from workbench.ui import numbers
from workbench.ui.qt_models.card_item import COLUMN_TITLES, PILLAR_TITLES
from workbench.ui.qt_models.card_table import CELL_TITLES, HEAD, KIND_TITLES, NEW, CardTable, Cell
from workbench.ui.theme import BODY, SMALL, Theme
from workbench.ui.widgets.choice_box import ChoiceBox
from workbench.ui.widgets.completer_list import complete
from workbench.ui.widgets.day_field import DayField, read_day
from workbench.ui.widgets.table_view import CellDelegate

_Index = QModelIndex | QPersistentModelIndex
_MIDDLE: Final = Qt.AlignmentFlag.AlignVCenter
_ENTER: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_PADDING: Final = 12
_MOST_HOURS: Final = 10_000
_ENDED: Final = "is_ended"


class CardCells(CellDelegate):
    """`refused(words)` when what was typed is not what the cell holds; `entered` after Enter ended an edit."""

    refused = Signal(str)
    entered = Signal()

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(theme, parent)
        self.owners: Sequence[str] = ()

    # What one sees

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        head = index.data(HEAD)
        if head is not None:
            self._paint_head(painter, option, *head)
            return
        super().paint(painter, option, index)
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_HasFocus:
            box: QRect = option.rect
            painter.setPen(QPen(self._theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(1, 1, -1, -1))

    def _paint_head(self, painter: QPainter, option: QStyleOptionViewItem, title: str, sums: str) -> None:
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        turned = option.direction is Qt.LayoutDirection.RightToLeft
        painter.save()
        painter.setLayoutDirection(option.direction)
        painter.fillRect(box, self._theme.colour("window"))
        painter.setPen(self._theme.colour("line"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(self._theme.colour("accent"), 2))
            painter.drawRect(box.adjusted(1, 1, -1, -1))
        room = box.adjusted(_PADDING, 0, -_PADDING, 0)
        painter.setFont(self._theme.font(SMALL))
        painter.setPen(self._theme.colour("third"))
        taken = painter.fontMetrics().horizontalAdvance(sums)
        painter.drawText(room, Qt.AlignmentFlag.AlignTrailing | _MIDDLE, sums)
        painter.setFont(self._theme.font(BODY, weight=QFont.Weight.DemiBold))
        painter.setPen(self._theme.colour("text"))
        gap = taken + _PADDING
        room = room.adjusted(gap if turned else 0, 0, 0 if turned else -gap, 0)
        words = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeading | _MIDDLE, words)
        painter.restore()

    # What one types

    def finish(self, editor: QWidget) -> None:
        """Takes what is typed in an open editor, as Enter would."""
        self._end(editor)

    @override
    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:
        table = _table(index)
        cell = table.cells[index.column()]
        if cell is Cell.DAY:
            return self._day_field(parent, table)
        choices = self._choices(cell, table)
        editor: QWidget = self._line(cell) if choices is None else self._box(cell, choices)
        editor.setParent(parent)
        editor.setAccessibleName(CELL_TITLES[cell])
        return editor

    @override
    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        value = _table(index).value_at(index)
        if isinstance(editor, DayField):
            editor.set_day(value)
        elif isinstance(editor, ChoiceBox):
            editor.setCurrentIndex(max(0, editor.findData(_kept(value))))
        elif isinstance(editor, QLineEdit):
            words = numbers.decimal(value, digits=2) if isinstance(value, float | int) else value or ""
            editor.setText(words)
            editor.selectAll()

    @override
    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: _Index) -> None:
        del model  # the index knows it, by its own type
        table = _table(index)
        is_new = table.lines[index.row()] == NEW
        try:
            value = self._typed(editor, table.cells[index.column()], table, is_new=is_new)
        except ValueError as error:
            self.refused.emit(str(error))
            return
        table.write(index, value)

    @override
    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: _Index) -> None:
        box: QRect = option.rect
        wanted = max(box.width(), self._theme.px(176) if isinstance(editor, DayField) else 0)
        ground = editor.parentWidget()
        left = box.left() if ground is None else min(box.left(), ground.width() - wanted)
        if option.direction is Qt.LayoutDirection.RightToLeft:
            left = max(0, box.right() + 1 - wanted)
        height = max(box.height(), editor.sizeHint().height())
        editor.setGeometry(QRect(left, box.center().y() - height // 2, wanted, height))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        field = watched.parent() if isinstance(watched.parent(), DayField) else None
        editor = field if isinstance(field, DayField) else watched
        if not isinstance(editor, QWidget):
            return False
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in _ENTER:
                self._end(editor)
                self.entered.emit()
                return True
            if isinstance(editor, DayField):
                return self._field_key(editor, event)
        if isinstance(editor, DayField):
            if event.type() == QEvent.Type.FocusOut and QApplication.activePopupWidget() is None:
                self._end(editor)
            return False
        return super().eventFilter(watched, event)

    def _field_key(self, field: DayField, event: QKeyEvent) -> bool:
        """What Qt does by itself for an editor that has the keyboard, and not for a line within one."""
        hints = {
            Qt.Key.Key_Tab: self.EndEditHint.EditNextItem, Qt.Key.Key_Backtab: self.EndEditHint.EditPreviousItem,
        }  # fmt: skip
        hint = hints.get(Qt.Key(event.key()))
        if hint is not None:
            self._end(field, hint)
        elif event.key() == Qt.Key.Key_Escape:
            self._end(field, self.EndEditHint.RevertModelCache)
        else:
            return False
        return True

    def _end(self, editor: QWidget, hint: "CellDelegate.EndEditHint | None" = None) -> None:
        """Ends an edit once: what closes it takes the keyboard away, which would end it again."""
        if editor.property(_ENDED):
            return
        editor.setProperty(_ENDED, True)  # noqa: FBT003 - Qt's own order
        if hint is not self.EndEditHint.RevertModelCache:
            self.commitData.emit(editor)
        self.closeEditor.emit(editor, self.EndEditHint.NoHint if hint is None else hint)

    def _typed(self, editor: QWidget, cell: Cell, table: CardTable, *, is_new: bool) -> Any:
        """The value of an editor; ValueError with words for people where it is none."""
        if isinstance(editor, DayField):
            return _day(editor.line.text(), today=table.today)
        if isinstance(editor, ChoiceBox):
            return _meant(cell, editor.currentData())
        words = " ".join(cast("QLineEdit", editor).text().split())
        if cell is Cell.HOURS:
            return _hours(words, editor)
        if cell is Cell.TITLE and not words and not is_new:
            message = "A card needs a title."
            raise ValueError(message)
        return words

    def _line(self, cell: Cell) -> QLineEdit:
        line = QLineEdit()
        if cell is Cell.HOURS:
            line.setAlignment(Qt.AlignmentFlag.AlignRight)
        if cell is Cell.OWNER:
            complete(line, QStringListModel(list(self.owners), line), self._theme)
        return line

    def _box(self, cell: Cell, choices: Sequence[tuple[str, str]]) -> ChoiceBox:
        box = ChoiceBox(self._theme, name=CELL_TITLES[cell])
        for value, words in choices:
            box.addItem(words, value)
        box.activated.connect(lambda _place: self._end(box))
        return box

    def _day_field(self, parent: QWidget, table: CardTable) -> DayField:
        field = DayField(self._theme, today=lambda: table.today)
        field.setParent(parent)
        field.setAccessibleName(CELL_TITLES[Cell.DAY])
        field.setAutoFillBackground(True)
        field.line.installEventFilter(self)
        field.edited.connect(lambda: self._end(field))
        return field

    def _choices(self, cell: Cell, table: CardTable) -> Sequence[tuple[str, str]] | None:
        offered: dict[Cell, Callable[[], list[tuple[str, str]]]] = {
            Cell.STATUS: lambda: [(each.value, words) for each, words in COLUMN_TITLES.items()],
            Cell.PILLAR: lambda: [("", "No pillar"), *((each.value, words) for each, words in PILLAR_TITLES.items())],
            Cell.KIND: lambda: [(each.value, words) for each, words in KIND_TITLES.items()],
            Cell.OBJECTIVE: lambda: [("", "No objective"), *table.objectives.items()],
        }
        return offered[cell]() if cell in offered else None


def _table(index: _Index) -> CardTable:
    return cast("CardTable", index.model())


def _kept(value: Any) -> str:
    return "" if value is None else str(value)


def _meant(cell: Cell, value: str) -> Any:
    if cell is Cell.STATUS:
        return CardColumn(value)
    if cell is Cell.KIND:
        return CardKind(value)
    if cell is Cell.PILLAR:
        return Pillar(value) if value else None
    return value or None


def _day(words: str, *, today: date) -> date | None:
    try:
        return read_day(words, today=today)
    except (ValueError, OverflowError) as error:
        message = f"“{words}” is not a day. Write 14 May, tomorrow or +7."
        raise ValueError(message) from error


def _hours(words: str, editor: QWidget) -> float | None:
    if not words:
        return None
    value, is_number = editor.locale().toDouble(words.removesuffix("h").strip())
    if not is_number:
        value, is_number = editor.locale().c().toDouble(words.removesuffix("h").strip())
    if not is_number or not 0 <= value <= _MOST_HOURS:
        message = f"“{words}” is not a number of hours."
        raise ValueError(message)
    return value
