"""Timeline layout: days as distances, cards as lines in groups, hours as columns; no painting here."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from workbench.plans.horizon import LAST_DAY, Phase, phase
from workbench.plans.hours import WeekHours
from workbench.ui import numbers
from workbench.ui.qt_models.card_span import CardSpan

_DAY: Final = timedelta(days=1)
_ROOM: Final = 4
_FARTHEST: Final = 730
PHASE_TITLES: Final = {
    Phase.PREPARE: "Prepare", Phase.LISTEN: "Listen", Phase.ACTIVATE: "Activate", Phase.SHOW_VALUE: "Show value",
    Phase.CLOSE: "Close",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TimeScale:
    """Days from `first` on, each `day_width` pixels wide."""

    first: date
    days: int
    day_width: float

    @property
    def width(self) -> float:
        """The width of all days."""
        return self.days * self.day_width

    @property
    def last(self) -> date:
        """The last day."""
        return self.first + (self.days - 1) * _DAY

    def at(self, day: date) -> float:
        """Where a day begins."""
        return (day - self.first).days * self.day_width

    def day(self, distance: float) -> date:
        """The day at a distance; the first or last one beyond them."""
        return self.first + max(0, min(self.days - 1, int(distance // self.day_width))) * _DAY


@dataclass(frozen=True, slots=True)
class GroupLine:
    """The line above a group of cards."""

    title: str
    count: int


TimeLine = CardSpan | GroupLine


@dataclass(frozen=True, slots=True)
class WeekLoad:
    """The hours of a week by person, the busiest first."""

    week: date
    people: tuple[tuple[str, float], ...]

    @property
    def most(self) -> float:
        """What the busiest person gives."""
        return self.people[0][1]

    def is_above(self, limit: float) -> bool:
        """Whether somebody gives more, as far as it can be seen in hours with one decimal."""
        return round(self.most, 1) > limit


@dataclass(frozen=True, slots=True)
class PhaseBand:
    """A phase of the plan, both days counted in."""

    title: str
    first: date
    last: date


def stretch_of(spans: Iterable[CardSpan], *, starts_on: date) -> tuple[date, int]:
    """The first day shown and how many: day 0 to 90 with a little room, and every card that is not too far off."""
    first, last = starts_on, starts_on + LAST_DAY * _DAY
    least, most = first - _FARTHEST * _DAY, last + _FARTHEST * _DAY
    for span in spans:
        first, last = min(first, max(span.first, least)), max(last, min(span.last, most))
    first, last = first - _ROOM * _DAY, last + _ROOM * _DAY
    return first, (last - first).days + 1


def phase_bands(scale: TimeScale, *, starts_on: date) -> list[PhaseBand]:
    """The phases over the days shown."""
    bands: list[PhaseBand] = []
    for number in range(scale.days):
        day = scale.first + number * _DAY
        title = PHASE_TITLES[phase(starts_on, day)]
        if bands and bands[-1].title == title:
            bands[-1] = PhaseBand(title, bands[-1].first, day)
        else:
            bands.append(PhaseBand(title, day, day))
    return bands


def loads(hours: Iterable[WeekHours]) -> list[WeekLoad]:
    """Hours by week; weeks in which nobody does anything are left out."""
    weeks: defaultdict[date, list[tuple[str, float]]] = defaultdict(list)
    for each in hours:
        weeks[each.week].append((each.owner, each.hours))
    return [
        WeekLoad(week, tuple(sorted(people, key=lambda each: (-each[1], each[0]))))
        for week, people in sorted(weeks.items())
    ]


def lines_of(groups: Sequence[tuple[str, Sequence[CardSpan]]]) -> list[TimeLine]:
    """Cards by their first day, under the head of their group; one group without a title has none."""
    lines: list[TimeLine] = []
    for title, spans in groups:
        if title and spans:
            lines.append(GroupLine(title, len(spans)))
        in_order: list[CardSpan] = sorted(spans, key=_by_days)
        lines += in_order
    return lines


def load_words(load: WeekLoad, *, limit: float) -> str:
    """Who gives how much in a week, a line each."""
    lines = [f"Week of {numbers.weekday(load.week)}"]
    for owner, hours in load.people:
        above = ", above the limit" if round(hours, 1) > limit else ""
        lines.append(f"{owner or 'Nobody yet'}: {numbers.decimal(round(hours, 1))}\N{NO-BREAK SPACE}h{above}")
    return "\n".join(lines)


def _by_days(span: CardSpan) -> tuple[date, date]:
    return span.first, span.last
