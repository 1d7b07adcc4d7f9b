"""The head of a page gives the title room before anything else, and breaks into two lines where it is narrow."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from workbench.ui.pages.page_heading import PageHeading
from workbench.ui.pages.person_menu import labelled
from workbench.ui.theme import Theme
from workbench.ui.widgets.buttons import icon_button, push_button


@pytest.fixture
def heading(ground: QWidget, theme: Theme) -> PageHeading:
    theme.dress(ground)
    made = PageHeading("Water and sanitation for schools")
    made.lead.addWidget(push_button("Communities", theme=theme, kind="link"))
    made.subtitle.setText("growth, July 2023 to June 2024")
    made.subtitle.show()
    made.buttons.addWidget(push_button("Save as CSV", theme=theme))
    column = QVBoxLayout(ground)
    column.addWidget(made)
    column.addStretch(1)
    return made


def _resized(ground: QWidget, width: int) -> None:
    ground.resize(width, 400)
    QApplication.processEvents()


def test_what_has_no_room_beside_the_title_goes_below_it_and_comes_back(ground: QWidget, heading: PageHeading):
    up = heading.lead.itemAt(0).widget()
    needed = sum(each.sizeHint().width() for each in (heading.title, heading.buttons)) + 50
    beside, way = heading.subtitle.sizeHint().width() + 12, up.sizeHint().width() + 12
    everything = needed + beside + way
    for width, are_below in (
        (everything, (False, False)),
        (needed + way, (True, False)),
        (needed, (True, True)),
        (everything, (False, False)),
    ):
        _resized(ground, width)
        below = heading.title.geometry().bottom()
        assert (heading.subtitle.y() > below, up.y() > below) == are_below
        assert not heading.title._is_short_of_room()


def test_buttons_get_a_line_of_their_own_before_the_title_is_cut_short(ground: QWidget, heading: PageHeading):
    heading.first.setStretchFactor(heading.buttons, 8)
    button = heading.buttons.itemAt(0).widget()
    for width, is_below in ((1200, False), (330, True), (1200, False)):
        _resized(ground, width)
        assert (button.y() > heading.title.geometry().bottom()) is is_below
        row = heading.buttons.parent()
        assert row.stretch(row.indexOf(heading.buttons)) == 8
    assert heading.minimumSizeHint().width() == 0


def test_a_longer_title_is_made_room_for_at_once(qtbot, ground: QWidget, heading: PageHeading):
    _resized(ground, 1200)
    _resized(ground, heading.sizeHint().width() + 50)
    one_line = heading.height()
    heading.title.setText("Water and sanitation for schools in emergencies")
    qtbot.waitUntil(lambda: heading.height() > one_line)
    assert not heading.title._is_short_of_room()


def test_buttons_with_an_icon_go_without_words_before_they_are_squeezed(
    ground: QWidget, heading: PageHeading, theme: Theme
):
    made = labelled(icon_button("Columns of the list", icon="columns", theme=theme), "Columns")
    heading.buttons.addWidget(made)
    _resized(ground, 1200)
    whole, full = heading.buttons.minimumSize().width(), made.sizeHint().width()
    margins = ground.width() - heading.width()
    for room, has_words in ((whole, True), (whole - 1, False), (whole - 2, False), (whole, True)):
        _resized(ground, room + margins)
        assert (made.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonTextBesideIcon) is has_words
        assert made.width() == made.sizeHint().width()
        assert (made.width() == full) is has_words
        assert (made.accessibleName(), made.toolTip()) == ("Columns of the list",) * 2
