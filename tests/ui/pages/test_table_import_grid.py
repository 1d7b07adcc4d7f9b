"""The preview: a box over each column, marked rows, and boxes that stay over their columns."""

from PySide6.QtCore import Qt

from workbench.operations.tables import PreviewRow
from workbench.sync.importers.table_mapping import TableField, TableKind
from workbench.ui.pages.table_import_grid import MOST_SHOWN, MappingGrid
from workbench.ui.qt_models.rows_model import MARK
from workbench.ui.theme import Theme

F = TableField
ROWS = (
    PreviewRow(2, ("A\nB", "x")),
    PreviewRow(3, ("C", "y"), "no date"),
    PreviewRow(4, ("Total", ""), is_left_out=True),
)


def shown(qtbot, theme: Theme, headers=("Name", "Notes"), columns=(F.NAME, None), rows=ROWS) -> MappingGrid:
    grid = MappingGrid(theme)
    qtbot.addWidget(grid)
    grid.resize(420, 240)
    grid.show_table(headers, columns, kind=TableKind.MEMBERS, rows=rows)
    grid.show()
    return grid


def test_boxes_say_what_columns_mean_and_take_another_meaning(qtbot, theme: Theme):
    grid = shown(qtbot, theme)
    name, notes = grid.boxes()
    assert (name.currentText(), notes.currentText()) == ("Name", "Not read")
    assert name.accessibleName() == "What the column “Name” means"
    with qtbot.waitSignal(grid.changed):
        notes.setCurrentText("Role")
    assert grid.columns() == (F.NAME, F.ROLE)


def test_rows_show_their_line_and_what_is_wrong(qtbot, theme: Theme):
    model = shown(qtbot, theme).model()
    assert [model.index(0, column).data() for column in range(3)] == ["2", "A B", "x"]
    assert model.headerData(0, Qt.Orientation.Horizontal) == "Line"
    assert model.index(1, 0).data(MARK)[0] == "warning-circle"
    assert model.index(1, 1).data(Qt.ItemDataRole.ToolTipRole) == "Held back: no date"
    assert model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "Line 3. Held back: no date"
    assert "total" in model.index(2, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert model.index(0, 0).data(MARK) is None


def test_keyboard_brings_its_column_into_view_and_boxes_move_along(qtbot, theme: Theme):
    headers = tuple(f"Column {number}" for number in range(10))
    grid = shown(qtbot, theme, headers, (None,) * 10, (PreviewRow(2, ("x",) * 10),))
    before = grid.boxes()[9].x()
    grid.boxes()[9].focused.emit()
    assert grid.horizontalScrollBar().value() > 0
    assert grid.boxes()[9].x() < before
    grid.boxes()[0].focused.emit()
    assert grid.boxes()[0].x() >= 0
    assert not grid.grab().isNull()


def test_columns_behind_the_last_one_shown_keep_their_meaning(qtbot, theme: Theme):
    headers = tuple(f"c{number}" for number in range(MOST_SHOWN + 2))
    columns = (*((None,) * MOST_SHOWN), F.NAME, None)
    grid = shown(qtbot, theme, headers, columns, (PreviewRow(2, ("x",) * len(headers)),))
    assert len(grid.boxes()) == MOST_SHOWN
    assert grid.columns() == columns
    grid.show_table(("Name",), (F.NAME,), kind=TableKind.MEMBERS, rows=(PreviewRow(2, ("A",)),))
    assert grid.columns() == (F.NAME,)
