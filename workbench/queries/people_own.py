"""What the coordinator keeps of a person: facts, the way to being an advocate, contacts, thanks, nudges; as values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from workbench.ids import EventId, PersonId
from workbench.models.database import Reader
from workbench.models.moments import from_micros, to_micros
from workbench.queries.lapsed import PAUSE_DAYS
from workbench.queries.scope import sql


class ContactKind(StrEnum):
    """How somebody was spoken to."""

    CALL = "call"
    MAIL = "mail"
    MET = "met"


class Step(StrEnum):
    """How far somebody is on the way to being an advocate."""

    SPOTTED = "spotted"
    ASKED = "asked"
    AGREED = "agreed"
    ACTIVE = "active"


@dataclass(frozen=True, slots=True)
class OwnFacts:
    """What was typed about a person; None where nothing was. It wins over what sources tell."""

    office: str | None = None
    region: str | None = None
    organisation: str | None = None
    role: str | None = None
    languages: str | None = None
    time_zone: str | None = None
    is_sponsor: bool = False
    is_leaving: bool = False
    leaves_on: date | None = None
    level: str | None = None


FOUND_BY: Final = ("office", "region", "organisation", "role", "languages")
"""The typed words in which the filter of the directory looks."""
TYPED: Final = (*FOUND_BY, "time_zone", "level")
"""Those of OwnFacts that are words."""


@dataclass(frozen=True, slots=True)
class AdvocatePath:
    """The day of each step that was taken, and a note; none of them: not on the way."""

    spotted_on: date | None = None
    asked_on: date | None = None
    agreed_on: date | None = None
    active_on: date | None = None
    note: str = ""

    @property
    def step(self) -> Step | None:
        """Where they stand: the latest step with a day."""
        days = (self.spotted_on, self.asked_on, self.agreed_on, self.active_on)
        return next((step for step, day in reversed(list(zip(Step, days, strict=True))) if day is not None), None)


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A call, a mail or a meeting."""

    id: str
    kind: ContactKind
    day: date
    note: str


@dataclass(frozen=True, slots=True)
class ThanksRow:
    """Thanks that were given: by whom, for what, and the thread where it can be seen, while that is here."""

    id: str
    day: date
    given_by: str
    reason: str
    thread_id: EventId | None = None
    subject: str = ""


@dataclass(frozen=True, slots=True)
class NudgeRow:
    """When somebody was nudged, or put off (`is_sent` False), and until when they are left alone."""

    id: str
    at: datetime
    is_sent: bool

    @property
    def paused_until(self) -> datetime:
        """Nobody is nudged a second time before."""
        return self.at + timedelta(days=PAUSE_DAYS)


@dataclass(frozen=True, slots=True)
class Counted:
    """Whether somebody counts as a program: what was typed (None: nothing), and what sources tell."""

    typed: bool | None = None
    told: bool = False

    @property
    def is_program(self) -> bool:
        """What was typed wins."""
        return self.told if self.typed is None else self.typed

    def word(self, *, is_program: bool) -> bool | None:
        """What to type so that they count as this: nothing where sources tell it already."""
        return None if is_program == self.told else is_program


NO_WORD: Final = Counted()
COUNTED: Final = """
WITH RECURSIVE one(id) AS (
  SELECT :person UNION SELECT m.person_id FROM one CROSS JOIN personmerge m ON m.into_id = one.id)
SELECT (SELECT f.is_bot FROM personfact f WHERE f.person_id = :person), ifnull(max(p.is_told_bot), 0)
FROM one CROSS JOIN person p ON p.id = one.id
"""
"""(typed, told) of :person; sources may tell it of anybody who was made one with them."""
_FACTS = """
SELECT office, region, organisation, role, languages, time_zone, level, is_sponsor, is_leaving, leaves_on
FROM personfact WHERE person_id = ?
"""
_CONTACTS = "SELECT id, kind, day, note FROM contact WHERE person_id = ? ORDER BY day DESC, id DESC"
_THANKS = """
SELECT k.id, k.day, k.given_by, k.reason, k.thread_id, coalesce(t.subject, '')
FROM thanks k LEFT JOIN thread t ON t.id = k.thread_id WHERE k.person_id = ? ORDER BY k.day DESC, k.id DESC
"""


def own_facts(reader: Reader, person_id: PersonId) -> OwnFacts:
    """What was typed about a person."""
    row = reader.one(_FACTS, (person_id,))
    if row is None:
        return OwnFacts()
    *words, is_sponsor, is_leaving, leaves_on = row
    return OwnFacts(
        **dict(zip(TYPED, words, strict=True)),
        is_sponsor=bool(is_sponsor),
        is_leaving=bool(is_leaving),
        leaves_on=None if leaves_on is None else as_date(leaves_on),
    )


def counted_as(reader: Reader, person_id: PersonId) -> Counted:
    """Whether a person counts as a program, and who says so."""
    ((typed, told),) = reader.rows(COUNTED, {"person": person_id})
    return Counted(None if typed is None else bool(typed), bool(told))


def advocate_path(reader: Reader, person_id: PersonId) -> AdvocatePath:
    """How far a person is on the way to being an advocate."""
    statement = "SELECT spotted_on, asked_on, agreed_on, active_on, note FROM advocate WHERE person_id = ?"
    row = reader.one(statement, (person_id,))
    if row is None:
        return AdvocatePath()
    return _path(row)


def contacts(reader: Reader, person_id: PersonId) -> tuple[ContactRow, ...]:
    """When they were spoken to, the latest first."""
    rows = reader.rows(_CONTACTS, (person_id,))
    return tuple(ContactRow(id_, ContactKind(kind), as_date(day), note) for id_, kind, day, note in rows)


def thanks_to(reader: Reader, person_id: PersonId) -> tuple[ThanksRow, ...]:
    """What they were thanked for, the latest first."""
    return tuple(ThanksRow(row[0], as_date(row[1]), *row[2:]) for row in reader.rows(_THANKS, (person_id,)))


def last_nudge(reader: Reader, person_id: PersonId, *, as_of: datetime) -> NudgeRow | None:
    """The nudge after which they are left alone still; None where one may be sent."""
    row = reader.one(
        "SELECT id, at, is_sent FROM nudge WHERE person_id = ? AND at > ? ORDER BY at DESC LIMIT 1",
        (person_id, to_micros(as_of - timedelta(days=PAUSE_DAYS))),
    )
    return None if row is None else NudgeRow(row[0], from_micros(row[1]), bool(row[2]))


@dataclass(frozen=True, slots=True)
class PersonName:
    """Somebody in a list, with why they are there in `reason` where the list does not say it."""

    person_id: PersonId
    name: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AdvocateRow:
    """Somebody on the way to being an advocate."""

    person_id: PersonId
    name: str
    path: AdvocatePath


def advocates(reader: Reader) -> list[AdvocateRow]:
    """Everybody on the way, by step and then by name."""
    rows = reader.rows(
        "SELECT p.id, p.name, a.spotted_on, a.asked_on, a.agreed_on, a.active_on, a.note"
        " FROM advocate a CROSS JOIN person p ON p.id = a.person_id"
        " WHERE NOT EXISTS (SELECT 1 FROM personmerge x WHERE x.person_id = p.id)"
    )
    found = [AdvocateRow(row[0], row[1], _path(row[2:])) for row in rows]
    order = [None, *Step]
    return sorted(found, key=lambda one: (order.index(one.path.step), one.name.casefold(), one.person_id))


def nudged(reader: Reader, *, as_of: datetime) -> list[PersonName]:
    """Who is left alone after a nudge, by name."""
    statement = sql(
        "SELECT p.id, p.name FROM nudge n CROSS JOIN person p ON p.id = n.person_id",
        "WHERE n.at > ? GROUP BY p.id ORDER BY p.name_key, p.id",
    )
    rows = reader.rows(statement, (to_micros(as_of - timedelta(days=PAUSE_DAYS)),))
    return [PersonName(*row) for row in rows]


def _path(row: Sequence[Any]) -> AdvocatePath:
    spotted, asked, agreed, active = (None if day is None else as_date(day) for day in row[:4])
    return AdvocatePath(spotted, asked, agreed, active, row[4])


def as_date(value: str | date) -> date:
    """A day as it is stored: text in the form 2026-01-05."""
    return value if isinstance(value, date) else date.fromisoformat(value)
