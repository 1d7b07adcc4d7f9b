"""Where reading a HyperKitty list stands: what a look at its overview tells, and the cursor that is made of it."""

import json
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime

from workbench.sync.backlog import Backlog
from workbench.sync.connector import Cursor
from workbench.sync.gate import Cause, line, take

_HASH = re.compile(r"[A-Z2-7]{32}")


@dataclass(frozen=True, slots=True)
class Summary:
    """A message by its name in the archive and the day it was sent."""

    hash: str
    day: date


@dataclass(frozen=True, slots=True)
class Look:
    """A page of `emails/`, newest arrival first; `pages` is whether the site understands `limit`."""

    summaries: tuple[Summary, ...]
    count: int
    pages: bool
    next: str | None
    today: date


@dataclass(frozen=True, slots=True)
class Position:
    """The cursor: all the site had when it was looked at is mirrored, except the backlog.

    `count` and `recent` (names of the newest arrivals) are that look, `reread` the day of the last re-reading of
    late windows on sites that cannot be looked at, `read` how many messages came so far.
    """

    backlog: Backlog
    count: int = 0
    recent: tuple[str, ...] = ()
    pages: bool = True
    reread: date | None = None
    read: int = 0

    def cursor(self) -> Cursor:
        """As it is stored."""
        look = {"count": self.count, "recent": self.recent, "pages": self.pages, "reread": str(self.reread or "")}
        return Cursor(json.dumps({"version": 1, **look, "read": self.read, "backlog": self.backlog.to_json()}))

    @classmethod
    def of(cls, cursor: Cursor) -> "Position | None":
        """None for a cursor of another version: reading starts afresh, which the mirror takes without harm."""
        value = json.loads(cursor)
        if value.get("version") != 1:
            return None
        return cls(
            backlog=Backlog.from_json(value["backlog"]),
            count=value["count"],
            recent=tuple(value["recent"]),
            pages=value["pages"],
            reread=date.fromisoformat(value["reread"]) if value["reread"] else None,
            read=value["read"],
        )


def summary_of(item: object) -> Summary:
    """One entry of the overview; LineError for what is none."""
    name = take(item, "message_id_hash", str)
    try:
        moment = datetime.fromisoformat(take(item, "date", str))
    except ValueError as error:
        raise line(Cause.BAD_REPLY, "the reply has a date that is none") from error
    if not _HASH.fullmatch(name) or moment.tzinfo is None:
        raise line(Cause.BAD_REPLY, "the reply is not a list of messages")
    return Summary(name, moment.astimezone(UTC).date())
