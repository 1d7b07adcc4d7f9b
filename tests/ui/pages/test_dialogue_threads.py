"""The conversations behind a number, at the side."""

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.builders import NOW
from workbench.queries.threads import ThreadFilter, list_threads
from workbench.ui.pages.dialogue_threads import ThreadsSide


def test_enter_opens_one_and_nothing_is_said_to_be_nothing(qtbot, ground, theme, filled, water_id):
    side = ThreadsSide(theme)
    side.setParent(ground)
    side.resize(336, 500)
    side.show()
    period = (NOW - timedelta(days=30), NOW)
    with filled.database.read() as reader:
        rows = list_threads(reader, (water_id,), where=ThreadFilter.ALL, period=period, as_of=NOW, limit=3)
    heard: list[int] = []
    side.opened.connect(heard.append)
    side.show_threads("Flash coordination", rows, now=NOW, names_community=False)
    assert side.count.text() == "3 conversations. Enter opens one."
    QTest.keyClick(side.list, Qt.Key.Key_Return)
    assert heard == [rows[0].id]
    side.show_threads("Flash coordination", [], now=NOW, names_community=False)
    assert side.count.text() == "No conversation stands behind it in this period."
    assert side.list.isHidden()
