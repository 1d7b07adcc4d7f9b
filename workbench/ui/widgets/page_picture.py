"""PagePicture: the pages of a document as they will be printed, one at a time."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from workbench.ui import numbers
from workbench.ui.theme import Theme
from workbench.ui.widgets.buttons import icon_button
from workbench.ui.widgets.plain_label import PlainLabel

_A4: Final = 297 / 210


class _Page(QWidget):
    """One page, as large as there is room for, on the ground of the window."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._scaled: QImage | None = None
        self.page: QImage | None = None

    def show_page(self, page: QImage | None) -> None:
        self.page, self._scaled = page, None
        self.update()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._scaled = None

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = self._box()
        if self.page is not None and box.width() > 0:
            if self._scaled is None:
                size = box.size() * self.devicePixelRatioF()
                self._scaled = self.page.scaled(
                    size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
                )
            painter.drawImage(box, self._scaled)
        else:
            painter.fillRect(box, self._theme.colour("surface"))
        painter.setPen(QPen(self._theme.colour("line"), 1))
        painter.drawRect(box.adjusted(0, 0, -1, -1))

    def _box(self) -> QRect:
        shape = _A4 if self.page is None else self.page.height() / self.page.width()
        height = min(self.height(), round(self.width() * shape))
        width = round(height / shape)
        return QRect((self.width() - width) // 2, 0, width, height)


class PagePicture(QWidget):
    """Shows a page with the way to the next one under it; Page Up and Page Down turn it too."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._pages: Sequence[QImage] = ()
        self._count = self._place = 0
        self._page = _Page(theme)
        self._words = PlainLabel("", role="caption")
        self._back = icon_button("Previous page", icon="caret-left", theme=theme, clicked=lambda: self.turn(-1))
        self._on = icon_button("Next page", icon="caret-right", theme=theme, clicked=lambda: self.turn(1))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("The document as it will be printed")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._page, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        for widget in (self._back, self._words, self._on):
            row.addWidget(widget)
        row.addStretch(1)
        column.addLayout(row)
        self._say()

    @property
    def shown(self) -> QImage | None:
        """The page on show."""
        return self._page.page

    def show_pages(self, pages: Sequence[QImage], *, count: int) -> None:
        """Shows the first of these pages, of a document of `count`; none while it is being drawn."""
        self._pages, self._count, self._place = pages, count, 0
        self._say()

    def turn(self, step: int) -> None:
        """Goes some pages on (1) or back (-1), as far as there are any."""
        self._place = max(0, min(self._place + step, len(self._pages) - 1))
        self._say()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.turn(step)

    def _say(self) -> None:
        drawn = len(self._pages)
        self._page.show_page(self._pages[self._place] if drawn else None)
        words = f"Page {numbers.count(self._place + 1)} of {numbers.count(self._count)}"
        self._words.setText("" if not drawn else words if self._count > 1 else "One page")
        self._back.setVisible(self._count > 1)
        self._on.setVisible(self._count > 1)
        self._back.setEnabled(self._place > 0)
        self._on.setEnabled(self._place < drawn - 1)
