"""Runs of one connector in a test: pulled batch by batch, or applied to a mirror; and what is there afterwards."""

from collections.abc import Iterable

from tests.sync.mirrored import Mirrored
from workbench.sync.connector import Batch, Connector, Cursor
from workbench.sync.records import MessageRecord

Cursors = dict[str, Cursor]


def pull_once(reader: Connector, community: str, cursors: Cursors | None = None, *, lists: bool = True) -> list[Batch]:
    """One run over a community; moves the cursors."""
    moved = {} if cursors is None else cursors
    if lists:
        list(reader.communities())
    batches: list[Batch] = []
    for stream in reader.streams:
        for batch in reader.pull(community, stream, since=moved.get(stream.name)):
            batches.append(batch)
            if batch.cursor is not None:
                moved[stream.name] = batch.cursor
    return batches


def apply_once(reader: Connector, mirrored: Mirrored, community: str) -> list[Batch]:
    """One run over a community into the mirror, from where it stands."""
    list(reader.communities())
    batches: list[Batch] = []
    for stream in reader.streams:
        for batch in reader.pull(community, stream, since=mirrored.mirror.cursor(mirrored.community_id, stream.name)):
            mirrored.mirror.apply(mirrored.community_id, stream.name, batch)
            batches.append(batch)
    return batches


def messages_in(batches: Iterable[Batch]) -> dict[str, MessageRecord]:
    """The last word on each message."""
    return {item.remote_id: item for batch in batches for item in batch.records if isinstance(item, MessageRecord)}


def held_messages(mirrored: Mirrored) -> dict[str, str]:
    """Remote id → text of what is held and not gone."""
    rows = mirrored.rows(
        "SELECT e.remote_id, b.text FROM event e JOIN body b ON b.event_id = e.id"
        " WHERE e.kind IN (3, 4) AND e.removed_at IS NULL"
    )
    return dict(rows)
