"""Days as people write them, and a field that keeps what it cannot read."""

import re
from datetime import date

import pytest
from PySide6.QtCore import QLocale, Qt

from workbench.ui.theme import Theme
from workbench.ui.widgets.day_field import DayField, read_day

TODAY = date(2024, 6, 15)


@pytest.mark.parametrize(
    ("text", "day"),
    [("today", TODAY), ("Tomorrow", date(2024, 6, 16)), ("yesterday", date(2024, 6, 14)), ("+7", date(2024, 6, 22)),
     ("-1", date(2024, 6, 14)), ("2024-07-01", date(2024, 7, 1)), ("1 Jul 2025", date(2025, 7, 1)),
     ("1 July 2025", date(2025, 7, 1)), ("1.7.2024", date(2024, 7, 1)), ("1/7/2024", date(2024, 7, 1)),
     ("Jul 1, 2024", date(2024, 7, 1)), ("1 Jul", date(2024, 7, 1)), ("2 Jan", date(2024, 1, 2)), ("", None), ("  ", None)],
)  # fmt: skip
def test_days_are_read_as_people_write_them(qapp, text, day):
    assert read_day(text, today=TODAY) == day


def test_day_without_a_year_is_the_nearest_one(qapp):
    assert read_day("5 Jan", today=date(2024, 12, 20)) == date(2025, 1, 5)
    assert read_day("28 Dec", today=date(2025, 1, 3)) == date(2024, 12, 28)


@pytest.mark.parametrize("text", ["soon", "32 Jul", "2024-13-01", "+x", "+99999", "-"])
def test_anything_else_is_refused(qapp, text):
    with pytest.raises(ValueError, match=re.escape(text)):
        read_day(text, today=TODAY)


def test_days_are_read_in_the_language_of_the_window(qapp):
    before = QLocale()
    QLocale.setDefault(QLocale("fr_FR"))
    try:
        assert read_day("1 juillet 2024", today=TODAY) == date(2024, 7, 1)
    finally:
        QLocale.setDefault(before)


def a_field(ground, theme: Theme, *, allows_none: bool = True) -> DayField:
    field = DayField(theme, today=lambda: TODAY, allows_none=allows_none)
    field.setParent(ground)
    field.show()
    return field


def test_enter_takes_the_day_over_and_writes_it_out(qtbot, ground, theme: Theme):
    field = a_field(ground, theme)
    qtbot.keyClicks(field.line, "tomorrow")
    with qtbot.waitSignal(field.edited):
        qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert field.day() == date(2024, 6, 16)
    assert field.line.text() == "16 Jun 2024"
    with qtbot.assertNotEmitted(field.edited):
        qtbot.keyClick(field.line, Qt.Key.Key_Return)


def test_text_that_is_no_day_stays_to_be_mended(qtbot, ground, theme: Theme):
    field = a_field(ground, theme)
    field.set_day(TODAY)
    field.line.setText("soon")
    with qtbot.waitSignal(field.edited):
        qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert field.is_wrong
    assert (field.line.text(), field.day()) == ("soon", TODAY)
    field.line.setText("15 Jun 2024")
    with qtbot.waitSignal(field.edited):
        qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert not field.is_wrong


def test_empty_means_no_day_only_where_that_is_allowed(qtbot, ground, theme: Theme):
    free, needed = a_field(ground, theme), a_field(ground, theme, allows_none=False)
    for field in (free, needed):
        field.set_day(TODAY)
        field.line.clear()
        qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert free.day() is None
    assert not free.is_wrong
    assert needed.is_wrong
    assert [words for words, _day in needed.choices()] == ["Today", "Tomorrow", "Next Monday", "In two weeks"]


def test_menu_chooses_a_day(qtbot, ground, theme: Theme):
    field = a_field(ground, theme)
    field._fill_menu()
    with qtbot.waitSignal(field.edited):
        field._menu.actions()[2].trigger()
    assert field.day() == date(2024, 6, 17)
    field._menu.actions()[-1].trigger()
    assert field.day() is None
