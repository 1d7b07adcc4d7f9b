"""BoardColumn: a column's heading with its count, the line for a new card, its cards, and what is kept back."""

from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from workbench.models.kinds import CardColumn
from workbench.ui import numbers
from workbench.ui.qt_models.board_model import BoardModel
from workbench.ui.qt_models.card_item import COLUMN_TITLES
from workbench.ui.theme import Theme
from workbench.ui.widgets.buttons import icon_button, push_button
from workbench.ui.widgets.card_delegate import CardDelegate
from workbench.ui.widgets.column_view import ColumnView
from workbench.ui.widgets.plain_label import PlainLabel

_HEAD: Final = 40
_HINTS: Final = {
    CardColumn.TODO: "Nothing to do here yet. Ctrl+N adds a card.",
    CardColumn.DOING: "Move a card here when work on it begins.",
    CardColumn.DONE: "Finished cards gather here.",
}


class NewCardLine(QLineEdit):
    """A title to be typed: Enter adds it and waits for the next one, Esc closes, leaving it empty closes too."""

    entered = Signal(str)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText("What is to be done? Enter adds it")
        self.setAccessibleName("Title of the new card")

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            is_escape = event.key() == Qt.Key.Key_Escape
            if is_escape:
                event.accept()
                return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        title = self.text().strip()
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if title:
                self.clear()
                self.entered.emit(title)
        else:
            super().keyPressEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if not self.text().strip() and event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.closed.emit()


class BoardColumn(QWidget):
    """`added(title)` asks for a new card at the top of this column."""

    added = Signal(str)

    def __init__(self, theme: Theme, board: BoardModel, column: CardColumn, delegate: CardDelegate) -> None:
        super().__init__()
        self._theme, self._board, self.column = theme, board, column
        self._is_target = False
        title = COLUMN_TITLES[column]
        self.setAccessibleName(title)
        self.cards = ColumnView(theme, board.columns[column], delegate, hint=_HINTS[column])
        self._title = PlainLabel(title, role="strong")
        self._count = PlainLabel("", role="second")
        self._line = NewCardLine()
        self._line.entered.connect(self.added)
        self._line.closed.connect(self.close_line)
        self._line.hide()
        self._later = push_button("", theme=theme, kind="link", clicked=self._toggle_later)
        self._later.hide()
        self._build(theme, title)
        board.changed.connect(self._say)
        theme.changed.connect(self.update)
        self._say()

    def open_line(self) -> None:
        """Shows the line for a new card and puts the keyboard in it."""
        self._line.show()
        self._line.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_line(self) -> None:
        """Takes the line for a new card away."""
        had_focus = self._line.hasFocus()
        self._line.clear()
        self._line.hide()
        if had_focus:
            self.cards.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_target(self, *, is_target: bool) -> None:
        """Marks the column a carried card would land in."""
        if is_target is not self._is_target:
            self._is_target = is_target
            self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colour("accent" if self._is_target else "line"), 1))
        painter.setBrush(self._theme.colour("rail"))
        painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)

    def _build(self, theme: Theme, title: str) -> None:
        head = QWidget()
        head.setMinimumHeight(theme.px(_HEAD))
        row = QHBoxLayout(head)
        row.setContentsMargins(4, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._title)
        row.addWidget(self._count)
        row.addStretch(1)
        row.addWidget(icon_button(f"New card in {title}", icon="plus", theme=theme, clicked=self.open_line))
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 0, 8, 8)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self._line)
        column.addSpacing(6)
        column.addWidget(self.cards, 1)
        column.addWidget(self._later, 0, Qt.AlignmentFlag.AlignLeading)

    def _say(self) -> None:
        shown, total = len(self._board.columns[self.column].items), self._board.total(self.column)
        words = f"{numbers.count(shown)} of {numbers.count(total)}" if self._board.is_filtered else numbers.count(total)
        self._count.setText(words)
        self._count.setAccessibleName(f"{COLUMN_TITLES[self.column]}: {words}")
        self.cards.setAccessibleName(f"{COLUMN_TITLES[self.column]}, {numbers.plural(total, 'card', 'cards')}")
        if self.column is CardColumn.TODO:
            self._say_later()

    def _say_later(self) -> None:
        later = self._board.later()
        self._later.setVisible(later > 0 and not self._board.is_filtered)
        words = numbers.plural(later, "later card", "later cards")
        self._later.setText(f"Hide {words}" if self._board.shows_later else f"{words} · show")
        self._later.setAccessibleName(self._later.text())
        self._later.setToolTip("Cards due more than 30 days from now")

    def _toggle_later(self) -> None:
        self._board.set_shows_later(shows=not self._board.shows_later)
