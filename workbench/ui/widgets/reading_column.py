"""ReadingColumn: cards one below the other, no wider than one likes to read, scrolling where they are taller."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from workbench.ui.theme import Theme

READING_WIDTH: Final = 760


class ReadingColumn(QScrollArea):
    """Build into `self.column`."""

    def __init__(self, theme: Theme, *, width: int = READING_WIDTH) -> None:
        super().__init__()
        self._theme, self._width = theme, width
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        inner.setProperty("ground", "clear")
        self._panel = QWidget()
        self.column = QVBoxLayout(self._panel)
        self.column.setContentsMargins(0, 0, 8, 0)
        self.column.setSpacing(12)
        outer = QVBoxLayout(inner)
        outer.setContentsMargins(0, 0, 0, 0)
        # In a row, which asks for the height at the width the panel gets; a column would ask at its own.
        row = QHBoxLayout()
        row.addWidget(self._panel, 1000)
        row.addStretch(1)
        outer.addLayout(row)
        outer.addStretch(1)
        self.setWidget(inner)
        theme.changed.connect(self._on_theme)
        self._on_theme()

    def add(self, widget: QWidget) -> None:
        """Puts something below the rest, at once, so that it can take the keyboard."""
        self.column.addWidget(widget)
        if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide):
            widget.show()

    def clear(self) -> None:
        """Takes everything out that was built."""
        while (item := self.column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _on_theme(self) -> None:
        self._panel.setMaximumWidth(self._theme.px(self._width))
