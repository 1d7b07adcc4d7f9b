"""Beginnings: when a community began, where its history was read to its start, and how long "first" may mean "seen".

A source whose history was read to its start has nothing before its first day: those days are no gap. Files never know
what came before, and accounts that are told how far to go back only where their platform says that nothing did.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any, Final

from workbench.ids import CommunityId
from workbench.models.database import Reader
from workbench.models.kinds import AccountKind
from workbench.models.moments import DAY_MICROSECONDS, from_day
from workbench.queries.people_only import PEOPLE_ONLY
from workbench.queries.scope import Scope, scope_parameter, sql, within

LEFT_CENSORED: Final = timedelta(days=90)
"""For so long after what is here begins, the first time somebody is seen may not be their first."""

_READ_BACK: Final = frozenset(
    {
        AccountKind.HYPERKITTY,
        AccountKind.VIVA_ENGAGE,
        AccountKind.DISCOURSE,
        AccountKind.HCL_CONNECTIONS,
        AccountKind.OPEN_SOCIAL,
    }
)
"""Sources that are read backwards until nothing older is left."""

# A web site has pages and nobody who writes.
_STARTS = sql(
    """
SELECT c.id, a.kind, a.history_from IS NULL OR ifnull(s.is_from_start, 0), s.synced_at,
  (SELECT min(v.first_day) FROM coverage v WHERE v.community_id = c.id),
  t.first_message_at,
""",
    PEOPLE_ONLY,
    """
FROM community c JOIN account a ON a.id = c.account_id
LEFT JOIN communitystate s ON s.community_id = c.id LEFT JOIN communitytotal t ON t.community_id = c.id
WHERE a.kind NOT IN ('google-analytics', 'analytics-file') AND
""",
)


@dataclass(frozen=True, slots=True)
class _Start:
    """Where what is here of a community starts, in days since 1970, and whether that is where the community began.

    `written` is the day of its first message: where all was read, days before it may be promised, too, as empty ones.
    `is_empty`: nobody ever wrote in it, and nobody can or all of it was read; `day` is then that of the reading.
    """

    id: CommunityId
    day: int | None
    is_beginning: bool
    is_empty: bool = False
    written: int | None = None


def beginnings(reader: Reader, scope: Scope) -> dict[CommunityId, date]:
    """The first day of each community of the scope whose history was read to its start; the others are not in it."""
    begun = (one for one in _starts(reader, scope) if one.is_beginning and not one.is_empty)
    return {one.id: from_day(one.written) for one in begun if one.written is not None}


def empty_before(reader: Reader, scope: Scope) -> dict[CommunityId, date]:
    """Of each community that nothing is missing of before some day, because there is nothing: that day."""
    return {one.id: from_day(one.day) for one in _starts(reader, scope) if one.is_beginning and one.day is not None}


def began_on(reader: Reader, scope: Scope) -> date | None:
    """When the first community of the scope began; None unless that is known of all of them."""
    found = [one for one in _starts(reader, scope) if not one.is_empty]
    days = [one.written for one in found if one.is_beginning and one.written is not None]
    return from_day(min(days)) if days and len(days) == len(found) else None


def first_seen_until(reader: Reader, scope: Scope) -> date | None:
    """Until which day somebody seen for the first time may have been there before; None where everything is here."""
    days = [one.day for one in _starts(reader, scope) if not one.is_beginning and one.day is not None]
    return from_day(max(days)) + LEFT_CENSORED - timedelta(days=1) if days else None


def _starts(reader: Reader, scope: Scope) -> list[_Start]:
    which = within("c.id", scope) if scope else "c.is_followed"
    rows = partial(reader.rows, sql(_STARTS, which), {"scope": scope_parameter(scope)})
    return reader.once(("starts", scope), lambda: [_start(row) for row in rows()])


def _start(row: tuple[Any, ...]) -> _Start:
    id_, kind, is_from_start, synced_at, covered, first_message_at, is_people_only = row
    if is_people_only:
        # No day of them is ever promised, and there is no history to go back to.
        day = None if synced_at is None else synced_at // DAY_MICROSECONDS
        return _Start(id_, day, is_beginning=day is not None, is_empty=True)
    written = None if first_message_at is None else first_message_at // DAY_MICROSECONDS
    is_read = synced_at is not None and bool(is_from_start) and AccountKind(kind) in _READ_BACK
    if covered is not None:
        # A message from before the first whole day: somewhere above it reading has not got to.
        is_whole = written is None or covered <= written
        day = covered if written is None else min(covered, written)
        return _Start(id_, day, is_read and is_whole, is_empty=is_read and written is None, written=written)
    if written is None and is_read:
        return _Start(id_, synced_at // DAY_MICROSECONDS, is_beginning=True, is_empty=True)
    # Younger than a day that is over.
    is_new = is_read and written is not None and written >= synced_at // DAY_MICROSECONDS
    return _Start(id_, written, is_new, written=written)
