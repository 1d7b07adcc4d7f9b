"""Palette: one box to go anywhere or do anything by typing part of its name (Ctrl+K)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from workbench.ui import icons
from workbench.ui.fuzzy import fit
from workbench.ui.theme import BODY, SMALL, Theme
from workbench.ui.widgets.plain_label import PlainLabel

WIDTH: Final = 600
_ROW: Final = 40
_ROWS_SHOWN: Final = 9
_BY_WORDS: Final = 500
_ENTRY: Final = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Entry:
    """Something the palette offers; `kind` says what it is (Action, Community, Person, Plan, Page)."""

    title: str
    kind: str
    icon: str
    run: Callable[[], object]
    keys: str = ""
    words: str = ""
    is_found: bool = False
    """True for entries a query already matched: they are not filtered again."""


def ranked(entries: Sequence[Entry], typed: str) -> list[Entry]:
    """Entries that fit, best first; equal ones keep their order."""
    found: list[tuple[int, int, Entry]] = []
    for place, entry in enumerate(entries):
        score = fit(typed, entry.title)
        # Further words count when each one typed begins one: after titles that hold what was typed as it stands, and
        # before titles that only have its letters somewhere.
        if entry.words and (score is None or score < _BY_WORDS) and typed.strip():
            known = f"{entry.title} {entry.words}".casefold().split()
            if all(any(word.startswith(begun) for word in known) for begun in typed.casefold().split()):
                score = _BY_WORDS
        if score is None and entry.is_found:
            score = -50
        if score is not None:
            found.append((-score, place, entry))
    return [entry for _, _, entry in sorted(found, key=lambda one: one[:2])]


class _Delegate(QStyledItemDelegate):
    """Icon, title, kind, key."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(100, self._theme.px(_ROW))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        entry: Entry = index.data(_ENTRY)
        tokens, px = self._theme.tokens, self._theme.px
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        turned = option.direction is Qt.LayoutDirection.RightToLeft
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.colour("accent_soft"))
            painter.drawRoundedRect(box.adjusted(4, 1, -4, -1), 6, 6)
        side = px(20)
        left = box.right() - 16 - side if turned else box.left() + 16
        icons.draw(painter, entry.icon, QRect(left, box.center().y() - side // 2, side, side), tokens.colour("second"))
        room = box.adjusted(16, 0, -(28 + side), 0) if turned else box.adjusted(28 + side, 0, -16, 0)
        far = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignTrailing
        near = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        painter.setLayoutDirection(Qt.LayoutDirection.RightToLeft if turned else Qt.LayoutDirection.LeftToRight)
        painter.setFont(self._theme.font(SMALL))
        painter.setPen(tokens.colour("third"))
        said = entry.keys or entry.kind
        painter.drawText(room, far, said)
        taken = painter.fontMetrics().horizontalAdvance(said) + 16
        room.adjust(taken if turned else 0, 0, 0 if turned else -taken, 0)
        painter.setFont(self._theme.font(BODY))
        painter.setPen(tokens.colour("text"))
        shown = painter.fontMetrics().elidedText(entry.title, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, near, shown)
        painter.restore()


class Palette(QWidget):
    """An overlay of the window. `entries` are asked for when it opens; `look_up(text, answer)` finds people by name."""

    def __init__(
        self,
        window: QWidget,
        theme: Theme,
        *,
        entries: Callable[[], Sequence[Entry]],
        look_up: Callable[[str, Callable[[str, Sequence[Entry]], object]], object],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._theme, self._entries, self._look_up = theme, entries, look_up
        self._fixed: Sequence[Entry] = ()
        self._found: Sequence[Entry] = ()
        self._return_to: QWidget | None = None
        self.setAccessibleName("Go to or do anything")
        self.typed = QLineEdit()
        self.typed.setPlaceholderText("Go to a page, community, person or plan, or do something")
        self.typed.setAccessibleName("Go to or do anything")
        self.typed.textChanged.connect(self._on_typed)
        self.typed.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName("What fits")
        self.list.setItemDelegate(_Delegate(theme, self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemActivated.connect(self._run)
        self.list.itemClicked.connect(self._run)
        self._nothing = PlainLabel("Nothing fits. Try fewer letters.", role="second")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(self.typed)
        column.addWidget(self.list)
        column.addWidget(self._nothing)
        self.hide()

    def open(self) -> None:
        """Shows it over the upper middle of the window and takes the keyboard."""
        window = self._window
        self._return_to = window.focusWidget()
        self._fixed, self._found = self._entries(), ()
        self.typed.clear()
        self._fill("")
        width = min(self._theme.px(WIDTH), window.width() - 48)
        self.setFixedWidth(width)
        self.list.setFixedHeight(self._theme.px(_ROW) * _ROWS_SHOWN)
        self.adjustSize()
        self.move((window.width() - width) // 2, 72)
        self.show()
        self.raise_()
        self.typed.setFocus()

    def shut(self) -> None:
        """Hides it and gives the keyboard back."""
        self.hide()
        if self._return_to is not None:
            self._return_to.setFocus()

    def titles(self) -> list[str]:
        """What is offered now, best first."""
        return [self.list.item(row).text() for row in range(self.list.count())]

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colour("control"), 1))
        painter.setBrush(self._theme.colour("surface"))
        painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and not self._has_focus_inside():
            self.hide()
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.KeyPress:
                return self._on_key(event)
            if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
        return super().eventFilter(watched, event)

    def _has_focus_inside(self) -> bool:
        return self.typed.hasFocus() or self.list.hasFocus()

    def _on_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.shut()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self.list.currentRow() >= 0:
                self._run(self.list.currentItem())
        elif key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            step = 1 if key == Qt.Key.Key_Down else -1
            self.list.setCurrentRow(max(0, min(self.list.count() - 1, self.list.currentRow() + step)))
        else:
            return False
        return True

    def _on_typed(self, text: str) -> None:
        self._found = ()
        self._fill(text)
        if text.strip():
            self._look_up(text, self._on_found)

    def _on_found(self, text: str, found: Sequence[Entry]) -> None:
        if text == self.typed.text():
            self._found = found
            self._fill(text)

    def _fill(self, text: str) -> None:
        self.list.clear()
        for entry in ranked([*self._fixed, *self._found], text):
            item = QListWidgetItem(entry.title)
            item.setData(_ENTRY, entry)
            item.setToolTip("")
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.setVisible(self.list.count() > 0)
        self._nothing.setVisible(self.list.count() == 0)

    def _run(self, item: QListWidgetItem) -> None:
        entry: Entry = item.data(_ENTRY)
        self.shut()
        entry.run()
