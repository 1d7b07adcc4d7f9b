"""PlainCheck: below a box for text, what would make it easier to read; gone where nothing would."""

from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPlainTextEdit

from workbench.operations.writing_help import plain_hints
from workbench.ui.widgets.plain_label import PlainLabel

_TYPING_MILLISECONDS: Final = 600


class PlainCheck(PlainLabel):
    """Follows `edit` once nothing was typed for a moment; it only says, and never changes a word."""

    def __init__(self, edit: QPlainTextEdit) -> None:
        super().__init__("", role="caption", wraps=True)
        self._edit = edit
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MILLISECONDS)
        self._typing.timeout.connect(self.check)
        edit.textChanged.connect(self._typing.start)
        self.hide()

    def check(self) -> None:
        """Says it now."""
        hints = plain_hints(self._edit.toPlainText())
        self.setText(" ".join(hints))
        self.setVisible(bool(hints))
