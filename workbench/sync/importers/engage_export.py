"""Viva Engage export importer: a connector over data-export archives, read once for all their communities."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import ClassVar

from workbench.errors import SourceError
from workbench.models.kinds import AccountKind
from workbench.models.moments import DayRange
from workbench.progress import Progress
from workbench.sync.connector import Abilities, Batch, Cursor, Stream
from workbench.sync.importers import engage_archive
from workbench.sync.importers.engage_archive import MESSAGES_FILE, Archive
from workbench.sync.importers.engage_cursor import ArchiveState, ExportCursor
from workbench.sync.importers.engage_rows import (
    ALL_COMPANY,
    ALL_COMPANY_NAME,
    MESSAGE_COLUMNS,
    PRIVATE,
    Edit,
    Group,
    LeftOut,
    Message,
    Refusal,
    UserRow,
    message_of,
    subject_of,
)
from workbench.sync.importers.engage_tables import TableRow
from workbench.sync.people import clean_name
from workbench.sync.records import CommunityRecord, GoneRecord, MessageRecord, Rejected
from workbench.sync.source_files import find_sources
from workbench.sync.zip_gate import DEFAULT_LIMITS, ZipLimits

MESSAGES = Stream("messages", "Messages")
LOOKED_FOR = "Viva Engage data exports ending in .zip"
STEP_MESSAGES = 5_000
MOST_STEP_MESSAGES = 20_000
# Each community of a step costs a handful of statements, whatever it brings: with many, more is gathered first.
_MESSAGES_A_COMMUNITY = 40
STEP_LETTERS = 12_000_000
_IDLE_ROWS = 50_000  # rows of no use without a step: report, and let a stop through
_PEEKED_ROWS = 2_000


@dataclass(frozen=True, slots=True)
class Step:
    """A stretch of one archive: what it brings by community, and how far everything up to here has come.

    `groups` are communities that are new or changed. `covered` are days that are complete for every community named
    in the cursor; only the last step has any. `restarted` is the source at hand, if it is read from its beginning.
    """

    cursor: Cursor
    groups: tuple[Group, ...]
    messages: dict[str, list[Message]]
    rejected: dict[str, list[Rejected]]
    progress: Progress
    covered: tuple[DayRange, ...] = ()
    restarted: str | None = None


class EngageExport:
    """Viva Engage data exports, of one month or of many years, in any order and overlapping.

    Each community is one community here, and what stands in none is "All Company". Private conversations are left
    out, and so is what the platform wrote itself. An edited message has its last text; a deleted one is told gone.
    Likes and members are not in an export, and of files only that there are some, and their names.

    Refuses paths that are not there (BadInputError), and archives that do not pass the zip gate or hold no messages
    (SourceError), all of them before anything is read. `now` bounds believable dates.
    """

    kind: ClassVar[AccountKind] = AccountKind.VIVA_ENGAGE_EXPORT
    abilities: ClassVar[Abilities] = Abilities(edits=True, deletes=True)
    streams: ClassVar[tuple[Stream, ...]] = (MESSAGES,)
    cannot: ClassVar[tuple[str, ...]] = (
        "An export names the files on messages and does not hold them; they open in the browser only.",
        "It does not say who the members are, who joined or left, and who likes what.",
        "Private messages and what the platform writes itself are left out.",
    )

    def __init__(self, paths: Sequence[Path], *, now: datetime, limits: ZipLimits = DEFAULT_LIMITS) -> None:
        self._paths = tuple(paths)
        self._now = now
        self._limits = limits
        self._archives: tuple[Archive, ...] = ()

    def archives(self) -> tuple[Archive, ...]:
        """The archives, by name; each was looked at, once."""
        if not self._archives:
            sources = find_sources(self._paths, suffixes=(".zip",), looked_for=LOOKED_FOR)
            self._archives = tuple(Archive.at(source, self._limits) for source in sources)
        return self._archives

    def communities(self) -> tuple[CommunityRecord, ...]:
        """Everybody's community and those of Groups.csv; Messages.csv may name more."""
        groups = {ALL_COMPANY: Group(ALL_COMPANY, ALL_COMPANY_NAME)}
        for archive in self.archives():
            for group in archive.groups().values():
                if group.id not in groups or group.stamp >= groups[group.id].stamp:
                    groups[group.id] = group
        return tuple(community_record(group) for group in groups.values() if not group.is_deleted)

    def ids_told(self) -> frozenset[str]:
        """Ids of communities in Groups.csv and near the beginning of Messages.csv: enough to know a network by."""
        found: set[str] = set()
        for archive in self.archives():
            found.update(archive.groups())
            with archive.table(MESSAGES_FILE) as opened:
                for row in () if opened is None else opened[0].rows("group_id"):
                    if row.number > _PEEKED_ROWS:
                        break
                    found.update(row.fields)
        return frozenset(found - {""})

    def pull(self, community: str, stream: Stream, *, since: Cursor | None) -> Iterator[Batch]:
        """One community's part of `steps`; for many communities, one pass over all of them is cheaper."""
        del stream  # there is only one
        for step in self.steps(ExportCursor.read(since)):
            yield Batch(
                tuple(_record(message) for message in step.messages.get(community, ())),
                step.cursor,
                tuple(step.rejected.get(community, ())),
                step.covered,
                step.progress,
            )

    def steps(self, cursor: ExportCursor) -> Iterator[Step]:
        """Everything not yet promised by `cursor`, which moves along; archives that were read to their end are not.

        An archive that breaks off gives what could be read; the others go on, and the first fault is raised at the end.
        """
        walk = _Walk(self.archives(), cursor, self._now)
        fault: SourceError | None = None
        for archive in self.archives():
            try:
                yield from walk.archive(archive)
            except SourceError as error:
                fault = fault or error
                yield walk.step()
        yield walk.step(covered=cursor.covered())
        if fault is not None:
            raise fault


def community_record(group: Group) -> CommunityRecord:
    """A community as the mirror takes it."""
    return CommunityRecord(group.id, group.name, group.description, url=group.url)


def message_record(message: Message) -> MessageRecord:
    """A message as the mirror takes it; one that was deleted has no words."""
    opens = not message.references
    return MessageRecord(
        remote_id=message.id,
        community=message.group,
        author=message.author,
        sent_at=message.at,
        subject=subject_of(message.text) if opens else "",
        text=message.text,
        references=message.references,
        attachments=message.files,
    )


def group_told_by(message: Message) -> Group:
    """The community of a message, as far as the message itself tells."""
    if message.group == ALL_COMPANY:
        return Group(ALL_COMPANY, ALL_COMPANY_NAME)
    return Group(message.group, clean_name(message.group_name) or f"Community {message.group}")


def _is_edited(row: TableRow, edits: dict[int, Edit]) -> bool:
    return bool(row.fields) and row.fields[0].isdecimal() and int(row.fields[0][:19]) in edits


def _record(message: Message) -> MessageRecord | GoneRecord:
    return GoneRecord(message.id, message.group) if message.is_deleted else message_record(message)


@dataclass(slots=True)
class _Walk:
    """One pass: what is gathered for the next step, and how far it has come."""

    archives: tuple[Archive, ...]
    cursor: ExportCursor
    now: datetime
    groups: dict[str, Group] = field(default_factory=dict)  # of the archive at hand
    users: dict[int, UserRow] = field(default_factory=dict)
    files: dict[int, str] = field(default_factory=dict)
    told: dict[str, Group] = field(default_factory=dict)  # new or changed since the last step
    messages: dict[str, list[Message]] = field(default_factory=dict)
    rejected: dict[str, list[Rejected]] = field(default_factory=dict)
    restarted: str | None = None
    gathered: int = 0
    letters: int = 0
    passed: int = 0
    count: int = 0
    bytes_before: int = 0
    bytes_here: int = 0
    at: str = ""

    def archive(self, archive: Archive) -> Iterator[Step]:
        """The steps of one archive; the last one says that it was read to its end."""
        state = self.cursor.archives.setdefault(archive.mark, ArchiveState())
        self.at, self.bytes_here = archive.source.name, 0
        self.restarted = None if state.turn or state.row or state.is_done else archive.messages_name
        if not state.is_done:
            self.groups, self.users, self.files = archive.groups(), archive.users(), archive.files()
            for group in self.groups.values():
                if not group.is_deleted:
                    self._tell(group)
            for turn, edits in enumerate(archive.edits()):
                if turn < state.turn:
                    continue
                yield from self._turn(archive, state, edits)
                state.turn, state.row = turn + 1, 0
            state.is_done = True
            self.groups, self.users, self.files = {}, {}, {}
        self.bytes_before += archive.message_bytes
        self.bytes_here = 0
        yield self.step()

    def _turn(self, archive: Archive, state: ArchiveState, edits: dict[int, Edit]) -> Iterator[Step]:
        """Reads Messages.csv on; all of it in the first turn, later only what a further portion of edits names."""
        with archive.table(MESSAGES_FILE) as opened:
            if opened is None:
                return
            table, stream = opened
            tells_private = table.has("in_private_conversation", "direct_message", "participants")
            for row in table.rows(*MESSAGE_COLUMNS):
                self.passed += 1
                if row.number > state.row:
                    state.row = row.number
                    if not state.turn or _is_edited(row, edits):
                        self._take(archive, state, row, edits=edits, tells_private=tells_private)
                if self._is_full():
                    self.bytes_here = stream.tell()
                    yield self.step()

    def _take(
        self, archive: Archive, state: ArchiveState, row: TableRow, *, edits: dict[int, Edit], tells_private: bool
    ) -> None:
        if row.fault:
            self._hold_back(archive, row, Refusal("bad_row", row.fault))
            return
        found = message_of(
            row.fields,
            users=self.users,
            edits=edits,
            tells_private=tells_private,
            now=self.now,
            files=self.files,
        )
        if isinstance(found, LeftOut):
            if not state.turn:
                state.leave_out(is_private=found.why == PRIVATE)
            return
        if isinstance(found, Refusal):
            self._hold_back(archive, row, found)
            return
        if found.group not in self.cursor.groups and len(self.cursor.groups) >= engage_archive.MOST_GROUPS:
            self._hold_back(archive, row, Refusal("too_many", "there are more communities than a network can have"))
            return
        if found.group not in self.cursor.groups:
            self._tell(self.groups.get(found.group) or group_told_by(found))
        if not found.version and not found.is_deleted:
            state.saw(found.at.date())
        self.messages.setdefault(found.group, []).append(found)
        self.gathered += 1
        self.count += 1
        self.letters += len(found.text)

    def _tell(self, group: Group) -> None:
        known = self.cursor.groups.get(group.id)
        if known is None or group.stamp > known:
            self.cursor.groups[group.id] = group.stamp
            self.told[group.id] = group

    def _hold_back(self, archive: Archive, row: TableRow, refusal: Refusal) -> None:
        # What names no community we know of is shown with everybody's, or where the mirror keeps such things.
        place = refusal.group if refusal.group in self.cursor.groups else ALL_COMPANY
        rejected = Rejected(archive.messages_name, row.number, refusal.code, refusal.reason)
        self.rejected.setdefault(place, []).append(rejected)
        self.gathered += 1

    def _is_full(self) -> bool:
        most = min(MOST_STEP_MESSAGES, max(STEP_MESSAGES, _MESSAGES_A_COMMUNITY * len(self.messages)))
        return self.gathered >= most or self.letters >= STEP_LETTERS or self.passed >= _IDLE_ROWS

    def step(self, *, covered: tuple[DayRange, ...] = ()) -> Step:
        """What was gathered, which is forgotten here."""
        total = sum(archive.message_bytes for archive in self.archives)
        fraction = min(1.0, (self.bytes_before + self.bytes_here) / total) if total else 1.0
        step = Step(
            cursor=self.cursor.text(),
            groups=tuple(self.told.values()),
            messages=self.messages,
            rejected=self.rejected,
            progress=Progress(self.count, "messages", fraction=fraction, note=self.at),
            covered=covered,
            restarted=self.restarted,
        )
        self.told, self.messages, self.rejected = {}, {}, {}
        self.gathered = self.letters = self.passed = 0
        return step
