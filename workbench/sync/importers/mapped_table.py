"""MappedTable: a connector that reads any table as a mapping of its columns says."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import ClassVar, Final

from workbench.errors import BadInputError
from workbench.models.kinds import AccountKind
from workbench.sync.connector import Abilities, Batch, Cursor, Stream
from workbench.sync.importers.csv_rows import Row
from workbench.sync.importers.table_mapping import DAYS, ColumnMapping, DayEvidence, F, evidence_of, sum_of
from workbench.sync.importers.table_records import RowReader, thread_key
from workbench.sync.importers.table_shape import TableShape, body, is_total, look
from workbench.sync.importers.table_walk import Place, Walk
from workbench.sync.records import CommunityRecord, MessageRecord
from workbench.sync.source_files import Source, fingerprint

ROWS: Final = Stream("table", "Rows")
_MOST_NAMES: Final = 10_000
_EVIDENCE_ROWS: Final = 20_000


@dataclass(frozen=True, slots=True)
class _Survey:
    """What a table has to be read for before it can be read: its communities, and the first message of each thread."""

    mapping: ColumnMapping
    names: frozenset[str]
    roots: Mapping[bytes, str]


def day_evidence(shape: TableShape) -> tuple[DayEvidence, ...]:
    """What the dates in each column give away, by the first 20,000 rows: a later one that does not fit is held back."""
    found = [DayEvidence()] * len(shape.headers)
    for row in islice(body(shape), _EVIDENCE_ROWS):
        for place, cell in enumerate(row.cells):
            if cell[:1].isdigit() or cell[1:2].isdigit():  # a mark of direction may stand before it
                found[place] |= evidence_of(cell)
    return tuple(found)


class MappedTable:
    """The rows of one table, as members, messages or acts of one community.

    Refuses what `look` does, a mapping that lacks what its kind needs or leaves open whether days or months come first,
    and a table of several communities that does not name this one (BadInputError). Rows that cannot be read are held
    back with their line; sums, repeated headers and people who did not attend are left out (`left_out` counts them).
    """

    kind: ClassVar[AccountKind] = AccountKind.TABLE
    abilities: ClassVar[Abilities] = Abilities(
        edits=True, leavers=True, join_dates=True, reactions=True, reaction_dates=True, views=True, silent_members=True
    )
    streams: ClassVar[tuple[Stream, ...]] = (ROWS,)

    def __init__(
        self,
        path: Path,
        mapping: ColumnMapping,
        *,
        community: str,
        sheet: str | None = None,
        now: datetime | None = None,
    ) -> None:
        self._path, self._mapping, self._community = path, mapping, community
        self._sheet, self._now = sheet, now
        self.left_out = 0

    def communities(self) -> tuple[CommunityRecord, ...]:
        """The one community; refuses here already what cannot be read."""
        self._survey(self._shape())
        return (CommunityRecord(remote_id=self._community, name=self._community),)

    def pull(self, community: str, stream: Stream, *, since: Cursor | None) -> Iterator[Batch]:  # noqa: ARG002 - of one stream
        """Every row not yet promised by `since`."""
        shape = self._shape()
        survey = self._survey(shape)
        names = survey.names if len(survey.names) == 1 else frozenset({self._community.casefold()})
        reader = RowReader(survey.mapping, community=community, now=self._now, names=names, roots=survey.roots)
        source = Source(self._path, self._path.name, self._path.stat().st_size, is_asked_for=True)
        walk = Walk(source, partial(self._rows, shape), reader, Place.after(since, self._mark(source, shape)))
        for batch in walk.batches():
            self.left_out = walk.left_out
            yield batch

    def _shape(self) -> TableShape:
        shape = look(self._path, sheet=self._sheet)
        if len(shape.headers) != len(self._mapping.columns):
            message = (
                f"“{self._path.name}” has {len(shape.headers)} columns, but {len(self._mapping.columns)} were named"
            )
            raise BadInputError(message)
        missing = self._mapping.missing()
        if missing:
            groups = ", ".join(" or ".join(field.value.replace("_", " ") for field in group) for group in missing)
            message = f"a table of {self._mapping.kind.value} needs a column for: {groups}"
            raise BadInputError(message)
        self._mapping.places()
        return shape

    def _survey(self, shape: TableShape) -> _Survey:
        """Reads the table once for what rows say of each other; only where a column makes that needed."""
        mapping = self._settled(shape)
        if not {F.COMMUNITY, F.THREAD} & mapping.places().keys():
            return _Survey(mapping, frozenset(), {})
        reader = RowReader(mapping, community=self._community, now=self._now)
        names: dict[str, str] = {}
        first: dict[bytes, tuple[bool, float, str]] = {}
        for row in self._rows(shape):
            name = row.fields.get(F.COMMUNITY, "")
            if name and len(names) < _MOST_NAMES:
                names.setdefault(name.casefold(), name)
            thread = row.fields.get(F.THREAD, "")
            record = reader(row.fields) if thread else None
            if isinstance(record, MessageRecord):
                # The message that a thread is called after opens it; else the earliest does, wherever it stands.
                rank = (record.remote_id != thread, record.sent_at.timestamp(), record.remote_id)
                key = thread_key(thread)
                first[key] = min(first.get(key, rank), rank)
        if len(names) > 1 and self._community.casefold() not in names:
            held = ", ".join(sorted(names.values())[:10])
            message = f"“{self._path.name}” holds {held}, but not {self._community}"
            raise BadInputError(message)
        return _Survey(mapping, frozenset(names), {key: remote_id for key, (_, _, remote_id) in first.items()})

    def _settled(self, shape: TableShape) -> ColumnMapping:
        """The mapping with what comes first in a date, by what its first rows give away if nobody said."""
        if self._mapping.day_order is not None:
            return self._mapping
        places = self._mapping.places()
        evidence = day_evidence(shape)
        found = sum_of(evidence[places[field]] for field in DAYS if field in places)
        if found.is_open:
            message = "dates such as 05/01/2026 can be read in two ways here; say if the day or the month comes first"
            raise BadInputError(message)
        return replace(self._mapping, day_order=found.settled)

    def _rows(self, shape: TableShape) -> Iterator[Row]:
        places = self._mapping.places()
        for raw in body(shape):
            fields = {} if is_total(raw.cells) else {field.value: raw.cells[place] for field, place in places.items()}
            yield Row(raw.line, {} if raw.fault else fields, raw.read_bytes, raw.fault)

    def _mark(self, source: Source, shape: TableShape) -> str:
        """Another file, sheet or mapping is read anew."""
        meaning = blake2b(f"{shape.sheet}\n{self._mapping.to_json()}".encode(), digest_size=8).hexdigest()
        return f"{fingerprint(source)}:{meaning}"
