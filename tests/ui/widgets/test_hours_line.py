"""Hours of this week by person: too much first, with a word and an icon; quiet where nothing is asked."""

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QWidget

from tests.ui.plan_samples import TODAY
from workbench.plans.hours import WeekHours
from workbench.ui.theme import Theme
from workbench.ui.widgets.hours_line import HoursLine

MONDAY = TODAY - timedelta(days=TODAY.weekday())
H = "\N{NO-BREAK SPACE}h"


@pytest.fixture
def line(ground: QWidget, theme: Theme) -> HoursLine:
    made = HoursLine(theme)
    made.setParent(ground)
    made.resize(600, 24)
    return made


def show(line: HoursLine, *hours: tuple[str, float]) -> None:
    weeks = [WeekHours(MONDAY, owner, value) for owner, value in hours]
    weeks.append(WeekHours(MONDAY + timedelta(days=7), "Nobody This Week", 40))
    line.show_hours(weeks, 5, today=TODAY)


def test_who_has_too_much_comes_first_and_is_marked(line: HoursLine):
    show(line, ("Amina Example", 5), ("Bo Example", 6.25), ("", 9))
    assert line.isVisible()
    assert (line._too_much.text(), line._chip.text) == (f"Bo Example 6.2{H}", f"above 5{H}")
    assert line._others.text() == f"Amina Example 5{H}"
    assert line.accessibleName() == f"Hours this week; Bo Example: 6.2{H}, above 5{H}; Amina Example: 5{H}"


def test_enough_room_in_the_week_shows_no_mark(line: HoursLine):
    show(line, ("Amina Example", 2))
    assert not line._chip.isVisible()
    assert line._others.isVisible()


def test_week_that_asks_nothing_shows_nothing(line: HoursLine):
    show(line)
    assert not line.isVisible()
    show(line, ("", 3))
    assert not line.isVisible()


def test_short_line_says_who_has_too_much(line: HoursLine):
    show(line, ("Amina Example", 5), ("Bo Example", 6))
    line.resize(240, 24)
    assert line._too_much.isVisible()
    assert not line._others.isVisible()
    assert "Amina Example" in line.toolTip()
