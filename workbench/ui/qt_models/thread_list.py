"""ThreadListModel and HitListModel: conversations a page at a time, and the messages a search found."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal
from typing_extensions import override

from workbench.ids import EventId
from workbench.queries.search import SearchRow
from workbench.queries.threads import ThreadRow
from workbench.ui import numbers
from workbench.ui.qt_models.row_pages import RowPages
from workbench.ui.qt_models.rows_model import ROW
from workbench.ui.sanitiser import line

NOT_BEGUN: Final = "Beginning not here yet"
"""Of a thread of which only later messages are here."""
LISTED: Final = 30_000
"""Qt asks about each row before it shows the first: of hundreds of thousands that takes a quarter of a second."""
_Index = QModelIndex | QPersistentModelIndex
_DISPLAY: Final = Qt.ItemDataRole.DisplayRole
_SPOKEN: Final = Qt.ItemDataRole.AccessibleTextRole
_TOOL_TIP: Final = Qt.ItemDataRole.ToolTipRole


class ThreadListModel(QAbstractListModel):
    """`page_wanted(page)` asks for rows that came into sight; answer with `give`."""

    page_wanted = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # Asked for after painting: a model must not change while a view reads it.
        self._pages: RowPages[ThreadRow] = RowPages(
            lambda page: QTimer.singleShot(0, self, lambda: self.page_wanted.emit(page))
        )
        self._now: datetime | None = None

    def set_rows(self, total: int, first: Sequence[ThreadRow], *, page: int, now: datetime) -> None:
        """Shows another answer, LISTED rows of it at most; `first` is its page number `page`."""
        self.beginResetModel()
        self._now = now
        self._pages.reset(min(total, LISTED), first, page=page)
        self.endResetModel()

    def give(self, page: int, rows: Sequence[ThreadRow]) -> None:
        """Fills in a page that was wanted."""
        places = self._pages.give(page, rows)
        if places:
            self.dataChanged.emit(self.index(places[0]), self.index(places[-1]))

    def fail(self) -> None:
        """Says that the wanted page could not be read."""
        self._pages.fail()

    def row_at(self, place: int) -> ThreadRow | None:
        """The conversation at a place; None while it is being fetched."""
        return self._pages.row(place) if 0 <= place < self._pages.total else None

    def place_of(self, thread_id: EventId) -> int:
        """Where a conversation stands among the rows at hand; -1 when it does not."""
        return next((place for place, row in self._pages.known() if row.id == thread_id), -1)

    def mark(
        self, thread_id: EventId, *, is_starred: bool | None = None, is_unread: bool | None = None
    ) -> ThreadRow | None:
        """Changes what is shown of one conversation without reading again; None when it is not at hand."""
        place = self.place_of(thread_id)
        row = self.row_at(place)
        if row is None:
            return None
        fresh = replace(
            row,
            is_starred=row.is_starred if is_starred is None else is_starred,
            is_unread=row.is_unread if is_unread is None else is_unread,
        )
        self._pages.replace(place, fresh)
        self.dataChanged.emit(self.index(place), self.index(place))
        return fresh

    @override
    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else self._pages.total

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in {ROW, _DISPLAY, _SPOKEN, _TOOL_TIP}:
            return None
        row = self._pages.row(index.row())
        if role == ROW or row is None:
            return row
        if role == _DISPLAY:
            return line(row.subject)
        return self._spoken(row) if role == _SPOKEN else None

    def _spoken(self, row: ThreadRow) -> str:
        said = [line(row.subject) or "No subject", line(row.author), line(row.community)]
        said += [word for word, holds in (("unread", row.is_unread), ("starred", row.is_starred)) if holds]
        if row.is_question and not row.is_answered:
            said.append("question without a reply")
        if not row.has_beginning:
            said.append(NOT_BEGUN.lower())
        said.append(numbers.plural(row.messages, "message", "messages"))
        if self._now is not None:
            said.append(numbers.ago(row.last_at, now=self._now))
        return ", ".join(said)

    @property
    def now(self) -> datetime | None:
        """The moment ages are counted to."""
        return self._now


class HitListModel(QAbstractListModel):
    """Messages that were found, the best first; `more_wanted` when the view came to the end and there are more."""

    more_wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[SearchRow] = []
        self._has_more = False

    def set_rows(self, rows: Sequence[SearchRow], *, has_more: bool = False) -> None:
        """Shows another answer."""
        self.beginResetModel()
        self._rows, self._has_more = list(rows), has_more
        self.endResetModel()

    def add_rows(self, rows: Sequence[SearchRow], *, has_more: bool) -> None:
        """Puts below what is shown those of a longer answer that are not shown yet; nothing shown moves."""
        shown = {row.id for row in self._rows}
        fresh = [row for row in rows if row.id not in shown]
        self._has_more = has_more
        if fresh:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(fresh) - 1)
            self._rows += fresh
            self.endInsertRows()

    @override
    def canFetchMore(self, parent: _Index) -> bool:
        return self._has_more and not parent.isValid()

    @override
    def fetchMore(self, parent: _Index) -> None:
        if self.canFetchMore(parent):
            # Asked once; the answer says whether to ask again.
            self._has_more = False
            self.more_wanted.emit()

    def row_at(self, place: int) -> SearchRow | None:
        """The message at a place; None when there is none."""
        return self._rows[place] if 0 <= place < len(self._rows) else None

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
        if role == _SPOKEN:
            return ", ".join(
                (
                    line(row.subject) or "No subject",
                    line(row.author),
                    numbers.day_of(row.sent_at),
                    line(row.snippet),
                )
            )
        return None
