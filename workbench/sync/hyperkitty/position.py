"""Where reading a HyperKitty list stands: what a look at its overview tells, and the cursor that is made of it."""

import json
import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Self

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

    def as_of(self, earlier: "Look") -> Self | None:
        """This look as if nothing had arrived after an earlier one; None where it does not tell."""
        names, newest = [summary.hash for summary in self.summaries], earlier.summaries[0].hash
        if newest not in names:
            return None
        there = self.summaries[names.index(newest) :]
        return replace(self, summaries=there, count=earlier.count, today=earlier.today)


@dataclass(frozen=True, slots=True)
class Position:
    """The cursor: all the site had when it was looked at is mirrored, except the backlog.

    `tally` counts the messages of windows that were read since the list was begun: once all were, and nothing arrived
    meanwhile, it is the site's own count if none is missing. None where that cannot be said.

    `count` and `recent` (names of the newest arrivals) are that look, `reread` the day of the last re-reading of
    late windows on sites that cannot be looked at, `read` how many messages came so far. `told` are names of arrivals
    that were not brought yet: an answer may be older than the look that told of them.
    """

    backlog: Backlog
    count: int = 0
    recent: tuple[str, ...] = ()
    pages: bool = True
    reread: date | None = None
    read: int = 0
    tally: int | None = None
    told: tuple[str, ...] = ()

    def cursor(self) -> Cursor:
        """As it is stored."""
        look = {"count": self.count, "recent": self.recent, "pages": self.pages, "reread": str(self.reread or "")}
        came = {"read": self.read, "tally": self.tally, "told": self.told}
        return Cursor(json.dumps({"version": 1, **look, **came, "backlog": self.backlog.to_json()}))

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
            tally=value.get("tally"),
            told=tuple(value.get("told", ())),
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
