"""SubmitKey: Ctrl+Enter anywhere in a form does what its button does, whatever else the window has it for."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override


class SubmitKey(QObject):
    """Hears the key where a field of `form` leaves it to the form, and calls `submit`."""

    def __init__(self, form: QWidget, submit: Callable[[], object]) -> None:
        super().__init__(form)
        self._submit = submit
        form.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            return False
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress:
            self._submit()
            return True
        return False
