"""The mark of the sorted column leaves its title alone, whichever side the words stand on."""

import pytest
from PySide6.QtCore import Qt

from workbench.ui.pages.questions_tables import TagModel
from workbench.ui.theme import Theme
from workbench.ui.widgets.table_view import TableView


def _inked(table: TableView, column: int) -> list[int]:
    """Where the title of a column has ink, from its left."""
    head = table.horizontalHeader()
    drawn = head.grab().toImage()
    first, width = head.sectionViewportPosition(column), head.sectionSize(column)
    ground = drawn.pixel(first + 2, 4)
    rows = range(4, drawn.height() - 4)
    return [x for x in range(width) if any(drawn.pixel(first + x, y) != ground for y in rows)]


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
@pytest.mark.parametrize(("column", "is_at_end"), [(0, False), (1, True)])
def test_mark_of_the_sorted_column_stands_beside_its_title(
    ground, theme: Theme, direction: Qt.LayoutDirection, column: int, is_at_end: bool
):
    table = TableView(theme, name="Hashtags")
    table.setParent(ground)
    table.setLayoutDirection(direction)
    table.setModel(TagModel(table))
    table.set_widths(TagModel.WIDTHS)
    table.resize(900, 100)
    table.show()
    plain = _inked(table, column)
    table.setSortingEnabled(True)
    for order in Qt.SortOrder:
        table.sortByColumn(column, order)
        marked = _inked(table, column)
        assert set(plain) <= set(marked)
        added = sorted(set(marked) - set(plain))
        stands_before = is_at_end is (direction is Qt.LayoutDirection.LeftToRight)
        assert added
        assert (max(added) < min(plain)) if stands_before else (min(added) > max(plain))
