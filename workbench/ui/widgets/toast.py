"""Toast: one short line over the status bar that goes by itself, with an optional way back."""

from collections.abc import Callable
from functools import partial
from typing import Final

import shiboken6
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget
from typing_extensions import override

from workbench.ui.actions import ActionRegistry
from workbench.ui.theme import Theme
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.status_bar import HEIGHT

SHOWN_MILLISECONDS: Final = 6000
_EDGE: Final = 2
_SIDE: Final = 16
_MOST: Final = 2


class Toast(QWidget):
    """Dark on light, light on dark; read by screen readers when it appears. It stands in the middle of `over`.

    It is as high as the status bar and lies on that alone: what stands above, such as the button under an answer, can
    be pressed while it is there. `free` tells which part of `over` says nothing: it stands there where that is wide
    enough, and else begins where that does, so that what was just said to wait can be read beside it.
    """

    def __init__(
        self,
        window: QWidget,
        theme: Theme,
        actions: ActionRegistry,
        *,
        over: QWidget | None = None,
        free: Callable[[], tuple[int, int]] | None = None,
    ) -> None:
        super().__init__(window)
        self._window, self._over, self._free = window, over or window, free
        self._theme, self._actions = theme, actions
        self._offered: tuple[str, ...] = ()
        self._words = PlainLabel("", elides=True)
        self._buttons = [QPushButton("") for _ in range(_MOST)]
        self._held: QWidget | None = None
        for place, button in enumerate(self._buttons):
            # A click leaves the keyboard where it is; what it is on when this goes would be anything.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setProperty("kind", "link")
            button.clicked.connect(partial(self._on_clicked, place))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 12, 0)
        row.addWidget(self._words)
        for button in self._buttons:
            row.addWidget(button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MILLISECONDS)
        self._timer.timeout.connect(self._leave)
        self.hide()

    def say(self, words: str, action: str) -> None:
        """Shows a line; `action` is the id of an action to offer, or of two with a space between, or empty."""
        self._offered = tuple(action.split())
        ink, link = self._theme.tokens.surface, self._theme.tokens.accent_soft
        self._words.setText(words)
        self._words.setStyleSheet(f"color: {ink};")
        for place, button in enumerate(self._buttons):
            button.setStyleSheet(f"color: {link}; font-weight: 600;")
            button.setVisible(place < len(self._offered))
            if place < len(self._offered):
                button.setText(self._actions.spec(self._offered[place]).title)
        self.setAccessibleName(words)
        self.setFixedHeight(max(HEIGHT, self._theme.px(HEIGHT)) - 2 * _EDGE)
        self.place()
        if not self._has_keyboard():
            self._held = self._window.focusWidget()
        self.show()
        self.raise_()
        # A widget that only appears, without the keyboard, is not read by itself.
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))
        self._timer.start()

    def place(self) -> None:
        """Stands where it covers least; to be called when what is free is another part."""
        start, whole = self._over.mapTo(self._window, QPoint(0, 0)).x(), self._over.width()
        turned = self._over.layoutDirection() is Qt.LayoutDirection.RightToLeft
        first, last = (0, whole) if self._free is None else self._free()
        wanted = self.sizeHint().width() + 2 * _SIDE
        if last - first < wanted:
            first, last = (0, last) if turned else (first, whole)
        if last - first < wanted:
            first, last = 0, whole
        self.resize(min(wanted, whole) - 2 * _SIDE, self.height())
        left = start + first + (last - first - self.width()) // 2
        self.move(left, self._window.height() - self.height() - _EDGE)

    def withdraw(self, action_id: str) -> None:
        """Offers an action no longer, for what is said is not what it would do now; the words stay."""
        if action_id in self._offered and self.isVisible():
            if self._has_keyboard():
                self._give_back()
            self._buttons[self._offered.index(action_id)].hide()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._theme.colour("text"))
        painter.setBrush(self._theme.colour("text"))
        painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)

    def _on_clicked(self, place: int) -> None:
        self._leave()
        self._actions.trigger(self._offered[place])

    def _leave(self) -> None:
        if self._has_keyboard():
            self._give_back()
        self.hide()

    def _has_keyboard(self) -> bool:
        held: QWidget | None = self._window.focusWidget()
        return held is not None and self.isAncestorOf(held)

    def _give_back(self) -> None:
        """The keyboard goes back to what it was on when this came, while that is there."""
        held = self._held
        if held is not None and shiboken6.isValid(held) and held.isVisible():
            held.setFocus(Qt.FocusReason.OtherFocusReason)
