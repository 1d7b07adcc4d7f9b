"""Dialogue words: gauges as places on a bar, and what a number of resilience means, in one plain sentence."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from workbench.metrics.value import Unit, Value
from workbench.operations.scorecard import ScoreLine
from workbench.operations.standing import Standing
from workbench.ui import numbers
from workbench.ui.pages.dialogue_data import BEHAVIOURS, Age
from workbench.ui.pages.scorecard_words import value_words
from workbench.ui.widgets.gauge import GaugeMarks

_ROOM: Final = 1.25
"""Counts have no end; the bar of one is a quarter longer than the largest of its numbers."""
_YEAR_DAYS: Final = 365.25
_TITLES: Final = {"loop_feedback": "Drew a response", "loop_return": "Came back within 30 days"}

MEANS: Final = {
    "collective_intelligence": "Small contributions add up to something worth keeping.",
    "stranger_answer_rate": "The right person is found, wherever they sit.",
    "flash_coordination": "Many hands come together fast for an urgent call.",
    "interest_cultivation": "People who care about the same thing find each other.",
    "emergent_structures": "Groups grow along the work, across offices.",
    "relationship_leverage": "People outside take part in what goes on here.",
}
"""What each of the six collective behaviours is, by its measure."""


def title_of(line: ScoreLine) -> str:
    """What the page calls a measure; a behaviour is named before the measure that shows it."""
    key, title = line.metric.key, line.metric.title
    if key in BEHAVIOURS:
        return f"{BEHAVIOURS[key]}: {title[0].lower()}{title[1:]}"
    return _TITLES.get(key, title)


def means(key: str, lines: Mapping[str, ScoreLine]) -> str:
    """What a behaviour is; of finding who knows also how often somebody named them, and how soon they came."""
    said = [MEANS[key]]
    if key == "stranger_answer_rate":
        named, soon = (lines.get(other) for other in ("referral", "first_reply_hours"))
        if named is not None and named.now.value is not None and named.standing is not Standing.UNKNOWN:
            said.append(f"In {value_words(named.now)} of the answered questions somebody named who knows.")
        if soon is not None and soon.now.value is not None and soon.standing is not Standing.UNKNOWN:
            said.append(_reply(soon.now))
    return " ".join(said)


def marks_of(line: ScoreLine) -> GaugeMarks:
    """Where the numbers of a measure stand on its bar; nothing where too little is known to claim anything."""
    is_known = line.now.value is not None and line.standing is not Standing.UNKNOWN
    now = line.now.value if is_known else None
    before, year_ago = (then.value.value if then.is_comparable else None for then in (line.previous, line.year_ago))
    target = line.explanation.target
    whole = 1.0
    if line.now.unit is not Unit.SHARE:
        whole = max((each for each in (now, before, year_ago, target) if each is not None), default=0.0) * _ROOM or 1.0
    parts = [None if each is None else each / whole for each in (now, target, before, year_ago)]
    return GaugeMarks(*parts)


def sentence(line: ScoreLine) -> str:
    """What a number of the resilience panel means."""
    if line.now.value is None or line.standing is Standing.UNKNOWN:
        doubts = line.explanation.doubts or line.explanation.unseen
        return doubts[0] if doubts else "Too little is known to say."
    return _SENTENCES[line.metric.key](line.now)


def age_words(age: Age, *, today: date) -> tuple[str, str]:
    """How old the conversation is, and what that means."""
    if age.since is None:
        return "No data", "Nobody has written here yet."
    days = (today - age.since).days
    years = round(days / _YEAR_DAYS, 1)
    if years < 1:
        old = numbers.plural(max(1, days), "day", "days")
    else:
        old = "1 year" if years == 1 else f"{numbers.decimal(years)} years"
    since = numbers.long_day(age.since)
    if age.is_beginning:
        return old, f"It began on {since}."
    return f"{old} or more", f"The first message here is of {since}; there may be older ones."


def _people(value: Value) -> str:
    many = round(value.value or 0)
    if many == 1:
        return "One person writes half of the messages: without that one, half would be missing."
    return f"If {numbers.count(many)} people stopped writing, half of the messages would be missing."


def _offices(value: Value) -> str:
    many = round(value.value or 0)
    if many == 1:
        return "Half of the messages come from one office."
    return f"Half of the messages come from {numbers.count(many)} offices together."


def _players(value: Value) -> str:
    share, many = value_words(value), round(value.numerator or 0)
    # Who takes the numbers along leaves this one out.
    who = "" if value.numerator is None else f" ({numbers.plural(many, 'member', 'members')})"
    elsewhere = "in other networks it is 4 to 12\N{NO-BREAK SPACE}%"
    return f"Half of all ties hang on {share} of the members{who}; {elsewhere}."


def _reply(value: Value) -> str:
    return f"Half of those who got a reply had it within {numbers.hours(value.value)}."


def _not_leader(value: Value) -> str:
    many, all_ = numbers.count(value.numerator or 0), numbers.count(value.denominator or 0)
    return f"Of {all_} answered questions, {many} were answered by somebody who does not lead."


_SENTENCES: Final[dict[str, Callable[[Value], str]]] = {
    "absence_factor": _people,
    "office_absence_factor": _offices,
    "key_players": _players,
    "first_reply_hours": _reply,
    "not_by_leader": _not_leader,
}
