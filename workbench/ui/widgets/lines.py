"""Lines: text broken into at most so many lines, the last one cut short with an ellipsis; and a label made of it."""

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from workbench.ui.directions import isolated
from workbench.ui.theme import BODY, SMALL, Theme

_STEPS: Final = {SMALL: 16, BODY: 20}
"""Line heights of the type scale."""


def broken(text: str, font: QFont, *, width: int, most: int) -> tuple[str, ...]:
    """The lines of `text` in a room `width` wide; white space is folded, at least one line is answered."""
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    metrics, rest = QFontMetrics(font), " ".join(text.split())
    lines: list[str] = []
    while rest and len(lines) < most - 1:
        layout = QTextLayout(rest, font)
        layout.setTextOption(option)
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(max(1, width))
        layout.endLayout()
        # Qt counts UTF-16 units, Python counts signs.
        units = rest.encode("utf-16-le")
        cut = 2 * line.textLength()
        lines.append(units[:cut].decode("utf-16-le").rstrip())
        rest = units[cut:].decode("utf-16-le").strip()
    if rest or not lines:
        lines.append(metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width))
    return tuple(lines)


class LinesLabel(QWidget):
    """Plain text in at most `most` lines; the whole of it shows on hover where it was cut."""

    def __init__(self, theme: Theme, *, most: int = 2, size: int = BODY, token: str = "text") -> None:
        super().__init__()
        self._theme, self._most, self._text = theme, most, ""
        self._size, self._token = size, token
        self._lines: tuple[str, ...] = ("",)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._break)

    @property
    def text(self) -> str:
        """The whole text."""
        return self._text

    @property
    def lines(self) -> tuple[str, ...]:
        """What is shown."""
        return self._lines

    def set_text(self, text: str) -> None:
        """Shows another text."""
        self._text = text
        self.setAccessibleName(text)
        self._break()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(200), len(self._lines) * self._step())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(48), self.sizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._break()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self._theme.font(self._size))
        painter.setPen(self._theme.colour(self._token))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        for place, line in enumerate(self._lines):
            painter.drawText(QRect(0, place * self._step(), self.width(), self._step()), flags, isolated(line))

    def _step(self) -> int:
        return self._theme.px(_STEPS[self._size])

    def _break(self) -> None:
        before = len(self._lines)
        self._lines = broken(self._text, self._theme.font(self._size), width=self.width(), most=self._most)
        self.setToolTip(self._text if self._lines[-1].endswith("…") else "")
        if len(self._lines) != before:
            self.updateGeometry()
        self.update()
