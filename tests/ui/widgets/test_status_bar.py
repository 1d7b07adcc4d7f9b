"""Each part of the status bar is a button that opens its reason and the next step."""

from datetime import timedelta

from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from tests.builders import NOW
from workbench.ui.link import LINK_WORDS, Link
from workbench.ui.status_row import StatusRow
from workbench.ui.theme import Theme
from workbench.ui.widgets.popover import Popover
from workbench.ui.widgets.status_bar import StatusBar


def test_status_in_words(qtbot, theme: Theme):
    bar = StatusBar(theme, open_sync=lambda: None)
    qtbot.addWidget(bar)
    bar.show_link(Link.OFFLINE, LINK_WORDS[Link.OFFLINE])
    bar.show_status(StatusRow(1, 3, 0, NOW - timedelta(hours=2), 1_240_000), now=NOW)
    assert bar.link.text() == "Offline"
    assert bar.link.property("strong")
    assert bar.success.text().replace("\N{NO-BREAK SPACE}", " ") == "Synced 2 h ago"
    assert bar.held_back.isHidden()
    assert bar.data.text() == "1.2 MB used today"
    bar.show_status(StatusRow(0, 0, 12, None, 0), now=NOW)
    assert bar.success.text() == "Nothing synced yet"
    assert bar.held_back.text() == "12 held back"


def test_part_opens_its_reason_and_leads_to_sync(qtbot, theme: Theme):
    opened = []
    bar = StatusBar(theme, open_sync=lambda: opened.append("sync"))
    qtbot.addWidget(bar)
    bar.show()
    bar.show_link(Link.METERED, LINK_WORDS[Link.METERED])
    bar.link.click()
    popover = next(one for one in QApplication.topLevelWidgets() if isinstance(one, Popover) and one.isVisible())
    assert any("megabyte" in label.text() for label in popover.findChildren(QLabel))
    popover.findChildren(QPushButton)[0].click()
    assert opened == ["sync"]
