"""Toast: one short line at the foot of the window that goes by itself, with an optional way back."""

from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget
from typing_extensions import override

from workbench.ui.actions import ActionRegistry
from workbench.ui.theme import Theme
from workbench.ui.widgets.plain_label import PlainLabel

SHOWN_MILLISECONDS: Final = 6000


class Toast(QWidget):
    """Dark on light, light on dark; read by screen readers when it appears."""

    def __init__(self, window: QWidget, theme: Theme, actions: ActionRegistry) -> None:
        super().__init__(window)
        self._window = window
        self._theme, self._actions = theme, actions
        self._action = ""
        self._words = PlainLabel("")
        self._button = QPushButton("")
        self._button.setProperty("kind", "link")
        self._button.clicked.connect(self._on_clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 12, 8)
        row.addWidget(self._words)
        row.addWidget(self._button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MILLISECONDS)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def say(self, words: str, action: str) -> None:
        """Shows a line; `action` is the id of an action to offer, or empty."""
        self._action = action
        ink, link = self._theme.tokens.surface, self._theme.tokens.accent_soft
        self._words.setText(words)
        self._words.setStyleSheet(f"color: {ink};")
        self._button.setStyleSheet(f"color: {link}; font-weight: 600;")
        self._button.setVisible(bool(action))
        if action:
            self._button.setText(self._actions.spec(action).title)
        self.setAccessibleName(words)
        self.adjustSize()
        window = self._window
        self.move((window.width() - self.width()) // 2, window.height() - self.height() - 56)
        self.show()
        self.raise_()
        self._timer.start()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._theme.colour("text"))
        painter.setBrush(self._theme.colour("text"))
        painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)

    def _on_clicked(self) -> None:
        self.hide()
        self._actions.trigger(self._action)
