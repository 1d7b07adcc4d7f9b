"""NewLine: a line over a calendar or a timeline in which a new card gets its title."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

_LEAST = 180


class NewLine(QLineEdit):
    """Enter takes the title, Esc and looking elsewhere with an empty line take nothing."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._ground = parent
        self._done: Callable[[str], object] | None = None
        self.setPlaceholderText("New card")
        self.setAccessibleName("Title of the new card")
        self.hide()

    def open(self, box: QRect, *, done: Callable[[str], object]) -> None:
        """Shows the line at a place of the parent."""
        self._done = done
        self.clear()
        room = self._ground.rect()
        width = min(room.width(), max(_LEAST, box.width()))
        height = self.sizeHint().height()
        left = max(0, min(box.left(), room.width() - width))
        self.setGeometry(left, max(0, min(box.center().y() - height // 2, room.height() - height)), width, height)
        self.show()
        self.raise_()
        self.setFocus()

    def finish(self) -> None:
        """Takes what is typed, as Enter would."""
        self._end(is_kept=True)

    @override
    def event(self, event: QEvent) -> bool:
        is_key = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if is_key and event.key() == Qt.Key.Key_Escape:  # type: ignore[attr-defined]  # a key, as just asked
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._end(is_kept=True)
        elif event.key() == Qt.Key.Key_Escape:
            self._end(is_kept=False)
        else:
            super().keyPressEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            # What was typed is not lost by looking elsewhere.
            self._end(is_kept=True)

    def _end(self, *, is_kept: bool) -> None:
        done, self._done = self._done, None
        if done is None:
            return
        title = " ".join(self.text().split())
        if self.hasFocus():
            self._ground.setFocus()
        self.hide()
        if is_kept and title:
            done(title)
