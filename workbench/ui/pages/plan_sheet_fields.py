"""Fields of the plan sheet: saved when they are left; what is stored is offered, and never takes away what is typed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget
from typing_extensions import override

from workbench.ui.pages.plan_inspector_fields import SavedLine, SavedText


class SheetLine(SavedLine):
    """One line."""

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
