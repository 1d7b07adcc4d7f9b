"""BoardColumn: a column's head, its cards, and what is kept back."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from workbench.ui import numbers
from workbench.ui.qt_models.board_model import BoardModel
from workbench.ui.qt_models.board_slots import Slot
from workbench.ui.theme import Theme
from workbench.ui.widgets.board_head import BoardHead, LaterLine
from workbench.ui.widgets.card_delegate import CardDelegate
from workbench.ui.widgets.column_view import ColumnView


class BoardBox(QWidget):
    """The ground of a column; marked while a carried card would land in it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._is_target = False
        # All columns are as wide as one another, whatever stands in them.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(1)
        theme.changed.connect(self.update)

    def set_target(self, *, is_target: bool) -> None:
        """Marks the place a carried card would land in."""
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


class BoardColumn(BoardBox):
    """`added(title)` asks for a new card at the top of this column, `limited(count)` for a limit."""

    added = Signal(str)
    limited = Signal(int)

    def __init__(self, theme: Theme, board: BoardModel, slot: Slot, delegate: CardDelegate, *, lane: str = "") -> None:
        super().__init__(theme)
        self._board, self.slot, self.lane = board, slot, lane
        self.setAccessibleName(slot.title)
        self.cards = ColumnView(theme, board.cells[lane, slot.key], delegate, hint=slot.hint)
        self.head = BoardHead(theme, board, slot)
        self.head.added.connect(self.added)
        self.head.limited.connect(self.limited)
        self.head.closed.connect(self.cards.setFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 0, 8, 8)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addSpacing(6)
        column.addWidget(self.cards, 1)
        column.addWidget(LaterLine(theme, board, slot))
        board.changed.connect(self._say)
        self._say()

    def open_line(self) -> None:
        """Shows the line for a new card and puts the keyboard in it."""
        self.head.open_line()

    def _say(self) -> None:
        board, key = self._board, self.slot.key
        hides_all = board.is_filtered and board.total(key) > 0 and not board.count(key) and not board.later(key)
        self.cards.set_hint("No card here passes the filter" if hides_all else self.slot.hint)
        total = self._board.total(self.slot.key)
        self.cards.setAccessibleName(f"{self.slot.title}, {numbers.plural(total, 'card', 'cards')}")
