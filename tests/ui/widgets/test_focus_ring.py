"""The ring of the keyboard: inside its box, over what is there, in the accent of the theme."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from workbench.ui.theme import Theme
from workbench.ui.widgets.focus_ring import paint_ring


def test_the_ring_is_drawn_inside_its_box_and_leaves_the_middle(theme: Theme):
    image = QImage(40, 40, QImage.Format.Format_ARGB32)
    image.fill(theme.colour("surface"))
    painter = QPainter(image)
    paint_ring(painter, QRectF(4, 4, 32, 32), theme)
    painter.end()
    assert image.pixelColor(5, 20) == theme.colour("accent")
    assert image.pixelColor(3, 20) == image.pixelColor(20, 20) == theme.colour("surface")
