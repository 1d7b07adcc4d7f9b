"""Network list: rows in the order they come, found by words, chosen and opened."""

from PySide6.QtCore import Qt

from workbench.ui.pages.network_list import NetworkList, NetworkRow
from workbench.ui.theme import Theme

ROWS = [NetworkRow(4, "Amina Example", "Lima · group 1"), NetworkRow(7, "Bo Example", "Dakar · group 2")]


def test_rows_are_found_by_name_or_line_and_opened(qtbot, theme: Theme):
    found = NetworkList(theme, name="People")
    qtbot.addWidget(found)
    found.show()
    found.show_rows(ROWS, lines=1)
    chosen: list[int] = []
    opened: list[int] = []
    found.chosen.connect(chosen.append)
    found.opened.connect(opened.append)
    found.lead_to(7)
    assert (found.currentIndex().row(), chosen) == (1, [])
    qtbot.keyClick(found, Qt.Key.Key_Up)
    qtbot.keyClick(found, Qt.Key.Key_Return)
    assert (chosen, opened) == ([4], [4])
    found.rows.find("dakar exa")
    assert [found.rows.row_at(0), found.rows.row_at(1)] == [ROWS[1], None]
    found.lead_to(4)
    assert not found.selectionModel().hasSelection()
    assert found.rows.index(0).data(Qt.ItemDataRole.AccessibleTextRole) == "Bo Example: Dakar · group 2"
    assert not found.grab().isNull()
