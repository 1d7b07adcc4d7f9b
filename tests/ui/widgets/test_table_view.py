"""Tables by keyboard, in both directions, and narrow ones without a scroll bar."""

from PySide6.QtCore import QCoreApplication, QEvent, QItemSelectionModel, QObject, Qt
from PySide6.QtGui import QPaintEvent, QRegion
from typing_extensions import override

from workbench.ui.directions import isolated
from workbench.ui.qt_models.rows_model import Column, RowsModel
from workbench.ui.theme import Theme
from workbench.ui.widgets.table_view import ROW_HEIGHT, TableView

COLUMNS = (
    Column("Name", lambda row: row, lambda row: row),
    Column("Trend", lambda _row: "3", lambda _row: 3, 160, spark=lambda _row: (1, 4, 2)),
    Column("Known", lambda _row: "today", lambda _row: 1, 120, mark=lambda _row: ("check-circle", "good")),
)


def a_table(qtbot, theme: Theme) -> TableView:
    table = TableView(theme, name="Communities")
    qtbot.addWidget(table)
    model = RowsModel(COLUMNS, words=str, parent=table)
    model.set_rows(["Cold chain", "Water"])
    table.setModel(model)
    table.set_widths((0, 160, 120), gives_way=(1,))
    table.resize(700, 200)
    table.show()
    return table


def test_enter_and_double_click_open_a_row(qtbot, theme: Theme):
    table, opened = a_table(qtbot, theme), []
    table.opened.connect(opened.append)
    table.selectRow(1)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    table.doubleClicked.emit(table.model().index(0, 0))
    assert opened == [1, 0]
    assert table.rowHeight(0) == ROW_HEIGHT


def test_the_ring_of_the_row_that_was_current_goes_as_a_whole(qtbot, theme: Theme):
    table, painted = a_table(qtbot, theme), QRegion()

    class Watch(QObject):
        @override
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            nonlocal painted
            if isinstance(event, QPaintEvent):
                painted = painted.united(event.region())
            return False

    # Current by the keyboard's coming here alone, and not selected.
    table.selectionModel().setCurrentIndex(table.model().index(0, 0), QItemSelectionModel.SelectionFlag.NoUpdate)
    QCoreApplication.processEvents()
    watch = Watch(table)
    table.viewport().installEventFilter(watch)
    table.selectRow(1)
    QCoreApplication.processEvents()
    first = table.visualRect(table.model().index(0, 2))
    assert painted.contains(first.center())


def test_cells_are_drawn_in_both_directions(qtbot, theme: Theme):
    table = a_table(qtbot, theme)
    table.selectRow(0)
    drawn = table.grab().toImage()
    table.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert table.grab().toImage() != drawn
    aside = RowsModel((Column("Name", isolated, str), *COLUMNS[1:]), words=str, parent=table)
    turned = []
    for model in (table.model(), aside):
        model.set_rows(["2 days ago"])
        table.setModel(model)
        turned.append(table.grab().toImage())
    assert turned[0] == turned[1], "words keep their order"


def test_sparkline_stops_where_nothing_is_known(qtbot, theme: Theme):
    table = a_table(qtbot, theme)
    drawn = []
    for values in ((1, 4, 2, 0), (1, 4, 2, None), (None, None, None, None)):
        column = Column("Trend", str, str, 160, spark=lambda _row, values=values: values)
        model = RowsModel((COLUMNS[0], column, COLUMNS[2]), words=str, parent=table)
        model.set_rows(["Water"])
        table.setModel(model)
        image = table.grab().toImage()
        drawn.append(sum(image.pixelColor(x, y) == theme.colour("hatch") for x in range(700) for y in range(80)))
    assert drawn[0] == 0
    assert 0 < drawn[1] < drawn[2]


def test_column_gives_way_in_a_narrow_window_and_comes_back(qtbot, theme: Theme):
    table = a_table(qtbot, theme)
    assert not table.isColumnHidden(1)
    table.resize(400, 200)
    assert table.isColumnHidden(1)
    assert not table.isColumnHidden(2)
    table.resize(700, 200)
    assert not table.isColumnHidden(1)


def test_rows_grow_with_text(qtbot, theme: Theme):
    table = a_table(qtbot, theme)
    theme.set_text_scale(1.5)
    assert table.rowHeight(0) == 48
