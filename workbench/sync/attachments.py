"""Attachments in the mirror: what messages tell of their files, written with them; contents, written one by one."""

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from workbench.ids import AttachmentId
from workbench.models.changes import Changes
from workbench.models.kinds import FileReason
from workbench.models.moments import to_micros
from workbench.sync.lookups import driver, storable
from workbench.sync.records import AttachmentRecord

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from workbench.clock import Clock
    from workbench.models.database import Database

MOST_FILES: Final = 100
"""Of one message; nobody attaches more, and a page gone wrong shall not fill the profile."""
_NAME_LENGTH: Final = 255
_ADDRESS_LENGTH: Final = 4_000

_KEEP = """
INSERT INTO attachment (event_id, remote_id, position, name, media_type, size, address, fetched_at, reason, content)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (event_id, remote_id) DO UPDATE SET position = excluded.position, name = excluded.name,
  media_type = iif(excluded.media_type = '', media_type, excluded.media_type), size = ifnull(excluded.size, size),
  address = ifnull(excluded.address, address),
  reason = CASE WHEN content IS NOT NULL OR excluded.content IS NOT NULL THEN NULL
    WHEN reason IN ('not_kept', 'only_named') AND excluded.address IS NOT NULL THEN NULL
    WHEN excluded.address IS NULL AND address IS NOT NULL THEN reason
    ELSE ifnull(reason, excluded.reason) END,
  fetched_at = iif(content IS NULL, excluded.fetched_at, fetched_at), content = ifnull(content, excluded.content)
"""
_DROP = "DELETE FROM attachment WHERE event_id = ? AND remote_id NOT IN (SELECT value FROM json_each(?))"


def keep_attachments(
    connection: "Connection",
    messages: Sequence[tuple[int, Sequence[AttachmentRecord]]],
    *,
    edited: Iterable[int] = (),
    now: int,
) -> None:
    """Writes what messages, by the ids of their events, tell of their files; part of the caller's transaction.

    A file that is known keeps its content, and its address where another source, such as an export, tells none. Of the
    `edited` ones, files that are no longer named go. `now` is in microseconds: when what came with a message was
    fetched.
    """
    named = {event_id: _told(files) for event_id, files in messages}
    gone = [(event_id, _names(named.get(event_id, {}))) for event_id in edited]
    if gone:
        driver(connection).executemany(_DROP, gone)
    rows = [
        _row(event_id, place, remote_id, file, now)
        for event_id, files in named.items()
        for place, (remote_id, file) in enumerate(files.items())
    ]
    if rows:
        driver(connection).executemany(_KEEP, rows)


def _told(files: Sequence[AttachmentRecord]) -> dict[str, AttachmentRecord]:
    return {storable(file.remote_id): file for file in files[:MOST_FILES]}


def _names(files: dict[str, AttachmentRecord]) -> str:
    return json.dumps(list(files))


def _row(event_id: int, place: int, remote_id: str, file: AttachmentRecord, now: int) -> tuple[object, ...]:
    address = None if file.address is None else storable(file.address)
    # Half an address leads nowhere.
    address = address if address is None or len(address) <= _ADDRESS_LENGTH else None
    return (
        event_id,
        remote_id,
        place,
        storable(file.name)[:_NAME_LENGTH],
        storable(file.media_type).strip().lower()[:_NAME_LENGTH],
        file.size,
        address,
        None if file.content is None else now,
        None if address is not None or file.content is not None else _lacking(file).value,
        file.content,
    )


def _lacking(file: AttachmentRecord) -> FileReason:
    return FileReason.ONLY_NAMED if file.is_only_named else FileReason.NOT_KEPT


class FileStore:
    """Writes what became of a file that was asked for: its content, whole, or why it is not here."""

    def __init__(self, database: "Database", clock: "Clock") -> None:
        self._database, self._clock = database, clock

    def keep(self, attachment_id: AttachmentId, content: bytes, *, media_type: str = "") -> Changes:
        """Keeps a content in one transaction; nothing happens where the file is gone meanwhile."""
        with self._database.write() as session:
            session.connection().exec_driver_sql(
                "UPDATE attachment SET content = ?, size = ?, fetched_at = ?, reason = NULL,"
                " media_type = iif(media_type = '', ?, media_type) WHERE id = ?",
                (content, len(content), to_micros(self._clock.now()), media_type[:_NAME_LENGTH], attachment_id),
            )
        return Changes.FILES

    def give_up(self, attachment_id: AttachmentId, reason: FileReason) -> Changes:
        """Notes why a sync does not ask for it any more; a person still can."""
        with self._database.write() as session:
            session.connection().exec_driver_sql(
                "UPDATE attachment SET reason = ? WHERE id = ? AND content IS NULL", (reason.value, attachment_id)
            )
        return Changes.FILES
