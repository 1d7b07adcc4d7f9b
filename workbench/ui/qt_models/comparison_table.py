"""ComparisonTableModel: measures in rows, communities in columns in the order they come, benchmarks last."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt
from typing_extensions import override

from workbench.ui.qt_models.rows_model import Column, RowsModel


@dataclass(frozen=True, slots=True)
class CompareCell:
    """What one community has in a row; `mark` is (icon, token) or None."""

    text: str
    tip: str = ""
    mark: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class CompareRow:
    """One row: a measure (`key` of the catalogue) or a fact ("" as key), a cell for each community shown."""

    key: str
    title: str
    cells: tuple[CompareCell, ...]
    benchmark: CompareCell = CompareCell("")


class ComparisonTableModel(RowsModel[CompareRow]):
    """Rows as they were read: a column for each community shown, and one for benchmarks where there are any."""

    def __init__(self, titles: Sequence[str], parent: QObject | None = None, *, has_benchmarks: bool = True) -> None:
        columns: list[Column[CompareRow]] = [Column("Measure", lambda row: row.title, lambda _row: 0)]
        columns += [_column(title, partial(_cell, place)) for place, title in enumerate(titles)]
        if has_benchmarks:
            columns.append(_column("Benchmark", lambda row: row.benchmark))
        super().__init__(columns, words=lambda row: row.title, parent=parent)

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        # A long name is cut there; the whole of it shows on hover.
        asked = Qt.ItemDataRole.DisplayRole if role == Qt.ItemDataRole.ToolTipRole else role
        return super().headerData(section, orientation, asked)


def _column(title: str, cell: Callable[[CompareRow], CompareCell]) -> Column[CompareRow]:
    return Column(
        title,
        lambda row: cell(row).text,
        lambda _row: 0,
        is_number=True,
        mark=lambda row: cell(row).mark,
        tip=lambda row: cell(row).tip,
    )


def _cell(place: int, row: CompareRow) -> CompareCell:
    return row.cells[place]
