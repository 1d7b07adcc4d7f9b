"""What painted figures share: the cell pointed at by mouse and keys, in both directions; what a picture hides."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.ui.widgets.test_cohort_data import FEBRUARY, JANUARY, a_figure
from workbench.ui.widgets.cohort_heat import CohortHeat
from workbench.ui.widgets.cohort_view import FigureView


def a_view(ground, theme) -> tuple[FigureView, list[str]]:
    said: list[str] = []
    view = CohortHeat(theme)
    view.setParent(ground)
    view.resize(400, 120)
    view.show_figure(a_figure(JANUARY, FEBRUARY))
    view.pointed.connect(said.append)
    view.show()
    return view, said


def test_keys_walk_the_cells_in_the_direction_of_writing(ground, theme):
    view, said = a_view(ground, theme)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down):
        QTest.keyClick(view, key)
    assert said == ["Jan 2024, joined: 12", "Jan 2024, reacted: 25 %", "=Feb, reacted: not known"]
    view.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert said[-1] == "=Feb, joined: not known"
    view.point_at(None)
    assert said[-1] == ""


def test_the_mouse_points_at_a_cell_and_at_none_beside_it(ground, theme):
    view, said = a_view(ground, theme)
    QTest.mouseMove(view, view.box(0, 1).center().toPoint())
    QTest.mouseMove(view, QPoint(2, 2))
    assert said == ["Jan 2024, reacted: 25 %", ""]


def test_a_picture_says_withheld_in_place_of_a_number(ground, theme):
    view, _ = a_view(ground, theme)
    cell = JANUARY.cells[1]
    assert (view.words_of(cell), view.share_of(cell)) == ("25 %", 0.25)
    before = view.grab().toImage()
    view.hides = True
    assert (view.words_of(cell), view.share_of(cell)) == ("withheld", 0.0)
    assert view.grab().toImage() != before
    assert view.accessibleDescription().startswith("Jan 2024: joined 12")
