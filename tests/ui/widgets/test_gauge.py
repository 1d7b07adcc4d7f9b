"""A gauge: its row is chosen by a click on the bar too, and its marks keep their places when mirrored."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from workbench.ui.theme import Meaning
from workbench.ui.widgets.gauge import GaugeBar, GaugeMarks, GaugeRow
from workbench.ui.widgets.score_row import ScoreCells

CELLS = ScoreCells("curiosity", "Curiosity", ("29 %", "24 %", "31 %"), "On target", Meaning.GOOD, "said", "Formula: …")


def test_a_click_on_the_bar_chooses_the_row(qtbot, ground, theme):
    gauge = GaugeRow(theme, CELLS, GaugeMarks(0.29, 0.2))
    gauge.setParent(ground)
    gauge.resize(400, 60)
    gauge.show()
    heard: list[str] = []
    gauge.row.chosen.connect(heard.append)
    QTest.mouseClick(gauge.bar, Qt.MouseButton.LeftButton)
    assert heard == ["curiosity"]
    assert gauge.bar.toolTip() == "Formula: …"
    gauge.show_gauge(CELLS, GaugeMarks(None))
    assert gauge.bar.marks == GaugeMarks(None)


def test_marks_stand_on_the_bar_from_either_side(ground, theme):
    bar = GaugeBar(theme, GaugeMarks(0.5, 0.2, 0.9, 1.0))
    bar.setParent(ground)
    bar.resize(400, 18)
    places = [bar._x(part) for part in (0.0, 0.2, 1.0, 7.0)]
    assert places[0] < places[1] < places[2] == places[3]
    shot = bar.grab().toImage()
    bar.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert bar._x(0.0) > bar._x(0.2) > bar._x(1.0)
    assert bar.grab().toImage() != shot
    bar.show_marks(GaugeMarks(None, None))
    assert not bar.grab().isNull()
