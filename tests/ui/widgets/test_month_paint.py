"""A month as drawn: today on a disc, days off shaded, plan days named or flagged, chosen cards edged."""

from datetime import date

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from tests.ui.widgets.spans import MONDAY, a_span, day
from workbench.ui.theme import Theme
from workbench.ui.widgets.month_layout import lay_out
from workbench.ui.widgets.month_paint import MonthPaint, MonthState


@pytest.fixture
def paint(theme: Theme) -> MonthPaint:
    return MonthPaint(theme)


def picture(paint: MonthPaint, state: MonthState, ground: QWidget, *, width: int = 840, turned: bool = False) -> QImage:
    ground.resize(width, 420)
    image = QImage(ground.size(), QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)

    class Board(QWidget):
        @override
        def paintEvent(self, event: object) -> None:
            paint.paint(self, self.rect(), state, has_focus=False, turned=turned)

    board = Board(ground)
    board.resize(ground.size())
    board.render(image)
    board.deleteLater()
    return image


def a_state(**fields: object) -> MonthState:
    state = MonthState(month=date(2024, 6, 1), day=day(20), today=day(21))
    state.layout = lay_out([a_span("one", 2), a_span("window", 1, 9)], first=MONDAY, weeks=4, lanes=3)
    for name, value in fields.items():
        setattr(state, name, value)
    return state


@pytest.mark.parametrize(
    "fields",
    [
        {"today": day(3)}, {"closed": frozenset({day(3)})}, {"marks": {day(3): "Checkpoint 30"}},
        {"chosen": frozenset({"one"})}, {"drop": day(3)},
    ],
)  # fmt: skip
def test_each_state_is_to_be_seen(paint: MonthPaint, ground: QWidget, fields: dict[str, object]):
    assert picture(paint, a_state(**fields), ground) != picture(paint, a_state(), ground)


def test_a_name_that_has_no_room_becomes_a_flag(paint: MonthPaint, ground: QWidget):
    long = a_state(marks={day(3): "Day 90, last checkpoint"})
    short = a_state(marks={day(3): "Another long name of a day"})
    assert picture(paint, long, ground, width=420) == picture(paint, short, ground, width=420)
    assert picture(paint, long, ground, width=1680) != picture(paint, short, ground, width=1680)


def test_low_days_have_lower_lanes(paint: MonthPaint):
    assert paint.fit(70) == 2
    assert paint.fit(120) == 4
    assert paint.fit(10) == 1


def test_places_turn_round_with_the_layout(paint: MonthPaint):
    size, layout = QSize(700, 428), a_state().layout
    paint.fit(100)
    straight = paint.cell(size, layout, day(0), turned=False)
    turned = paint.cell(size, layout, day(0), turned=True)
    assert (straight.left(), turned.right()) == (0, 699)
    part = next(each for each in layout.segments if each.span.id == "window" and each.week == 0)
    box = paint.segment(size, layout, part, turned=False)
    assert QRect(100, box.top(), 600, box.height()).contains(box)
    # What goes on in the next week reaches the edge; what begins here stands a little off it.
    assert (box.left(), box.right()) == (103, 699)
    mirrored = paint.segment(size, layout, part, turned=True)
    assert (mirrored.left(), mirrored.right()) == (0, 596)


def test_the_count_of_more_has_a_place_only_where_there_is_one(paint: MonthPaint):
    state = a_state(layout=lay_out([a_span(f"{n}", 2) for n in range(5)], first=MONDAY, weeks=4, lanes=2))
    assert paint.more(QSize(700, 428), state, day(3), turned=False).isEmpty()
    place = paint.more(QSize(700, 428), state, day(2), turned=False)
    assert paint.cell(QSize(700, 428), state.layout, day(2), turned=False).contains(place)
