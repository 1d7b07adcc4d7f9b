"""The table of the comparison: benchmarks stand last, and a title that is cut shows whole on hover."""

from PySide6.QtCore import Qt

from workbench.ui.qt_models.comparison_table import CompareCell, CompareRow, ComparisonTableModel
from workbench.ui.qt_models.rows_model import MARK


def test_each_community_has_its_column_and_benchmarks_stand_last(qapp):
    cells = tuple(CompareCell(str(place), f"tip {place}", ("check-circle", "good")) for place in (2, 3))
    model = ComparisonTableModel(["Water", "Wells"])
    model.set_rows([CompareRow("curiosity", "Curiosity", cells, CompareCell("11 %"))])
    assert [model.index(0, column).data() for column in range(4)] == ["Curiosity", "2", "3", "11 %"]
    assert (model.index(0, 1).data(Qt.ItemDataRole.ToolTipRole), model.index(0, 2).data(MARK)) == (
        "tip 2",
        ("check-circle", "good"),
    )
    assert model.headerData(1, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole) == "Water"
