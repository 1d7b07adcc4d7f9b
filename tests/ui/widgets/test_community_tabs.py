"""The row of pages about a community: it opens them, keeps the keyboard, and always shows where one is."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.settled import settle
from workbench.ui.main_window import PAGES
from workbench.ui.widgets.community_tabs import TITLES, CommunityTabs


def test_every_tab_is_a_page_of_this_title():
    pages = {entry.key: entry.title for entry in PAGES}
    assert {key: pages.get(key) for key in TITLES} == TITLES


def test_arrows_walk_from_page_to_page(qtbot, window, context, water_id):
    context.open_page("dashboard", int(water_id))
    settle(qtbot, context.jobs)
    window.activateWindow()
    row = window.page().findChild(CommunityTabs)
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_Right)
    assert (window.here(), row.currentIndex()) == ("scorecard", 0)
    settle(qtbot, context.jobs)
    there = window.page().findChild(CommunityTabs)
    assert window.focusWidget() is there
    QTest.keyClick(there, Qt.Key.Key_Left)
    assert window.here() == "dashboard"
    assert window.focusWidget() is row
    settle(qtbot, context.jobs)
