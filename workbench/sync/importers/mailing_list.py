"""Mailing-list importer: a connector that reads mbox and pipermail files."""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import ClassVar

from workbench.errors import BadInputError, SourceError
from workbench.models.kinds import AccountKind
from workbench.models.moments import DayRange
from workbench.progress import Progress
from workbench.sync.archives import Piece, looks_like_mail, pieces
from workbench.sync.connector import Abilities, Batch, Cursor, Stream
from workbench.sync.importers.archive_cursor import HEAD, ArchiveCursor, FileState
from workbench.sync.mail import message_record
from workbench.sync.periods import period_of
from workbench.sync.records import CommunityRecord, MessageRecord, Rejected, Reread
from workbench.sync.source_files import (
    LOOKED_FOR,
    Inflater,
    Limits,
    Source,
    digest,
    find_sources,
    fingerprint,
)

# A name of its own: history from files joins lists that are synced, whose place is kept under theirs.
MESSAGES = Stream("archives", "Messages")
# A transaction writes each page of a random index once, however many of its mails land there: at a million messages
# 5,000 mails at a time cost a quarter less disk than 1,500. Beyond, memory grows and a click in the window waits.
# Batches grow with what was read: somebody with a small list sees something move early.
FIRST_BATCH = 1_500
BATCH_RECORDS = 5_000
BATCH_BYTES = 12_000_000
_IDLE_CHUNKS = 64  # half a megabyte each without a batch: report, and let a stop through
_NAMED_AS_MAIL = frozenset({".mbox", ".mbx", ".gz"})
_REASONS = {
    "too_large": "a mail longer than {megabytes} MB",
    "not_mail": "not the beginning of a mail",
}


class MailingListFiles:
    """Mail in files as one community.

    A Message-ID names one mail: a second mail under the same id is given out again, for the mirror to know it as such.
    Files that cannot be read are held back with the place and the reason, and the others go on. Refuses paths that do
    not exist or hold no mail (BadInputError), and files of which none could be read at all (SourceError).
    `now` bounds believable dates. Attached files come with their content where that has at most `file_limit` bytes.
    """

    kind: ClassVar[AccountKind] = AccountKind.MAILING_LIST
    abilities: ClassVar[Abilities] = Abilities()
    streams: ClassVar[tuple[Stream, ...]] = (MESSAGES,)
    cannot: ClassVar[tuple[str, ...]] = (
        "Archives hold what was written. Who reads along, who joined or left, and who likes what is not in them.",
        "Messages that were taken out of an archive stay here.",
    )

    def __init__(
        self,
        paths: Sequence[Path],
        *,
        community: str,
        now: datetime,
        limits: Limits | None = None,
        file_limit: int = 0,
    ) -> None:
        self._paths = tuple(paths)
        self._community = community
        self._now = now
        self._limits = limits or Limits()
        self._file_limit = file_limit

    def communities(self) -> tuple[CommunityRecord, ...]:
        """The one community the files belong to; refuses here already what holds nothing that could be mail."""
        sources = find_sources(self._paths)
        if not any(_promises_mail(source) or looks_like_mail(self._head(source)) for source in sources):
            raise _no_mail(sources[0])
        return (CommunityRecord(remote_id=self._community, name=self._community),)

    def pull(self, community: str, stream: Stream, *, since: Cursor | None) -> Iterator[Batch]:
        """Every mail not yet promised by `since`; unchanged files that were read to their end are passed over.

        Those of which attached files were left out are read again once larger ones are asked for.
        """
        del stream  # there is only one
        sources = sorted(find_sources(self._paths), key=_by_time)
        cursor = ArchiveCursor.read(since)
        walk = _Walk(sources, community, cursor=cursor, limits=self._limits, now=self._now, file_limit=self._file_limit)
        yield from walk.batches()

    def _head(self, source: Source) -> bytes:
        return Inflater(source, self._limits).head()


@dataclass(slots=True)
class _Walk:
    """One pull through all files: what is gathered for the next batch, and how far it has come."""

    sources: list[Source]
    community: str
    cursor: ArchiveCursor
    limits: Limits
    now: datetime
    file_limit: int = 0
    records: list[MessageRecord] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    covered: list[DayRange] = field(default_factory=list)
    reread: list[Reread] = field(default_factory=list)
    held: int = 0  # bytes of mail in this batch
    passed: int = 0  # chunks gone by since the last batch
    count: int = 0
    bytes_before: int = 0  # of the files before the one being read
    is_any_readable: bool = False
    first_fault: SourceError | None = None

    def batches(self) -> Iterator[Batch]:
        """All batches; the last one says what the finished files promise together."""
        for source in self.sources:
            inflater = Inflater(source, self.limits)
            try:
                yield from self._file(source, inflater)
            except SourceError as error:
                self._hold_back(source, error)
            self.bytes_before += source.size
        if not self.is_any_readable and self.first_fault is None:
            raise _no_mail(self.sources[0])
        for name in self.cursor.files:
            self.covered.extend(self.cursor.covered(name))
        yield self._batch(self.sources[-1], 0)
        if not self.is_any_readable and self.first_fault is not None:
            raise self.first_fault

    def _file(self, source: Source, inflater: Inflater) -> Iterator[Batch]:
        mark = fingerprint(source)
        state = self.cursor.files.get(source.name)
        if state is not None and state.kept_to is not None and state.kept_to < self.file_limit:
            state = None  # of files on its mails some were left out that are asked for now: read from the start
        if state is not None and state.fingerprint == mark:
            self.is_any_readable = True
            return
        head = inflater.head()
        if not looks_like_mail(head):
            if _promises_mail(source):
                reason = "this is not a mail archive"
                raise SourceError(reason, path=source.name, fault="not_mail")
            return
        if state is not None and state.at:
            state.fingerprint = ""
            is_same = state.head == _head_mark(head, state.at)
            if is_same and (yield from self._mails(source, inflater, state=state, head=head)):
                self._finish(source, state, mark)
                return
            # Written anew since: read from the start, which the mirror bears.
        state = self.cursor.files[source.name] = FileState(kept_to=None)
        yield from self._mails(source, inflater, state=state, head=head)
        self._finish(source, state, mark)

    def _mails(
        self, source: Source, inflater: Inflater, *, state: FileState, head: bytes
    ) -> Generator[Batch, None, bool]:
        """Reads on from `state.at`; False, with nothing read, if no mail begins there any more."""
        is_resumed = state.at > 0
        self.reread.append(Reread(source.name, state.at))
        last = state.at
        for piece in pieces(inflater.chunks(state.at), start=state.at, limit=self.limits.message_bytes):
            if piece is None:
                self.passed += 1
            elif is_resumed and piece.envelope is None and piece.fault != "too_large":
                return False
            else:
                is_resumed = False
                self._take(source, piece, state)
                last, state.at, state.head = piece.start, piece.end, _head_mark(head, piece.end)
            if self._is_full():
                yield self._batch(source, inflater.read_bytes)
        # The last mail is read again when the file has grown: it may have been caught half written.
        state.at, state.head = last, _head_mark(head, last)
        return True

    def _is_full(self) -> bool:
        most = min(BATCH_RECORDS, max(FIRST_BATCH, self.count // 4))
        return len(self.records) >= most or self.held >= BATCH_BYTES or self.passed >= _IDLE_CHUNKS

    def _take(self, source: Source, piece: Piece, state: FileState) -> None:
        if piece.raw is None:
            reason = _REASONS[piece.fault].format(megabytes=self.limits.message_bytes // 1_000_000)
            self.rejected.append(Rejected(source.name, piece.start, piece.fault, reason))
            return
        record = message_record(
            piece.raw,
            community=self.community,
            envelope=piece.envelope,
            source=source.name,
            position=piece.start,
            now=self.now,
            previous_at=state.previous_at,
            file_limit=self.file_limit,
        )
        self.held += len(piece.raw)
        if isinstance(record, Rejected):
            self.rejected.append(record)
            return
        if any(file.content is None for file in record.attachments):
            state.kept_to = self.file_limit if state.kept_to is None else min(state.kept_to, self.file_limit)
        state.saw(record.sent_at, is_guess=record.sent_at_is_guess, period=period_of(source.name))
        self.records.append(record)
        self.count += 1

    def _finish(self, source: Source, state: FileState, mark: str) -> None:
        state.fingerprint = mark
        self.is_any_readable = True
        self.covered.extend(self.cursor.covered(source.name))

    def _hold_back(self, source: Source, error: SourceError) -> None:
        state = self.cursor.files.get(source.name)
        position = 0 if state is None else state.at
        if state is not None:
            state.fingerprint = ""  # not whole any more: looked at again next time, even as it was before
        self.rejected.append(Rejected(source.name, position, str(error.details["fault"]), error.reason))
        self.is_any_readable = self.is_any_readable or position > 0
        self.first_fault = self.first_fault or error

    def _batch(self, source: Source, read: int) -> Batch:
        total = sum(file.size for file in self.sources)
        batch = Batch(
            records=tuple(self.records),
            cursor=self.cursor.text(),
            rejected=tuple(self.rejected),
            covered=tuple(self.covered),
            progress=Progress(
                self.count,
                "messages",
                fraction=min(1.0, (self.bytes_before + read) / total) if total else 1.0,
                note=source.name,
            ),
            reread=tuple(self.reread),
        )
        self.records.clear()
        self.rejected.clear()
        self.covered.clear()
        self.reread.clear()
        self.held = self.passed = 0
        return batch


def _promises_mail(source: Source) -> bool:
    """Whether a file that holds no mail is worth a word: it was named itself, or its ending says mail."""
    return source.is_asked_for or source.path.suffix.lower() in _NAMED_AS_MAIL


def _head_mark(head: bytes, at: int) -> str:
    return digest(head[: min(HEAD, at)])


def _no_mail(source: Source) -> BadInputError:
    return BadInputError(f"no mail found; looked for {LOOKED_FOR}", path=source.name, looked_for=LOOKED_FOR)


def _by_time(source: Source) -> tuple[str, date, str]:
    """Folder, then the period a file is named after ("2009-August" follows "2009-July"), then name."""
    period = period_of(source.name)
    return (source.name.rpartition("/")[0], date.max if period is None else period.first, source.name)
