"""BoardLanes: a board in rows, each with a heading that folds it away; one scroll bar for all of it."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from workbench.ui import numbers
from workbench.ui.icons import icon
from workbench.ui.qt_models.board_model import BoardModel
from workbench.ui.qt_models.board_slots import Slot
from workbench.ui.theme import Theme
from workbench.ui.widgets.board_column import BoardBox
from workbench.ui.widgets.board_head import BoardHead, LaterLine
from workbench.ui.widgets.card_delegate import CardDelegate
from workbench.ui.widgets.column_view import ColumnView
from workbench.ui.widgets.plain_label import PlainLabel

_GAP: Final = 12


class LaneCell(BoardBox):
    """The cards of one row in one column, as high as its row."""

    def __init__(self, theme: Theme, board: BoardModel, lane: Slot, slot: Slot, delegate: CardDelegate) -> None:
        super().__init__(theme)
        self.lane, self.slot = lane.key, slot
        model = board.cells[lane.key, slot.key]
        self.cards = ColumnView(theme, model, delegate, hint="", is_whole=True)
        self.cards.setAccessibleName(f"{lane.title}, {slot.title}")
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 0)
        column.addWidget(self.cards)

    def wanted_height(self) -> int:
        """How high all its cards are."""
        return self.cards.whole_height(self.width() - 16) + 8


class Lane(QWidget):
    """A heading over the cells of one row."""

    def __init__(self, theme: Theme, board: BoardModel, lane: Slot, delegate: CardDelegate) -> None:
        super().__init__()
        self._theme, self._board, self._lane = theme, board, lane
        self.cells = [LaneCell(theme, board, lane, slot, delegate) for slot in board.slots]
        self._fold = QToolButton()
        self._fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._fold.setText(lane.title.replace("&", "&&"))
        self._fold.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._fold.setProperty("kind", "lane")
        self._fold.clicked.connect(self._toggle)
        self._count = PlainLabel("", role="second", elides=True)
        self._row = QWidget()
        self._cells = QHBoxLayout(self._row)
        self._row.installEventFilter(self)
        self._build()
        self._is_folded = False
        board.changed.connect(self.refit)
        theme.changed.connect(self.refit)
        self.refit()

    def fold(self, *, is_folded: bool) -> None:
        """Leaves only the heading, or shows the cards again."""
        self._is_folded = is_folded
        focus = QApplication.focusWidget()
        if is_folded and focus is not None and self._row.isAncestorOf(focus):
            self._fold.setFocus(Qt.FocusReason.OtherFocusReason)
        self._row.setVisible(not is_folded)
        self._say()

    def refit(self) -> None:
        """Makes the row as high as its fullest cell."""
        self._row.setFixedHeight(max(cell.wanted_height() for cell in self.cells))
        self._say()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The cells have their width now, and with it the cards their height.
        if isinstance(event, QResizeEvent) and event.size().width() != event.oldSize().width():
            self._cells.activate()
            self.refit()
        return super().eventFilter(watched, event)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(self._fold)
        head.addWidget(self._count)
        head.addStretch(1)
        self._cells.setContentsMargins(0, 0, 0, 0)
        self._cells.setSpacing(_GAP)
        for cell in self.cells:
            self._cells.addWidget(cell, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._row)

    def _toggle(self) -> None:
        self.fold(is_folded=not self._is_folded)

    def _say(self) -> None:
        counts = [(cell.slot.title, cell.cards.model().rowCount()) for cell in self.cells]
        whole = numbers.plural(sum(count for _, count in counts), "card", "cards")
        parts = " · ".join(f"{numbers.count(count)} {title}" for title, count in counts if count)
        words = f"{whole}: {parts}" if parts and self._is_folded else whole
        self._count.setText(words)
        self._fold.setIcon(icon("caret-right" if self._is_folded else "caret-down", self._theme))
        state = "folded" if self._is_folded else "unfolded"
        self._fold.setAccessibleName(f"{self._lane.title}, {words}, {state}")
        self._fold.setToolTip("Show the cards" if self._is_folded else "Fold the row away")


class BoardLanes(QWidget):
    """Heads above, rows below. `added(column, title)` and `limited(column, count)` as of a column."""

    added = Signal(str, str)
    limited = Signal(str, int)

    def __init__(self, theme: Theme, board: BoardModel, delegate: CardDelegate) -> None:
        super().__init__()
        self.heads: dict[str, BoardHead] = {}
        self.lanes = [Lane(theme, board, lane, delegate) for lane in board.lanes]
        self.area = QScrollArea()
        self._inner = QWidget()
        self._inner.setProperty("ground", "clear")
        rows = QVBoxLayout(self._inner)
        rows.setContentsMargins(0, 0, 0, 8)
        rows.setSpacing(8)
        for lane in self.lanes:
            rows.addWidget(lane)
        rows.addStretch(1)
        self.area.setWidget(self._inner)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._rows = (QHBoxLayout(), QHBoxLayout())
        for row in self._rows:
            row.setSpacing(_GAP)
        for slot in board.slots:
            self._rows[0].addWidget(self._head(theme, board, slot), 1)
            self._rows[1].addWidget(LaterLine(theme, board, slot), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.area.viewport().installEventFilter(self)
        column.addLayout(self._rows[0])
        column.addWidget(self.area, 1)
        column.addLayout(self._rows[1])

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QResizeEvent) and watched is self.area.viewport():
            # What stands above and below the part that scrolls lines up with it.
            bar = self.area.width() - event.size().width()
            turned = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
            for row in self._rows:
                row.setContentsMargins(bar if turned else 0, 0, 0 if turned else bar, 0)
        return super().eventFilter(watched, event)

    def cells(self) -> list[LaneCell]:
        """Every place for cards, row by row."""
        return [cell for lane in self.lanes for cell in lane.cells]

    def reveal(self, cards: ColumnView, box: QRect) -> None:
        """Scrolls so that a card is seen, its row unfolded."""
        lane = next(lane for lane in self.lanes if any(cell.cards is cards for cell in lane.cells))
        if not lane.isAncestorOf(cards) or not cards.isVisibleTo(lane):
            lane.fold(is_folded=False)
        at = cards.viewport().mapTo(self._inner, box.center())
        self.area.ensureVisible(at.x(), at.y(), 0, box.height() // 2 + _GAP)

    def scroll_by(self, pixels: int) -> None:
        """Scrolls, for a card carried near the edge."""
        bar = self.area.verticalScrollBar()
        bar.setValue(bar.value() + pixels)

    def _head(self, theme: Theme, board: BoardModel, slot: Slot) -> QWidget:
        box = BoardBox(theme)
        head = self.heads[slot.key] = BoardHead(theme, board, slot)
        head.added.connect(lambda title: self.added.emit(slot.key, title))
        head.limited.connect(lambda count: self.limited.emit(slot.key, count))
        column = QVBoxLayout(box)
        column.setContentsMargins(8, 0, 8, 0)
        column.setSpacing(0)
        column.addWidget(head)
        return box
