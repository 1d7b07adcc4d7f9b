"""By what a bar is held, and what that moves: ends only where a bar is long enough, and never across each other."""

import pytest
from PySide6.QtCore import QPoint, QRect

from tests.ui.widgets.spans import a_span
from workbench.ui.widgets.timeline_grip import Grip, grip_of, shift_of

BOX = QRect(100, 50, 80, 14)


@pytest.mark.parametrize(
    ("x", "straight", "turned"),
    [
        (90, None, None), (102, Grip.FIRST, Grip.LAST), (140, Grip.WHOLE, Grip.WHOLE), (178, Grip.LAST, Grip.FIRST),
        (190, None, None),
    ],
)  # fmt: skip
def test_a_bar_is_held_by_its_ends_or_whole(x: int, straight: Grip | None, turned: Grip | None):
    span = a_span("a", 0, 9)
    assert grip_of(span, BOX, QPoint(x, 55), turned=False) is straight
    assert grip_of(span, BOX, QPoint(x, 55), turned=True) is turned


def test_a_diamond_and_a_short_bar_have_no_ends():
    assert grip_of(a_span("a", 0), BOX, QPoint(102, 55), turned=False) is Grip.WHOLE
    assert grip_of(a_span("a", 0, 9), QRect(100, 50, 16, 14), QPoint(102, 55), turned=False) is Grip.WHOLE


@pytest.mark.parametrize(
    ("grip", "days", "wanted"),
    [
        (Grip.WHOLE, -5, (-5, -5)), (Grip.FIRST, -5, (-5, 0)), (Grip.FIRST, 5, (3, 0)), (Grip.LAST, 5, (0, 5)),
        (Grip.LAST, -5, (0, -3)),
    ],
)  # fmt: skip
def test_an_end_stops_at_the_other(grip: Grip, days: int, wanted: tuple[int, int]):
    assert shift_of(a_span("a", 0, 3), grip, days) == wanted
