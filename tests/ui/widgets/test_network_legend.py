"""Legend: as many lines as it takes, told in words too."""

import pytest

from workbench.ui.theme import Theme
from workbench.ui.widgets.network_legend import NetworkLegend
from workbench.ui.widgets.network_scene import group_looks


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
