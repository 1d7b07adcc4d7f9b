"""A day of a plan: fixed, or counted from day 0, which it stays."""

from datetime import date, timedelta

import pytest

from workbench.ui.theme import Theme
from workbench.ui.widgets.plan_day_field import PlanDayField

MONDAY = date(2024, 6, 10)


@pytest.fixture
def field(qtbot, theme: Theme) -> PlanDayField:
    made = PlanDayField(theme, today=lambda: MONDAY)
    qtbot.addWidget(made)
    made.show_day(MONDAY + timedelta(days=8), 8, starts_on=MONDAY)
    return made


def typed(field: PlanDayField, text: str) -> tuple[date | None, int | None]:
    field.line.setText(text)
    field.line.left.emit()
    return field.day(), field.number()


def test_another_day_stays_counted(qtbot, field: PlanDayField):
    with qtbot.waitSignal(field.edited):
        assert typed(field, "2024-06-20") == (date(2024, 6, 20), 10)


def test_on_a_weekend_the_day_itself_stands(field: PlanDayField):
    assert typed(field, "2024-06-22") == (date(2024, 6, 22), None)


def test_on_a_holiday_the_day_itself_stands(field: PlanDayField):
    field.show_day(MONDAY, 0, starts_on=MONDAY, closed={date(2024, 6, 20)})
    assert typed(field, "2024-06-20") == (date(2024, 6, 20), None)


@pytest.mark.parametrize(("text", "number"), [("day 22", 22), ("D 1", 1), ("Day -3", -3), ("day +4", 4)])
def test_a_day_of_the_plan_is_read_as_such(qtbot, field: PlanDayField, text: str, number: int):
    field.show_day(None, None, starts_on=MONDAY)
    with qtbot.waitSignal(field.edited):
        day, found = typed(field, text)
    assert found == number
    assert day is not None
    assert day >= MONDAY + timedelta(days=number)


def test_a_fixed_day_stays_fixed_until_it_is_counted(qtbot, field: PlanDayField):
    field.show_day(MONDAY, None, starts_on=MONDAY)
    assert typed(field, "2024-06-20") == (date(2024, 6, 20), None)
    field._fill_menu()
    count = field._menu.actions()[-1]
    assert count.text() == "Counted from day 0"
    with qtbot.waitSignal(field.edited):
        count.trigger()
    assert field.number() == 10
    field._fill_menu()
    field._menu.actions()[-1].trigger()
    assert field.number() is None


def test_no_day_is_not_counted(field: PlanDayField):
    assert typed(field, "") == (None, None)
    field._fill_menu()
    assert "Counted from day 0" not in [action.text() for action in field._menu.actions()]


@pytest.mark.parametrize("text", ["soon", "day x", "day 9999"])
def test_what_is_no_day_is_said_and_kept(qtbot, field: PlanDayField, text: str):
    with qtbot.waitSignal(field.edited):
        typed(field, text)
    assert field.is_wrong
    assert field.line.text() == text


def test_leaving_it_as_it_was_changes_nothing(qtbot, field: PlanDayField):
    with qtbot.assertNotEmitted(field.edited):
        field.line.left.emit()
    assert field.number() == 8
