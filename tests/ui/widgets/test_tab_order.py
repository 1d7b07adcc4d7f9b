"""Controls made late are reached where they stand."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from workbench.ui.widgets.tab_order import in_tab_order


def test_a_control_made_late_is_reached_in_its_place(qtbot, ground):
    first, last, late = (QLineEdit(ground) for _ in range(3))
    in_tab_order((first, late, last))
    for line in (first, late, last):
        line.show()
    first.setFocus()
    reached = [first]
    for _ in range(2):
        qtbot.keyClick(reached[-1], Qt.Key.Key_Tab)
        reached.append(ground.focusWidget())
    assert reached == [first, late, last]
