"""The measures once more, worked out the slow way from a plain list of events: a second opinion for the tests."""

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from statistics import median

from tests.queries.network import a_person
from workbench.models.kinds import EventKind
from workbench.sync.records import ActRecord, MemberRecord, MessageRecord, Record

FIRST_DAY = date(2023, 12, 1)
DAYS = 130
MESSAGES = {"post", "reply"}


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


@dataclass(frozen=True)
class Stay:
    """What a member list says of a person."""

    person: str
    joined: datetime | None
    left: datetime | None


@dataclass(frozen=True)
class Village:
    """A small community: who is listed, who is a bot, and what happened."""

    deeds: tuple[Deed, ...]
    stays: tuple[Stay, ...]
    bots: frozenset[str]

    def records(self) -> tuple[Record, ...]:
        members = (MemberRecord("", self._person(stay.person), stay.joined, stay.left) for stay in self.stays)
        return (*members, *map(self._record, self.deeds))

    def _person(self, handle: str):
        return a_person(handle, is_bot=handle in self.bots)

    def _record(self, deed: Deed) -> Record:
        person = self._person(deed.person)
        if deed.kind in MESSAGES:
            text = "Where is it?" if deed.is_question else "Here it is, see http://example.org/?a=b"
            references = () if deed.parent is None else (deed.parent,)
            return MessageRecord(deed.id, "", person, deed.at, "Pumps", text, references=references)
        return ActRecord(deed.id, "", EventKind[deed.kind.upper()], person, deed.at, target=deed.parent)


def a_village(number: int, rng: random.Random) -> Village:
    """A community made by chance; borders of days are hit on purpose, every now and then."""
    people = [f"v{number}p{index}" for index in range(rng.randint(1, 8))]
    deeds: list[Deed] = []
    for index in range(rng.choice((0, 1, 5, 20, 40))):
        earlier = [deed for deed in deeds if deed.kind in MESSAGES]
        kind = rng.choice(("post", "reply", "reply", "reaction", "mention")) if earlier else "post"
        parent = None if kind == "post" else rng.choice(earlier)
        since = parent.at if parent is not None else moment(0)
        at = min(
            moment(DAYS) - timedelta(seconds=1),
            since + timedelta(hours=rng.choice((1, 24, 48, 300, 900)) * rng.random()),
        )
        if parent is None:
            at = moment(rng.randrange(DAYS), hours=rng.choice((0, 0, 9, 23)))
        id_ = f"v{number}e{index}"
        root = id_ if parent is None else parent.root
        is_question = kind in MESSAGES and rng.random() < 0.3
        deeds.append(Deed(id_, rng.choice(people), kind, at, root, None if parent is None else parent.id, is_question))
    stays = tuple(_stay(person, rng) for person in [*people, f"v{number}silent"] if rng.random() < 0.6)
    return Village(tuple(deeds), stays, frozenset(person for person in people if rng.random() < 0.15))


def _stay(person: str, rng: random.Random) -> Stay:
    joined = None if rng.random() < 0.3 else moment(rng.randrange(DAYS), hours=rng.choice((0, 12)))
    left = None if rng.random() < 0.6 else (joined or moment(0)) + timedelta(hours=12 * rng.randrange(200))
    return Stay(person, joined, left)


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
            return any(deed.person == person and deed.at < at for deed in self.deeds)
        return (stay.joined is None or stay.joined < at) and (stay.left is None or stay.left >= at)

    def interactive(self, start: datetime, end: datetime) -> set[str]:
        return {deed.person for deed in self.deeds if start <= deed.at < end} & self.members(end)

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
        return getattr(self, f"_{key}")()

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
        hours = [(at - root.at).total_seconds() / 3600 for root, at in replies if at is not None]
        return median(hours) if hours else None, len(hours), len(self.roots)

    def _unanswered(self) -> Answer:
        questions = [root for root in self.roots if root.is_question]
        old = [root for root in questions if self.as_of - root.at > timedelta(hours=48)]
        open_ = [root for root in old if self.first_reply(root) is None]
        return len(open_), len(open_), len(questions)

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
