"""PlainLabel: every label of the window; text is never read as markup, and long text can end in an ellipsis."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget
from typing_extensions import override


class PlainLabel(QLabel):
    """Shows text as it is. `role` is one of the style sheet's label roles.

    With `elides` the label gives way when room is short: it ends in an ellipsis and shows the whole text on hover.
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
        self._elides = elides
        if role:
            self.setProperty("role", role)
        if elides:
            self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
            self.setMinimumWidth(24)

    @override
    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(24, hint.height()) if self._elides else hint

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._elides:
            self.setToolTip(self.text() if self._is_short_of_room() else "")

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._elides or not self._is_short_of_room():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width())
        painter.drawText(self.contentsRect(), self.alignment() | Qt.AlignmentFlag.AlignVCenter, shown)

    def _is_short_of_room(self) -> bool:
        return self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()


def set_role(label: QWidget, role: str) -> None:
    """Changes the style sheet role of a widget already shown."""
    if label.property("role") != role:
        label.setProperty("role", role)
        label.style().unpolish(label)
        label.style().polish(label)
