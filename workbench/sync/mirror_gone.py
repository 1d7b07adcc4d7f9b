"""Tombstones: what is gone upstream keeps its place in the mirror, without its words."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from workbench.models.search_text import indexable, scope_token
from workbench.sync.connector import CensusOf
from workbench.sync.lookups import select_among
from workbench.sync.rollups import Touched

_DELETE_INDEX = "INSERT INTO message_fts (message_fts, rowid, scope, subject, body) VALUES ('delete', ?, ?, ?, ?)"
_ALIVE = {
    CensusOf.MESSAGES: "SELECT count(*) FROM event WHERE community_id = ? AND kind IN (3, 4) AND removed_at IS NULL",
    CensusOf.REACTIONS: "SELECT count(*) FROM event WHERE community_id = ? AND kind = 5 AND removed_at IS NULL",
    CensusOf.MEMBERS: "SELECT count(*) FROM member WHERE community_id = ? AND is_listed AND left_at IS NULL",
}


class Going(NamedTuple):
    """An event that is to become a tombstone."""

    id: int
    person_id: int
    at: int
    root_id: int | None


def alive(connection: Connection, community_id: int, of: CensusOf) -> int:
    """How many of a kind the mirror holds of the community now."""
    count: int = connection.exec_driver_sql(_ALIVE[of], (community_id,)).scalar_one()
    return count


def remove_events(
    connection: Connection, community_id: int, gone: Sequence[Going], *, now: int, touched: Touched
) -> None:
    """Makes tombstones of events: they leave the index and the sums, and their words are forgotten."""
    if not gone:
        return
    ids = [event.id for event in gone]
    remove_from_index(connection, ids)
    for table in ("body", "attachment", "event_tag"):
        connection.exec_driver_sql(f"DELETE FROM {table} WHERE event_id = ?", [(event_id,) for event_id in ids])  # noqa: S608 - our own names
    connection.exec_driver_sql(
        "UPDATE event SET removed_at = ?, is_question = 0 WHERE id = ?", [(now, event_id) for event_id in ids]
    )
    for event in gone:
        touched.event(community_id, event.at, event.root_id)
        touched.members.add((community_id, event.person_id))


def remove_from_index(connection: Connection, events: Iterable[int]) -> None:
    """Takes messages out of the full-text index; their bodies must still be as they were put in."""
    statement = (
        "SELECT b.event_id, e.community_id, b.subject, b.text FROM body b CROSS JOIN event e ON e.id = b.event_id"
        " WHERE b.event_id IN (?*)"
    )
    rows = [
        (event_id, scope_token(community_id), indexable(subject), indexable(text))
        for event_id, community_id, subject, text in select_among(connection, statement, events)
    ]
    if rows:
        connection.exec_driver_sql(_DELETE_INDEX, rows)
