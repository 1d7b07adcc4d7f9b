"""Tables into the mirror: looked into, tried without writing, imported; what their columns mean is remembered."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from workbench.cancel import CancelToken
from workbench.errors import BadInputError, CancelledError
from workbench.models.changes import Changes
from workbench.models.kinds import AccountKind, RunState
from workbench.operations.sources import clean_name, import_files
from workbench.progress import Report, silent
from workbench.queries.sources import source_named
from workbench.sync.engine import RunResult
from workbench.sync.importers.cells import DayOrder
from workbench.sync.importers.table_mapping import DAYS, ColumnMapping, DayEvidence, F, TableKind, header_key
from workbench.sync.records import ActRecord, MemberRecord, MessageRecord, PersonRecord, Record, Rejected
from workbench.workspace import Workspace

if TYPE_CHECKING:
    # Each of these loads a parser; the functions below import what they need.
    from workbench.sync.importers.mapped_table import MappedTable
    from workbench.sync.importers.table import TableFiles
    from workbench.sync.importers.table_guess import Guess
    from workbench.sync.importers.table_shape import TableShape
    from workbench.sync.table_mappings import TableMappings

PREVIEW_ROWS: Final = 50
SHOWN_REJECTED: Final = 50


@dataclass(frozen=True, slots=True)
class TableOrder:
    """One table to be imported: the file, what it becomes, and what its columns mean."""

    path: Path
    community: str
    mapping: ColumnMapping
    sheet: str | None = None

    def packed(self) -> dict[str, Any]:
        """As it travels; the path is made absolute."""
        return {
            "path": str(self.path.absolute()),
            "community": self.community,
            "mapping": self.mapping.to_json(),
            "sheet": self.sheet,
        }

    @classmethod
    def unpacked(cls, packed: Mapping[str, Any]) -> "TableOrder":
        """The order that `packed` made."""
        mapping = ColumnMapping.from_json(packed["mapping"])
        if mapping is None:
            message = "this mapping was made by another version"
            raise BadInputError(message)
        return cls(Path(packed["path"]), packed["community"], mapping, packed["sheet"])


@dataclass(frozen=True, slots=True)
class TableLook:
    """What a file shows of itself: its shape, the best guess, what was said of such a header before, and first rows.

    `samples` are (line, cells in the order of the headers); `evidence` is what the dates of each column give away.
    """

    shape: "TableShape"
    guess: "Guess"
    remembered: ColumnMapping | None
    samples: tuple[tuple[int, tuple[str, ...]], ...]
    evidence: tuple[DayEvidence, ...]

    def proposed(self) -> ColumnMapping:
        """What to begin with: what was said of such a header before, else the guess."""
        mapping = self.remembered or self.guess.mapping
        return replace(mapping, day_order=self.day_order(mapping))

    def as_kind(self, kind: TableKind) -> ColumnMapping:
        """The best guess for a table whose rows are said to be of this kind."""
        from workbench.sync.importers.table_guess import guess  # noqa: PLC0415 - the parsers load on use

        return guess(self.shape.headers, [cells for _, cells in self.samples], kind=kind).mapping

    def day_order(self, mapping: ColumnMapping) -> DayOrder | None:
        """What comes first in a date: what the file gives away, else what `mapping` says; None where nobody knows."""
        evidence = self.day_evidence(mapping)
        return evidence.settled or (mapping.day_order if evidence.is_open else None)

    def day_evidence(self, mapping: ColumnMapping) -> DayEvidence:
        """What the columns that `mapping` takes for dates give away together."""
        found = DayEvidence()
        for field, evidence in zip(mapping.columns, self.evidence, strict=True):
            found |= evidence if field in DAYS else DayEvidence()
        return found


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A row as it will be read: cells in the order of the headers, dates as 2026-01-05 09:00; `fault` says why not."""

    line: int
    cells: tuple[str, ...]
    fault: str = ""
    is_left_out: bool = False


@dataclass(frozen=True, slots=True)
class Trial:
    """What an import would bring: rows that can be read, people among them, rows held back and left out.

    `rejected` are the first fifty of those held back. Nothing was written.
    """

    rows: int
    people: int
    left_out: int
    rejected_count: int
    rejected: tuple[Rejected, ...]
    first: date | None
    last: date | None

    def packed(self) -> dict[str, Any]:
        """As it travels."""
        days = {
            name: None if day is None else day.isoformat() for name, day in (("first", self.first), ("last", self.last))
        }
        return asdict(self) | days

    @classmethod
    def unpacked(cls, packed: Mapping[str, Any]) -> "Trial":
        """The trial that `packed` made."""
        first, last = (None if packed[name] is None else date.fromisoformat(packed[name]) for name in ("first", "last"))
        rejected = tuple(Rejected(**item) for item in packed["rejected"])
        return cls(**dict(packed) | {"rejected": rejected, "first": first, "last": last})


def look_into_table(
    workspace: Workspace | None, *, path: Path, sheet: str | None = None, kind: TableKind | None = None
) -> TableLook:
    """Looks into a file without writing: how it is built and what its columns may mean; refuses as `look` does.

    Without a workspace nothing is remembered.
    """
    from workbench.sync.importers.mapped_table import day_evidence  # noqa: PLC0415 - the parsers load on use
    from workbench.sync.importers.table_guess import guess  # noqa: PLC0415 - as above
    from workbench.sync.importers.table_shape import body, look  # noqa: PLC0415 - as above

    shape = look(path, sheet=sheet)
    samples = tuple((row.line, row.cells) for row in islice(body(shape), PREVIEW_ROWS) if not row.fault)
    if not samples:
        message = f"“{path.name}” has a header but no rows"
        raise BadInputError(message, path=str(path))
    guessed = guess(shape.headers, [cells for _, cells in samples], kind=kind)
    remembered = None if workspace is None else _mappings(workspace).recall(header_key(shape.headers))
    if remembered is not None and (
        len(remembered.columns) != len(shape.headers) or (kind is not None and remembered.kind is not kind)
    ):
        remembered = None
    return TableLook(shape, guessed, remembered, samples, day_evidence(shape))


def preview(look: TableLook, mapping: ColumnMapping, *, now: datetime) -> tuple[PreviewRow, ...]:
    """The first fifty rows as `mapping` has them read."""
    from workbench.sync.importers.table_records import RowReader  # noqa: PLC0415 - as above
    from workbench.sync.importers.table_shape import is_total  # noqa: PLC0415 - as above

    places = mapping.places()
    reader = RowReader(mapping, community="", now=now)
    found = []
    for line, cells in look.samples:
        record = None if is_total(cells) else reader({field: cells[place] for field, place in places.items()})
        # Which thread a message opens is known only once the whole file was read.
        fault = record[1] if isinstance(record, tuple) and record[0] != "no_parent" else ""
        shown = list(cells)
        for field, text in _dates(record).items():
            if field in places:
                shown[places[field]] = text
        found.append(PreviewRow(line, tuple(shown), fault, is_left_out=record is None))
    return tuple(found)


def try_table(order: TableOrder, *, now: datetime, report: Report = silent, cancel: CancelToken | None = None) -> Trial:
    """Reads the whole table as an import would, and writes nothing; refuses as the import does."""
    from workbench.sync.importers.mapped_table import ROWS  # noqa: PLC0415 - as above
    from workbench.sync.importers.table_records import thread_key  # noqa: PLC0415 - as above

    connector = _mapped(order, now)
    people: set[bytes] = set()
    rows = held = 0
    rejected: list[Rejected] = []
    covered: tuple[date, date] | None = None
    for batch in connector.pull(order.community, ROWS, since=None):
        if cancel is not None and cancel.is_cancelled:
            raise CancelledError
        people.update(thread_key(person.handle) for person in map(_person, batch.records) if person is not None)
        rows += len(batch.records)
        held += len(batch.rejected)
        rejected += batch.rejected[: SHOWN_REJECTED - len(rejected)]
        for days in batch.covered:
            covered = (days.first, days.last)
        if batch.progress is not None:
            report(batch.progress)
    first, last = covered or (None, None)
    return Trial(rows, len(people), connector.left_out, held, tuple(rejected), first, last)


def import_mapped_table(
    workspace: Workspace, order: TableOrder, *, report: Report = silent, cancel: CancelToken | None = None
) -> RunResult:
    """Brings a table into a community, a new one or the one of this name, and remembers what its columns mean.

    Running it again adds nothing. Refuses as `MappedTable` does (BadInputError, SourceError), before anything is
    written; rows that cannot be read are held back.
    """
    from workbench.sync.importers.table_shape import look  # noqa: PLC0415 - as above

    connector = _mapped(order, workspace.clock.now())
    connector.communities()
    result = import_files(workspace, connector, clean_name(order.community), AccountKind.TABLE, report, cancel)
    if result.state is not RunState.FAILED:
        headers = look(order.path, sheet=order.sheet).headers
        _mappings(workspace).remember(header_key(headers), order.mapping)
    return result


def undo_table(workspace: Workspace, *, community: str) -> Changes:
    """Takes a community that a table made out again, with everything in it; harmless when it is not there.

    Refuses a community that comes from elsewhere: rows that joined it are told apart from its own by nothing.
    """
    with workspace.database.read() as reader:
        source = source_named(reader, community)
    if source is None:
        return Changes.NOTHING
    if source.kind is not AccountKind.TABLE:
        message = f"{source.community} does not come from a table, so that an import into it cannot be taken back"
        raise BadInputError(message)
    return workspace.accounts.forget(source.account_id)


def _mapped(order: TableOrder, now: datetime) -> "MappedTable":
    from workbench.sync.importers.mapped_table import MappedTable  # noqa: PLC0415 - as above

    return MappedTable(order.path, order.mapping, community=clean_name(order.community), sheet=order.sheet, now=now)


def _mappings(workspace: Workspace) -> "TableMappings":
    from workbench.sync.table_mappings import TableMappings  # noqa: PLC0415 - as above

    return TableMappings(workspace.database, workspace.clock)


def _dates(record: object) -> dict[F, str]:
    """The moments of a record, as a preview shows them."""
    if isinstance(record, MemberRecord):
        moments = {F.JOINED: record.joined_at, F.LEFT: record.left_at}
    elif isinstance(record, MessageRecord):
        moments = {F.DATE: record.sent_at}
    elif isinstance(record, ActRecord):
        moments = {F.DATE: record.at}
    else:
        return {}
    return {field: f"{moment:%Y-%m-%d %H:%M}".removesuffix(" 00:00") for field, moment in moments.items() if moment}


def _person(record: Record) -> PersonRecord | None:
    if isinstance(record, MessageRecord):
        return record.author
    return record.person if isinstance(record, MemberRecord | ActRecord) else None


def import_table(
    workspace: Workspace,
    *,
    events: Path | None,
    members: Path | None,
    community: str,
    report: Report = silent,
    cancel: CancelToken | None = None,
) -> RunResult:
    """Brings events and members from CSV into a community; refuses when neither file is named (BadInputError)."""
    connector = _table_files(events, members, community, workspace.clock.now())
    return import_files(workspace, connector, clean_name(community), AccountKind.TABLE, report, cancel)


def look_at_table(*, events: Path | None, members: Path | None, community: str, now: datetime) -> None:
    """Refuses as `import_table` does before it reads: asked before there is a profile to import into."""
    _table_files(events, members, community, now).communities()


def _table_files(events: Path | None, members: Path | None, community: str, now: datetime) -> "TableFiles":
    from workbench.sync.importers.table import TableFiles  # noqa: PLC0415 - the parser loads on use

    if events is None and members is None:
        message = "Name a file of events, of members, or both."
        raise BadInputError(message)
    return TableFiles(community=clean_name(community), events=events, members=members, now=now)
