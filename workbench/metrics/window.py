"""Window: a half-open span [start, end) of whole UTC days, and the ways people name one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from workbench.errors import BadInputError
from workbench.models.moments import day_start, to_day, to_micros

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Window:
    """[start, end) in UTC. The mirror's sums are kept by UTC day, so a window that cuts a day is refused.

    Its edges are kept in microseconds and in days since 1970 as well, the last day excluded: measures hold each of
    thousands of rows against them.
    """

    start: datetime
    end: datetime
    start_us: int = field(init=False, compare=False, repr=False)
    end_us: int = field(init=False, compare=False, repr=False)
    first_day: int = field(init=False, compare=False, repr=False)
    until_day: int = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        for moment in (self.start, self.end):
            if moment.tzinfo is None or moment.astimezone(UTC).time() != datetime.min.time():
                reason = "a window begins and ends at midnight UTC; give days, not times"
                raise BadInputError(reason)
        if self.start >= self.end:
            reason = "a window has to end after it begins"
            raise BadInputError(reason)
        edges = {"start_us": to_micros(self.start), "end_us": to_micros(self.end)}
        days = {"first_day": to_day(self.start_on), "until_day": to_day(self.end_on)}
        for name, edge in (edges | days).items():
            object.__setattr__(self, name, edge)

    @classmethod
    def between(cls, start: date, end: date) -> "Window":
        """From the beginning of `start` to the beginning of `end`: the day `end` itself is outside."""
        return cls(day_start(start), day_start(end))

    @property
    def start_on(self) -> date:
        """The first day."""
        return self.start.astimezone(UTC).date()

    @property
    def end_on(self) -> date:
        """The day after the last one."""
        return self.end.astimezone(UTC).date()

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.start) // _DAY

    @property
    def previous(self) -> "Window":
        """The window before it: as many months for whole calendar months, else as many days."""
        start, end = self.start_on, self.end_on
        if start.day == 1 and end.day == 1:
            months = (end.year - start.year) * _MONTHS_A_YEAR + end.month - start.month
            return Window.between(_add_months(start, -months), start)
        return Window(self.start - (self.end - self.start), self.start)

    @property
    def following(self) -> "Window":
        """The window after it: as many months for whole calendar months, else as many days."""
        start, end = self.start_on, self.end_on
        if start.day == 1 and end.day == 1:
            months = (end.year - start.year) * _MONTHS_A_YEAR + end.month - start.month
            return Window.between(end, _add_months(end, months))
        return Window(self.end, self.end + (self.end - self.start))

    @property
    def year_before(self) -> "Window":
        """The same days of the year before: whole months stay whole, else as many days; 29 February becomes 28."""
        start, end = _a_year_back(self.start_on), _a_year_back(self.end_on)
        if (self.start_on.day, self.end_on.day) != (1, 1):
            end = start + self.days * _DAY
        return Window.between(start, end)


def months_before(day: date, count: int) -> date:
    """The same day of the month `count` months before, or the last one of a month that is shorter."""
    first = _add_months(day.replace(day=1), -count)
    last = _add_months(first, 1) - _DAY
    return first.replace(day=min(day.day, last.day))


def month(year: int, number: int) -> Window:
    """A calendar month."""
    first = date(year, number, 1)
    return Window.between(first, _add_months(first, 1))


def last_full_month(as_of: datetime) -> Window:
    """The last calendar month that was over at `as_of`: the default window of a scorecard."""
    this_month = as_of.astimezone(UTC).date().replace(day=1)
    return Window.between(_add_months(this_month, -1), this_month)


def last_days(count: int, as_of: datetime) -> Window:
    """`count` days, the last of them the day of `as_of`."""
    end = as_of.astimezone(UTC).date() + _DAY
    return Window.between(end - count * _DAY, end)


def last_days_over(count: int, as_of: datetime) -> Window:
    """The last `count` days that were over at `as_of`: what a screen shows of a period of that many days."""
    today = as_of.astimezone(UTC).date()
    return Window.between(today - count * _DAY, today)


def days_over(first: date, last: date, *, today: date) -> Window:
    """The days of [first, last] that are over: one that runs cannot be compared with one that was; at least a day."""
    return Window.between(first, max(first + _DAY, min(last + _DAY, today)))


def weeks(start: date, end: date) -> list[Window]:
    """[start, end) cut at every Monday; the first and last piece may be short, so that nothing is counted twice."""
    return list(_cut(start, end, step=lambda day: day - timedelta(days=day.weekday()) + _WEEK))


def months(start: date, end: date) -> list[Window]:
    """[start, end) cut at the first of every month; the first and last piece may be short."""
    return list(_cut(start, end, step=lambda day: _add_months(day.replace(day=1), 1)))


def _cut(start: date, end: date, *, step: Callable[[date], date]) -> Iterator[Window]:
    Window.between(start, end)  # refuses an empty span before the first piece
    while start < end:
        border = min(step(start), end)
        yield Window.between(start, border)
        start = border


def _a_year_back(day: date) -> date:
    return months_before(day, _MONTHS_A_YEAR)


def _add_months(first: date, count: int) -> date:
    """The first of the month `count` months away from the first of a month."""
    number = first.year * _MONTHS_A_YEAR + first.month - 1 + count
    return date(number // _MONTHS_A_YEAR, number % _MONTHS_A_YEAR + 1, 1)
