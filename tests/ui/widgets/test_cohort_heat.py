"""The small table: deeper is more, not known is hatched, columns go on in the direction of writing."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette

from tests.ui.widgets.test_cohort_data import FEBRUARY, a_figure
from workbench.ui.widgets.cohort_data import Cell, FigureRow
from workbench.ui.widgets.cohort_heat import CohortHeat


def test_a_larger_share_is_deeper_and_what_is_not_known_is_hatched(ground, theme):
    heat = CohortHeat(theme)
    heat.setParent(ground)
    heat.resize(400, 100)
    # On the ground of its own theme, whatever look the program had before.
    palette = heat.palette()
    palette.setColor(QPalette.ColorRole.Window, QColor(theme.tokens.surface))
    heat.setPalette(palette)
    heat.setAutoFillBackground(True)
    heat.show_figure(a_figure(FigureRow("Jan", (Cell("", 0.9), Cell("", 0.1))), FEBRUARY))
    image = heat.grab().toImage()

    def shade(row: int, column: int) -> int:
        spot = heat.box(row, column).topLeft().toPoint()
        return image.pixelColor(spot.x() + 3, spot.y() + 3).lightness()

    assert shade(0, 0) < shade(0, 1)
    soft = theme.tokens.unknown_soft.lower()
    box = heat.box(1, 0).toRect()
    assert soft in {image.pixelColor(x, box.top() + 2).name() for x in range(box.left(), box.right())}


def test_columns_are_mirrored_and_height_follows_the_rows(ground, theme):
    heat = CohortHeat(theme)
    heat.setParent(ground)
    heat.resize(400, 100)
    heat.show_figure(a_figure(FEBRUARY))
    low = heat.sizeHint().height()
    heat.show_figure(a_figure(FEBRUARY, FEBRUARY))
    assert heat.sizeHint().height() > low
    assert heat.box(0, 0).left() < heat.box(0, 1).left()
    heat.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert heat.box(0, 0).left() > heat.box(0, 1).left()
    assert not heat.grab().isNull()
