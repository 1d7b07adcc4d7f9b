"""Month layout: which weeks a month shows, and in which lane of which week each card lies; no painting here."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Final

from workbench.ids import CardId
from workbench.ui.qt_models.card_span import CardSpan

WEEK: Final = 7
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Segment:
    """The part of a card that lies in one week: columns `begin` to `end`, both counted in.

    `begins_here` and `ends_here` say whether its own first and last day are among them.
    """

    span: CardSpan
    week: int
    lane: int
    begin: int
    end: int
    begins_here: bool
    ends_here: bool


@dataclass(frozen=True, slots=True)
class MonthLayout:
    """Weeks from `first` on; `more` counts on each day the cards for which there is no room."""

    first: date
    weeks: int
    segments: tuple[Segment, ...] = ()
    more: Mapping[date, int] = field(default_factory=dict)

    @property
    def last(self) -> date:
        """The last day shown."""
        return self.first + timedelta(days=self.weeks * WEEK - 1)

    def holds(self, day: date) -> bool:
        """Whether a day is shown."""
        return self.first <= day <= self.last

    def place(self, day: date) -> tuple[int, int]:
        """Week and column of a day."""
        return divmod((day - self.first).days, WEEK)

    def day(self, week: int, column: int) -> date:
        """The day at a place."""
        return self.first + timedelta(days=week * WEEK + column)


def month_frame(month: date, *, week_begins: int) -> tuple[date, int]:
    """The first day shown and how many weeks; `week_begins` is 0 for Monday to 6 for Sunday."""
    first = month.replace(day=1)
    begin = first - ((first.weekday() - week_begins) % WEEK) * _DAY
    last = next_month(first) - _DAY
    return begin, (last - begin).days // WEEK + 1


def next_month(day: date, step: int = 1) -> date:
    """The first day of the month so many months on; the month itself where there is none."""
    months = day.year * 12 + day.month - 1 + step
    year, month = divmod(months, 12)
    return date(year, month + 1, 1) if date.min.year < year < date.max.year else day.replace(day=1)


def lay_out(
    spans: Iterable[CardSpan], *, first: date, weeks: int, lanes: int, current: CardId | None = None
) -> MonthLayout:
    """Puts every card that shows into a lane; windows come first, then cards in their own order.

    The `current` card is always among those there is room for: it takes the last lane of those that lie there.
    """
    by_week: list[list[CardSpan]] = [[] for _ in range(weeks)]
    end = first + timedelta(days=weeks * WEEK - 1)
    for span in spans:
        if span.last < first or span.first > end:
            continue
        begin = max(0, (span.first - first).days // WEEK)
        for week in range(begin, min(weeks - 1, (span.last - first).days // WEEK) + 1):
            by_week[week].append(span)
    segments: list[Segment] = []
    more: Counter[date] = Counter()
    for week, found in enumerate(by_week):
        placed = _placed(found, week=week, monday=first + timedelta(days=week * WEEK))
        placed = _with_room_for(current, placed, lanes=lanes)
        segments += [segment for segment in placed if segment.lane < lanes]
        for segment in (each for each in placed if each.lane >= lanes):
            for column in range(segment.begin, segment.end + 1):
                more[first + timedelta(days=week * WEEK + column)] += 1
    return MonthLayout(first, weeks, tuple(segments), dict(more))


def _placed(spans: Sequence[CardSpan], *, week: int, monday: date) -> list[Segment]:
    order = sorted(spans, key=lambda span: (not span.is_window, span.first, -span.days if span.is_window else 0))
    taken: list[list[bool]] = []
    placed = []
    for span in order:
        begin, end = max(0, (span.first - monday).days), min(WEEK - 1, (span.last - monday).days)
        lane = next((n for n, used in enumerate(taken) if not any(used[begin : end + 1])), len(taken))
        if lane == len(taken):
            taken.append([False] * WEEK)
        taken[lane][begin : end + 1] = [True] * (end - begin + 1)
        starts, ends = span.first >= monday, span.last < monday + timedelta(days=WEEK)
        placed.append(Segment(span, week, lane, begin, end, begins_here=starts, ends_here=ends))
    return placed


def _with_room_for(current: CardId | None, placed: list[Segment], *, lanes: int) -> list[Segment]:
    hidden = next((part for part in placed if part.span.id == current and part.lane >= lanes), None)
    if hidden is None:
        return placed

    def lane(part: Segment) -> int:
        if part is hidden:
            return lanes - 1
        meets = part.begin <= hidden.end and hidden.begin <= part.end
        return lanes if part.lane == lanes - 1 and meets else part.lane

    return [replace(part, lane=lane(part)) for part in placed]


def on_day(spans: Iterable[CardSpan], day: date) -> list[CardSpan]:
    """The cards that lie on a day, in the order the month shows them."""
    found = [span for span in spans if span.first <= day <= span.last]
    return sorted(found, key=lambda span: (not span.is_window, span.first, -span.days if span.is_window else 0))
