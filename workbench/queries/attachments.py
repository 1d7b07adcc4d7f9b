"""Attachments: the files on messages, as readers, lists and the sync ask for them; contents only one at a time."""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workbench.ids import AccountId, AttachmentId, CommunityId, EventId
from workbench.models.database import Reader
from workbench.models.kinds import AccountKind, FileReason
from workbench.models.moments import from_micros
from workbench.queries.scope import Scope, scope_parameter, sql, within


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """A file on a message. `size` is in bytes, None where nobody told; `is_here`: its content is in the profile.

    `reason` is why it is not, where that was tried or decided; `has_address`: it can be asked for at its platform.
    """

    id: AttachmentId
    message_id: EventId
    name: str
    media_type: str
    size: int | None
    is_here: bool
    reason: FileReason | None
    has_address: bool


@dataclass(frozen=True, slots=True)
class ListedAttachment:
    """A file as the command line lists it, with where it hangs."""

    file: AttachmentRow
    thread_id: EventId
    community: str
    author: str
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class WaitingFile:
    """A file that may be fetched."""

    id: AttachmentId
    name: str
    media_type: str
    size: int | None
    address: str


@dataclass(frozen=True, slots=True)
class FilePlace:
    """Where a file is to be had: its account, and its address, None for what came with its message."""

    row: AttachmentRow
    account_id: AccountId
    account_kind: AccountKind
    community_id: CommunityId
    address: str | None


_FILE = "a.id, a.event_id, a.name, a.media_type, a.size, a.content IS NOT NULL, a.reason, a.address IS NOT NULL"


def thread_attachments(reader: Reader, thread_id: EventId) -> Mapping[EventId, tuple[AttachmentRow, ...]]:
    """{message: its files, in order} of the messages of a thread that have some."""
    statement = sql(
        "SELECT",
        _FILE,
        "FROM event e CROSS JOIN attachment a ON a.event_id = e.id",
        "WHERE e.root_id = ? AND e.kind IN (3, 4) AND e.removed_at IS NULL ORDER BY a.event_id, a.position, a.id",
    )
    found: defaultdict[EventId, list[AttachmentRow]] = defaultdict(list)
    for row in map(_file, reader.rows(statement, (thread_id,))):
        found[row.message_id].append(row)
    return {message_id: tuple(rows) for message_id, rows in found.items()}


def list_attachments(reader: Reader, scope: Scope, *, limit: int | None = None) -> list[ListedAttachment]:
    """The files on the messages of a scope, those of the newest messages first."""
    statement = sql(
        "SELECT",
        _FILE,
        ", ifnull(e.root_id, e.id), c.name, p.name, e.at",
        "FROM attachment a CROSS JOIN event e ON e.id = a.event_id JOIN community c ON c.id = e.community_id",
        "JOIN person p ON p.id = e.person_id WHERE",
        within("e.community_id", scope),
        "ORDER BY e.at DESC, e.id DESC, a.position LIMIT :limit",
    )
    params = {"scope": scope_parameter(scope), "limit": -1 if limit is None else limit}
    return [
        ListedAttachment(_file(row[:8]), row[8], row[9], row[10], from_micros(row[11]))
        for row in reader.rows(statement, params)
    ]


def waiting_files(
    reader: Reader, account_id: AccountId, *, most: int, limit: int, only: Collection[CommunityId] | None = None
) -> list[WaitingFile]:
    """Files of followed communities that were not fetched or given up, of at most `most` bytes as far as is known.

    Those of the newest messages come first. `only` restricts it to some communities.
    """
    statement = (
        "SELECT a.id, a.name, a.media_type, a.size, a.address FROM attachment a INDEXED BY attachment_waiting"
        " CROSS JOIN event e ON e.id = a.event_id JOIN community c ON c.id = e.community_id"
        " WHERE a.content IS NULL AND a.reason IS NULL AND a.address IS NOT NULL AND c.account_id = ? AND c.is_followed"
        " AND (a.size IS NULL OR a.size <= ?) AND (? OR c.id IN (SELECT value FROM json_each(?)))"
        " ORDER BY e.at DESC, a.id LIMIT ?"
    )
    params = (account_id, most, only is None, json.dumps(sorted(only or ())), limit)
    return [WaitingFile(*row) for row in reader.rows(statement, params)]


def attachment_place(reader: Reader, attachment_id: AttachmentId) -> FilePlace | None:
    """Where one file is to be had; None where there is no such file."""
    statement = sql(
        "SELECT",
        _FILE,
        ", c.account_id, k.kind, c.id, a.address FROM attachment a JOIN event e ON e.id = a.event_id",
        "JOIN community c ON c.id = e.community_id JOIN account k ON k.id = c.account_id WHERE a.id = ?",
    )
    row = reader.one(statement, (attachment_id,))
    return None if row is None else FilePlace(_file(row[:8]), row[8], AccountKind(row[9]), row[10], row[11])


def attachment_content(reader: Reader, attachment_id: AttachmentId) -> bytes | None:
    """The content of one file; None where it is not here."""
    content: bytes | None = reader.scalar("SELECT content FROM attachment WHERE id = ?", (attachment_id,))
    return content


def _file(row: tuple[Any, ...]) -> AttachmentRow:
    id_, message_id, name, media_type, size, is_here, reason, has_address = row
    return AttachmentRow(
        id_,
        message_id,
        name,
        media_type,
        size,
        is_here=bool(is_here),
        reason=None if reason is None else FileReason(reason),
        has_address=bool(has_address),
    )
