"""PlainLabel: every label of the window; text is never read as markup, and long text can end in an ellipsis."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget
from typing_extensions import override

from workbench.ui.directions import isolated, leading


class PlainLabel(QLabel):
    """Shows text as it is. `role` is one of the style sheet's label roles.

    With `elides` the label gives way when room is short: it ends in an ellipsis and shows the whole text on hover, or
    says `short` instead. Words of the other direction begin where the others do.
    """

    def __init__(
        self,
        text: str = "",
        *,
        role: str = "",
        wraps: bool = False,
        elides: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        self.setWordWrap(wraps)
        self._elides, self._short = elides, ""
        self._asked = self.alignment()
        if role:
            self.setProperty("role", role)
        if elides:
            self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
            self.setMinimumWidth(24)

    def set_short(self, text: str) -> None:
        """What it says where the whole text has no room."""
        self._short = text
        self.update()

    @override
    def setAlignment(self, alignment: Qt.AlignmentFlag) -> None:
        self._asked = alignment
        super().setAlignment(leading(alignment, self.layoutDirection()))

    @override
    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(24, hint.height()) if self._elides else hint

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wanted = leading(self._asked, self.layoutDirection())
        if wanted != self.alignment():
            super().setAlignment(wanted)
        if self._elides:
            self.setToolTip(self.text() if self._is_short_of_room() else "")

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._elides or not self._is_short_of_room():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        text, width = self._short or self.text(), self.contentsRect().width()
        shown = isolated(self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, width))
        painter.drawText(self.contentsRect(), self.alignment() | Qt.AlignmentFlag.AlignVCenter, shown)

    def _is_short_of_room(self) -> bool:
        return self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()
