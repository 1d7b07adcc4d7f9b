"""Profiles too large for the mirror's own way: rows go in set by set without indexes, which are made afterwards.

The same network as `tests.bench.network` describes, with texts drawn from a pool of ready ones. Roll-ups are derived once,
at the end, by the program's own `rebuild`; a second build gives the same rows.
"""

import random
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import StaticPool, create_engine
from sqlmodel import Session

from tests.bench.network import (
    LISTED,
    LONG_DISCUSSION,
    NOW,
    YEARS,
    TextMaker,
    history,
    members_of,
    shares,
    sizes_of,
    writers_of,
)
from workbench.clock import FixedClock
from workbench.ids import CommunityId
from workbench.models.connections import connect
from workbench.models.kinds import AccountKind, EventKind
from workbench.models.moments import DayRange, to_micros
from workbench.models.people_keys import find_key, plain_key
from workbench.models.search_text import scope_token
from workbench.sync.connector import Batch, Cursor
from workbench.sync.features import is_question
from workbench.sync.lookups import digest
from workbench.sync.records import CommunityRecord
from workbench.sync.rollups import rebuild
from workbench.vault import KeyFile
from workbench.workspace import Workspace

TEXTS, SUBJECTS = 50_000, 20_000
CHUNK = 20_000
CACHE_KIB = 1 << 20
"""A gigabyte of pages while indexes and roll-ups are made."""
INDEX_BYTES = 64 << 20
"""So much of the search index is in memory before it is written."""

_EVENT = (
    "INSERT INTO event (id, community_id, person_id, kind, at, at_is_guess, root_id, parent_id, target_person_id, remote_id,"
    " remote_key, is_question, length, content_key) VALUES (?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_BODY = "INSERT INTO body (event_id, subject, text) VALUES (?, ?, ?)"
_WORDS = "INSERT INTO message_fts (rowid, scope, subject, body) VALUES (?, ?, ?, ?)"
_PERSON = "INSERT INTO person (id, name, name_key, named_at, is_bot, find_key) VALUES (?, ?, ?, ?, 0, ?)"
_HANDLE = "INSERT INTO handle (account_id, remote_id, person_id, name) VALUES (?, ?, ?, ?)"
_MEMBER = "INSERT OR IGNORE INTO member (community_id, person_id, is_listed, joined_at, left_at, messages) VALUES (?, ?, ?, ?, ?, 0)"
_INDEXED = ("event", "member", "personday", "thread", "person")
"""Tables whose indexes are made when their rows are there; those of roll-ups before they are derived."""


@dataclass(frozen=True, slots=True)
class Text:
    """A ready text with what the mirror would find in it."""

    subject: str
    text: str
    asks: bool


def build(home: Path, messages: int) -> None:
    """Makes `profile/` and `key` in the folder; says on the error stream how far it is."""
    communities, people = sizes_of(messages)
    counts = shares(messages, communities)
    with Workspace.create(home / "profile", key=KeyFile(home / "key"), clock=FixedClock(NOW)) as workspace:
        account = workspace.accounts.add(AccountKind.TABLE, "Bench")
        with workspace.database.write():
            ids = [
                workspace.mirror.ensure_community(account, CommunityRecord(f"c{number}", f"Community {number:04}"))
                for number in range(communities)
            ]
        path, key = workspace.database.path, workspace.database.key
    connection = connect(path, key, writable=True, foreign_keys=False)
    try:
        unguarded(connection)
        _tell("people and messages")
        _fill(connection, int(account), ids, counts, people)
        _tell("roll-ups")
        _sum_up(connection)
    finally:
        connection.close()
    _tell("coverage and runs")
    days = DayRange((NOW - timedelta(days=365 * YEARS)).date(), NOW.date())
    with Workspace.open(home / "profile", key=KeyFile(home / "key"), clock=FixedClock(NOW)) as workspace:
        with workspace.database.write():
            for community, count in zip(ids, counts, strict=True):
                workspace.mirror.apply(community, "messages", Batch((), Cursor(str(count)), covered=(days,)))
            history(workspace)
        workspace.mirror.tidy()


def unguarded(connection: Any) -> None:
    """Nothing is kept for going back, and there is room for large indexes: what breaks is begun anew."""
    for pragma in ("journal_mode = DELETE", "journal_mode = OFF", "synchronous = OFF", "secure_delete = OFF"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")


def _fill(connection: Any, account: int, ids: list[CommunityId], counts: list[int], people: int) -> None:
    execute, many = connection.execute, connection.executemany
    marks = ", ".join("?" * len(_INDEXED))
    indexes = execute(
        f"SELECT name, sql FROM sqlite_master WHERE tbl_name IN ({marks}) AND sql IS NOT NULL AND type = 'index'",
        _INDEXED,
    ).fetchall()
    execute("BEGIN")
    for name, _ in indexes:
        execute(f'DROP INDEX "{name}"')
    execute("INSERT INTO message_fts (message_fts, rank) VALUES ('hashsize', ?)", (INDEX_BYTES,))
    names = [f"Person {number:06} Example" for number in range(people)]
    many(
        _PERSON,
        ((n + 1, name, plain_key(name), to_micros(NOW), find_key(name, *[None] * 5)) for n, name in enumerate(names)),
    )
    many(_HANDLE, ((account, f"p{n}", n + 1, name) for n, name in enumerate(names)))
    pool = texts()
    first = 1
    for number, (community, count) in enumerate(zip(ids, counts, strict=True)):
        writers: set[int] = set()
        rows = _messages(number, community, count, people, first=first, pool=pool, writers=writers)
        scope = scope_token(community)
        while chunk := list(islice(rows, CHUNK)):
            many(_EVENT, (event for event, _ in chunk))
            many(_BODY, ((event[0], text.subject, text.text) for event, text in chunk))
            many(_WORDS, ((event[0], scope, text.subject, text.text) for event, text in chunk))
        many(_MEMBER, _listed(number, community, count, people))
        many(_MEMBER, ((community, person, 0, None, None) for person in sorted(writers)))
        if (first + count) // 1_000_000 > first // 1_000_000:
            _tell(f"{first + count - 1:,} messages")
        first += count
    for name, statement in indexes:
        _tell(f"index {name}")
        execute(statement)
    execute("INSERT INTO message_fts (message_fts, rank) VALUES ('hashsize', ?)", (1 << 20,))
    execute("COMMIT")


def texts() -> list[Text]:
    """Ready texts, the same each time."""
    rng = random.Random("texts")
    maker = TextMaker(rng)
    subjects = [maker.subject() for _ in range(SUBJECTS)]
    return [Text(rng.choice(subjects), text, is_question(text)) for text in (maker.text() for _ in range(TEXTS))]


def _messages(
    number: int, community: int, count: int, people: int, *, first: int, pool: list[Text], writers: set[int]
) -> Iterator[tuple[tuple[object, ...], Text]]:
    """Rows of `event` with their texts, oldest first: a third roots, replies to one of the last nine of them."""
    rng = random.Random(f"bulk/{number}")
    size, offset = writers_of(count, people), random.Random(f"{2016}/{number}").randrange(people)
    start, step = to_micros(NOW - timedelta(days=365 * YEARS)), 365 * YEARS * 86_400_000_000 // count
    discussion = count - LONG_DISCUSSION if number == 0 else count
    roots: list[tuple[int, int, str]] = []
    talk = (0, 0, "")
    for place in range(count):
        id_ = first + place
        person = (offset + int(size * rng.random() ** 2.2)) % people + 1
        writers.add(person)
        text = pool[int(rng.random() * TEXTS)]
        is_long = place > discussion and (place - discussion) % 2 == 0
        is_root = not roots or (not is_long and (place > discussion or rng.random() < 0.34))
        talk = roots[-1] if place == discussion else talk
        if is_root:
            roots = [*roots[-8:], (id_, person, text.subject)]
            kind, root, parent, target = EventKind.POST, id_, None, None
        else:
            root, author, subject = talk if is_long else roots[int(rng.random() * len(roots))]
            kind, parent, target = EventKind.REPLY, root, author
            text = Text(subject, text.text, text.asks)
        remote = f"{number}.{place}@bench.example.org"
        at = start + place * step + int(rng.random() * 60_000_000)
        key = digest(remote)
        yield (
            (id_, community, person, int(kind), at, root, parent, target, remote, key, text.asks, len(text.text), key),
            text,
        )


def _listed(number: int, community: int, count: int, people: int) -> Iterable[tuple[object, ...]]:
    if number % LISTED:
        return
    for record in members_of(number, count, people):
        joined, left = record.joined_at, record.left_at
        yield (
            community, int(record.person.handle[1:]) + 1, 1,
            None if joined is None else to_micros(joined), None if left is None else to_micros(left),
        )  # fmt: skip


def _sum_up(connection: Any) -> None:
    engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)
    with Session(engine) as session:
        session.connection()  # what it asks a connection it meets for the first time ends a transaction
        connection.execute("BEGIN")
        rebuild(session)
        connection.execute("COMMIT")


def _tell(words: str) -> None:
    sys.stderr.write(f"  {words} …\n")
    sys.stderr.flush()
