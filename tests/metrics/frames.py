"""Frames made by hand, for what a measure does with a few rows."""

from collections import defaultdict
from datetime import UTC, date, datetime
from typing import NamedTuple

from workbench.ids import EventId, PersonId
from workbench.models.moments import to_day, to_micros
from workbench.queries.frames import DaySum, DayWriters, MeasureFrame, Question, ThreadSum
from workbench.queries.frames_people import ActSum, Newcomer
from workbench.queries.frames_talks import TalkSum
from workbench.queries.membership import ALWAYS, STILL, Membership
from workbench.queries.people import DayPeople
from workbench.queries.ties import TieFrame

AMINA, BRUNO, CHEN = PersonId(1), PersonId(2), PersonId(3)
LATER = datetime(2030, 1, 1, tzinfo=UTC)


class Done(NamedTuple):
    """What one person did on one day."""

    person: PersonId
    day: int
    messages: int


class Begun(NamedTuple):
    """A thread and what it drew, in microseconds."""

    id: EventId
    started: int
    is_question: bool
    reply: int | None
    response: int | None


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def us(text: str) -> int:
    return to_micros(at(text))


def done(person: int, on: str, *, posts: int = 0, replies: int = 0, reactions: int = 0, mentions: int = 0) -> Done:
    assert posts + replies + reactions + mentions
    return Done(PersonId(person), to_day(date.fromisoformat(on)), posts + replies)


def total(on: str, messages: int, questions: int = 0) -> DaySum:
    return DaySum(to_day(date.fromisoformat(on)), messages, questions)


def thread(number: int, started: str, *, question: bool = False, reply: str = "", response: str = "") -> Begun:
    replied = us(reply) if reply else None
    return Begun(EventId(number), us(started), question, replied, us(response) if response else replied)


def everyone(*people: int) -> Membership:
    return Membership((PersonId(person), ALWAYS, STILL) for person in people)


def a_frame(*, days: tuple[Done, ...] = (), threads: tuple[Begun, ...] = (), as_of=LATER, **parts) -> MeasureFrame:
    """A frame of these deeds and threads as they stood at `as_of`; the members are three."""
    by_day: dict[int, list[Done]] = defaultdict(list)
    for deed in sorted(days, key=lambda deed: deed.day):
        by_day[deed.day].append(deed)
    wrote = {day: [deed for deed in deeds if deed.messages] for day, deeds in by_day.items()}
    return MeasureFrame(
        **{
            "members": everyone(1, 2, 3),
            "active": tuple(DayPeople(day, [deed.person for deed in deeds]) for day, deeds in by_day.items()),
            "wrote": tuple(DayPeople(day, [deed.person for deed in deeds]) for day, deeds in wrote.items() if deeds),
            "written": tuple(wrote_on(day, deeds) for day, deeds in wrote.items() if deeds),
            "threads": tuple(summed(begun, to_micros(as_of)) for begun in threads),
            "questions": tuple(Question(one.id, one.started, one.reply) for one in threads if one.is_question),
            **parts,
        }
    )


def acts(since: str, **columns: list[int]) -> ActSum:
    """One sum of acts from a day on: people and their posts; replies and reactions are none unless they are given."""
    people, posts = columns.pop("people"), columns.pop("posts")
    given = list(map(sum, zip(posts, *columns.values(), strict=True)))
    return ActSum(us(since), [PersonId(person) for person in people], posts, given)


def talk(since: str, root: int, *people: int, messages: int = 0, is_dialogue: bool = True) -> TalkSum:
    who = [PersonId(person) for person in (*people, *people[:1] * (messages - len(people)))]
    return TalkSum(us(since), [EventId(root)] * len(who), who, frozenset() if is_dialogue else {EventId(root)})


def newcomer(person: int, came: str, **moments: str | bool) -> Newcomer:
    is_dated = bool(moments.pop("is_dated", True))
    steps = {
        name: us(str(moments[name])) if name in moments else None
        for name in ("reacted", "replied", "started", "greeted")
    }
    return Newcomer(PersonId(person), us(came), is_dated, *steps.values())


def offices(**places: str) -> TieFrame:
    """Who works where, as p1="Lima"."""
    return TieFrame(offices={PersonId(int(name[1:])): place for name, place in places.items()})


def wrote_on(day: int, deeds: list[Done]) -> DayWriters:
    more = [(deed.person, deed.messages - 1) for deed in deeds if deed.messages > 1]
    return DayWriters(day, [deed.person for deed in deeds], more)


def summed(begun: Begun, seen: int) -> ThreadSum:
    delays = [begun.reply - begun.started] if begun.reply is not None and begun.reply <= seen else []
    return ThreadSum(begun.started, 1, delays, int(begun.response is not None and begun.response <= seen))
