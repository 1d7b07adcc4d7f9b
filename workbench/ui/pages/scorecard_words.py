"""Scorecard words: values, standings and explanations as people read them, and the table as CSV with privacy kept."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from workbench.export.cells import csv_table, plain
from workbench.metrics.disclosure import MINIMUM_PEOPLE, is_withheld, told_parts
from workbench.metrics.parts import parts_of
from workbench.metrics.settled import NOT_KNOWN_YET
from workbench.metrics.value import Unit, Value
from workbench.metrics.window import Window
from workbench.operations.kept import MOMENTARY
from workbench.operations.scorecard import Compared, Explanation, Scorecard, ScoreLine, reached
from workbench.operations.standing import Standing
from workbench.queries.coverage import MINIMUM_COVERAGE
from workbench.ui import numbers
from workbench.ui.theme import Meaning

NO_DATA: Final = "No data"
NOT_KNOWN: Final = "not known"
NOT_COMPARED: Final = "not compared"
FEW_LEFT_OUT: Final = "Figures that count fewer than five people are left out."
MEANINGS: Final = {
    Standing.GOOD: (Meaning.GOOD, "On target"),
    Standing.WATCH: (Meaning.WATCH, "Near target"),
    Standing.BAD: (Meaning.BAD, "Below target"),
    Standing.NEUTRAL: (Meaning.NEUTRAL, ""),
    Standing.UNKNOWN: (Meaning.UNKNOWN, "Not enough known"),
}
"""The colour and the word of each standing; neutral values have neither."""
_TENTH: Final = 0.1
_SMALL: Final = 10


def number_words(value: float | None, unit: Unit) -> str:
    """A number of this unit; what is below a tenth with a digit more, hours in words."""
    if value is None:
        return NO_DATA
    if unit is Unit.SHARE:
        return numbers.small_share(value)
    if unit is Unit.HOURS:
        return numbers.hours(value)
    if unit in {Unit.RATIO, Unit.SCORE}:
        return numbers.decimal(value, digits=3 if 0 < value < _TENTH else 2)
    return numbers.decimal(value) if value != int(value) and value < _SMALL else numbers.count(round(value))


def value_words(value: Value) -> str:
    """A value without its window; of days that are known too little "no data" would be said as if they were.

    The days behind its window in which it follows what happened are some of these.
    """
    is_missing = value.coverage is not None and not _is_known(value)
    is_unknown = value.value is None and (is_missing or value.detail.get(NOT_KNOWN_YET))
    return NOT_KNOWN if is_unknown else number_words(value.value, value.unit)


def compared_words(then: Compared, *, beside: Value | None = None) -> str:
    """The value of another window, or which of the two is not known well enough for it to stand `beside` the other.

    Beside nothing it stands alone, where it is known.
    """
    is_alone = beside is not None and beside.value is None and _is_known(then.value)
    return value_words(then.value) if then.is_comparable or is_alone else _apart(then)


def _is_known(value: Value) -> bool:
    """Whether enough is known of its days, and of those it looks at beside them."""
    return min(value.coverage or 0.0, reached(value)) >= MINIMUM_COVERAGE


def _apart(then: Compared) -> str:
    return NOT_COMPARED if _is_known(then.value) else NOT_KNOWN


def standing_words(line: ScoreLine) -> str:
    """How a value stands in a word; a higher one is below target where less is better."""
    _meaning, words = MEANINGS[line.standing]
    if line.standing is Standing.UNKNOWN and value_words(line.now) == NO_DATA:
        return ""  # all days may be known, and something else is missing: the value itself says that there is none
    if line.standing is Standing.BAD and line.metric.higher_is_better is False:
        return "Above target"
    return words


def window_words(window: Window) -> str:
    """A calendar month by its name, other spans by their days."""
    start, end = window.start_on, window.end_on
    if start.day == 1 and window.previous.end_on == start and (end - start).days <= 31 and end.day == 1:  # noqa: PLR2004 - a month
        return numbers.month(start)
    return f"{numbers.day(start)} to {numbers.day(end - timedelta(days=1))}"


def explanation_lines(line: ScoreLine) -> list[tuple[str, str]]:
    """(what, words) for everything a value says of itself, in the order it is asked for."""
    said: Explanation = line.explanation
    unit = line.now.unit
    lines = [("Formula", said.formula)]
    lines += [(words[0].upper() + words[1:], _input(number)) for words, number in said.numbers]
    lines += _details(line)
    lines.append(("Window", f"{window_words(said.window)}{_back_words(line)}"))
    lines.append(("Days known", numbers.known_percent(said.coverage)))
    if said.target is not None:
        aim = number_words(said.target, unit)
        then = "" if said.stretch is None else f", then {number_words(said.stretch, unit)}"
        lines.append(("Target for this type", f"{aim}{then}"))
    for what, other in (("The period before", line.previous), ("A year before", line.year_ago)):
        lines.append((what, value_words(other.value) if other.is_comparable else f"Not compared. {other.why_not}"))
    lines += [("It leaves out", words) for words in said.unseen]
    lines += [("Mind", words) for words in said.doubts]
    if said.moves:
        lines.append(("What moves this", said.moves))
    lines.append(("Source", said.source))
    return lines


def as_of_lines(key: str, as_of: datetime) -> list[tuple[str, str]]:
    """When a measure that changes with the hour was worked out; nothing for any other."""
    return [("As of", numbers.moment(as_of))] if key in MOMENTARY else []


def _back_words(line: ScoreLine) -> str:
    """From when on a measure looks at days before its window as well."""
    window = line.explanation.window
    first = min(each.start_on for each in line.metric.looks_at(window))
    return f", looking back to {numbers.day(first)}" if first < window.start_on else ""


def _details(line: ScoreLine) -> list[tuple[str, str]]:
    """The parts some measures add to their number."""
    return [
        (
            numbers.with_days(part.words),
            _input(part.number) if part.unit is None else number_words(part.number, part.unit),
        )
        for part in parts_of(line.now)
    ]


def spoken(line: ScoreLine) -> str:
    """A line for screen readers and tool tips: the value, how it stands, what it was."""
    parts = [f"{line.metric.title}: {value_words(line.now)}"]
    words = standing_words(line)
    if words:
        parts.append(words.lower())
    before, year_ago = (compared_words(each, beside=line.now) for each in (line.previous, line.year_ago))
    parts.append(f"before {before}, a year before {year_ago}")
    return ", ".join(parts)


def tip(line: ScoreLine) -> str:
    """Everything the value says of itself, one thing a line."""
    return "\n".join((spoken(line), "", *(f"{what}: {words}" for what, words in explanation_lines(line))))


def as_csv(lines: Iterable[tuple[str, ScoreLine]], card: Scorecard) -> str:
    """Lines of a card under their titles, to hand on: figures that count fewer than five people are withheld.

    Each says whose it is, of which days, and how far these were known when: files outlive the screen they came from.
    """
    head = ("measure", "unit", "value", "numerator", "denominator", "days known", "before", "a year before", "target",
            "community", "first day", "last day", "known until", "as of")  # fmt: skip
    known = "" if card.known_until is None else card.known_until.isoformat()
    days = (card.window.start_on, card.window.end_on - timedelta(days=1))
    of = (card.community, *(day.isoformat() for day in days), known, card.as_of.isoformat(timespec="seconds"))
    return csv_table((head, *((*_row(title, line), *of) for title, line in lines)))


def _row(title: str, line: ScoreLine) -> tuple[str, ...]:
    now, key = line.now, line.metric.key
    parts = map(_plain, told_parts(key, now))
    others = [
        _shown(key, then.value) if then.is_comparable else _apart(then) for then in (line.previous, line.year_ago)
    ]
    target = line.explanation.target
    return (
        title,
        now.unit.value,
        _shown(key, now),
        *parts,
        f"{line.explanation.coverage:.3g}",
        *others,
        _plain(target),
    )


def _shown(key: str, value: Value) -> str:
    return f"fewer than {MINIMUM_PEOPLE}" if is_withheld(key, value) else _plain(value.value)


def _plain(value: float | None) -> str:
    return "" if value is None else plain(value)


def _input(number: float) -> str:
    return numbers.count(number) if number == int(number) else numbers.decimal(number, digits=2)
