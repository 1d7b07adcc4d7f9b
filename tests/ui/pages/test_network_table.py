"""Network table: groups against as many offices as there is room for."""

from PySide6.QtCore import Qt

from tests.ui.pages.network_look import look
from workbench.operations.network_table import GroupTable, group_table
from workbench.ui.pages.network_table import NetworkTable, largest_offices
from workbench.ui.theme import Theme

__all__ = ["look"]


def heads(table: NetworkTable) -> list[str]:
    model = table._table.model()
    return [model.headerData(place, Qt.Orientation.Horizontal) for place in range(model.columnCount())]


def test_offices_have_columns_as_long_as_there_is_room(look, qtbot, theme: Theme):
    table = NetworkTable(theme)
    qtbot.addWidget(table)
    table.show_table(group_table(look))
    assert table._table is None, "made when it is seen"
    table.resize(1000, 300)
    table.show()
    assert heads(table) == ["Group", "People", "Dakar", "Kabul", "Lima", "Ties inside", "To others"]
    table.resize(620, 300)
    assert heads(table)[2:4] == ["Others, not known", "Ties inside"]
    assert table._table.model().index(0, 2).data() == "7"
    table.resize(360, 300)
    assert heads(table) == ["Group", "People", "Dakar"]


def test_the_largest_offices_come_first(look):
    table = group_table(look)
    assert [table.offices[place] for place in largest_offices(table)] == ["Dakar", "Lima", "Kabul"]
    assert largest_offices(GroupTable(("",), ())) == []
