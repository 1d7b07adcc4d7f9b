"""Period: the stretch of time the window looks at, chosen once and held across pages."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Final

from workbench.metrics.window import months_before
from workbench.models.moments import day_start

_FIRST_QUARTER_MONTHS: Final = 3
_YEAR_MONTHS: Final = 12


class PeriodKind(StrEnum):
    """What can be chosen in the top bar."""

    LAST_7 = "last_7"
    LAST_28 = "last_28"
    LAST_90 = "last_90"
    LAST_YEAR = "last_12_months"
    QUARTER = "quarter"
    YEAR = "year"
    ALL = "all"
    CUSTOM = "custom"


PERIOD_TITLES: Final = {
    PeriodKind.LAST_7: "Last 7 days",
    PeriodKind.LAST_28: "Last 28 days",
    PeriodKind.LAST_90: "Last 90 days",
    PeriodKind.LAST_YEAR: "Last 12 months",
    PeriodKind.QUARTER: "This quarter",
    PeriodKind.YEAR: "This year",
    PeriodKind.ALL: "All time",
    PeriodKind.CUSTOM: "Other dates…",
}
_LENGTHS: Final = {PeriodKind.LAST_7: 7, PeriodKind.LAST_28: 28, PeriodKind.LAST_90: 90}


@dataclass(frozen=True, slots=True)
class Period:
    """A choice; `first` and `last` (both counted) are only given for CUSTOM."""

    kind: PeriodKind = PeriodKind.LAST_90
    first: date | None = None
    last: date | None = None

    def days(self, today: date) -> tuple[date, date] | None:
        """First and last UTC day, both counted; None for all time. The last 90 days are 90 that are over, and today."""
        if self.kind is PeriodKind.CUSTOM and self.first is not None and self.last is not None:
            return self.first, self.last
        if self.kind is PeriodKind.QUARTER:
            month = (today.month - 1) // _FIRST_QUARTER_MONTHS * _FIRST_QUARTER_MONTHS + 1
            return date(today.year, month, 1), today
        if self.kind is PeriodKind.YEAR:
            return date(today.year, 1, 1), today
        if self.kind is PeriodKind.LAST_YEAR:
            return months_before(today, _YEAR_MONTHS), today
        if self.kind in _LENGTHS:
            return today - timedelta(days=_LENGTHS[self.kind]), today
        return None

    def bounds(self, now: datetime) -> tuple[datetime, datetime] | None:
        """The half-open stretch of UTC time `[start, end)` that metrics take; None for all time."""
        days = self.days(now.astimezone(UTC).date())
        return None if days is None else (day_start(days[0]), day_start(days[1] + timedelta(days=1)))

    @classmethod
    def last_known(cls, known_until: date) -> "Period":
        """The last 90 days up to the last one that is known: what files that ended long ago can tell."""
        return cls(PeriodKind.CUSTOM, known_until - timedelta(days=_LENGTHS[PeriodKind.LAST_90] - 1), known_until)

    def stored(self) -> str:
        """As kept in preferences."""
        if self.kind is PeriodKind.CUSTOM and self.first is not None and self.last is not None:
            return f"{self.kind.value} {self.first.isoformat()} {self.last.isoformat()}"
        return self.kind.value

    @classmethod
    def from_stored(cls, text: str | None) -> "Period":
        """Reads what `stored` wrote; anything else is the last 90 days."""
        parts = (text or "").split()
        try:
            kind = PeriodKind(parts[0])
            if kind is PeriodKind.CUSTOM:
                return cls(kind, date.fromisoformat(parts[1]), date.fromisoformat(parts[2]))
        except (IndexError, ValueError):
            return cls()
        return cls(kind)
