"""The measures once more, worked out the slow way from a plain list of events: a second opinion for the tests."""

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from statistics import median

from tests.queries.network import a_person
from workbench.models.kinds import EventKind
from workbench.sync.records import ActRecord, MemberRecord, MessageRecord, Record

FIRST_DAY = date(2023, 12, 1)
DAYS = 130
KNOWN_BEFORE, KNOWN_AFTER = 200, 400
"""So many days before the first one, and after it, are mirrored."""
MESSAGES = {"post", "reply"}
INTERACTIONS = {*MESSAGES, "reaction", "mention"}
OPEN = {"reply_rate", "response_rate", "first_reply_hours", "time_to_answer", "dialogue_share", "loop_feedback"}
"""What may come at any time."""
OF_SILENCE = {"drifting", "lapsed", "inactive", "unanswered"}
MISSING = ((60, KNOWN_AFTER), (80, KNOWN_AFTER), (100, 104), (91, 96), (40, 55))
OFFICES = ("Dakar", "Kabul", "Lima", "")
ROLES = ("owner", "Moderator", "member", "Programme officer")
TAGS = ("water", "cash", "pumps")


@dataclass(frozen=True)
class Deed:
    """An event as the definitions of the measures have it."""

    id: str
    person: str
    kind: str
    at: datetime
    root: str
    parent: str | None = None
    is_question: bool = False
    tags: tuple[str, ...] = ()
    is_accepted: bool = False
    mentioned: str | None = None


@dataclass(frozen=True)
class Stay:
    """What a member list says of a person."""

    person: str
    joined: datetime | None
    left: datetime | None
    role: str | None = None


@dataclass(frozen=True)
class Scheme:
    """A plan: when it starts, who owns it, who holds a role, who owns cards, on which pillar each card stands."""

    starts_on: date
    owner: str
    holder: str
    cards: tuple[tuple[str, str | None], ...]
    kept: tuple[str, ...] = ()


@dataclass(frozen=True)
class Village:
    """A small community: who is listed, who is a bot, where people work, what happened and what was planned.

    Nobody fetched the days from the first to the second of `unknown`, both included.
    """

    deeds: tuple[Deed, ...]
    stays: tuple[Stay, ...]
    bots: frozenset[str]
    offices: dict[str, str] = field(default_factory=dict)
    scheme: Scheme | None = None
    urgent: frozenset[str] = frozenset()
    staff: int | None = None
    unknown: tuple[int, int] | None = None

    def marked_at(self, root: str) -> datetime:
        """When an urgent thread was marked: an hour after it began, or a day and an hour."""
        began = next(deed.at for deed in self.deeds if deed.id == root)
        return began + timedelta(hours=25 if root.encode()[-1] % 2 else 1)

    def records(self) -> tuple[Record, ...]:
        members = (
            MemberRecord("", self._person(stay.person), stay.joined, stay.left, stay.role) for stay in self.stays
        )
        return (*members, *map(self._record, self.deeds))

    def _person(self, handle: str):
        office = self.offices.get(handle, "")
        whose = {"office": office or None, "organisation": f"{office} group" if office else None}
        return a_person(handle, is_bot=handle in self.bots, **whose)

    def _record(self, deed: Deed) -> Record:
        person = self._person(deed.person)
        if deed.kind in MESSAGES:
            text = "Where is it?" if deed.is_question else "Here it is, see http://example.org/?a=b"
            text += "".join(f" #{tag}" for tag in deed.tags)
            references = () if deed.parent is None else (deed.parent,)
            return MessageRecord(
                deed.id, "", person, deed.at, "Pumps", text, references=references, is_accepted=deed.is_accepted
            )
        whom = None if deed.mentioned is None else self._person(deed.mentioned)
        return ActRecord(deed.id, "", EventKind[deed.kind.upper()], person, deed.at, deed.parent, whom)


def a_village(number: int, rng: random.Random) -> Village:
    """A community made by chance; borders of days are hit on purpose, every now and then."""
    # Most are small; some have one person who does much, some a crowd.
    size, busy = {0: (1, 160), 1: (14, 60)}.get(number % 40, (rng.randint(1, 8), rng.choice((0, 1, 5, 20, 40))))
    people = [f"v{number}p{index}" for index in range(size)]
    deeds: list[Deed] = []
    for index in range(busy):
        deeds.append(_deed(f"v{number}e{index}", people, deeds, rng))
    stays = tuple(_stay(person, rng) for person in [*people, f"v{number}silent"] if rng.random() < 0.6)
    roots = [deed.id for deed in deeds if deed.kind == "post"]
    return Village(
        tuple(deeds),
        stays,
        frozenset(person for person in people if rng.random() < 0.15),
        {person: rng.choice(OFFICES) for person in people},
        _scheme(people, roots, rng) if rng.random() < 0.15 else None,
        frozenset(root for root in roots if rng.random() < 0.3),
        rng.choice((None, 0, 5, 40)),
        # Of every twelfth some days are missing, or all from one on.
        None if number % 12 != 6 else MISSING[number // 12 % len(MISSING)],
    )


def _deed(id_: str, people: list[str], deeds: list[Deed], rng: random.Random) -> Deed:
    earlier = [deed for deed in deeds if deed.kind in MESSAGES]
    kind = rng.choice(("post", "reply", "reply", "reaction", "mention", "view", "attend")) if earlier else "post"
    by = rng.choice(people)
    if kind == "attend":
        return Deed(id_, by, kind, moment(rng.randrange(0, DAYS, 10), hours=9), id_)
    parent = None if kind == "post" else rng.choice(earlier)
    since = parent.at if parent is not None else moment(0)
    at = min(
        moment(DAYS) - timedelta(seconds=1),
        since + timedelta(hours=rng.choice((1, 24, 48, 300, 900)) * rng.random()),
    )
    if parent is None:
        at = moment(rng.randrange(DAYS), hours=rng.choice((0, 0, 9, 23)))
    root = id_ if parent is None else parent.root
    is_question = kind in MESSAGES and rng.random() < 0.3
    tags = tuple(tag for tag in TAGS if kind in MESSAGES and rng.random() < 0.25)
    # One answer at most: which of several counts is the platform's business.
    is_first = kind == "reply" and not any(deed.is_accepted for deed in deeds if deed.root == root)
    is_accepted = is_first and rng.random() < 0.3
    mentioned = rng.choice(people) if kind == "mention" else None
    parent_id = None if parent is None else parent.id
    return Deed(id_, by, kind, at, root, parent_id, is_question, tags, is_accepted, mentioned)


def _scheme(people: list[str], roots: list[str], rng: random.Random) -> Scheme:
    cards = tuple(
        (rng.choice([*people, "Nobody here"]), rng.choice((None, "library", "dialogue", "billboard")))
        for _ in range(rng.randrange(4))
    )
    starts_on = FIRST_DAY + timedelta(days=rng.randrange(-60, DAYS))
    return Scheme(starts_on, rng.choice(people), rng.choice(people), cards, tuple(roots[:2]))


def _stay(person: str, rng: random.Random) -> Stay:
    joined = None if rng.random() < 0.3 else moment(rng.randrange(DAYS), hours=rng.choice((0, 12)))
    left = None if rng.random() < 0.6 else (joined or moment(0)) + timedelta(hours=12 * rng.randrange(200))
    return Stay(person, joined, left, rng.choice((None, None, *ROLES)))


def moment(day: int, *, hours: float = 0) -> datetime:
    return datetime.combine(FIRST_DAY, datetime.min.time(), UTC) + timedelta(days=day, hours=hours)


Answer = tuple[float | None, float | None, float | None]
"""Value, numerator, denominator."""


class PlainMeasures:
    """Every measure over [start, end), word by word as the definitions say."""

    def __init__(self, village: Village, start: datetime, end: datetime, as_of: datetime) -> None:
        self.village, self.start, self.end, self.as_of = village, start, end, as_of
        self.deeds = [deed for deed in village.deeds if deed.person not in village.bots]
        self.window = [deed for deed in self.deeds if start <= deed.at < end]
        self.wrote = [deed for deed in self.window if deed.kind in MESSAGES]
        self.roots = [deed for deed in self.window if deed.kind == "post"]

    def members(self, at: datetime) -> set[str]:
        listed = {stay.person: stay for stay in self.village.stays}
        everyone = set(listed) | {deed.person for deed in self.village.deeds}
        return {person for person in everyone - self.village.bots if self._is_in(person, listed.get(person), at)}

    def _is_in(self, person: str, stay: Stay | None, at: datetime) -> bool:
        if stay is None:
            return any(deed.person == person and deed.at < at and deed.kind in INTERACTIONS for deed in self.deeds)
        return (stay.joined is None or stay.joined < at) and (stay.left is None or stay.left >= at)

    def interactions(self, start: datetime, end: datetime) -> list[Deed]:
        return [deed for deed in self.deeds if start <= deed.at < end and deed.kind in INTERACTIONS]

    def interactive(self, start: datetime, end: datetime) -> set[str]:
        return {deed.person for deed in self.interactions(start, end)} & self.members(end)

    def first_reply(self, root: Deed) -> datetime | None:
        replies = [d.at for d in self.deeds if d.kind == "reply" and d.root == root.id and d.person != root.person]
        return min((at for at in replies if at <= self.as_of), default=None)

    def first_response(self, root: Deed) -> datetime | None:
        reactions = [
            d.at for d in self.deeds if d.kind == "reaction" and d.parent == root.id and d.person != root.person
        ]
        times = [*(at for at in reactions if at <= self.as_of), *filter(None, [self.first_reply(root)])]
        return min(times, default=None)

    def answer(self, key: str) -> Answer:
        if key in OPEN and self.known_until < self.as_of:
            # Of the last two days before what nobody fetched it cannot be told what came of them.
            told = min(self.end, self.known_until - timedelta(days=2))
            if told <= self.start:
                return None, None, None
            return type(self)(self.village, self.start, told, self.as_of).counted(key)
        value, *parts = self.counted(key)
        # Where no day was fetched what is there is there, and what is not may be.
        is_said = any(map(self._is_known, self._days())) or (value and key not in OF_SILENCE)
        return (value, *parts) if is_said else (None, None if key in OF_SILENCE else parts[0], parts[1])

    def counted(self, key: str) -> Answer:
        return getattr(self, f"_{key}")()

    def _days(self) -> list[datetime]:
        return [self.start + timedelta(days=day) for day in range((self.end - self.start).days)]

    @cached_property
    def known_until(self) -> datetime:
        """Up to when nothing is missing, from the last day of the window that was fetched on."""
        day = self.end - timedelta(days=1)
        while day >= self.start and not self._is_known(day):
            day -= timedelta(days=1)
        if day < self.start or self.as_of < self.end + timedelta(days=2):
            return self.as_of
        while day <= self.as_of and self._is_known(day):
            day += timedelta(days=1)
        # A sync may be a day old, and the day that runs is nobody's.
        return self.as_of if (self.as_of.date() - day.date()).days < 2 else day

    def _is_known(self, day: datetime) -> bool:
        first, last = self.village.unknown or (1, 0)
        return -KNOWN_BEFORE <= (day - moment(0)).days <= KNOWN_AFTER and not first <= (day - moment(0)).days <= last

    def is_over(self, at: datetime, *, days: int) -> bool:
        """Whether so many days from a moment on had passed, and all of them are known."""
        return at + timedelta(days=days) <= min(self.as_of, self.known_until)

    def _messages(self) -> Answer:
        return len(self.wrote), len(self.wrote), None

    def _contributors(self) -> Answer:
        count = len({deed.person for deed in self.wrote} & self.members(self.end))
        return count, count, None

    def _new_contributors(self) -> Answer:
        firsts: dict[str, datetime] = {}
        for deed in self.deeds:
            if deed.kind in MESSAGES:
                firsts[deed.person] = min(deed.at, firsts.get(deed.person, deed.at))
        new = {person for person, at in firsts.items() if self.start <= at < self.end} & self.members(self.end)
        return len(new), len(new), None

    def _interactive_users(self) -> Answer:
        return part(len(self.interactive(self.start, self.end)), len(self.members(self.end)))

    def _reply_rate(self) -> Answer:
        return part(sum(self.first_reply(root) is not None for root in self.roots), len(self.roots))

    def _response_rate(self) -> Answer:
        return part(sum(self.first_response(root) is not None for root in self.roots), len(self.roots))

    def _first_reply_hours(self) -> Answer:
        replies = [(root, self.first_reply(root)) for root in self.roots]
        # Somebody's clock was wrong where the reply is older: then it came at once.
        hours = [max(0, (at - root.at).total_seconds()) / 3600 for root, at in replies if at is not None]
        return median(hours) if hours else None, len(hours), len(self.roots)

    def _unanswered(self) -> Answer:
        questions = [root for root in self.roots if root.is_question]
        old = [root for root in questions if self.as_of - root.at > timedelta(hours=48)]
        silent = [root for root in old if self.first_reply(root) is None]
        open_ = [root for root in silent if min(self.as_of, self.known_until) - root.at > timedelta(hours=48)]
        whole = len(questions) - len(silent) + len(open_)
        return None if silent and not whole else len(open_), len(open_), whole

    def _curiosity(self) -> Answer:
        return part(sum(deed.is_question for deed in self.wrote), len(self.wrote))

    def _retention(self) -> Answer:
        before = self.interactive(self._before(), self.start)
        return part(len(before & self.interactive(self.start, self.end)), len(before))

    def _before(self) -> datetime:
        if (self.start.day, self.end.day) == (1, 1):
            months = (self.end.year - self.start.year) * 12 + self.end.month - self.start.month
            start = self.start
            for _ in range(months):
                start = (start - timedelta(days=1)).replace(day=1)
            return start
        return self.start - (self.end - self.start)

    def _absence_factor(self) -> Answer:
        counts = sorted(
            (sum(d.person == person for d in self.wrote) for person in {d.person for d in self.wrote}), reverse=True
        )
        for k in range(1, len(counts) + 1):
            if sum(counts[:k]) * 2 >= sum(counts):
                return k, sum(counts[:k]), sum(counts)
        return None, 0, 0


def part(numerator: int, denominator: int) -> Answer:
    return numerator / denominator if denominator else None, numerator, denominator
