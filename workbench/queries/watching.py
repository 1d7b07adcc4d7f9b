"""Watching: what the coordinator keeps an eye on, what was made out of threads, and where ideas stand."""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple

from workbench.ids import CommunityId, EventId
from workbench.models.database import Reader
from workbench.models.moments import from_micros, maybe_from_micros
from workbench.queries.evidence import thread_name, thread_named
from workbench.queries.scope import Scope, sql

ASK_AFTER: Final = timedelta(days=30)
"""So long after it was handed on an idea without an answer is asked after; our default."""


class FoundThread(NamedTuple):
    """A thread by its lasting name; `id` None, and no words, where it is not mirrored here now."""

    name: str
    id: EventId | None
    subject: str = ""
    community: str = ""
    community_id: CommunityId | None = None


@dataclass(frozen=True, slots=True)
class WatchRow:
    """A thread that is, or was, watched."""

    id: str
    thread: FoundThread
    note: str
    look_on: date | None
    done: str
    made_at: datetime
    closed_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether it is still watched."""
        return self.closed_at is None


@dataclass(frozen=True, slots=True)
class OutputRow:
    """What was made out of threads."""

    id: str
    title: str
    kind: str
    link: str
    day: date
    threads: tuple[FoundThread, ...]
    made_at: datetime


@dataclass(frozen=True, slots=True)
class IdeaRow:
    """An idea, and what became of it."""

    id: str
    words: str
    unit: str
    handed_on: date | None
    outcome: str
    outcome_on: date | None
    outcome_words: str
    threads: tuple[FoundThread, ...]
    made_at: datetime

    def asked_after_on(self) -> date | None:
        """The day from which on it is asked after; None where it is decided, or with nobody."""
        return self.handed_on + ASK_AFTER if self.outcome == "open" and self.handed_on is not None else None


_WATCHED = "SELECT id, thread, note, look_on, done, made_at, closed_at FROM thread_watch"
_OUTPUTS = "SELECT id, title, kind, link, day, threads, made_at FROM output ORDER BY day DESC, id DESC"
_IDEAS = """
SELECT id, words, unit, handed_on, outcome, outcome_on, outcome_words, threads, made_at FROM idea
ORDER BY outcome <> 'open', made_at DESC, id DESC
"""
_TOLD = """
SELECT b.subject, c.name, c.id FROM event e JOIN community c ON c.id = e.community_id
LEFT JOIN body b ON b.event_id = e.id WHERE e.id = ?
"""


def list_watched(reader: Reader, scope: Scope = ()) -> list[WatchRow]:
    """Every thread with a note, the newest first; of a scope those whose thread is in it."""
    rows = [_watched(reader, row) for row in reader.rows(sql(_WATCHED, "ORDER BY made_at DESC, id DESC"))]
    return [row for row in rows if _is_in(scope, row.thread)]


def watched_thread(reader: Reader, thread_id: EventId) -> WatchRow | None:
    """What is noted about a thread, whichever of its messages is given; None where it never was watched."""
    root = reader.scalar("SELECT ifnull(root_id, id) FROM event WHERE id = ?", (thread_id,))
    row = reader.one(sql(_WATCHED, "WHERE thread = ?"), (thread_name(reader, root),))
    return None if row is None else _watched(reader, row)


def list_outputs(reader: Reader, scope: Scope = ()) -> list[OutputRow]:
    """Every output, the newest first; of a scope those made of a thread in it."""
    rows = [
        OutputRow(id_, title, kind, link, date.fromisoformat(day), _found(reader, threads), from_micros(made))
        for id_, title, kind, link, day, threads, made in reader.rows(_OUTPUTS)
    ]
    return [row for row in rows if not scope or any(_is_in(scope, thread) for thread in row.threads)]


def list_ideas(reader: Reader, scope: Scope = ()) -> list[IdeaRow]:
    """Every idea, open ones first and then the newest; of a scope those of a thread in it."""
    rows = [
        IdeaRow(id_, words, unit, _day(handed), outcome, _day(on), said, _found(reader, threads), from_micros(made))
        for id_, words, unit, handed, outcome, on, said, threads, made in reader.rows(_IDEAS)
    ]
    return [row for row in rows if not scope or any(_is_in(scope, thread) for thread in row.threads)]


def found_thread(reader: Reader, name: str) -> FoundThread:
    """The thread of a lasting name, as it is mirrored here."""
    id_ = thread_named(reader, name)
    told = None if id_ is None else reader.one(_TOLD, (id_,))
    return FoundThread(name, None) if told is None else FoundThread(name, id_, told[0] or "", told[1], told[2])


def _watched(reader: Reader, row: tuple[Any, ...]) -> WatchRow:
    id_, name, note, look, done, made, closed = row
    thread = found_thread(reader, name)
    return WatchRow(id_, thread, note, _day(look), done, from_micros(made), maybe_from_micros(closed))


def _found(reader: Reader, threads: str) -> tuple[FoundThread, ...]:
    return tuple(found_thread(reader, name) for name in json.loads(threads))


def _is_in(scope: Scope, thread: FoundThread) -> bool:
    return not scope or thread.community_id in scope


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
