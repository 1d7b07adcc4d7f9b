"""Rows in, roles out: sorted by value, filtered by words, no row lost."""

from PySide6.QtCore import QModelIndex, Qt

from workbench.ui.qt_models.rows_model import MARK, ROW, SPARK, Column, RowsModel

Pair = tuple[str, int | None]
COLUMNS = (
    Column("Name", lambda row: row[0], lambda row: row[0].casefold(), tip=lambda row: f"About {row[0]}"),
    Column(
        "Count", lambda row: str(row[1]), lambda row: row[1], is_number=True,
        spark=lambda row: (row[1] or 0,), mark=lambda _row: ("check-circle", "good"),
    ),
)  # fmt: skip


def a_model() -> RowsModel[Pair]:
    model = RowsModel(COLUMNS, words=lambda row: row[0])
    model.set_rows([("béta", 9), ("alpha", 10), ("gamma", None)])
    return model


def names(model: RowsModel[Pair]) -> list[str]:
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_model_keeps_the_rules_of_qt(qtmodeltester, qapp):
    qtmodeltester.check(a_model())


def test_sorts_by_value_and_keeps_unknown_last():
    model = a_model()
    model.sort(1)
    assert names(model) == ["béta", "alpha", "gamma"]
    model.sort(1, Qt.SortOrder.DescendingOrder)
    assert names(model) == ["alpha", "béta", "gamma"]


def test_filter_takes_every_word_and_remembers_the_total():
    model = a_model()
    model.set_filter("A L")
    assert names(model) == ["alpha"]
    assert model.total == 3
    model.set_filter("")
    assert len(names(model)) == 3


def test_roles():
    model = a_model()
    cell = model.index(0, 1)
    assert cell.data(ROW) == model.row_at(0)
    assert cell.data(SPARK) == (10,)
    assert cell.data(MARK) == ("check-circle", "good")
    assert model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole) == "About alpha"
    assert model.index(0, 0).data(SPARK) is None
    assert cell.data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert model.data(QModelIndex()) is None
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Count"
    assert model.headerData(1, Qt.Orientation.Vertical) is None


def test_place_of_a_row():
    model = a_model()
    assert model.place_of(lambda row: row[0] == "gamma") == 2
    assert model.place_of(lambda row: row[0] == "delta") == -1
