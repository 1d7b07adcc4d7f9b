"""Walk: one pull through the rows of a table: batches, what is held back, the days covered, and where to go on."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from workbench.models.moments import DayRange, from_day, to_day
from workbench.progress import Progress
from workbench.sync.connector import Batch, Cursor
from workbench.sync.importers.csv_rows import Row
from workbench.sync.records import ActRecord, MessageRecord, Record, Rejected, Reread
from workbench.sync.source_files import Source

BATCH_RECORDS = 1_500
_BATCH_LETTERS = 8_000_000
_VERSION = 1

Refusal = tuple[str, str]
"""Code and reason of a row that is held back."""


@dataclass(slots=True)
class Place:
    """How far a file was read; one that changed since is read anew, which the mirror bears."""

    mark: str
    rows: int = 0
    is_done: bool = False
    first_day: int | None = None
    last_day: int | None = None

    @classmethod
    def after(cls, since: Cursor | None, mark: str) -> "Place":
        """Where to go on; another mark, or a cursor of another version, starts anew."""
        if since is not None:
            stored = json.loads(since)
            if stored["v"] == _VERSION and stored["place"][0] == mark:
                return cls(*stored["place"])
        return cls(mark)

    def cursor(self) -> Cursor:
        """As it is kept."""
        values = [self.mark, self.rows, self.is_done, self.first_day, self.last_day]
        return Cursor(json.dumps({"v": _VERSION, "place": values}, separators=(",", ":")))

    def saw(self, record: Record) -> None:
        """Counts the day of an event in."""
        if not isinstance(record, MessageRecord | ActRecord):
            return
        day = to_day((record.sent_at if isinstance(record, MessageRecord) else record.at).date())
        self.first_day = day if self.first_day is None else min(self.first_day, day)
        self.last_day = day if self.last_day is None else max(self.last_day, day)


@dataclass(slots=True)
class Walk:
    """`make` turns the fields of a row into a record, says why it cannot, or answers None for a row not meant here."""

    source: Source
    rows: Callable[[], Iterator[Row]]
    make: Callable[[Mapping[str, str]], Record | Refusal | None]
    place: Place
    left_out: int = 0
    _records: list[Record] = field(default_factory=list)
    _rejected: list[Rejected] = field(default_factory=list)
    _reread: tuple[Reread, ...] = ()
    _letters: int = 0
    _count: int = 0

    def batches(self) -> Iterator[Batch]:
        """All batches; the last one promises the days between the first and the last event."""
        if not self.place.is_done:
            already = self.place.rows
            if not already:
                self._reread = (Reread(self.source.name),)
            for number, row in enumerate(self.rows(), start=1):
                if number <= already:
                    continue
                self.place.rows = number
                self._take(row)
                if len(self._records) >= BATCH_RECORDS or self._letters >= _BATCH_LETTERS:
                    yield self._batch(row.read_bytes)
            self.place.is_done = True
        yield self._batch(self.source.size)

    def _take(self, row: Row) -> None:
        if row.fault:
            self._rejected.append(Rejected(self.source.name, row.line, "bad_row", row.fault))
            return
        record = self.make(row.fields)
        if record is None:
            self.left_out += 1
        elif isinstance(record, tuple):
            code, reason = record
            self._rejected.append(Rejected(self.source.name, row.line, code, reason))
        else:
            self._records.append(record)
            self._count += 1
            self._letters += len(row.fields.get("text", ""))
            self.place.saw(record)

    def _batch(self, read: int) -> Batch:
        place = self.place
        covered: tuple[DayRange, ...] = ()
        if place.is_done and place.first_day is not None and place.last_day is not None:
            covered = (DayRange(from_day(place.first_day), from_day(place.last_day)),)
        done = min(1.0, read / self.source.size) if self.source.size else 1.0
        progress = Progress(self._count, "rows", fraction=done, note=self.source.name)
        batch = Batch(
            tuple(self._records), place.cursor(), tuple(self._rejected), covered, progress, reread=self._reread
        )
        self._reread = ()
        self._records.clear()
        self._rejected.clear()
        self._letters = 0
        return batch
