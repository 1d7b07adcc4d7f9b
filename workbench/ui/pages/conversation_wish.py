"""ReplyWish: asks for a thread with the box for an answer open; EarlyKeys: what is typed until it is."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from typing_extensions import override

from workbench.ids import EventId

_PATIENCE_MILLISECONDS: Final = 10_000
"""A thread that has not come after so long is not coming; keys mean again what they meant."""
_HELD: Final = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


@dataclass(frozen=True, slots=True)
class ReplyWish:
    """`text` is what the box begins with where no draft is kept; nothing of it is sent by itself."""

    thread_id: EventId
    text: str = ""


class EarlyKeys(QObject):
    """Keeps what is typed while the box is on its way: single letters are shortcuts elsewhere in the window."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._text = ""
        self._is_on = False
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MILLISECONDS)
        self._patience.timeout.connect(self.end)

    def begin(self) -> None:
        """Holds keys from now on."""
        self.end()
        self._is_on = True
        self._patience.start()
        _application().installEventFilter(self)

    def end(self) -> str:
        """Lets go; what was typed meanwhile."""
        self._patience.stop()
        if self._is_on:
            self._is_on = False
            _application().removeEventFilter(self)
        text, self._text = self._text, ""
        return text

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() not in {QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress} or not isinstance(event, QKeyEvent):
            return False
        if event.modifiers() & _HELD:
            return False
        if event.key() == Qt.Key.Key_Escape:
            self.end()
            return False
        is_line = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        is_back = event.key() == Qt.Key.Key_Backspace
        text = "\n" if is_line else event.text()
        if not is_back and not is_line and not text.isprintable():
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if text or is_back:
            self._text = self._text[:-1] if is_back else self._text + text
        return bool(text or is_back)


def _application() -> QCoreApplication:
    """The program, which is there while there is a window."""
    found = QCoreApplication.instance()
    if found is None:
        raise RuntimeError(QCoreApplication.__name__)
    return found
