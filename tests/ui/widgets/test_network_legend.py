"""Legend: as many lines as it takes, told in words too."""

import pytest
from PySide6.QtGui import QImage, QPainter

from workbench.ui.theme import SMALL, Theme
from workbench.ui.widgets.network_legend import NetworkLegend, paint_entries
from workbench.ui.widgets.network_paint import Ink
from workbench.ui.widgets.network_scene import GroupLook, group_looks


def test_it_takes_the_lines_it_needs(qtbot, theme: Theme):
    legend = NetworkLegend(theme)
    qtbot.addWidget(legend)
    legend.resize(900, 20)
    legend.show()
    legend.show_groups(group_looks(["Group 1, mostly Lima", "Group 2, mostly Dakar"]), others="people in none")
    one_line = legend.height()
    legend.resize(220, 20)
    assert legend.height() == pytest.approx(3 * one_line, abs=2)
    assert legend.accessibleName() == "Colours: Group 1, mostly Lima, Group 2, mostly Dakar, people in none"
    legend.set_lines(2)
    assert legend.height() == pytest.approx(2 * one_line, abs=2)
    assert legend.toolTip().endswith("people in none")
    before = legend.grab().toImage()
    legend.show_groups((), others="")
    assert legend.height() == 0
    assert before.height() > 0


def _end_of(look: GroupLook, theme: Theme) -> int:
    """The last column that a mark alone has ink in, of a legend drawn four times as large."""
    image = QImage(160, 120, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFF)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(4, 4)
    paint_entries(painter, [(look, "")], Ink(theme.tokens, theme.font(SMALL)), width=40)
    painter.end()
    columns = range(image.width())
    return max(x for x in columns for y in range(image.height()) if image.pixelColor(x, y).lightness() < 200)


def test_every_mark_is_as_far_from_its_words(theme: Theme):
    ends = [_end_of(look, theme) for look in group_looks([str(place) for place in range(8)])]
    assert max(ends) - min(ends) <= 4
