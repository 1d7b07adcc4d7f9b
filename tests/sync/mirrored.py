"""A mirror in a test: records from few words, and all that was mirrored in a form that can be compared.

Everything is told by remote ids, so that two mirrors compare equal whatever numbers their rows have.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from tests.builders import a_clock, a_database
from workbench.ids import AccountId, CommunityId
from workbench.models.database import Database
from workbench.models.kinds import AccountKind, EventKind
from workbench.sync.accounts import AccountStore
from workbench.sync.connector import Batch, Cursor
from workbench.sync.mirror import MirrorStore
from workbench.sync.records import ActRecord, CommunityRecord, MessageRecord, PersonRecord, Record

START = datetime(2024, 1, 1, 9, 0, tzinfo=UTC)
LIST = CommunityRecord(remote_id="water", name="Water points")


@dataclass(frozen=True)
class Mirrored:
    """A profile with one account and one community."""

    database: Database
    mirror: MirrorStore
    accounts: AccountStore
    account_id: AccountId
    community_id: CommunityId

    def apply(self, *records: Record, cursor: str | None = None, stream: str = "messages", **batch: Any):
        return self.mirror.apply(
            self.community_id,
            stream,
            Batch(records=records, cursor=None if cursor is None else Cursor(cursor), **batch),
        )

    def rows(self, sql: str, params: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        with self.database.read() as reader:
            return reader.rows(sql, params)

    def scalar(self, sql: str, params: Sequence[object] = ()) -> Any:
        with self.database.read() as reader:
            return reader.scalar(sql, params)

    def parents(self) -> dict[str, str | None]:
        """Remote id of each event → remote id of its parent."""
        return dict(self.rows("SELECT e.remote_id, p.remote_id FROM event e LEFT JOIN event p ON p.id = e.parent_id"))

    def roots(self) -> dict[str, str | None]:
        """Remote id of each event → remote id of the root of its thread."""
        return dict(self.rows("SELECT e.remote_id, r.remote_id FROM event e LEFT JOIN event r ON r.id = e.root_id"))


def a_mirror(folder: Path, *, community: CommunityRecord = LIST) -> Mirrored:
    database = a_database(folder)
    clock = a_clock()
    accounts = AccountStore(database, clock)
    account_id = accounts.find(AccountKind.MAILING_LIST, "Files") or accounts.add(AccountKind.MAILING_LIST, "Files")
    mirror = MirrorStore(database, clock)
    return Mirrored(database, mirror, accounts, account_id, mirror.ensure_community(account_id, community))


def a_person(handle: str = "amina", *, name: str | None = None, **fields: Any) -> PersonRecord:
    return PersonRecord(handle=handle, name=f"{handle.title()} Example" if name is None else name, **fields)


def a_message(remote_id: str, *, by: str | PersonRecord = "amina", hours: float = 0, **fields: Any) -> MessageRecord:
    """A message `hours` after the start."""
    fields = {"subject": "Pumps", "text": f"Words of {remote_id}", **fields}
    return MessageRecord(
        remote_id=remote_id,
        community=LIST.remote_id,
        author=a_person(by) if isinstance(by, str) else by,
        sent_at=START + timedelta(hours=hours),
        **fields,
    )


def an_act(remote_id: str, kind: EventKind, *, by: str = "amina", hours: float = 0, **fields: Any) -> ActRecord:
    return ActRecord(
        remote_id=remote_id,
        community=LIST.remote_id,
        kind=kind,
        person=a_person(by),
        at=START + timedelta(hours=hours),
        **fields,
    )


_EVENTS = """
SELECT e.remote_id, e.kind, h.remote_id, e.at, e.at_is_guess, r.remote_id, p.remote_id,
  (SELECT min(t.remote_id) FROM handle t WHERE t.person_id = e.target_person_id), e.is_question, e.length,
  e.content_key, e.removed_at, e.version, b.subject, b.text, b.html, b.raw
FROM event e JOIN handle h ON h.person_id = e.person_id
LEFT JOIN event r ON r.id = e.root_id LEFT JOIN event p ON p.id = e.parent_id LEFT JOIN body b ON b.event_id = e.id
ORDER BY e.remote_id, e.kind, h.remote_id
"""
_PEOPLE = """
SELECT h.remote_id, h.name, p.name, p.name_key, p.named_at, p.office, p.is_bot, p.address_key,
  m.is_listed, m.role, m.joined_at, m.left_at, m.messages, m.first_message_at, m.last_message_at
FROM handle h JOIN person p ON p.id = h.person_id LEFT JOIN member m ON m.person_id = p.id ORDER BY 1
"""
_THREADS = """
SELECT e.remote_id, a.remote_id, t.subject, t.started_at, t.last_at, t.messages, t.people, t.reactions, t.is_question,
  t.first_reply_at, r.remote_id, t.first_response_at, printf('%.9e', t.warmth)
FROM thread t JOIN event e ON e.id = t.id JOIN handle a ON a.person_id = t.author_id
LEFT JOIN handle r ON r.person_id = t.first_replier_id ORDER BY 1
"""
_DAYS = """
SELECT h.remote_id, d.day, d.posts, d.replies, d.reactions, d.mentions, d.questions
FROM personday d JOIN handle h ON h.person_id = d.person_id ORDER BY 1, 2
"""
_WAITING = """
SELECT e.remote_id, o.rank, o.reference_key FROM orphan o JOIN event e ON e.id = o.event_id ORDER BY 1, 2, 3
"""
_OPENINGS = """
SELECT e.remote_id, o.subject_key, o.at, o.is_reply FROM opening o JOIN event e ON e.id = o.event_id ORDER BY 1
"""
_PLAIN = {
    "files": "SELECT e.remote_id, a.remote_id, a.position, a.name, a.media_type, a.size, a.address, a.reason, a.content"
    " FROM attachment a JOIN event e ON e.id = a.event_id",
    "page days": "SELECT day, page, views, users, sessions, events, is_partial FROM pageday",
    "page ranges": "SELECT first_day, last_day, page, views, users, events FROM pagerange",
    "activity": "SELECT community_id > 0, day, posts, replies, reactions, mentions, questions FROM activityday",
    "weeks": "SELECT week, contributors, interactive, threads, replied FROM networkweek",
    "trends": "SELECT week, messages FROM communityweek",
    "totals": "SELECT messages, threads, first_message_at, last_message_at, answered, unanswered, talks, talk_messages,"
    " notices, notice_messages FROM communitytotal",
    "firsts": "SELECT h.remote_id, n.first_message_at FROM networkperson n JOIN handle h ON h.person_id = n.person_id",
    "stays": "SELECT h.remote_id, n.joined_us, n.left_us FROM networkstay n JOIN handle h ON h.person_id = n.person_id",
    "acts": "SELECT h.remote_id, n.first_day FROM networkact n JOIN handle h ON h.person_id = n.person_id",
    "pairs": "SELECT min(a.remote_id, b.remote_id), max(a.remote_id, b.remote_id), p.community_id > 0, p.first_at"
    " FROM pairfirst p JOIN handle a ON a.person_id = p.low_id JOIN handle b ON b.person_id = p.high_id",
    "coverage": "SELECT first_day, last_day FROM coverage",
    "quarantine": "SELECT source, position, code, reason FROM quarantine",
    "marks": "SELECT e.remote_id, m.is_starred, m.read_at FROM threadmark m JOIN event e ON e.id = m.thread_id",
}


# People have other numbers in another mirror, so their bits are told by handle.
_BITS = """
SELECT n.week, h.remote_id, n.wrote >> h.person_id % 56 & 1, n.acted >> h.person_id % 56 & 1,
  n.often >> h.person_id % 56 & 1
FROM networkpeople n JOIN handle h ON h.person_id / 56 = n.block ORDER BY 1, 2
"""


def snapshot(mirrored: Mirrored) -> dict[str, list[tuple[Any, ...]]]:
    """All that was mirrored, without the numbers of rows."""
    told = {
        "events": _EVENTS,
        "people": _PEOPLE,
        "threads": _THREADS,
        "days": _DAYS,
        "bits": _BITS,
        "waiting": _WAITING,
        "openings": _OPENINGS,
    }
    shown = {name: mirrored.rows(sql) for name, sql in told.items()}
    shown |= {name: sorted(mirrored.rows(sql)) for name, sql in _PLAIN.items()}
    shown["index"] = index_words(mirrored.database)
    return shown


LOCAL = (
    "personnote", "persontag", "threadmark", "preference", "planfile", "plan", "objective", "card", "checkpoint",
    "outboxitem", "tablemapping", "secret", "personfact", "advocate", "contact", "thanks", "nudge", "notsame",
    "annotation",
)  # fmt: skip
"""Tables of what people made here, which no sync may touch."""


def local_work(mirrored: Mirrored) -> dict[str, list[tuple[Any, ...]]]:
    """Every byte of what people made here."""
    return {name: mirrored.rows(f"SELECT * FROM {name}") for name in LOCAL}


def index_words(database: Database) -> list[tuple[Any, ...]]:
    """Every word of the full-text index with where it stands."""
    with database.write() as session:
        execute = session.connection().exec_driver_sql
        execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.words USING fts5vocab(main, message_fts, instance)")
        # A word of a message that is not there any more would show up without a remote id.
        found = execute(
            "SELECT w.term, w.col, w.offset, e.remote_id FROM temp.words w LEFT JOIN event e ON e.id = w.doc"
        ).all()
    return sorted((str(row[0]), str(row[1]), int(row[2]), str(row[3])) for row in found)


def in_batches(records: Sequence[Record], cuts: Iterable[int]) -> list[tuple[Record, ...]]:
    """The records cut at these places."""
    edges = [0, *sorted({min(cut, len(records)) for cut in cuts}), len(records)]
    return [tuple(records[first:last]) for first, last in pairwise(edges) if first < last]
