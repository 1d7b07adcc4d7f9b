"""Weekly note: one page about a week, to copy into a mail: what happened, what was done, what comes.

It names nobody by itself; titles of cards are the words of whoever wrote them.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final

from workbench.clock import local_midnight
from workbench.metrics.catalog import find_metric
from workbench.metrics.compute import measure_all
from workbench.metrics.disclosure import MINIMUM_PEOPLE, is_withheld
from workbench.metrics.value import Unit, Value
from workbench.metrics.window import Window
from workbench.models.database import Reader
from workbench.models.kinds import WEB_SITES
from workbench.notes.watching import ADOPTED
from workbench.operations.today import Today, today
from workbench.operations.today_items import Task
from workbench.operations.week import Week, cards_done, week_of
from workbench.queries.communities import list_communities
from workbench.queries.newcomers import people_greeted
from workbench.queries.questions import limit_hours, settled_unreplied
from workbench.queries.scope import Scope
from workbench.queries.today import sent_on_days
from workbench.queries.watching import list_ideas, list_outputs

MEASURES: Final = ("messages", "contributors", "new_contributors", "reply_rate", "first_reply_hours", "unanswered")
_KNOWN_ENOUGH: Final = 0.9
_WEEK: Final = timedelta(days=7)
_LISTED: Final = 12
_SITES: Final = frozenset(kind.value for kind in WEB_SITES)


def weekly_note(reader: Reader, *, scope: Scope = (), as_of: datetime, day: date) -> str:
    """The note as Markdown that reads as plain text too; numbers are those of the last seven whole days (UTC)."""
    end = datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC)
    window = Window(end - _WEEK, end)
    week, after = week_of(reader, scope=scope, day=day), week_of(reader, scope=scope, day=day + _WEEK)
    parts = (
        f"# Weekly note, {day:%Y-%m-%d}",
        _where(reader, scope, as_of),
        *_numbers(reader, scope, window, as_of),
        *_done(reader, scope, week.hours_there_are, day),
        *_coming(week, after, day),
        *_open(today(reader, scope=scope, as_of=as_of, day=day)),
    )
    return "\n".join(parts).rstrip() + "\n"


def _where(reader: Reader, scope: Scope, as_of: datetime) -> str:
    names = [
        row.name
        for row in list_communities(reader, as_of=as_of)
        if (row.id in scope if scope else row.messages and row.platform not in _SITES)
    ]
    if not names:
        return "No community yet"
    return ", ".join(names) if len(names) <= _LISTED else f"{len(names)} communities with messages"


def _numbers(reader: Reader, scope: Scope, window: Window, as_of: datetime) -> list[str]:
    # Each week as it stood when it ended: the one before has had seven days longer to be answered by now.
    weeks = [
        measure_all(reader, MEASURES, scope=scope, windows=(one,), as_of=min(one.end, as_of))
        for one in (window, window.previous)
    ]
    found = {key: [values[key][0] for values in weeks] for key in MEASURES}
    last = (window.end - timedelta(days=1)).date()
    lines = ["", f"## What happened, {window.start:%Y-%m-%d} to {last:%Y-%m-%d}"]
    # By its own name this one would read like the line of what waits, which looks back thirty days.
    late = f"Questions asked in these days and without a reply after {limit_hours(reader)} hours"
    lines += [f"- {_measure(key, found[key], late if key == 'unanswered' else '')}" for key in MEASURES]
    period = (window.start, window.end - timedelta(hours=limit_hours(reader)))
    settled = settled_unreplied(reader, scope, as_of=as_of, period=period)
    if settled.count:
        why = ", ".join(f"{number} {words}" for number, words in settled.named)
        lines.append(f"- Of these, {settled.count} no longer {'waits' if settled.count == 1 else 'wait'}: {why}.")
    ends = f"{window.end:%Y-%m-%d} and {window.start:%Y-%m-%d}"
    lines.append(f"- Each week is counted as it stood when it ended, on {ends} at 00:00 UTC.")
    coverage = found[MEASURES[0]][0].coverage
    if coverage is None or coverage < 1:
        share = "none" if not coverage else f"{coverage:.0%}"
        lines.append(f"- Known of these days: {share}. What is missing is not counted as nothing.")
    return lines


def _measure(key: str, values: Sequence[Value], title: str = "") -> str:
    now, before = values
    title = title or find_metric(key).title
    if is_withheld(key, now):
        return f"{title}: fewer than {MINIMUM_PEOPLE}"
    # The first that was seen may have written before anything here begins, in one of the weeks more than in the other.
    is_comparable = before.value is not None and all(
        (value.coverage or 0) >= _KNOWN_ENOUGH and not value.detail.get("may_not_be_first") for value in values
    )
    compared = f" (week before: {_said(before)})" if is_comparable and not is_withheld(key, before) else ""
    return f"{title}: {_said(now)}{compared}"


def _said(value: Value) -> str:
    if value.value is None:
        return "no data"
    if value.unit is Unit.SHARE:
        return f"{value.value:.0%} ({value.numerator:.0f} of {value.denominator:.0f})"
    return f"{value.value:.1f} h" if value.unit is Unit.HOURS else f"{value.value:.0f}"


def _done(reader: Reader, scope: Scope, hours: float, day: date) -> list[str]:
    # The seven days the numbers are of, and today: on a Friday the note is written at the end of the day's work.
    first, last = day - _WEEK, day
    start, end = local_midnight(first), local_midnight(day + timedelta(days=1))
    sent = sent_on_days(reader, scope, start=start, end=end)
    greeted = people_greeted(reader, scope, start=start, end=end)
    cards = cards_done(reader, scope=scope, first=first, last=last)
    lines = ["", f"## What was done, {first:%Y-%m-%d} to {last:%Y-%m-%d}"]
    lines += [f"- {card.title}" for card in cards]
    lines += [f"- Answers and topics sent: {sent}"] if sent else []
    lines += [f"- People greeted: {_people(greeted)}"] if greeted else []
    outputs = sum(first <= row.day <= last for row in list_outputs(reader, scope))
    adopted = sum(
        row.outcome == ADOPTED and row.outcome_on is not None and first <= row.outcome_on <= last
        for row in list_ideas(reader, scope)
    )
    lines += [f"- Outputs made of conversations: {outputs}"] if outputs else []
    lines += [f"- Ideas adopted: {adopted}"] if adopted else []
    if len(lines) == len(("", "heading")):
        lines.append("- Nothing was marked as done.")
    lines.append(f"- Hours on cards: {sum(card.hours or 0.0 for card in cards):g} of {hours:g}")
    return lines


def _coming(week: Week, after: Week, day: date) -> list[str]:
    rest = [one for one in week.days if one.day >= day] + list(after.days)
    lines = ["", "## What comes"]
    for one in rest:
        lines += [f"- {one.day:%a %Y-%m-%d}: {card.title}" for card in one.cards if not card.is_done]
        lines += [f"- {one.day:%a %Y-%m-%d}: day-{point.day} checkpoint of {point.plan}" for point in one.checkpoints]
    return lines if len(lines) > len(("", "heading")) else [*lines, "- Nothing is planned up to the end of next week."]


_WAITING: Final = {
    Task.DECIDE: "decisions",
    Task.ANSWER: "questions of the last 30 days that wait too long",
    Task.PROMISE: "promises due",
    Task.FOLLOW: "to look at again",
    Task.CHECKPOINT: "checkpoints due",
    Task.CARD: "cards due",
    Task.GREET: "people to greet",
    Task.NUDGE: "regulars gone quiet",
}


_ABOUT_PEOPLE: Final = frozenset({Task.GREET, Task.NUDGE})


def _people(number: int) -> str:
    """A number of people as the note may tell it: it is made to be sent on."""
    return f"fewer than {MINIMUM_PEOPLE}" if number < MINIMUM_PEOPLE else f"{number}"


def _open(found: Today) -> list[str]:
    lines = ["", "## What waits"]
    for task, words in _WAITING.items():
        items = [item for item in found.items if item.task is task]
        people = {person.person_id for item in items for person in item.people}
        number = len(people) + sum(not item.people for item in items) + found.more.get(task, 0)
        number -= found.older if task is Task.ANSWER else 0
        said = _people(number) if task in _ABOUT_PEOPLE else f"{number}"
        lines += [f"- {words[0].upper()}{words[1:]}: {said}"] if number else []
    lines += [f"- Older questions put off, or with an answer begun: {found.older}"] if found.older else []
    lines += [f"- Put off: {len(found.put_off)}"] if found.put_off else []
    return lines if len(lines) > len(("", "heading")) else [*lines, "- Nothing."]
