"""One line of the list: its words, its keys."""

from datetime import UTC, datetime

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from workbench.operations.today_items import Task, TodayItem
from workbench.ui.pages.today_item import TodayLine

ITEM = TodayItem(
    "answer:1", Task.ANSWER, "Which <b>pump</b>?", "Nobody has answered.", datetime(2024, 6, 1, tzinfo=UTC), "WASH"
)


def test_keys_press_its_button_open_its_menu_and_go_on(qtbot, ground, theme):
    made = TodayLine(theme, ITEM, is_first=True)
    made.setParent(ground)
    made.show()
    heard: list[object] = []
    made.wanted.connect(heard.append)
    made.menu_wanted.connect(lambda item, _place: heard.append(("menu", item)))
    made.stepped.connect(heard.append)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Menu, Qt.Key.Key_Down, Qt.Key.Key_Up):
        QTest.keyClick(made, key)
    made.button.click()
    assert heard == [ITEM, ("menu", ITEM), 1, -1, ITEM]


def test_it_is_read_aloud_whole_and_markup_stays_text(ground, theme):
    made = TodayLine(theme, ITEM, is_first=False)
    made.setParent(ground)
    assert made.accessibleName() == "Question: Which <b>pump</b>?"
    assert made.accessibleDescription() == "Nobody has answered."
    assert made.button.accessibleName() == "Answer: Which <b>pump</b>?"
