"""The sample network: invented people in 25 invented communities, made by seed and read like any other source.

Every name, office post and message is made up from `resources/sample_network/phrases.json`; surnames say so in each
language ("Example", "Muestra", "示例"). The same seed and last day give the same network, record for record.
"""

import json
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from itertools import accumulate, product
from pathlib import Path
from typing import Any, ClassVar

from typing_extensions import override

from workbench.models.kinds import AccountKind, CommunityType, EventKind
from workbench.models.moments import DayRange
from workbench.progress import Progress
from workbench.sync.connector import Abilities, Batch, Connector, Cursor, Stream
from workbench.sync.importers.sample_extras import COORDINATOR, Extras
from workbench.sync.records import (
    ActRecord,
    CommunityRecord,
    MemberRecord,
    MessageRecord,
    PersonRecord,
    Record,
)

DAYS = 730
PEOPLE = 2400
BATCH = 2000
# Chosen so that the whole network holds some 40,000 messages.
TEMPO = 0.79
# One community was "offline" for these days (counted back from the last one), so that a gap can be seen on a chart.
GAP = (62, 50)
GAP_COMMUNITY = 0
# Of so many communities one has nobody who leads it.
LEADERLESS = 5
# Every so many people one is of a partner, and of no office.
PARTNERS = 40

_LANGUAGES = {"en": "English", "fr": "Français", "es": "Español", "ar": "العربية", "zh": "中文"}


@dataclass(frozen=True, slots=True)
class _Plan:
    """What one community is made of."""

    number: int
    name: str
    theme: str
    language: str
    type: CommunityType
    members: int
    threads_per_day: float


class SampleNetwork(Connector):
    """The sample as a connector: one stream, cursors by community day."""

    kind: ClassVar[AccountKind] = AccountKind.SAMPLE
    abilities: ClassVar[Abilities] = Abilities(
        join_dates=True, reactions=True, reaction_dates=True, silent_members=True, mentions=True
    )
    streams: ClassVar[tuple[Stream, ...]] = (Stream("everything", "Members and messages"),)

    def __init__(self, phrases: Path, *, last_day: date, seed: int = 2016) -> None:
        self._phrases = phrases
        self._last_day = last_day
        self._first_day = last_day - timedelta(days=DAYS - 1)
        self._seed = seed

    @cached_property
    def _words(self) -> dict[str, Any]:
        words: dict[str, Any] = json.loads(self._phrases.read_text(encoding="utf-8"))
        return words

    @cached_property
    def _plans(self) -> tuple[_Plan, ...]:
        return tuple(
            _Plan(
                number,
                entry["name"],
                entry["theme"],
                entry["language"],
                CommunityType(entry["type"]),
                entry["members"],
                entry["threads_per_day"],
            )
            for number, entry in enumerate(self._words["communities"])
        )

    @cached_property
    def _people(self) -> dict[str, tuple[PersonRecord, ...]]:
        """2,400 people, by the language they write in; the shares follow the communities."""
        shares = {"en": 1250, "fr": 370, "es": 300, "ar": 280, "zh": 200}
        people: dict[str, tuple[PersonRecord, ...]] = {}
        for language, count in shares.items():
            words = self._words["languages"][language]
            rng = random.Random(f"{self._seed}/people/{language}")  # noqa: S311 - a seeded sample, not a secret
            joined = "" if language == "zh" else " "
            names = [f"{given}{joined}{family}" for given, family in product(words["given"], words["family"])]
            if language == "zh":
                names = [f"{family}{given}" for given, family in product(words["given"], words["family"])]
            rng.shuffle(names)
            offices = [rng.choice(self._words["offices"]) for _ in range(count)]
            people[language] = tuple(
                PersonRecord(
                    handle=f"sample-{language}-{index}",
                    name=names[index % len(names)]
                    + ("" if index < len(names) else f" {_roman(index // len(names) + 1)}"),
                    office=None if index % PARTNERS == 0 else office,
                    organisation=self._words["partners"][index // PARTNERS % 3] if index % PARTNERS == 0 else None,
                    languages=_LANGUAGES[language],
                    time_zone=self._words["time_zones"][office],
                )
                for index, office in enumerate(offices)
            )
        return people

    @override
    def communities(self) -> Iterable[CommunityRecord]:
        """The 25 communities."""
        return tuple(
            CommunityRecord(
                remote_id=f"sample-{plan.number}",
                name=plan.name,
                description="Invented people and messages, to try the workbench with.",
                type=plan.type,
            )
            for plan in self._plans
        )

    @override
    def pull(self, community: str, stream: Stream, *, since: Cursor | None) -> Iterator[Batch]:
        """Members first, then messages day by day; a cursor names how many records came before it."""
        plan = next(plan for plan in self._plans if f"sample-{plan.number}" == community)
        records = self._records(plan)
        done = 0 if since is None else int(since)
        if done >= len(records):
            return
        covered = self._covered(plan)
        for start in range(done, len(records), BATCH):
            end = min(start + BATCH, len(records))
            is_last = end == len(records)
            yield Batch(
                records=tuple(records[start:end]),
                cursor=Cursor(str(end)),
                covered=covered if is_last else (),
                progress=Progress(end, "records", len(records), end / len(records), plan.name),
            )

    def _covered(self, plan: _Plan) -> tuple[DayRange, ...]:
        if plan.number != GAP_COMMUNITY:
            return (DayRange(self._first_day, self._last_day),)
        before = self._last_day - timedelta(days=GAP[0])
        after = self._last_day - timedelta(days=GAP[1] - 1)
        return (DayRange(self._first_day, before - timedelta(days=1)), DayRange(after, self._last_day))

    def _records(self, plan: _Plan) -> list[Record]:
        rng = random.Random(f"{self._seed}/community/{plan.number}")  # noqa: S311 - a seeded sample, not a secret
        members = self._members(plan, rng)
        extras = Extras(f"sample-{plan.number}", self._words["languages"][plan.language], members, seed=self._seed)
        end = _start(self._last_day + timedelta(days=1))
        writer = _Writer(plan, self._words, members, rng, extras=extras, end=end)
        led = (
            {}
            if plan.number % LEADERLESS == LEADERLESS - 1
            else {person.handle: COORDINATOR for person in writer.leaders[:2]}
        )
        timeline: list[tuple[datetime, Record]] = []
        gap = _gap_days(self._last_day) if plan.number == GAP_COMMUNITY else frozenset()
        for offset in range(DAYS):
            day = self._first_day + timedelta(days=offset)
            if day in gap:
                continue
            timeline += writer.day(day, offset / DAYS)
            timeline += extras.day(day, writer.leaders)
        timeline = [entry for entry in timeline if entry[0].date() not in gap]
        timeline.sort(key=lambda entry: (entry[0], _remote_id(entry[1])))
        told: list[Record] = [
            MemberRecord(f"sample-{plan.number}", person, joined_at=joined, role=led.get(person.handle))
            for person, joined in members
        ]
        return told + [record for _at, record in timeline]

    def _members(self, plan: _Plan, rng: random.Random) -> list[tuple[PersonRecord, datetime]]:
        """People with the day they joined; a third were there from the start, the rest came over the two years."""
        own = self._people[plan.language]
        # A ring: each community goes on where the one before stopped, so that everybody is somewhere.
        start = sum(other.members for other in self._plans[: plan.number] if other.language == plan.language)
        count = min(plan.members, len(own))
        chosen = [own[(start + place) % len(own)] for place in range(count)]
        # A few colleagues from elsewhere read along.
        guests = {} if plan.language == "en" else {guest.handle: guest for guest in self._people["en"][: count // 12]}
        chosen += guests.values()
        joined: list[tuple[PersonRecord, datetime]] = []
        for index, person in enumerate(chosen):
            offset = 0 if index < len(chosen) // 3 else int(DAYS * rng.random() ** 0.8)
            at = _start(self._first_day + timedelta(days=offset)) + timedelta(minutes=rng.randrange(1440))
            joined.append((person, at))
        return joined


class _Writer:
    """Makes one community's days: threads, replies, reactions."""

    def __init__(
        self,
        plan: _Plan,
        words: dict[str, Any],
        members: list[tuple[PersonRecord, datetime]],
        rng: random.Random,
        *,
        extras: Extras,
        end: datetime,
    ) -> None:
        self._plan = plan
        self._language = words["languages"][plan.language]
        self._topics = words["themes"][plan.theme][plan.language]
        self._rng, self._extras = rng, extras
        self._end = end
        self._threads = 0
        # A few write much, most little: weights fall with a power of the place in a shuffled row.
        self._people = list(members)
        rng.shuffle(self._people)
        self._cumulative = list(accumulate(1 / (place + 2) ** 0.85 for place in range(len(self._people))))
        self.leaders = [person for person, _joined in self._people[:3]]

    def day(self, day: date, age: float) -> list[tuple[datetime, Record]]:
        """All records of threads that start on `day`; replies may fall on later days."""
        weekday_share = (1.15, 1.25, 1.2, 1.1, 0.85, 0.15, 0.1)[day.weekday()]
        season = 0.55 if day.month in {8, 12} else 1.0
        growth = 0.6 + 0.8 * age
        expected = self._plan.threads_per_day * weekday_share * season * growth * TEMPO
        records: list[tuple[datetime, Record]] = []
        for _ in range(_poisson(self._rng, expected)):
            records += self._thread(day)
        return records

    def _thread(self, day: date) -> list[tuple[datetime, Record]]:
        rng = self._rng
        at = _start(day) + timedelta(minutes=int(rng.triangular(4 * 60, 20 * 60, 10 * 60)), seconds=rng.randrange(60))
        is_broadcast = self._plan.type is CommunityType.BROADCAST_STREAM
        author = rng.choice(self.leaders) if is_broadcast and rng.random() < 0.9 else self._pick(at)  # noqa: PLR2004 - a share of the invented network
        topic = rng.choice(self._topics)
        asks = rng.random() < (0.08 if is_broadcast else 0.45)
        self._threads += 1
        root_id = f"s{self._plan.number}-{self._threads}"
        subject = rng.choice(self._language["questions" if asks else "posts"]).format(t=topic)
        text = [*rng.sample(self._language["body"], k=rng.randint(1, 3))]
        if asks:
            text += [subject, rng.choice(self._language["ask"])]
        records: list[tuple[datetime, Record]] = [(at, self._message(root_id, author, at, subject, " ".join(text), ()))]
        records += self._replies(root_id, author, at, subject, topic, asks=asks)
        records += self._reactions(root_id, author, at)
        return self._extras.added(records, topic)

    def _replies(
        self, root_id: str, author: PersonRecord, at: datetime, subject: str, topic: str, *, asks: bool
    ) -> list[tuple[datetime, Record]]:
        rng = self._rng
        chance = 0.15 if self._plan.type is CommunityType.BROADCAST_STREAM else 0.74 if asks else 0.42
        if rng.random() > chance:
            return []
        records: list[tuple[datetime, Record]] = []
        parents = [(root_id, author)]
        moment = at
        for number in range(1, 1 + min(1 + int(rng.expovariate(0.75)), 14)):
            moment += timedelta(minutes=max(4, int(rng.lognormvariate(5.6, 1.3))))
            if moment >= self._end:
                break
            writer = author if number > 1 and rng.random() < 0.3 else self._pick(moment)  # noqa: PLR2004 - a share of the invented network
            parent_id, parent_author = parents[-1] if rng.random() < 0.55 else parents[0]  # noqa: PLR2004 - a share of the invented network
            if writer.handle == parent_author.handle and rng.random() < 0.8:  # noqa: PLR2004 - a share of the invented network
                continue
            long = rng.random() < 0.7  # noqa: PLR2004 - a share of the invented network
            text = rng.choice(self._language["replies" if long else "short"]).format(t=topic)
            if long and rng.random() < 0.5:  # noqa: PLR2004 - a share of the invented network
                text += " " + rng.choice(self._language["body"])
            reply_id = f"{root_id}.{number}"
            records.append((moment, self._message(reply_id, writer, moment, subject, text, (parent_id,))))
            if rng.random() < 0.35:  # noqa: PLR2004 - a share of the invented network
                later = moment + timedelta(minutes=rng.randint(3, 900))
                if later < self._end:
                    records.append((later, self._like(f"{reply_id}+1", parent_author, later, reply_id)))
            parents.append((reply_id, writer))
        return records

    def _reactions(self, root_id: str, author: PersonRecord, at: datetime) -> list[tuple[datetime, Record]]:
        rng = self._rng
        records: list[tuple[datetime, Record]] = []
        for number in range(_poisson(rng, 0.8)):
            moment = at + timedelta(minutes=rng.randint(5, 4000))
            person = self._pick(moment)
            if person.handle != author.handle and moment < self._end:
                records.append((moment, self._like(f"{root_id}*{number}", person, moment, root_id)))
        return records

    def _message(  # noqa: PLR0917 - one call shape for roots and replies
        self, remote_id: str, author: PersonRecord, at: datetime, subject: str, text: str, references: tuple[str, ...]
    ) -> MessageRecord:
        return MessageRecord(
            remote_id=remote_id,
            community=f"sample-{self._plan.number}",
            author=author,
            sent_at=at,
            subject=subject,
            text=text,
            references=references,
        )

    def _like(self, remote_id: str, person: PersonRecord, at: datetime, target: str) -> ActRecord:
        return ActRecord(
            remote_id=remote_id,
            community=f"sample-{self._plan.number}",
            kind=EventKind.REACTION,
            person=person,
            at=at,
            target=target,
        )

    def _pick(self, at: datetime) -> PersonRecord:
        """A person by weight among those who had joined by `at`; nobody writes before they joined."""
        for _ in range(6):
            person, joined = self._rng.choices(self._people, cum_weights=self._cumulative)[0]
            if joined <= at:
                return person
        return min(self._people, key=lambda entry: entry[1])[0]


def _start(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _gap_days(last_day: date) -> frozenset[date]:
    return frozenset(last_day - timedelta(days=back) for back in range(GAP[1], GAP[0] + 1))


def _remote_id(record: Record) -> str:
    return record.remote_id if isinstance(record, MessageRecord | ActRecord) else ""


def _roman(number: int) -> str:
    return {2: "II", 3: "III", 4: "IV", 5: "V"}.get(number, str(number))


def _poisson(rng: random.Random, expected: float) -> int:
    """Knuth's method; `expected` is small here."""
    limit = 2.718281828459045**-expected
    count, product_ = 0, rng.random()
    while product_ > limit:
        count += 1
        product_ *= rng.random()
    return count
