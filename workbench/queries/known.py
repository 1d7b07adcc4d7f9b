"""Known: how far the days of a span are known, since when, until when, and how many are not; for every screen alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from workbench.models.database import Reader
from workbench.models.kinds import AccountKind
from workbench.models.moments import DayRange
from workbench.queries.beginnings import began_on
from workbench.queries.coverage import Behind, behind, known_lately, load_coverage
from workbench.queries.frames import mirror_start
from workbench.queries.scope import Scope, scope_parameter, sql, within
from workbench.queries.sources import source_kind

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Known:
    """The span [first, last] and what is known of it.

    `since` to `until` are the newest days known without a gap, both None while nothing is known. `unknown_days` of the
    span nobody promised. `began` is the day the community began, where its history was read to its start. `kind` is
    where a single community comes from; None of several. `has_messages`: something is here, known to be whole or not.
    `behind` tells of several communities who lacks days that are over, though enough others have them.
    """

    first: date
    last: date
    since: date | None = None
    until: date | None = None
    unknown_days: int = 0
    began: date | None = None
    kind: AccountKind | None = None
    has_messages: bool = False
    behind: Behind | None = None

    @property
    def days(self) -> int:
        """How many days the span has."""
        return (self.last - self.first).days + 1

    @property
    def is_whole(self) -> bool:
        """Whether every day of the span is known, of every community."""
        return self.until is not None and not self.unknown_days and self.behind is None

    @property
    def is_nothing(self) -> bool:
        """Whether nothing was brought in: no message is here, and no day is known."""
        return not self.has_messages and self.until is None

    @property
    def has_known_days(self) -> bool:
        """Whether at least one day of the span is known."""
        return self.unknown_days < self.days

    @property
    def ended_on(self) -> date | None:
        """The last known day where it lies before the span, so that another span is worth offering."""
        return self.until if self.until is not None and self.until < self.first else None


def read_known(reader: Reader, scope: Scope, first: date, last: date, *, today: date) -> Known:
    """How far [first, last] is known for the scope."""
    lately, coverage = known_lately(reader, scope), load_coverage(reader, scope, first, last)
    over = min(last, today - _DAY)
    return Known(
        first,
        last,
        None if lately is None else lately.first,
        None if lately is None else lately.last,
        unknown_days(coverage.gaps(first, last), first, last, today=today),
        began_on(reader, scope),
        source_kind(reader, scope[0]) if len(scope) == 1 else None,
        reader.one(sql(_ANYTHING, within("community_id", scope), "LIMIT 1"), {"scope": scope_parameter(scope)})
        is not None,
        behind(reader, scope, first, over) if coverage.share(first, over) < 1 else None,
    )


_ANYTHING = "SELECT 1 FROM communitytotal WHERE"


def unknown_days(missing: Sequence[DayRange], first: date, last: date, *, today: date) -> int:
    """Days of [first, last] nobody promised; today is none of them where others are known: it is not over."""
    found = sum((gap.last - gap.first).days + 1 for gap in missing)
    is_today_missing = bool(missing) and missing[-1].last == today
    return found - 1 if is_today_missing and found <= (last - first).days else found


def all_days(reader: Reader, scope: Scope, now: datetime) -> tuple[date, date]:
    """From the first day of the mirror to today."""
    today = now.astimezone(UTC).date()
    start = mirror_start(reader, scope)
    return (min(start.date(), today) if start is not None else today), today
