"""Esc clears a filter before it means anything else."""

from PySide6.QtCore import Qt

from workbench.ui.theme import Theme
from workbench.ui.widgets.filter_box import FilterBox


def test_escape_clears(qtbot, theme: Theme):
    box = FilterBox(theme, hint="Filter members")
    qtbot.addWidget(box)
    box.show()
    qtbot.keyClicks(box, "amina")
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert box.text() == ""
    assert box.accessibleName() == "Filter members"
    assert not box.grab().isNull()


def test_icon_has_room_at_the_side_where_reading_begins(qtbot, theme: Theme):
    box = FilterBox(theme, hint="Filter")
    qtbot.addWidget(box)
    assert box.textMargins().left() == 24
    box.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert box.textMargins().right() == 24
    assert box.textMargins().left() == 0
