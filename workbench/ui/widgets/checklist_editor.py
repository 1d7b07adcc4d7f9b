"""ChecklistEditor: the lines of a checklist, to be ticked, worded, ordered and taken off, and a line that adds more."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from workbench.models.plan_parts import CheckItem
from workbench.ui import numbers
from workbench.ui.theme import Theme
from workbench.ui.widgets.buttons import icon_button
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.ticks import TickBox

_BOX_WIDTH: Final = 26
_CROSS: Final = 14
_STEPS: Final = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class ChecklistEditor(QWidget):
    """`added(texts)`, `ticked(id, is_done)`, `worded(id, text)`, `moved(id, index)` and `removed(id)` as people do it.

    Enter adds; lines that are pasted are added one by one. In a line Up and Down go to the next one, with Ctrl they
    move it, Delete in an empty one takes it off.
    """

    added = Signal(list)
    ticked = Signal(str, bool)
    worded = Signal(str, str)
    moved = Signal(str, int)
    removed = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName("Checklist")
        self.rows: list[_Row] = []
        self.line = _AddLine()
        self.line.setPlaceholderText("Add a line")
        self.line.setAccessibleName("Add a line to the checklist")
        self.line.ended.connect(self._add)
        self.line.stepped.connect(lambda step: self._go(len(self.rows) + step))
        self.count = PlainLabel("", role="caption")
        self._held = QVBoxLayout()
        self._held.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._held)
        column.addWidget(self.line)

    @property
    def controls(self) -> list[QWidget]:
        """What Tab goes through, in order."""
        return [*(control for row in self.rows for control in (row.box, row.line, row.cross)), self.line]

    def show_items(self, items: Sequence[CheckItem]) -> None:
        """Shows these lines; the one somebody is in keeps what was typed."""
        kept = {row.item.id: row for row in self.rows}
        rows = [kept.pop(item.id) if item.id in kept else self._made(item) for item in items]
        for row in kept.values():
            self._held.removeWidget(row)
            row.hide()
            row.deleteLater()
        for place, (row, item) in enumerate(zip(rows, items, strict=True)):
            if self._held.indexOf(row) != place:
                self._held.insertWidget(place, row)
            row.show_item(item, place=place, count=len(items))
        self.rows = rows
        done = sum(item.is_done for item in items)
        self.count.setText(f"{numbers.count(done)} of {numbers.count(len(items))}" if items else "")

    def _made(self, item: CheckItem) -> "_Row":
        row = _Row(self._theme, item)
        row.ticked.connect(partial(self.ticked.emit, item.id))
        row.worded.connect(partial(self.worded.emit, item.id))
        row.moved.connect(partial(self._move, row))
        row.stepped.connect(partial(self._step, row))
        row.removed.connect(partial(self._remove, row))
        return row

    def _add(self, text: str) -> None:
        found = [words for each in text.splitlines() if (words := " ".join(each.split()))]
        self.line.clear()
        if found:
            self.added.emit(found)

    def _move(self, row: "_Row", step: int) -> None:
        place = self.rows.index(row) + step
        if 0 <= place < len(self.rows):
            row.save()
            self.moved.emit(row.item.id, place)
            row.line.setFocus()

    def _step(self, row: "_Row", step: int) -> None:
        self._go(self.rows.index(row) + step)

    def _go(self, place: int) -> None:
        if 0 <= place < len(self.rows):
            self.rows[place].line.setFocus()
        elif place >= len(self.rows):
            self.line.setFocus()

    def _remove(self, row: "_Row") -> None:
        place = self.rows.index(row)
        row.forget()
        self._go(place + 1 if place + 1 < len(self.rows) else len(self.rows))
        self.removed.emit(row.item.id)


class _Row(QWidget):
    """One line: its box, its words, and the cross that takes it off."""

    ticked = Signal(bool)
    worded = Signal(str)
    moved = Signal(int)
    stepped = Signal(int)
    removed = Signal()

    def __init__(self, theme: Theme, item: CheckItem) -> None:
        super().__init__()
        self.item = item
        self.box = TickBox(theme, "")
        self.box.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        # The box has no words of its own beside it; the room for them goes to the line.
        self.box.setMaximumWidth(theme.px(_BOX_WIDTH))
        self.box.setMinimumHeight(theme.px(_BOX_WIDTH))
        self.line = _ItemLine()
        self.cross = icon_button("Take the line off", icon="x", theme=theme, clicked=self.removed.emit)
        self.cross.setProperty("kind", "small")
        self.cross.setIconSize(QSize(theme.px(_CROSS), theme.px(_CROSS)))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.line, 1)
        row.addWidget(self.cross, 0, Qt.AlignmentFlag.AlignTop)
        self.box.clicked.connect(self.ticked)
        self.line.left.connect(self.save)
        self.line.stepped.connect(self.stepped)
        self.line.moved.connect(self.moved)
        self.line.removed.connect(self.removed)

    def show_item(self, item: CheckItem, *, place: int, count: int) -> None:
        """Shows the line and says its place to those who hear it."""
        is_same = self.item.text == item.text
        self.item = item
        self.box.setChecked(item.is_done)
        if not self.line.toPlainText() or not (self.line.hasFocus() or is_same):
            self.line.setPlainText(item.text)
        self.box.setAccessibleName(item.text)
        where = f"{numbers.count(place + 1)} of {numbers.count(count)}"
        self.line.setAccessibleName(f"Line {where}, {'done' if item.is_done else 'open'}")
        self.cross.setAccessibleName(f"Take off {item.text}")

    def save(self) -> None:
        """Asks for other words to be kept; without any it stays as it was."""
        text = " ".join(self.line.toPlainText().split())
        if not text:
            self.line.setPlainText(self.item.text)
        elif text != self.item.text:
            self.worded.emit(text)

    def forget(self) -> None:
        """Leaves what was typed: the line goes."""
        self.line.setPlainText(self.item.text)


class _ItemLine(QPlainTextEdit):
    """One line of the list, as tall as its words need."""

    left = Signal()
    stepped = Signal(int)
    moved = Signal(int)
    removed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "quiet")
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(2)
        self.textChanged.connect(self._fit)
        self._fit()

    @override
    def sizeHint(self) -> QSize:
        lines = max(1, self.document().firstBlock().layout().lineCount())
        return QSize(120, lines * self.fontMetrics().lineSpacing() + 10)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(40, self.sizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._fit()

    @override
    def event(self, event: QEvent) -> bool:
        # Before the window takes Ctrl+Up for the cards of the board.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_move(event):
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if _is_move(event):
            self.moved.emit(_STEPS[Qt.Key(key)])
        elif key in _STEPS:
            self.stepped.emit(_STEPS[Qt.Key(key)])
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                event.ignore()
            else:
                self.left.emit()
                self.stepped.emit(1)
        elif key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace} and not self.toPlainText():
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    @override
    def insertFromMimeData(self, source: QMimeData) -> None:
        self.insertPlainText(" ".join(source.text().split()))

    def _fit(self) -> None:
        self.setFixedHeight(self.sizeHint().height())


class _AddLine(QLineEdit):
    """A line edit folds what is pasted into one line; here each line of it is one of the list."""

    ended = Signal(str)
    stepped = Signal(int)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                event.ignore()
            else:
                self.ended.emit(self.text())
        elif event.key() == Qt.Key.Key_Up:
            self.stepped.emit(-1)
        elif event.matches(QKeySequence.StandardKey.Paste):
            self._paste()
        else:
            super().keyPressEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason and self.text().strip():
            self.ended.emit(self.text())

    def _paste(self) -> None:
        text = QApplication.clipboard().text()
        if "\n" in text.strip():
            self.ended.emit(self.text() + text)
        else:
            self.paste()


def _is_move(event: QKeyEvent) -> bool:
    is_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    return is_control and event.key() in _STEPS
