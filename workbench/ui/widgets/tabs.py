"""Tabs: parts of a page side by side; arrows walk them, and one key goes on into the part that is shown."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QTabBar
from typing_extensions import override


class Tabs(QTabBar):
    """`entered` by Down, Enter or Return: whoever came by the arrows wants to work there."""

    entered = Signal()

    def __init__(self, titles: Iterable[str], *, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setAccessibleDescription("Left and Right turn to another, Down goes into it")
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setElideMode(Qt.TextElideMode.ElideRight)
        for title in titles:
            self.addTab(title)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter} and not held:
            self.entered.emit()
            return
        super().keyPressEvent(event)
