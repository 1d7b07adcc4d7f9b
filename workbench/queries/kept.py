"""Kept results: what was worked out before, and the marks of what it rests on as they are in this transaction."""

import json
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Final, NamedTuple

from workbench import __version__
from workbench.ids import CommunityId
from workbench.models.database import Reader
from workbench.models.marks import Ground
from workbench.models.migrations import HEAD
from workbench.models.moments import DAY_MICROSECONDS, from_micros, to_micros
from workbench.queries.frames_plans import STAFF
from workbench.queries.preferences import preference
from workbench.queries.questions import LIMIT_KEY
from workbench.queries.scope import Scope, scope_parameter, sql, within
from workbench.queries.seldom import SELDOM_KEY

PREFERENCES_READ: Final = (STAFF, LIMIT_KEY, SELDOM_KEY)
"""The settings that numbers rest on."""
_DIGEST_BYTES: Final = 20
_KEPT: Final = """
SELECT asked, body, as_of, own_mark FROM keptresult
WHERE asked IN (SELECT value FROM json_each(:asked)) AND mirror_mark = :mirror AND ifnull(own_mark, :own) = :own
  AND as_of BETWEEN :today AND :now
"""


class Marks(NamedTuple):
    """The marks of what platforms told, and of what the coordinator made."""

    mirror: int
    own: int


class KeptRow(NamedTuple):
    """What is kept as answer to a question: JSON text, the moment it was worked out for, and what it rests on."""

    body: str
    as_of: datetime
    rests_on_own: bool


def marks(reader: Reader) -> Marks:
    """The marks as they are now."""
    found = reader.once(marks, lambda: dict(reader.rows("SELECT name, mark FROM keptmark")))
    return Marks(*(found.get(ground.value, 0) for ground in Ground))


def digest(reader: Reader, question: object) -> str:
    """What a question is kept under: equal for equal questions (JSON) to the same program and settings.

    The day each community was read last is part of it as well: an hour later on the same day changes no number, and
    a sync that finds nothing new need not throw anything away.
    """
    text = json.dumps([question, *reader.once(digest, lambda: _around(reader))])
    return blake2b(text.encode(), digest_size=_DIGEST_BYTES).hexdigest()


def kept_rows(reader: Reader, asked: Sequence[str], *, as_of: datetime) -> dict[str, KeptRow]:
    """What is kept under these names and still holds, by name.

    It holds while nothing it rests on was changed, on the day (UTC) it was worked out for, from that moment on.
    """
    now, moment = marks(reader), to_micros(as_of)
    params = {
        "asked": json.dumps(asked),
        "mirror": now.mirror,
        "own": now.own,
        "now": moment,
        "today": moment // DAY_MICROSECONDS * DAY_MICROSECONDS,
    }
    return {
        name: KeptRow(body, from_micros(made), own is not None) for name, body, made, own in reader.rows(_KEPT, params)
    }


def keeps_anything(reader: Reader) -> bool:
    """Whether anything took long enough here to be kept."""
    return reader.scalar("SELECT 1 FROM keptresult LIMIT 1") is not None


def all_messages(reader: Reader) -> int:
    """How many messages the profile holds."""
    return int(reader.scalar("SELECT ifnull(sum(messages), 0) FROM communitytotal"))


def messages_in(reader: Reader, scope: Scope) -> int:
    """How many messages the communities of a scope hold."""
    if not scope:
        return all_messages(reader)
    counted = sql("SELECT ifnull(sum(messages), 0) FROM communitytotal WHERE", within("community_id", scope))
    return int(reader.scalar(counted, {"scope": scope_parameter(scope)}))


def largest_communities(reader: Reader) -> list[CommunityId]:
    """The communities in which somebody wrote, the one with most messages first."""
    rows = reader.rows(
        "SELECT community_id FROM communitytotal WHERE messages > 0 ORDER BY messages DESC, community_id"
    )
    return [CommunityId(community_id) for (community_id,) in rows]


def _around(reader: Reader) -> tuple[object, ...]:
    """What an answer rests on beside rows that have a mark."""
    read_on = "SELECT community_id, synced_at / ? FROM communitystate ORDER BY community_id"
    return (
        *_program(),
        [preference(reader, key) for key in PREFERENCES_READ],
        reader.rows(read_on, (DAY_MICROSECONDS,)),
    )


@cache
def _program() -> tuple[object, ...]:
    """Which program says so: its version, and where it runs from its sources, when these were changed last."""
    folders = [Path(__file__).parents[1] / name for name in ("models", "queries", "metrics", "operations")]
    changed = [file.stat().st_mtime_ns for folder in folders for file in folder.glob("*.py")]
    return __version__, HEAD, len(changed), max(changed, default=0)
