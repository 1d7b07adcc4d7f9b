"""The country whose holidays a plan skips: by name, by code, by part; anything else is told apart."""

import pytest
from PySide6.QtCore import Qt

from workbench.ui.pages.plan_holidays import HolidaysField, country_name, read_countries
from workbench.ui.theme import Theme


@pytest.fixture
def field(qtbot, theme: Theme) -> HolidaysField:
    made = HolidaysField(theme)
    qtbot.addWidget(made)
    made.show_countries({"CH": ("GE", "VD"), "KE": ()})
    return made


@pytest.mark.parametrize(
    ("typed", "code"),
    [("", ""), ("kenya", "KE"), ("ke", "KE"), ("Switzerland (CH)", "CH"), ("CH-GE", "CH-GE"), ("Atlantis", None)],
)
def test_a_country_is_known_by_name_and_code(field: HolidaysField, typed, code):
    field.setText(typed)
    assert field.code() == code


def test_enter_shuts_the_list_of_countries(qtbot, ground, field: HolidaysField):
    field.setParent(ground)
    field.show()
    ground.activateWindow()
    qtbot.waitUntil(ground.isActiveWindow)
    field.setFocus()
    qtbot.keyClicks(field, "ken")
    popup = field.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    with qtbot.waitSignal(field.left):
        qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert field.code() == "KE"
    qtbot.waitUntil(lambda: not popup.isVisible())


def test_a_stored_code_is_shown_by_its_name(field: HolidaysField):
    field.offer("CH-GE")
    assert field.text() == "Switzerland, GE (CH-GE)"
    assert field.code() == "CH-GE"


def test_a_code_shown_before_the_names_have_come_stays_what_it_is(qtbot, theme: Theme):
    field = HolidaysField(theme)
    qtbot.addWidget(field)
    field.offer("KE")
    assert field.code() == "KE"
    field.show_countries({"KE": ()})
    assert field.text() == "Kenya (KE)"


def test_every_country_of_the_library_has_a_name():
    countries = read_countries()
    assert "CH" in countries
    assert country_name("KE") == "Kenya"
    assert all(country_name(code) for code in countries)
