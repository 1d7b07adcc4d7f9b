"""Frames made by hand, for what a measure does with a few rows."""

from datetime import UTC, date, datetime

from workbench.ids import EventId, PersonId
from workbench.models.moments import to_day, to_micros
from workbench.queries.frames import DaySum, MeasureFrame, PersonDayRow, ThreadFact
from workbench.queries.membership import ALWAYS, STILL, Membership

AMINA, BRUNO, CHEN = PersonId(1), PersonId(2), PersonId(3)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def us(text: str) -> int:
    return to_micros(at(text))


def done(
    person: int, on: str, *, posts: int = 0, replies: int = 0, reactions: int = 0, mentions: int = 0
) -> PersonDayRow:
    return PersonDayRow(PersonId(person), to_day(date.fromisoformat(on)), posts, replies, reactions, mentions, 0)


def total(on: str, messages: int, questions: int = 0) -> DaySum:
    return DaySum(to_day(date.fromisoformat(on)), messages, questions)


def thread(number: int, started: str, *, question: bool = False, reply: str = "", response: str = "") -> ThreadFact:
    replied = us(reply) if reply else None
    responded = us(response) if response else replied
    return ThreadFact(EventId(number), us(started), int(question), replied, responded)


def everyone(*people: int) -> Membership:
    return Membership((PersonId(person), ALWAYS, STILL) for person in people)


def a_frame(**parts) -> MeasureFrame:
    return MeasureFrame(**{"members": everyone(1, 2, 3), **parts})
