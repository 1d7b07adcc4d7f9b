"""One row of the scorecard."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest

from workbench.ui.directions import isolated
from workbench.ui.pages.scorecard_words import NOT_COMPARED
from workbench.ui.theme import SMALL, Meaning
from workbench.ui.widgets.score_row import ScoreCells, ScoreHead, ScoreRow, columns

CELLS = ScoreCells(
    "reply_rate", "Reply rate", ("61 %", "58 %", "53 %"), "On target", Meaning.GOOD, "said", "Formula: …"
)


def test_it_is_chosen_by_click_and_key_and_stepped_through(qtbot, ground, theme):
    row = ScoreRow(theme, CELLS)
    row.setParent(ground)
    row.resize(400, 36)
    row.show()
    heard: list[object] = []
    row.chosen.connect(heard.append)
    row.stepped.connect(heard.append)
    QTest.mouseClick(row, Qt.MouseButton.LeftButton)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Up):
        QTest.keyClick(row, key)
    assert heard == ["reply_rate"] * 3 + [1, -1]
    assert (row.accessibleName(), row.accessibleDescription()) == ("said", "Formula: …")


def test_numbers_stand_at_the_end_of_the_line_in_both_directions(ground, theme):
    row = ScoreRow(theme, CELLS)
    row.setParent(ground)
    row.resize(400, 36)
    lefts = [box.left() for box in columns(row, theme)]
    assert lefts == sorted(lefts)
    row.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    turned = [box.left() for box in columns(row, theme)]
    assert turned == sorted(turned, reverse=True)
    row.set_chosen(is_chosen=True)
    drawn = row.grab().toImage()
    row.show_cells(replace(CELLS, values=tuple(map(isolated, CELLS.values))))
    assert row.grab().toImage() == drawn, "a number and its unit keep their order"
    assert not ScoreHead(theme).grab().isNull()


def test_what_is_not_compared_has_room_beside_the_value(ground, theme):
    row = ScoreRow(theme, CELLS)
    row.setParent(ground)
    row.resize(600, 36)
    wanted = QFontMetrics(theme.font(SMALL)).horizontalAdvance(NOT_COMPARED)
    assert all(wanted < box.width() - theme.px(4) for box in columns(row, theme)[1:])


def test_older_numbers_give_way_to_the_title(ground, theme):
    row = ScoreRow(theme, CELLS)
    row.setParent(ground)
    for width, shown in ((600, 3), (360, 2), (280, 1), (120, 1)):
        row.resize(width, 36)
        assert len(columns(row, theme)) == shown
        assert not row.grab().isNull()
