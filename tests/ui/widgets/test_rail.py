"""The rail: one page chosen, names or icons alone, numbers at the end."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from workbench.ui.theme import Theme
from workbench.ui.widgets.rail import NARROW, WIDE, Rail, RailButton, RailItem

ITEMS = (
    RailItem("communities", "Communities", "users-three", shortcut="Ctrl+1"),
    RailItem("plans", "Plans", "target"),
    RailItem("sync", "Sync", "arrows-clockwise", is_foot=True),
)


def a_rail(qtbot, theme: Theme) -> Rail:
    rail = Rail(ITEMS, theme)
    qtbot.addWidget(rail)
    rail.resize(WIDE, 400)
    rail.show()
    return rail


def test_click_and_keyboard_choose_a_page(qtbot, theme: Theme):
    rail = a_rail(qtbot, theme)
    with qtbot.waitSignal(rail.chosen) as chosen:
        rail.findChildren(RailButton)[1].click()
    assert chosen.args == ["plans"]
    rail.choose("communities")
    assert [button.isChecked() for button in rail.findChildren(RailButton)] == [True, False, False]
    rail.choose("not in the rail")


def test_narrow_rail_keeps_names_for_hover_and_readers(qtbot, theme: Theme):
    rail = a_rail(qtbot, theme)
    assert rail.width() == WIDE
    rail.set_narrow(is_narrow=True)
    assert rail.width() == NARROW
    button = rail.findChildren(RailButton)[0]
    assert button.accessibleName() == "Communities"
    assert button.toolTip() == "Communities (Ctrl+1)"


def test_number_is_drawn_and_read_out(qtbot, theme: Theme):
    rail = a_rail(qtbot, theme)
    before = rail.grab().toImage()
    rail.set_number("sync", "12")
    assert rail.grab().toImage() != before
    assert rail.findChildren(RailButton)[2].accessibleDescription() == "12"


def test_rail_mirrors(qtbot, theme: Theme):
    rail = a_rail(qtbot, theme)
    rail.choose("plans")
    before = rail.grab().toImage()
    rail.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert rail.grab().toImage() != before


def test_a_page_with_nothing_behind_it_is_left_out(ground, theme: Theme):
    rail = Rail([RailItem("plans", "Plans", "target"), RailItem("rollup", "Roll-up", "buildings")], theme)
    QVBoxLayout(ground).addWidget(rail)
    rail.show()
    rail.set_shown("rollup", is_shown=False)
    rail.set_shown("nothing", is_shown=False)
    assert not rail._buttons["rollup"].isVisible()
    rail.set_shown("rollup", is_shown=True)
    assert rail._buttons["rollup"].isVisible()
