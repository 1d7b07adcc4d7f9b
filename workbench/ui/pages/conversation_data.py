"""Conversation data: what the page asks of the profile, as jobs off the main thread."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from workbench.ids import EventId, PersonId
from workbench.metrics.window import days_over
from workbench.models.changes import Changes
from workbench.models.database import Database, Reader
from workbench.models.file_kinds import FileKind, kind_of
from workbench.models.search_text import plain_terms
from workbench.notes.store import NotesStore
from workbench.queries.attachments import attachment_content, thread_attachments
from workbench.queries.communities import community_names
from workbench.queries.heat import hot_threads
from workbench.queries.known import Known, all_days, read_known
from workbench.queries.members import MemberRow, list_members
from workbench.queries.preferences import ME, me
from workbench.queries.scope import Scope
from workbench.queries.search import SearchRow, search
from workbench.queries.search_filters import NO_FILTERS, SearchFilters, with_tags_of
from workbench.queries.threads import (
    Period,
    ThreadFilter,
    ThreadRow,
    count_threads,
    find_thread,
    list_threads,
    thread_messages,
)
from workbench.ui.qt_models.row_pages import PAGE
from workbench.ui.widgets.message_card import ReadyMessage, ready
from workbench.ui.widgets.message_files import PICTURE_BYTES, ReadyFile, small_picture

FIRST_HITS = 60
"""A search begins with so many; scrolling to the end brings the next step."""
MOST_HITS = 500
_STEPS = (FIRST_HITS, 180, MOST_HITS)
_PEOPLE = 30
_DAY = timedelta(days=1)
_MOST_PICTURES = 40


@dataclass(frozen=True, slots=True)
class Question:
    """Which conversations are wanted."""

    scope: Scope
    where: ThreadFilter
    period: Period | None
    now: datetime
    is_hot: bool = False


@dataclass(frozen=True, slots=True)
class Threads:
    """The first answer: how many there are, one page, and whether there is anything in the profile at all."""

    total: int
    page: int
    rows: list[ThreadRow]
    communities: int
    knows_me: bool
    known: Known | None = None
    """How far the days looked at are known; None while there is no community."""


@dataclass(frozen=True, slots=True)
class OpenedThread:
    """Everything the reader shows."""

    id: EventId
    messages: tuple[ReadyMessage, ...]
    row: ThreadRow | None


@dataclass(frozen=True, slots=True)
class Hits:
    """What a search found, with the words to highlight."""

    text: str
    terms: tuple[str, ...]
    rows: list[SearchRow]
    is_cut: bool
    """Whether there are more than these."""
    known: Known | None = None
    """How far all days are known, where that was asked."""

    @property
    def next_limit(self) -> int | None:
        """How many to ask for next; None where there are no more, or more than anyone reads."""
        return next((step for step in _STEPS if self.is_cut and step > len(self.rows)), None)


def read_threads(database: Database, question: Question, *, page: int = 0) -> Threads:
    """How many conversations there are, and one page of them (the first where `page` lies beyond the end)."""
    with database.read() as reader:
        communities = len(community_names(reader))
        where, period, now = question.where, question.period, question.now
        total = count_threads(reader, question.scope, where=where, period=period, as_of=now) if communities else 0
        page = page if page * PAGE < total else 0
        rows, known = _rows(reader, question, page) if total else [], _known(reader, question) if communities else None
        return Threads(total, page, rows, communities, me(reader) is not None, known)


def read_page(database: Database, question: Question, page: int) -> list[ThreadRow]:
    """One page of conversations."""
    with database.read() as reader:
        return _rows(reader, question, page)


def _known(reader: Reader, question: Question) -> Known:
    """How far the days of the question are known, or all days there are."""
    now, today = question.now, question.now.astimezone(UTC).date()
    if question.period is None:
        first, last = all_days(reader, question.scope, now)
    else:
        first, last = question.period[0].date(), (question.period[1] - _DAY).date()
    over = days_over(first, last, today=today)
    return read_known(reader, question.scope, first, over.end_on - _DAY, today=today)


def _rows(reader: Reader, question: Question, page: int) -> list[ThreadRow]:
    where, period, now = question.where, question.period, question.now
    offset = page * PAGE
    if question.is_hot:
        hot = hot_threads(reader, question.scope, period=period, as_of=now, limit=PAGE, offset=offset)
        return [one.thread for one in hot]
    return list_threads(reader, question.scope, where=where, period=period, as_of=now, limit=PAGE, offset=offset)


def read_thread(database: Database, thread_id: EventId) -> OpenedThread:
    """The messages of a thread, made ready to show; none where the thread is gone."""
    with database.read() as reader:
        row, rows = find_thread(reader, thread_id), thread_messages(reader, thread_id)
    files = read_files(database, thread_id)
    return OpenedThread(thread_id, tuple(ready(one, files.get(one.id, ())) for one in rows), row)


def read_files(database: Database, thread_id: EventId) -> dict[EventId, tuple[ReadyFile, ...]]:
    """{message: its files, ready to show} of a thread; small pictures of the first few that are here."""
    with database.read() as reader:
        found = thread_attachments(reader, thread_id)
        rows = [row for rows in found.values() for row in rows]
        shown = [row for row in rows if row.is_here and kind_of(row.media_type, row.name) is FileKind.PICTURE]
        pictures = {
            row.id: small_picture(attachment_content(reader, row.id) or b"")
            for row in shown[:_MOST_PICTURES]
            if row.size is not None and row.size <= PICTURE_BYTES
        }
    return {
        message_id: tuple(ReadyFile(row, pictures.get(row.id)) for row in rows) for message_id, rows in found.items()
    }


def find(
    database: Database,
    text: str,
    scope: Scope,
    *,
    limit: int = FIRST_HITS,
    now: datetime | None = None,
    filters: SearchFilters = NO_FILTERS,
) -> Hits:
    """The best messages for a text, in all time unless the filters name one.

    Seen from `now`, with how far all time is known.
    """
    with database.read() as reader:
        rows = search(reader, text, scope=scope, limit=limit + 1, filters=filters)
        known = None if now is None else _known(reader, Question(scope, ThreadFilter.ALL, None, now))
    terms = plain_terms(with_tags_of(text, filters)[0])
    return Hits(text, terms, rows[:limit], is_cut=len(rows) > limit, known=known)


def find_people(database: Database, text: str) -> list[MemberRow]:
    """People whose name fits, for choosing oneself; nobody before anything is typed."""
    if not text.strip():
        return []
    with database.read() as reader:
        return list_members(reader, (), text=text, limit=_PEOPLE)


def choose_me(notes: NotesStore, person_id: PersonId) -> Changes:
    """Remembers which person the coordinator is."""
    return notes.set_preference(ME, json.dumps(person_id))
