"""Bars: as long as their share, from the side where writing begins; not known is hatched."""

import pytest
from PySide6.QtCore import Qt

from workbench.ui.widgets.cohort_data import Cell, Figure, FigureRow
from workbench.ui.widgets.funnel_bars import FunnelBars

ROWS = (
    FigureRow("Joined", (Cell("40", 1.0, "40"),), "everybody"),
    FigureRow("Reacted", (Cell("10", 0.25, "10"),)),
    FigureRow("Led", (Cell("not known", None),)),
)


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_a_bar_is_as_long_as_its_share(ground, theme, direction):
    bars = FunnelBars(theme)
    bars.setParent(ground)
    bars.setLayoutDirection(direction)
    bars.show_figure(Figure("Funnel", "", "Step", ("People",), ROWS))
    bars.resize(420, bars.sizeHint().height())
    image, ink = bars.grab().toImage(), theme.tokens.series_1.lower()
    filled = []
    for row in range(2):
        y = round(bars.box(row, 0).top()) + 10
        filled.append([x for x in range(image.width()) if image.pixelColor(x, y).name() == ink])
    assert abs(len(filled[1]) / len(filled[0]) - 0.25) < 0.03
    begins = min if direction is Qt.LayoutDirection.LeftToRight else max
    assert begins(filled[0]) == begins(filled[1])
    y = round(bars.box(2, 0).top()) + 10
    assert theme.tokens.unknown_soft.lower() in {image.pixelColor(x, y).name() for x in range(image.width())}
