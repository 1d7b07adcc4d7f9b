"""Growth charts: adoption, contributors, newcomers and their welcome by month, messages by week, as series."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from itertools import pairwise
from typing import Final

from workbench.metrics.adoption import FEWEST_POINTS, MARKS, fit_logistic
from workbench.metrics.value import Value
from workbench.models.moments import DayRange
from workbench.ui import numbers
from workbench.ui.pages.dashboard_charts import chosen_of, notes_of
from workbench.ui.pages.growth_data import GrowthData, is_known
from workbench.ui.pages.growth_withheld import few, few_more, few_of, is_few
from workbench.ui.pages.known_note import unknown_words
from workbench.ui.widgets.chart_data import ChartData, Chosen, Gap, Level, Series, Step

CHARTS: Final = {
    "adoption": "Adoption",
    "contributors": "Contributors",
    "newcomers": "Newcomers",
    "welcome": "Welcome",
    "weeks": "Messages per week",
}
_SHARE_TOPS: Final = (0.6, 1.0, 2.0, 4.0)


def chart_data(key: str, data: GrowthData) -> ChartData:
    """The chart of a key of CHARTS."""
    return _CHARTS[key](data)


def share_words(value: float | None) -> str:
    """A share; small ones with one digit."""
    return numbers.small_share(value)


def gaps_of(ranges: Sequence[DayRange]) -> tuple[Gap, ...]:
    """Days that are not known, as a chart hatches them."""
    return tuple(Gap(each.first, each.last) for each in ranges)


def _gaps(data: GrowthData) -> tuple[Gap, ...]:
    """The days that are missing; a day that is not over is not."""
    return gaps_of(data.gaps) if data.known.unknown_days else ()


def month_values(data: GrowthData, key: str) -> tuple[float | None, ...]:
    """The value of each month; None where it is not known, and for months before anything began."""
    return tuple(_told(value, data) for value in data.months.values[key])


def _adoption(data: GrowthData) -> ChartData:
    values = data.months.values["adoption"]
    people = tuple(value.numerator if is_known(value, last=data.last) else None for value in values)
    people = tuple(None if _is_before(value, data) else count for value, count in zip(values, people, strict=True))
    counted = tuple(value.denominator for value in values)
    if not any(counted):
        only = (Series("People", people, withheld=few_more(people)),)
        said = "people who ever took part"
        return _by_month(data, "adoption", only, numbers.count, subtitle=said, note=_adoption_note(data))
    shares = tuple(count / of if count is not None and of else None for count, of in zip(people, counted, strict=True))
    fitted, said = _fitted(shares)
    left = frozenset(
        place for place, count in enumerate(people) if count is not None and is_few((counted[place] or 0) - count)
    )
    series = (Series("Taking part", shares, withheld=few_more(people) | left), *fitted)
    sizes = {of for of in counted if of}
    subtitle = f"of {'those' if len(sizes) > 1 else numbers.count(max(sizes))} who could take part"
    levels = tuple(Level(mark, numbers.percent(mark)) for mark in MARKS)
    top = max((value for one in series for value in one.values if value is not None), default=0.0)
    return _by_month(
        data,
        "adoption",
        series,
        share_words,
        subtitle=subtitle,
        note=f"{said} {_adoption_note(data)}".strip(),
        levels=levels,
        tops=_SHARE_TOPS,
        top=0.6 if top <= _SHARE_TOPS[0] else None,
    )


def _fitted(shares: Sequence[float | None]) -> tuple[tuple[Series, ...], str]:
    """The S-curve nearest to the points, and what is said of it."""
    points = [(float(place), share) for place, share in enumerate(shares) if share is not None]
    if any(share >= 1 for _, share in points):
        return (), ""
    if len(points) < FEWEST_POINTS:
        known = numbers.plural(len(points), "is", "are")
        return (), f"An S-curve is drawn from {FEWEST_POINTS} months on; {known} known."
    curve = fit_logistic(points)
    if curve is None:
        return (), "These months do not rise along an S-curve."
    values = tuple(curve.at(float(place)) for place in range(len(shares)))
    # What is fitted to few people would tell of them: it stays here with the points.
    series = Series("Fitted", values, withheld=frozenset(range(len(values))), is_dashed=True)
    return (series,), f"Dashed is an S-curve fitted to {numbers.count(len(points))} months."


def _adoption_note(data: GrowthData) -> str:
    values = data.months.values["adoption"]
    counted = [value for value in values if value.denominator]
    said = ["The marks at 16 % and 50 % are a definition, not a finding."] if counted else []
    first = data.head_counts[0].on if data.head_counts else None
    if first is not None and len(counted) < len(values):
        said.append(f"No share is drawn before {numbers.day(first)}, the day of the first head count.")
    said += _counted_anew(data)
    if any((value.numerator or 0) > (value.denominator or 0) for value in counted):
        said.append("More people took part than were counted: count again, or count wider.")
    if data.first_seen_until is not None:
        said.append("Who took part only before what is here begins is not counted.")
    return " ".join(said)


def _counted_anew(data: GrowthData) -> list[str]:
    """From which month on a share is of another number of people: it moves there without anybody coming or going."""
    pairs = zip(data.months.windows, data.months.values["adoption"], strict=True)
    counted = [(window.start_on, value.denominator) for window, value in pairs if value.denominator]
    return [
        f"From {numbers.month(month)} on the share is of {numbers.count(now)} people, before of"
        f" {numbers.count(before)}: a step there is the new head count."
        for (_, before), (month, now) in pairwise(counted)
        if now != before
    ]


def _contributors(data: GrowthData) -> ChartData:
    now, before = month_values(data, "contributors"), _before(data, "contributors")
    series = (
        Series("Contributors", now, withheld=few(now)),
        Series("Year before", before, withheld=few(before), is_dashed=True),
    )
    note = _compared(before)
    return _by_month(
        data, "contributors", series, numbers.count, subtitle="people who wrote, by month", note=note, has_past=True
    )


def _newcomers(data: GrowthData) -> ChartData:
    now, before = month_values(data, "new_contributors"), _before(data, "new_contributors")
    wrote, wrote_before = month_values(data, "contributors"), _before(data, "contributors")
    until = data.first_seen_until
    doubtful = 0 if until is None else sum(window.start_on <= until for window in data.months.windows)
    name = "First seen" if doubtful == len(now) else "Newcomers"
    doubt = "may not be new" if doubtful else ""
    old = 0 if until is None else sum(window.year_before.start_on <= until for window in data.months.windows)
    series = (
        Series(name, now, doubtful=doubtful, doubt=doubt, withheld=few_of(now, wrote)),
        Series(
            "Year before",
            before,
            doubtful=old,
            doubt="may not be new" if old else "",
            withheld=few_of(before, wrote_before),
            is_dashed=True,
        ),
    )
    may = (
        ""
        if until is None or not (doubtful or old)
        else f" Who is first seen until {numbers.day(until)} may have written earlier."
    )
    note, said = _compared(before) + may, "people who wrote for the first time"
    return _by_month(data, "newcomers", series, numbers.count, subtitle=said, note=note, has_past=True)


def _welcome(data: GrowthData) -> ChartData:
    series = []
    for key, name in (("greeted", "Greeted in 3 days"), ("activated", "Wrote in 30 days")):
        found = data.months.values[key]
        shares = tuple(_told(value, data) for value in found)
        parts, wholes = ([value.numerator for value in found], [value.denominator for value in found])
        series.append(Series(name, shares, withheld=few_of(parts, wholes)))
    note = "Greeted is who was answered, mentioned or reacted to. Only those count whose days are over."
    said = "share of the newcomers of a month"
    return _by_month(data, "welcome", tuple(series), share_words, subtitle=said, note=note, top=1.0)


def _weeks(data: GrowthData) -> ChartData:
    weeks, count = data.weeks, sum(week.is_outside for week in data.weeks)
    judged = sum(week.usual is not None for week in weeks)
    said = f"{numbers.count(count)} of {numbers.count(judged)} weeks outside of what is usual"
    return ChartData(
        title=CHARTS["weeks"],
        subtitle=said if judged else "what is usual takes eight known weeks before",
        note="The band is what the eight weeks before make likely. Few weeks lie outside of it.",
        starts=tuple(week.monday for week in weeks),
        series=(Series("Messages", tuple(week.messages for week in weeks)),),
        text=numbers.count,
        gaps=_gaps(data),
        gap_words=unknown_words(data.known),
        band=tuple(week.usual for week in weeks),
        outside=frozenset(place for place, week in enumerate(weeks) if week.is_outside),
        notes=notes_of(data.notes, is_one=data.community_id is not None),
        is_last_running=bool(weeks) and (data.last - weeks[-1].monday).days < 6,  # noqa: PLR2004 - a week has seven days
        chosen=_chosen(data) if weeks else None,
    )


def _by_month(
    data: GrowthData,
    key: str,
    series: tuple[Series, ...],
    text: Callable[[float | None], str],
    *,
    subtitle: str,
    note: str = "",
    levels: tuple[Level, ...] = (),
    tops: tuple[float, ...] = (4, 8, 12, 20),
    top: float | None = None,
    has_past: bool = False,
) -> ChartData:
    windows = data.months.windows
    return ChartData(
        title=CHARTS[key],
        subtitle=subtitle,
        note=note,
        starts=tuple(window.start_on for window in windows),
        series=series,
        text=text,
        gaps=_gaps(data),
        gap_words=unknown_words(data.known),
        past_gaps=gaps_of(data.past_gaps) if has_past else (),
        levels=levels,
        tops=tops,
        top=top,
        step=Step.MONTH,
        is_last_running=(data.last + timedelta(days=1)).day != 1,
        chosen=_chosen(data),
    )


def _chosen(data: GrowthData) -> Chosen | None:
    """The period, where it begins in a later month than the first."""
    period = data.period
    if period is None or period.first.replace(day=1) <= data.window.start_on:
        return None
    return chosen_of(period, begins=data.window.start_on)


def _before(data: GrowthData, key: str) -> tuple[float | None, ...]:
    return tuple(_told(value, data) for value in data.months.before[key])


def _told(value: Value, data: GrowthData) -> float | None:
    if _is_before(value, data) or not is_known(value, last=data.last):
        return None
    return value.value


def _is_before(value: Value, data: GrowthData) -> bool:
    """Whether a month was over when the community began: there was nobody to count."""
    return data.began is not None and value.window is not None and value.window.end_on <= data.began


def _compared(before: Sequence[float | None]) -> str:
    missing = sum(value is None for value in before)
    if missing == len(before):
        return "The year before is not known, so nothing is compared."
    if missing:
        return (
            f"Dashed is the year before; {numbers.plural(missing, 'month', 'months')} of it not known, hatched below."
        )
    return "Dashed is the year before."


_CHARTS: Final[dict[str, Callable[[GrowthData], ChartData]]] = {
    "adoption": _adoption,
    "contributors": _contributors,
    "newcomers": _newcomers,
    "welcome": _welcome,
    "weeks": _weeks,
}
