"""The words of an axis look as words do elsewhere, in every script."""

from itertools import pairwise

import pyqtgraph as pg
import pytest
from PySide6.QtGui import QImage

from workbench.ui.widgets.plot_axis import PlotAxis


def _widest_gap(words: str) -> int:
    """The widest column of nothing within the words of the only tick, in pixels."""
    plot = pg.PlotWidget(background="w", axisItems={"bottom": PlotAxis("bottom")})
    plot.hideAxis("left")
    plot.getAxis("bottom").setTicks([[(5, words)]])
    plot.getAxis("bottom").setTextPen("k")
    plot.setXRange(0, 10)
    plot.resize(300, 80)
    drawn: QImage = plot.grab().toImage()
    plot.close()
    low = range(drawn.height() - 16, drawn.height() - 2)
    inked = [x for x in range(drawn.width()) if any(drawn.pixelColor(x, y).lightness() < 100 for y in low)]
    middle = [x for x in inked if 80 < x < 220]
    return max(b - a for a, b in pairwise(middle))


@pytest.mark.parametrize("words", ["April 2024", "نيسان ٢٠٢٤"])
def test_a_space_between_word_and_number_is_kept(qapp, words: str):
    assert _widest_gap(words) > _widest_gap(words.replace(" ", "")) + 1
