"""Dashboard words: headline numbers put into the words of the cards: the number, what it is out of, its change."""

from datetime import date, timedelta
from typing import Final

from workbench.metrics.settled import NOT_KNOWN_YET
from workbench.metrics.value import Unit, Value
from workbench.metrics.window import Window
from workbench.operations.scorecard import doubts_of, reached
from workbench.queries.coverage import MINIMUM_COVERAGE
from workbench.queries.questions import Settled
from workbench.queries.roster import MembersAre
from workbench.ui import numbers
from workbench.ui.pages.dashboard_data import DashboardData, Headline
from workbench.ui.pages.scorecard_words import window_words
from workbench.ui.theme import Meaning
from workbench.ui.widgets.stat_card import Stat

TITLES: Final = {
    "interactive_users": "Active members",
    "reply_rate": "Threads with a reply",
    "first_reply_hours": "Median first reply",
    "messages": "Messages",
}
_DAY: Final = timedelta(days=1)
_COUNTED: Final = frozenset({"interactive_users", "messages"})
"""What can be counted before all days are known; the others are shares and medians."""
_COMPARATIVES: Final = {
    "interactive_users": ("more", "fewer"),
    "reply_rate": ("higher", "lower"),
    "first_reply_hours": ("slower", "faster"),
    "messages": ("more", "fewer"),
}


def stat_of(headline: Headline, data: DashboardData) -> Stat:
    """One headline as its card says it."""
    key = headline.metric.key
    is_known = not _is_unknown(headline, data)
    is_share = key != "interactive_users" or data.members_are is not MembersAre.SEEN
    verdict, meaning = _verdict(headline) if is_known and is_share else ("", Meaning.NEUTRAL)
    change, words, icon = _change(headline, data)
    return Stat(
        title=TITLES[key],
        value=_main(headline, is_known=is_known),
        beside=_beside(headline, data) if is_known else "seen so far" if _is_counted(headline) else "",
        change=change,
        change_words=words,
        change_short=f"{words.partition(' ')[0]} before" if words.endswith(" before") else "",
        change_icon=icon,
        verdict=verdict,
        verdict_meaning=meaning,
        explanation=_explanation(headline, data),
    )


def members_words(data: DashboardData) -> str:
    """How many members there are, beside the name; of those nobody lists, what they are."""
    if not data.members and data.known.until is None:
        return "members not known yet"
    if data.members_are is MembersAre.LISTED:
        return numbers.plural(data.members, "member", "members")
    people = numbers.plural(data.members, "person", "people")
    return f"{people} who ever wrote" if data.members_are is MembersAre.MET else f"{people} seen so far"


def settled_words(settled: Settled | None) -> str:
    """Why fewer wait on the board than have no reply; empty where as many do."""
    if settled is None or not settled.count:
        return ""
    said = ", ".join(f"{numbers.count(number)} {words}" for number, words in settled.named)
    verb = "waits" if settled.count == 1 else "wait"
    return f"Of these, {numbers.count(settled.count)} no longer {verb} on Questions: {said}."


def _is_unknown(headline: Headline, data: DashboardData) -> bool:
    """Whether too few of the days are known to claim anything; that today is not over is no reason."""
    if headline.now.value is None and headline.now.detail.get(NOT_KNOWN_YET):
        return True  # what came of it lies in days that nobody fetched
    return data.known.unknown_days > 0 and (headline.now.coverage or 0) < MINIMUM_COVERAGE


def _lacks_days_behind(value: Value) -> bool:
    """Whether its own days are known, but not enough of those behind them, in which replies come."""
    return reached(value) < MINIMUM_COVERAGE <= (value.coverage or 0.0)


def _main(headline: Headline, *, is_known: bool) -> str:
    """The number; of days that are known too little only what was counted, and none is not zero there."""
    key, value = headline.metric.key, headline.now
    if not is_known and not _is_counted(headline):
        return "Not known yet"
    if value.value is None:
        return "No data"
    if key == "interactive_users":
        return numbers.count(value.numerator)
    return _text(value.unit, value.value)


def _is_counted(headline: Headline) -> bool:
    """Whether there is a number to count up from, though more may be missing."""
    return headline.metric.key in _COUNTED and bool(headline.now.numerator)


def _so_far(headline: Headline) -> str:
    """What was found in the days that are known: never a share of a slice as if it were one of the whole."""
    now = headline.now
    if headline.metric.key in _COUNTED:
        return ""
    if headline.metric.key == "reply_rate" and now.denominator:
        return f"{numbers.count(now.numerator)} of {numbers.count(now.denominator)} so far"
    return f"{_text(now.unit, now.value)} so far" if now.value is not None else ""


def _beside(headline: Headline, data: DashboardData) -> str:
    now = headline.now
    if now.value is None:
        return ""
    if headline.metric.key == "interactive_users" and data.members_are is MembersAre.SEEN:
        return "nobody lists the members"
    target = f"target {_text(now.unit, headline.target)}" if headline.target is not None else ""
    if headline.metric.key == "interactive_users":
        whom = " who ever wrote" if data.members_are is MembersAre.MET else ""
        said = f"of {numbers.count(now.denominator)}{whom}, {numbers.percent(now.value, digits=1)}"
    elif now.denominator is not None:
        said = f"{numbers.count(now.numerator)} of {numbers.count(now.denominator)}"
    else:
        said = ""
    return ", ".join(part for part in (said, target) if part)


def _verdict(headline: Headline) -> tuple[str, Meaning]:
    target, value = headline.target, headline.now.value
    if target is None or value is None or _lacks_days_behind(headline.now):
        return "", Meaning.NEUTRAL
    is_met = value >= target if headline.metric.higher_is_better else value <= target
    if is_met:
        return "On target", Meaning.GOOD
    return ("Below target" if headline.metric.higher_is_better else "Over target"), Meaning.WATCH


def _change(headline: Headline, data: DashboardData) -> tuple[str, str, str]:
    """Amount, words after it, icon. What cannot be compared says why."""
    now, before = headline.now, headline.before
    if not data.is_compared or before is None:
        return "", f"since {numbers.day(data.known.first)}", "calendar-blank"
    length, began = data.known.days, data.known.began
    if began is not None and began > data.known.first - timedelta(days=length):
        return "", f"It began on {numbers.day(began)}", "calendar-blank"
    if not headline.is_comparable:
        return "", _why_not_compared(headline, data), "circle-dashed"
    words = f"than the {numbers.plural(length, 'day', 'days')} before"
    difference = (now.value or 0) - (before.value or 0)
    if headline.metric.key == "interactive_users":
        difference = (now.numerator or 0) - (before.numerator or 0)
        amount = numbers.count(abs(difference))
    elif now.unit is Unit.SHARE:
        points = abs(difference) * 100
        # Two shares that lie nearer than a point may still read as different numbers elsewhere.
        is_fine = round(points) == 0
        difference = difference if round(points, 1) else 0
        amount = f"{numbers.decimal(points)} points" if is_fine else numbers.plural(round(points), "point", "points")
    else:
        amount = _text(now.unit, abs(difference))
        difference = difference if round(abs(difference), 2) else 0
    if not difference:
        return "No change", f"from the {numbers.plural(length, 'day', 'days')} before", "minus"
    icon = "arrow-up" if difference > 0 else "arrow-down"
    more, less = _COMPARATIVES[headline.metric.key]
    return f"{amount} {more if difference > 0 else less}", words, icon


def _why_not_compared(headline: Headline, data: DashboardData) -> str:
    now, before = headline.now, headline.before
    if _is_unknown(headline, data):
        days = data.known.unknown_days
        missing = f"{numbers.plural(days, 'day', 'days')} missing" if days else "the days after are missing"
        so_far = _so_far(headline)
        return f"{so_far}, {missing}" if so_far else f"Not compared: {missing}"
    if now.value is not None and _lacks_days_behind(now):
        return "Not compared: the days after are missing"
    if now.value is None or before is None or before.value is None:
        return "Not compared: no data " + ("now" if now.value is None else "before")
    if (now.coverage or 0) < MINIMUM_COVERAGE:
        return "Not compared: today is not over"
    return "Not compared: earlier days missing"


_NO_LIST: Final = {
    MembersAre.SEEN: "Nobody lists the members here, and only who wrote lately is known: that gives no share.",
    MembersAre.MET: "Nobody lists the members here: those who ever wrote stand for them.",
}


def _explanation(headline: Headline, data: DashboardData) -> str:
    now, is_of_members = headline.now, headline.metric.key == "interactive_users"
    said = [f"Formula: {headline.metric.formula}."]
    if is_of_members and data.members_are in _NO_LIST:
        said.append(_NO_LIST[data.members_are])
    if now.denominator is not None and not (is_of_members and data.members_are is MembersAre.SEEN):
        said.append(f"Here: {numbers.count(now.numerator)} of {numbers.count(now.denominator)}.")
    if headline.target is not None:
        said.append(f"Target for this type: {_text(now.unit, headline.target)}.")
    said += (*known_lines(data), *doubts_of(now), source_words(headline.metric.source))
    return "\n".join(said)


def known_lines(data: DashboardData, *, until: date | None = None) -> tuple[str, ...]:
    """The days that are counted, `until` another day than the last that is over, and how far they are known."""
    window = Window.between(data.known.first, (until or data.known.last) + _DAY)
    covered = next((one.now.coverage for one in data.headlines), None)
    known = () if covered is None else (f"Days known: {numbers.known_percent(covered)}.",)
    return (f"Window: {window_words(window)}.", *known)


def source_words(source: str) -> str:
    """Whose definition it is."""
    return f"After {source}." if source != "our default" else "Our own definition."


def _text(unit: Unit, value: float | None) -> str:
    if unit is Unit.SHARE:
        return numbers.percent(value)
    return numbers.hours(value) if unit is Unit.HOURS else numbers.count(value)
