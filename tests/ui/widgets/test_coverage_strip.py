"""The coverage strip: known days filled, others hatched, the day under the mouse in words, turned in Arabic."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage

from workbench.models.moments import DayRange
from workbench.ui.theme import Theme
from workbench.ui.widgets.coverage_strip import CoverageStrip

FIRST, LAST = date(2020, 1, 1), date(2023, 12, 31)
HALF = (DayRange(FIRST, date(2021, 12, 31)),)


def a_strip(qtbot, theme: Theme) -> CoverageStrip:
    strip = CoverageStrip(theme)
    qtbot.addWidget(strip)
    strip.resize(800, strip.sizeHint().height())
    strip.show_days(FIRST, LAST, HALF, words="Pumps: known until 31 Dec 2021")
    return strip


def picture(strip: CoverageStrip) -> QImage:
    return strip.grab().toImage()


def test_known_days_are_filled_and_others_are_not(qtbot, theme: Theme):
    strip = a_strip(qtbot, theme)
    accent = QColor(theme.tokens.accent)
    assert picture(strip).pixelColor(200, 5) == accent
    assert picture(strip).pixelColor(600, 5) != accent


def test_it_runs_from_right_to_left_where_text_does(qtbot, theme: Theme):
    strip = a_strip(qtbot, theme)
    strip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert picture(strip).pixelColor(600, 5) == QColor(theme.tokens.accent)


def test_it_says_the_same_in_words(qtbot, theme: Theme):
    strip = a_strip(qtbot, theme)
    assert strip.accessibleName() == "Pumps: known until 31 Dec 2021"


def test_one_day_and_no_day_can_be_drawn(qtbot, theme: Theme):
    strip = a_strip(qtbot, theme)
    strip.show_days(FIRST, FIRST, (), words="nothing")
    assert not picture(strip).isNull()


def test_large_text_gives_it_more_height(qtbot, theme: Theme):
    strip = a_strip(qtbot, theme)
    before = strip.sizeHint().height()
    theme.set_text_scale(1.5)
    assert strip.sizeHint().height() > before
