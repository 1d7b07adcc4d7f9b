"""TodayLine: one item of Today: what it is, why it is there, how old, and the one button that does it."""

from typing import Final

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from workbench.operations.today_items import Task, TodayItem
from workbench.ui import numbers
from workbench.ui.directions import isolated
from workbench.ui.pages.today_data import BUTTONS, button_words
from workbench.ui.sanitiser import line
from workbench.ui.theme import Theme
from workbench.ui.widgets.buttons import Kind, icon_button, push_button, snug
from workbench.ui.widgets.icon_label import IconLabel
from workbench.ui.widgets.menu_key import is_menu_key
from workbench.ui.widgets.plain_label import PlainLabel

KINDS: Final = {
    Task.DECIDE: "Decision",
    Task.ANSWER: "Question",
    Task.PROMISE: "Promise",
    Task.FOLLOW: "Look again",
    Task.HAND_OVER: "Leaving",
    Task.CHECKPOINT: "Checkpoint",
    Task.CARD: "Card",
    Task.GREET: "New people",
    Task.NUDGE: "Gone quiet",
}
"""What each kind is called above its title."""


class TodayLine(QWidget):
    """Takes the keyboard as a whole: Enter presses its button, the menu key opens what else can be done.

    `wanted(item)` by the button, `menu_wanted(item, place)` by menu key, right click and the button of three dots;
    `stepped(by)` by Up and Down.
    """

    wanted = Signal(object)
    menu_wanted = Signal(object, QPoint)
    stepped = Signal(int)

    def __init__(self, theme: Theme, item: TodayItem, *, is_first: bool) -> None:
        super().__init__()
        self.item = item
        self._theme, self._is_first = theme, is_first
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        title = line(item.title)
        words = KINDS[item.task] if not item.community else f"{KINDS[item.task]} · {isolated(line(item.community))}"
        reason = numbers.with_days(line(item.reason))
        self.setAccessibleName(f"{KINDS[item.task]}: {title}")
        self.setAccessibleDescription(reason)
        text = QVBoxLayout()
        text.setSpacing(2)
        text.addWidget(_wide(PlainLabel(words, role="caption", elides=True)))
        text.addWidget(_wide(PlainLabel(isolated(title), role="strong", elides=True)))
        text.addWidget(PlainLabel(reason, role="small", wraps=True))
        kind: Kind = "primary" if is_first else ""
        self.button = push_button(
            button_words(item), theme=theme, kind=kind, clicked=lambda: self.wanted.emit(self.item)
        )
        self.button.setAccessibleName(f"{button_words(item)}: {title}")
        snug(self.button)
        self._more = icon_button("Done, later or not needed", icon="dots-three", theme=theme, clicked=self._open_menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 9, 12, 9)
        row.setSpacing(12)
        row.addWidget(IconLabel(BUTTONS[item.task][1], theme), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(text, 1)
        row.addWidget(self.button)
        row.addWidget(self._more)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space} and not event.modifiers():
            self.wanted.emit(self.item)
        elif is_menu_key(event.key(), event.modifiers()):
            self._open_menu()
        elif event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down} and not event.modifiers():
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit(self.item, event.globalPos())

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if not self._is_first:
            painter.setPen(QPen(self._theme.colour("line"), 1))
            painter.drawLine(16, 0, self.width() - 16, 0)
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._theme.colour("accent"), 2))
            painter.drawRoundedRect(self.rect().adjusted(3, 3, -3, -3), 6, 6)

    def _open_menu(self) -> None:
        corner = self._more.rect().bottomLeft()
        self.menu_wanted.emit(self.item, self._more.mapToGlobal(corner))


def _wide(label: PlainLabel) -> PlainLabel:
    policy = label.sizePolicy()
    policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
    label.setSizePolicy(policy)
    return label
