"""Held: what the mirror holds of one community, as a check against its platform has to know it."""

import json
from collections.abc import Sequence
from typing import Final

from workbench.ids import CommunityId
from workbench.models.database import Reader
from workbench.queries.scope import sql

FILE_STREAMS: Final = ("archives", "table events", "table")
"""Streams of importers that bring messages."""
_CHUNK = 500


def held_versions(reader: Reader, community_id: CommunityId, keys: Sequence[bytes]) -> dict[bytes, str | None]:
    """{key of a remote id: version} of those of the messages that are held and not gone."""
    found: dict[bytes, str | None] = {}
    for chunk in _chunks(keys):
        statement = sql(
            "SELECT remote_key, version FROM event WHERE community_id = ? AND kind IN (3, 4) AND removed_at IS NULL",
            _among("AND remote_key", chunk),
        )
        found.update(reader.rows(statement, (community_id, *chunk)))
    return found


def held_threads(reader: Reader, community_id: CommunityId, keys: Sequence[bytes]) -> dict[bytes, int]:
    """{key of the remote id of a first message: messages of its thread that are held and not gone}."""
    found: dict[bytes, int] = {}
    for chunk in _chunks(keys):
        statement = sql(
            "SELECT r.remote_key, (SELECT count(*) FROM event e INDEXED BY event_root",
            "WHERE e.root_id = r.id AND e.kind IN (3, 4) AND e.removed_at IS NULL)",
            "FROM event r WHERE r.community_id = ? AND r.kind IN (3, 4)",
            _among("AND r.remote_key", chunk),
        )
        found.update(reader.rows(statement, (community_id, *chunk)))
    return found


def newest_held(reader: Reader, community_id: CommunityId, count: int) -> tuple[str, ...]:
    """Remote ids of the newest messages, newest first."""
    rows = reader.rows(
        "SELECT remote_id FROM event INDEXED BY event_when WHERE community_id = ? AND kind IN (3, 4)"
        " AND removed_at IS NULL ORDER BY at DESC, id DESC LIMIT ?",
        (community_id, count),
    )
    return tuple(remote_id for (remote_id,) in rows)


def brought_in(reader: Reader, community_id: CommunityId) -> bool:
    """Whether files were ever imported into a community, by the places their importers keep."""
    statement = (
        "SELECT 1 FROM streamcursor WHERE community_id = ? AND stream IN (SELECT value FROM json_each(?)) LIMIT 1"
    )
    return reader.scalar(statement, (community_id, json.dumps(FILE_STREAMS))) is not None


def _chunks(keys: Sequence[bytes]) -> list[Sequence[bytes]]:
    return [keys[start : start + _CHUNK] for start in range(0, len(keys), _CHUNK)]


def _among(column: str, keys: Sequence[bytes]) -> str:
    return f"{column} IN ({','.join('?' * len(keys))})"
