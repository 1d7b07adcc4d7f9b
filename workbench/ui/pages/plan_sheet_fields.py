"""Fields of the plan sheet: saved when they are left; what is stored is offered, and never takes away what is typed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget
from typing_extensions import override

from workbench.ui.pages.plan_inspector_fields import SavedLine, SavedText


class SheetLine(SavedLine):
    """One line, which is saved after a pause in typing as well."""

    def __init__(self) -> None:
        super().__init__(after_pause=True)

    def put(self, text: str) -> None:
        """Shows another text, whoever is typing here."""
        self.setText(text)

    def offer(self, text: str) -> None:
        """Shows what is stored, unless somebody is typing here."""
        if not self.hasFocus() and self.text() != text:
            self.setText(text)


class SheetText(SavedText):
    """Some lines of text."""

    def text(self) -> str:
        """What is in it, without empty ends."""
        return self.toPlainText().strip()

    def put(self, text: str) -> None:
        """Shows another text, whoever is typing here."""
        self.setPlainText(text)

    def offer(self, text: str) -> None:
        """Shows what is stored, unless somebody is typing here."""
        if not self.hasFocus() and self.toPlainText() != text:
            self.setPlainText(text)

    def set_locked(self, *, is_locked: bool) -> None:
        """Shows what is in it as words to be read and copied, or as a box to write in again."""
        if self.isReadOnly() is not is_locked:
            self.setReadOnly(is_locked)
            # A rule of the style sheet that asks for a property is looked at only when told so.
            self.style().unpolish(self)
            self.style().polish(self)

    @override
    def setPlainText(self, text: str) -> None:
        super().setPlainText(text)
        self.moveCursor(self.textCursor().MoveOperation.Start)


def scrolled(inner: QWidget) -> QScrollArea:
    """An area that scrolls a page of widgets up and down."""
    area = QScrollArea()
    inner.setProperty("ground", "clear")
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inner)
    return area
