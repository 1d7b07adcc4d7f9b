"""The line of 90 days: said in words, drawn before, within and after the plan, labels never over one another."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt

from workbench.ui import numbers
from workbench.ui.theme import Theme
from workbench.ui.widgets.day_line import DayLine

DAY_0 = date(2024, 6, 3)


def a_line(ground, theme: Theme, *, width: int = 400, day: int = 37) -> DayLine:
    line = DayLine(theme)
    line.setParent(ground)
    line.resize(width, line.sizeHint().height())
    line.show_days(DAY_0, today=DAY_0 + timedelta(days=day))
    line.show()
    return line


def test_days_and_checkpoints_are_said_in_words(ground, theme: Theme):
    assert a_line(ground, theme).accessibleName() == (
        "Day 37 of 90. Day 0 was 3 Jun 2024. Checkpoints: day 30 on 3 Jul 2024, day 60 on 2 Aug 2024, "
        f"day 90 on {numbers.day(date(2024, 9, 1))} (checkpoint on {numbers.weekday(date(2024, 9, 2))})."
    )
    assert a_line(ground, theme, day=-5).accessibleName().startswith("Starts in 5 days. Day 0 is 3 Jun 2024.")
    assert a_line(ground, theme, day=93).accessibleName().startswith("Ended 3 days ago.")


@pytest.mark.parametrize("turned", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
@pytest.mark.parametrize("width", [170, 240, 600])
@pytest.mark.parametrize("day", [-5, 0, 1, 29, 30, 44, 89, 90, 200])
def test_labels_never_cover_one_another_and_today_is_always_named(ground, theme: Theme, turned, width, day):
    line = a_line(ground, theme, width=width, day=day)
    line.setLayoutDirection(turned)
    assert not line.grab().isNull()
    kept = line.placed_labels()
    assert kept[0].is_today
    boxes = [label.box for label in kept]
    assert not any(one.intersects(other) for place, one in enumerate(boxes) for other in boxes[:place])
    assert all(line.rect().left() <= box.left() and box.right() <= line.rect().right() for box in boxes)


def test_dates_give_way_before_day_numbers(ground, theme: Theme):
    wide = [label.words for label in a_line(ground, theme, width=600).placed_labels()]
    narrow = [label.words for label in a_line(ground, theme, width=170).placed_labels()]
    assert "60 · 2 Aug" in wide
    assert "60" in narrow


def test_line_turns_round_with_the_layout(ground, theme: Theme):
    line = a_line(ground, theme)
    before = line.grab().toImage()
    line.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert line.grab().toImage() != before


def test_line_without_a_plan_draws_nothing(ground, theme: Theme):
    line = DayLine(theme)
    line.setParent(ground)
    line.show()
    assert not line.grab().isNull()


@pytest.mark.parametrize("turned", [False, True])
def test_a_click_on_a_checkpoint_asks_for_it_and_between_them_for_nothing(qtbot, ground, theme: Theme, turned):
    line = a_line(ground, theme)
    line.setLayoutDirection(Qt.LayoutDirection.RightToLeft if turned else Qt.LayoutDirection.LeftToRight)
    with qtbot.waitSignal(line.checkpoint_wanted) as asked:
        qtbot.mouseClick(line, Qt.MouseButton.LeftButton, pos=QPoint(round(line._x(60)), 14))
    assert asked.args == [60]
    qtbot.mouseMove(line, QPoint(round(line._x(30)), 14))
    assert line.checkpoint_at(line._x(45)) is None
    with qtbot.assertNotEmitted(line.checkpoint_wanted):
        qtbot.mouseClick(line, Qt.MouseButton.LeftButton, pos=QPoint(round(line._x(45)), 14))
