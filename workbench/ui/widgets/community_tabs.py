"""CommunityTabs: the pages about a community side by side; each of them shows the row with itself chosen."""

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QVBoxLayout

from workbench.ui.widgets.tabs import Tabs

if TYPE_CHECKING:
    from workbench.ui.pages.page import Page

TITLES: Final = {"dashboard": "Dashboard", "scorecard": "Scorecard", "growth": "Growth", "dialogue": "Dialogue"}
"""Pages by key, in the order of the row."""


class CommunityTabs(Tabs):
    """Turning to another tab opens that page; this one keeps showing where it belongs."""

    def __init__(self, page: "Page") -> None:
        super().__init__(TITLES.values(), name="Pages about this community")
        self.key = page.KEY
        self._page = page
        self._show_own()
        self.currentChanged.connect(self._on_changed)
        self.entered.connect(page.take_focus)

    def _on_changed(self, place: int) -> None:
        has_keyboard, window = self.hasFocus(), self.window()
        self._show_own()
        wanted = list(TITLES)[place]
        self._page.context.open_page(wanted)
        if has_keyboard:
            # Whoever walks the tabs by arrows goes on from the same row of the page they came to.
            for row in window.findChildren(CommunityTabs):
                if row.key == wanted and row.isVisible():
                    row.setFocus()

    def _show_own(self) -> None:
        with QSignalBlocker(self):
            self.setCurrentIndex(list(TITLES).index(self.key))


def add_community_tabs(page: "Page") -> CommunityTabs:
    """Puts the row between the heading of a page and what it shows."""
    tabs = CommunityTabs(page)
    outer = cast("QVBoxLayout", page.layout())
    outer.insertWidget(outer.count() - 1, tabs)
    outer.insertSpacing(outer.count() - 1, 12)
    return tabs
