"""Fields of the plan sheet: what is stored is shown, what is being typed stays."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from workbench.ui.pages.plan_sheet_fields import SheetLine, SheetText, scrolled


@pytest.mark.parametrize("make", [SheetLine, lambda: SheetText(lines=2)])
def test_what_is_typed_is_not_taken_away_by_a_reading(qtbot, ground, make):
    field = make()
    field.setParent(ground)
    field.show()
    field.offer("stored")
    assert field.text() == "stored"
    ground.activateWindow()
    qtbot.waitUntil(ground.isActiveWindow)
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_End)
    qtbot.keyClicks(field, "!")
    field.offer("stored")
    assert field.text() == "stored!"
    with qtbot.waitSignal(field.left):
        field.clearFocus()
    field.offer("newer")
    assert field.text() == "newer"
    field.setFocus()
    field.put("of another plan")
    assert field.text() == "of another plan"


def test_a_page_scrolls_up_and_down_only(qtbot):
    area = scrolled(QLabel("page"))
    qtbot.addWidget(area)
    assert area.widgetResizable()
    assert area.horizontalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff


def test_a_locked_box_does_not_look_like_one_to_write_in(qtbot, ground, theme):
    theme.dress(ground)
    text = SheetText(lines=2)
    text.setParent(ground)
    text.show()
    open_to_all = text.grab().toImage()
    text.set_locked(is_locked=True)
    locked = text.grab().toImage()
    assert (text.isReadOnly(), locked != open_to_all) == (True, True)
    text.set_locked(is_locked=False)
    assert text.grab().toImage() == open_to_all
