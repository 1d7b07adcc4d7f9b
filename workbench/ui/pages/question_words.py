"""Question words: what the side of the Questions page says of a question: whose it is, help that came, what is near."""

from datetime import datetime

from workbench.queries.questions import QuestionRow, QuestionState
from workbench.queries.surge import OFFICES, RESPONDERS, Surge
from workbench.queries.threads import ThreadRow
from workbench.queries.watching import WatchRow
from workbench.ui import numbers
from workbench.ui.directions import isolated
from workbench.ui.sanitiser import line, shown

_WAITING = frozenset({QuestionState.OPEN, QuestionState.ROUTED})


def routed_words(row: QuestionRow | None, asked_at: datetime | None, *, now: datetime) -> str:
    """Since when somebody has a question that waits, and whether one asked them in its thread; "" for any other."""
    if row is None or row.routed_at is None or not row.owner or row.state not in _WAITING:
        return ""
    who = isolated(line(row.owner))
    given = f"Given to {who} on {numbers.day_of(row.routed_at)}, {numbers.ago(row.routed_at, now=now)}."
    asked = (
        "Nothing was written to them in the thread from here since."
        if asked_at is None
        else f"You last wrote in the thread on {numbers.day_of(asked_at)}."
    )
    return f"{given} {asked} No answer is known yet."


def related_words(row: ThreadRow) -> str:
    """What tells one related conversation from the next: its day, whether it was answered, how long it is, where."""
    replies = "answered" if row.is_answered else "no reply"
    parts = [
        numbers.day_of(row.started_at),
        replies if row.is_question else "",
        numbers.plural(row.messages, "message", "messages"),
        isolated(line(row.community)),
    ]
    return " · ".join(part for part in parts if part)


def surge_words(surge: Surge) -> str:
    """How much help came to an urgent thread, and whether that was enough in time."""
    people = numbers.plural(surge.people_in_time, "person", "people")
    offices = numbers.plural(surge.offices_in_time, "office", "offices")
    came = f"{people} from {offices} in 24 hours"
    if surge.reached_hours is not None:
        return (
            f"{came}; {RESPONDERS} people from {OFFICES} offices were there after {numbers.hours(surge.reached_hours)}."
        )
    if surge.is_marked_late:
        days = numbers.plural((surge.marked_at - surge.started_at).days, "day", "days")
        return f"Marked {days} after it began, so it is not counted as a call. {came}."
    wanted = f"{RESPONDERS} people from {OFFICES} offices"
    return f"{came}; the aim is {wanted}." if surge.is_over else f"{came} so far; the aim is {wanted}."


def watched_words(row: WatchRow | None) -> str:
    """Why a thread is watched, and until when; of one that is closed what was done; empty where it never was."""
    if row is None:
        return ""
    if not row.is_open:
        return f"Was watched: {_sentence(row.note)} Done: {_sentence(row.done)}"
    again = "" if row.look_on is None else f" Look again on {numbers.day(row.look_on)}."
    return f"Watched: {_sentence(row.note)}{again}"


def _sentence(words: str) -> str:
    """Typed words with a stop after them, so that something can follow."""
    said = shown(words).strip()
    return said if said[-1:] in set(".!?؟。") else f"{said}."
