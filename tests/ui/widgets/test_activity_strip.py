"""ActivityStrip: weeks in words and bars, mirrored where reading runs from the right."""

from datetime import date

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QHelpEvent
from PySide6.QtWidgets import QToolTip, QWidget

from workbench.ui.theme import Theme
from workbench.ui.widgets.activity_strip import ActivityStrip

FIRST = date(2023, 6, 19)


def a_strip(theme: Theme, ground: QWidget, weeks: tuple[int, ...], *, unknown: int = 0) -> ActivityStrip:
    strip = ActivityStrip(theme)
    strip.setParent(ground)
    known = [place >= unknown for place in range(len(weeks))]
    strip.show_weeks(weeks, first=FIRST, known=known)
    strip.resize(260, 60)
    strip.show()
    return strip


def inked(strip: ActivityStrip, theme: Theme) -> list[int]:
    image = strip.grab().toImage()
    return [x for x in range(image.width()) if image.pixelColor(x, 38) == QColor(theme.tokens.series_1)]


def test_description_says_how_many_and_when_most(theme, ground):
    strip = a_strip(theme, ground, (*[0] * 50, 3, 1))
    assert strip.accessibleDescription() == "4 messages in 52 weeks; most: Week of 3 Jun 2024: 3 messages"


def test_bars_stand_where_their_weeks_are(theme, ground):
    weeks = (5, *[0] * 51)
    assert max(inked(a_strip(theme, ground, weeks), theme)) < 10
    turned = a_strip(theme, ground, weeks)
    turned.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert min(inked(turned, theme)) > 250


def test_year_without_messages_says_so_and_draws_no_bar(theme, ground):
    strip = a_strip(theme, ground, (0,) * 52)
    assert inked(strip, theme) == []
    assert strip.accessibleDescription() == "0 messages"


def test_hovering_tells_the_week(theme, ground, qapp):
    strip = a_strip(theme, ground, (7, *[0] * 51))
    qapp.sendEvent(strip, QHelpEvent(QEvent.Type.ToolTip, QPoint(1, 10), strip.mapToGlobal(QPoint(1, 10))))
    assert QToolTip.text() == "Week of 19 Jun 2023: 7 messages"
    QToolTip.hideText()


def test_weeks_that_are_not_known_are_hatched_and_said_to_be(theme, ground):
    strip = a_strip(theme, ground, (*[0] * 51, 3), unknown=48)
    assert strip.accessibleDescription().endswith("; 48 weeks are not known yet")
    image = strip.grab().toImage()
    hatched = {x for x in range(image.width()) for y in range(38) if image.pixelColor(x, y) == theme.colour("hatch")}
    assert min(hatched) < 10
    assert 230 < max(hatched) < 250
    assert strip._words(0) == "Week of 19 Jun 2023: not known yet"
    assert strip._words(51).endswith(": 3 messages")
