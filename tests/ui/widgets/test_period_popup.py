"""The period by one click, or by two dates in either order."""

from datetime import date

from PySide6.QtCore import QDate, QLocale
from PySide6.QtWidgets import QPushButton, QWidget

from workbench.ui.period import Period, PeriodKind
from workbench.ui.theme import Theme, ThemeMode
from workbench.ui.widgets.period_popup import PeriodPopup


def a_popup(window: QWidget, theme: Theme, period: Period) -> tuple[PeriodPopup, list[Period]]:
    chosen = []
    popup = PeriodPopup(theme, window, period=period, today=date(2024, 6, 15), chosen=chosen.append)
    popup.open_at(window)
    return popup, chosen


def test_usual_period_by_one_click(qtbot, ground: QWidget, theme: Theme):
    popup, chosen = a_popup(ground, theme, Period())
    buttons = {button.text(): button for button in popup.findChildren(QPushButton)}
    assert buttons["Last 90 days"].isChecked()
    buttons["This year"].click()
    assert chosen == [Period(PeriodKind.YEAR)]


def test_two_dates_in_either_order(qtbot, ground: QWidget, theme: Theme):
    popup, chosen = a_popup(ground, theme, Period())
    assert popup._first.date() == QDate(2024, 3, 17)
    popup._first.setDate(QDate(2024, 6, 1))
    popup._last.setDate(QDate(2024, 5, 1))
    next(button for button in popup.findChildren(QPushButton) if button.text() == "Use these dates").click()
    assert chosen == [Period(PeriodKind.CUSTOM, date(2024, 5, 1), date(2024, 6, 1))]


def test_days_are_written_as_everywhere_else(qtbot, ground: QWidget, theme: Theme):
    before = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    try:
        popup, _ = a_popup(ground, theme, Period())
        assert popup._first.text() == "17 Mar 2024"
    finally:
        QLocale.setDefault(before)


def test_days_have_the_arrow_of_other_boxes_and_no_dark_corner(qtbot, ground: QWidget, theme: Theme):
    theme.set_mode(ThemeMode.DARK)
    popup, _ = a_popup(ground, theme, Period())
    theme.dress(popup)
    image, surface = popup._first.grab().toImage(), theme.colour("surface").name()
    middle = image.height() // 2
    above = {image.pixelColor(x, 5).name() for x in range(image.width() - 26, image.width() - 10)}
    arrow = {image.pixelColor(x, y).name() for x in range(image.width() - 26, image.width()) for y in range(middle + 6)}
    assert above == {surface}
    assert len(arrow) > 2
