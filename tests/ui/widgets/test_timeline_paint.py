"""Where things are on a timeline, in both directions, and that only lines in sight are drawn."""

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from tests.ui.widgets.spans import MONDAY, a_span, day
from workbench.ui.theme import Theme
from workbench.ui.widgets.timeline_layout import GroupLine, TimeScale, WeekLoad, phase_bands
from workbench.ui.widgets.timeline_paint import TimelinePaint, TimelineState

SIZE = QSize(900, 400)


@pytest.fixture
def paint(theme: Theme) -> TimelinePaint:
    return TimelinePaint(theme)


def a_state(**fields: object) -> TimelineState:
    state = TimelineState(lines=[GroupLine("Pumps", 2), a_span("one", 5), a_span("window", 10, 20)], today=day(12))
    state.scale = TimeScale(MONDAY, 60, 10)
    state.bands = phase_bands(state.scale, starts_on=MONDAY)
    for name, value in fields.items():
        setattr(state, name, value)
    return state


def picture(paint: TimelinePaint, state: TimelineState, ground: QWidget, *, turned: bool = False) -> QImage:
    class Board(QWidget):
        @override
        def paintEvent(self, event: object) -> None:
            paint.paint(self, self.rect(), state, has_focus=True, turned=turned)

    board = Board(ground)
    board.resize(SIZE)
    image = QImage(SIZE, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.white)
    board.render(image)
    board.deleteLater()
    return image


@pytest.mark.parametrize(
    "fields",
    [
        {"checkpoints": {day(30): "Day 30"}}, {"chosen": frozenset({"one"})}, {"current": "one"}, {"today": day(30)},
        {"loads": [WeekLoad(day(7), (("Amina Example", 3.0),))]}, {"closed": frozenset({day(2)})},
        {"moving": frozenset({"one"}), "shift": (3, 3)}, {"scrolled": QPoint(50, 0)}, {"scrolled": QPoint(0, 20)},
    ],
)  # fmt: skip
def test_each_state_is_to_be_seen(paint: TimelinePaint, ground: QWidget, fields: dict[str, object]):
    for turned in (False, True):
        after = picture(paint, a_state(**fields), ground, turned=turned)
        assert after != picture(paint, a_state(), ground, turned=turned)


def test_hours_above_the_limit_look_other_than_below(paint: TimelinePaint, ground: QWidget):
    loads = [WeekLoad(day(7), (("Amina Example", 6.0),))]
    assert picture(paint, a_state(loads=loads, limit=5), ground) != picture(
        paint, a_state(loads=loads, limit=6), ground
    )


def test_bars_span_their_days_and_turn_round_with_the_layout(paint: TimelinePaint):
    state, labels = a_state(), paint.labels(SIZE)
    box = paint.span_box(SIZE, state, 2, turned=False)
    assert (box.left(), box.width()) == (labels + 100, 110)
    turned = paint.span_box(SIZE, state, 2, turned=True)
    assert turned.right() == SIZE.width() - 1 - box.left()
    diamond = paint.span_box(SIZE, state, 1, turned=False)
    assert abs(diamond.center().x() - (labels + 55)) <= 1
    assert diamond.width() == diamond.height()


def test_what_the_mouse_moves_is_where_it_will_be(paint: TimelinePaint):
    state = a_state(moving=frozenset({"window"}), shift=(0, 4))
    assert paint.days_of(state.lines[2], state) == (day(10), day(24))
    assert paint.days_of(state.lines[1], state) == (day(5), day(5))
    # One day pulled at its end becomes a window; pulled the other way it stays one day.
    assert paint.days_of(state.lines[1], a_state(moving=frozenset({"one"}), shift=(0, 2))) == (day(5), day(7))
    assert paint.days_of(state.lines[1], a_state(moving=frozenset({"one"}), shift=(3, 0))) == (day(5), day(5))


def test_the_week_under_the_mouse_is_found_below_the_lines_only(paint: TimelinePaint):
    load = WeekLoad(day(7), (("Amina Example", 3.0),))
    state, below = a_state(loads=[load]), SIZE.height() - 20
    at = paint.labels(SIZE) + 85
    assert paint.load_at(SIZE, state, QPoint(at, below), turned=False) is load
    assert paint.load_at(SIZE, state, QPoint(SIZE.width() - at, below), turned=True) is load
    assert paint.load_at(SIZE, state, QPoint(at, 100), turned=False) is None
    assert paint.load_at(SIZE, state, QPoint(10, below), turned=False) is None
    assert paint.load_at(SIZE, state, QPoint(at + 300, below), turned=False) is None


def test_only_lines_in_sight_are_drawn(theme: Theme, ground: QWidget):
    drawn: list[int] = []

    class Listed(TimelinePaint):
        def line_box(self, size: QSize, state: TimelineState, line: int) -> QRect:
            drawn.append(line)
            return super().line_box(size, state, line)

    paint = Listed(theme)
    lines = [a_span(f"c{number}", number % 50) for number in range(2000)]
    picture(paint, a_state(lines=lines, scrolled=QPoint(0, 1000 * paint.row_height())), ground)
    rows = paint.body(SIZE).height() // paint.row_height()
    assert min(drawn) == 1000
    assert rows <= len(set(drawn)) <= rows + 2


def test_lines_are_where_they_are_scrolled_to(paint: TimelinePaint):
    top = paint.body(SIZE).top()
    box = paint.line_box(SIZE, a_state(scrolled=QPoint(0, 10)), 2)
    assert box == QRect(0, top + 2 * paint.row_height() - 10, SIZE.width(), paint.row_height())
