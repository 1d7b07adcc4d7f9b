"""QuestionListModel: one column of the question board."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from workbench.ids import EventId
from workbench.queries.questions import QuestionRow, QuestionState
from workbench.ui import numbers
from workbench.ui.directions import isolated
from workbench.ui.qt_models.rows_model import ROW
from workbench.ui.sanitiser import line

_Index = QModelIndex | QPersistentModelIndex
_WHOLE_DAYS: Final = 10
_DISPLAY: Final = Qt.ItemDataRole.DisplayRole
_SPOKEN: Final = Qt.ItemDataRole.AccessibleTextRole
_TIP: Final = Qt.ItemDataRole.ToolTipRole


class QuestionListModel(QAbstractListModel):
    """Rows as they were read; `limit_hours` says from when on a question has waited too long."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[QuestionRow, ...] = ()
        self._limit = 0

    def set_rows(self, rows: Sequence[QuestionRow], *, limit_hours: int) -> None:
        """Shows other rows."""
        self.beginResetModel()
        self._rows, self._limit = tuple(rows), limit_hours
        self.endResetModel()

    def row_at(self, place: int) -> QuestionRow | None:
        """The question at a place; None when there is none."""
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def place_of(self, thread_id: EventId) -> int:
        """Where a question stands; -1 when it does not."""
        return next((place for place, row in enumerate(self._rows) if row.id == thread_id), -1)

    def is_late(self, row: QuestionRow) -> bool:
        """Whether it waits, and has waited too long."""
        return is_late(row, self._limit)

    @override
    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row_at(index.row()) if index.isValid() else None
        if row is None or role == ROW:
            return row if role == ROW else None
        if role == _DISPLAY:
            return line(row.subject)
        if role == _TIP:
            return _whole(row)
        return self._spoken(row) if role == _SPOKEN else None

    def _spoken(self, row: QuestionRow) -> str:
        said = [line(row.subject) or "No subject", line(row.author), line(row.community), age_words(row)]
        said += ["late"] if self.is_late(row) else []
        said += [f"with {line(row.owner)}"] if row.owner else []
        said += [f"by {line(row.answerer)}"] if row.answerer and row.state is QuestionState.ANSWERED else []
        said += ["urgent"] if row.is_urgent else []
        return ", ".join(said)


def is_late(row: QuestionRow, limit_hours: int) -> bool:
    """Whether a question waits, and has waited longer than that."""
    waits = row.state in {QuestionState.OPEN, QuestionState.ROUTED}
    return waits and row.hours is not None and row.hours > limit_hours


def _whole(row: QuestionRow) -> str:
    """What a narrow column cuts: who asked where, how old it is and whose."""
    who = row.answerer if row.state is QuestionState.ANSWERED else row.owner
    asked = f"{isolated(line(row.author))} · {isolated(line(row.community))}"
    return f"{asked}\n{age_words(row)}" + (f" · {isolated(line(who))}" if who else "")


def age_words(row: QuestionRow) -> str:
    """How long a question waits, or took to be answered."""
    if row.state is not QuestionState.ANSWERED:
        days = (row.hours or 0.0) / 24
        return f"{numbers.count(int(days))} days old" if days >= _WHOLE_DAYS else f"{numbers.hours(row.hours)} old"
    if row.hours is None:
        return "answered elsewhere"
    if row.is_by_hand:
        return f"answered by you after {numbers.hours(max(0.0, row.hours))}"
    what = "answered" if row.is_accepted else "reply"
    return f"{what} after {numbers.hours(max(0.0, row.hours))}"
