"""BoardHead: a column's title with its count and limit, and the line for a new card."""

from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QActionGroup, QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from workbench.ui import numbers
from workbench.ui.qt_models.board_model import BoardModel
from workbench.ui.qt_models.board_slots import Columns, Slot
from workbench.ui.theme import Meaning, Theme
from workbench.ui.widgets.buttons import icon_button, push_button
from workbench.ui.widgets.chip import Chip
from workbench.ui.widgets.plain_label import PlainLabel

_HEAD: Final = 40
_OPTIONS_FROM: Final = 152
_ADD_FROM: Final = 104
_LATER_FROM: Final = 144
_LIMITS: Final = (1, 2, 3, 4, 5, 6, 8, 10, 15, 20)
_LIMITED: Final = frozenset({Columns.STATUS, Columns.PILLAR})
"""Only these stay the same columns for as long as a plan is worked on."""


class NewCardLine(QLineEdit):
    """A title to be typed: Enter adds it and waits for the next one, Esc closes, leaving it empty closes too."""

    entered = Signal(str)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText("What is to be done? Enter adds it")
        self.setAccessibleName("Title of the new card")

    def finish(self) -> None:
        """Adds what is typed, as Enter would."""
        title = self.text().strip()
        if title:
            self.clear()
            self.entered.emit(title)

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
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.finish()
        else:
            super().keyPressEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if not self.text().strip() and event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.closed.emit()


class BoardHead(QWidget):
    """`added(title)` asks for a new card, `closed` tells that its line is gone, `limited(count)` asks for a limit."""

    added = Signal(str)
    closed = Signal()
    limited = Signal(int)

    def __init__(self, theme: Theme, board: BoardModel, slot: Slot) -> None:
        super().__init__()
        self._theme, self._board, self._slot = theme, board, slot
        self._title = PlainLabel(slot.title, role="strong", elides=True)
        self._count = PlainLabel("", role="second")
        self._over = Chip(theme, meaning=Meaning.WATCH)
        self._over.hide()
        self._line = NewCardLine()
        self._line.entered.connect(self.added)
        self._line.closed.connect(self.close_line)
        self._line.hide()
        self._options = icon_button(f"Limit of {slot.title}", icon="dots-three", theme=theme, clicked=self._open_menu)
        self._add = icon_button(f"New card in {slot.title}", icon="plus", theme=theme, clicked=self.open_line)
        self._build(theme)
        self._fit()
        board.changed.connect(self._say)
        self._say()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

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
            self.closed.emit()

    def limit_menu(self) -> QMenu:
        """The menu in which a limit is chosen."""
        menu = QMenu(self)
        menu.setAccessibleName(f"Most cards in {self._slot.title}")
        # Named by a line of its own: the style draws a section as a rule without its words.
        menu.addAction("Warn above").setEnabled(False)
        group = QActionGroup(menu)
        now = self._board.limit(self._slot.key) or 0
        for limit in (0, *_LIMITS):
            words = numbers.plural(limit, "card", "cards") if limit else "No limit"
            act = menu.addAction(words, partial(self.limited.emit, limit))
            act.setCheckable(True)
            act.setChecked(limit == now)
            group.addAction(act)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _fit(self) -> None:
        """In a narrow column the title needs the room; a new card has a key, too."""
        px, width = self._theme.px, self.width()
        self._options.setVisible(self._board.by in _LIMITED and width >= px(_OPTIONS_FROM))
        self._add.setVisible(self._slot.takes and width >= px(_ADD_FROM))

    def _open_menu(self) -> None:
        self.limit_menu().popup(self._options.mapToGlobal(QPoint(0, self._options.height())))

    def _build(self, theme: Theme) -> None:
        head = QWidget()
        head.setMinimumHeight(theme.px(_HEAD))
        row = QHBoxLayout(head)
        row.setContentsMargins(4, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._title)
        row.addWidget(self._count)
        row.addWidget(self._over)
        row.addStretch(1)
        row.addWidget(self._options)
        row.addWidget(self._add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self._line)

    def _say(self) -> None:
        board, key = self._board, self._slot.key
        if all(slot.key != key for slot in board.slots):
            return
        total, limit = board.total(key), board.limit(key)
        words = numbers.count(total)
        if board.is_filtered:
            words = f"{numbers.count(board.count(key))} of {words}"
        is_over = limit is not None and total > limit
        over = f"over {numbers.count(limit)}" if is_over else ""
        self._count.setText(words)
        self._over.show_text(over, meaning=Meaning.WATCH)
        self._over.setVisible(is_over)
        limited = "" if limit is None else f"limit {numbers.count(limit)}"
        self._count.setToolTip(limited)
        said = ", ".join(part for part in (f"{self._slot.title}: {words}", over or limited) if part)
        self._count.setAccessibleName(said)


class LaterLine(QWidget):
    """What a column keeps back, in one quiet line that shows it."""

    def __init__(self, theme: Theme, board: BoardModel, slot: Slot) -> None:
        super().__init__()
        self._theme, self._board, self._key = theme, board, slot.key
        self._button = push_button("", theme=theme, kind="link", clicked=self._toggle)
        self._button.setMinimumWidth(1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeading)
        board.changed.connect(self._say)
        self._say()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._say()

    def _say(self) -> None:
        board, later = self._board, self._board.later(self._key)
        # Hidden lines keep their room, so that those of other columns stay under their own.
        self._button.setVisible(later > 0 and not board.finds_all)
        by_week = board.by is Columns.WEEK
        words = numbers.plural(
            later, "more card" if by_week else "later card", "more cards" if by_week else "later cards"
        )
        said = f"Hide {words}" if board.shows_later else f"{words} · show"
        short = f"{numbers.count(later)} · {'hide' if board.shows_later else 'show'}"
        self._button.setText(said if self.width() >= self._theme.px(_LATER_FROM) else short)
        self._button.setAccessibleName(said)
        self._button.setToolTip(
            "Cards due more than 30 days from now, coming times of cards that come back"
            + (", and what was done before this week" if by_week else "")
        )

    def _toggle(self) -> None:
        self._board.set_shows_later(shows=not self._board.shows_later)
