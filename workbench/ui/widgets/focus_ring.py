"""paint_ring: the line around what has the keyboard, where the style sheet cannot draw it."""

from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from workbench.ui.theme import Theme

_WIDTH: Final = 2


def paint_ring(painter: QPainter, box: QRectF, theme: Theme, *, radius: int = 8) -> None:
    """Draws it just inside `box`; in a paint event, above everything else."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour("accent"), _WIDTH))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), radius, radius)
