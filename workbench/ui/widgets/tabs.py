"""Tabs: parts of a page side by side; arrows walk them, and one key goes on into the part that is shown."""

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent
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
    def tabSizeHint(self, index: int) -> QSize:
        # The chosen tab is set bold. Every tab has room for that, so that none moves or is cut when another is chosen.
        hint = super().tabSizeHint(index)
        usual, strong = QFont(self.font()), QFont(self.font())
        usual.setWeight(QFont.Weight.Normal)
        strong.setWeight(QFont.Weight.DemiBold)
        words = self.tabText(index)
        wide = QFontMetrics(strong).horizontalAdvance(words) - QFontMetrics(usual).horizontalAdvance(words)
        return hint + QSize(1 if index == self.currentIndex() else 1 + max(0, wide), 0)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter} and not held:
            self.entered.emit()
            return
        super().keyPressEvent(event)
