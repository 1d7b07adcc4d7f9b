"""The mirror's people: handles joined to persons, names kept newest, members of one community; written set by set."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from workbench.models.kinds import EventKind
from workbench.models.moments import to_micros
from workbench.models.search_text import folded
from workbench.sync.lookups import driver, next_id, select_among, storable
from workbench.sync.records import MemberRecord, PersonRecord


@dataclass(slots=True)
class _Person:
    """A person as far as this part of a batch knows them."""

    id: int
    name: str = ""
    named_at: int | None = None
    office: str | None = None
    is_bot: bool = False
    address_key: str | None = None
    is_new: bool = True
    is_changed: bool = False
    is_redated: bool = False
    became_bot: bool = False


@dataclass(slots=True)
class _Handle:
    """A person on this account's platform."""

    person: _Person
    name: str
    is_new: bool = True
    is_changed: bool = False


@dataclass(slots=True)
class _Member:
    """A person in this community."""

    is_listed: bool = False
    role: str | None = None
    joined_at: int | None = None
    left_at: int | None = None
    last_join_at: int | None = None  # these two of events, and only for those a member list names
    last_leave_at: int | None = None
    is_new: bool = True
    is_changed: bool = False

    @property
    def is_told(self) -> bool:
        """Whether they are new, and a list or an event says so."""
        return self.is_new and (self.is_listed or self.joined_at is not None or self.left_at is not None)

    def left_at_said(self, listed: int | None) -> int | None:
        """When they left, if the list says `listed`; joins and leaves that happened later than that count more."""
        joined = self.last_join_at
        words = (listed, self.last_leave_at)
        return max((at for at in words if at is not None and (joined is None or at >= joined)), default=None)


class People:
    """Finds, makes and updates people for one part of a batch: `load` once, then ask, then `write` once.

    A name given with a moment replaces older ones only. An address joins a new handle to the person who has it; two
    persons who turn out to be one later stay two until somebody merges them by hand.
    """

    def __init__(self, connection: Connection, *, account_id: int, community_id: int, now: int) -> None:
        self._connection = connection
        self._driver = driver(connection)
        self._account_id = account_id
        self._community_id = community_id
        self._now = now
        self._handles: dict[str, _Handle] = {}
        self._by_address: dict[str, _Person] = {}
        self._members: dict[int, _Member] = {}
        self._next_person = 0
        self._changes = 0

    def load(self, records: Iterable[PersonRecord], *, are_listed: bool = False) -> None:
        """Reads what is stored about these people; also their comings and goings, if there are members to be listed."""
        handles: set[str] = set()
        addresses: set[str] = set()
        for record in records:
            handles.add(storable(record.handle))
            if record.address_key:
                addresses.add(record.address_key)
        self._next_person = next_id(self._connection, "SELECT max(id) FROM person")
        people: dict[int, _Person] = {}
        for row in select_among(
            self._connection,
            "SELECT id, name, named_at, office, is_bot, address_key FROM person WHERE address_key IN (?*)",
            sorted(addresses),
        ):
            person = people[row[0]] = _known_person(row)
            self._by_address[row[5]] = person
        for row in select_among(
            self._connection,
            "SELECT p.id, p.name, p.named_at, p.office, p.is_bot, p.address_key, h.remote_id, h.name"
            " FROM handle h CROSS JOIN person p ON p.id = h.person_id WHERE h.account_id = ? AND h.remote_id IN (?*)",
            sorted(handles),
            before=(self._account_id,),
        ):
            person = people.setdefault(row[0], _known_person(row[:6]))
            self._handles[row[6]] = _Handle(person=person, name=row[7], is_new=False)
        self._load_members(people)
        if are_listed:
            self._load_presence(people)

    def _load_members(self, people: Iterable[int]) -> None:
        statement = (
            "SELECT person_id, is_listed, role, joined_at, left_at FROM member"
            " WHERE community_id = ? AND person_id IN (?*)"
        )
        for row in select_among(self._connection, statement, sorted(people), before=(self._community_id,)):
            self._members[row[0]] = _known_member(row)

    def _load_presence(self, people: Iterable[int]) -> None:
        statement = (
            "SELECT person_id, max(at) FILTER (WHERE kind = 1), max(at) FILTER (WHERE kind = 2)"
            " FROM event INDEXED BY event_presence"
            " WHERE kind IN (1, 2) AND community_id = ? AND person_id IN (?*) GROUP BY person_id"
        )
        rows = select_among(self._connection, statement, sorted(people), before=(self._community_id,))
        for person_id, joined_at, left_at in rows:
            member = self._members[person_id]
            member.last_join_at, member.last_leave_at = joined_at, left_at

    def person(self, record: PersonRecord, *, said_at: int | None = None) -> int:
        """The id of the person; `said_at` is the moment of the message that names them, None for a profile read now."""
        remote_id = storable(record.handle)
        handle = self._handles.get(remote_id)
        if handle is None:
            handle = self._handles[remote_id] = _Handle(person=self._person_for(record), name="")
            self._changes += 1
        person = handle.person
        moment = self._now if said_at is None else said_at
        is_newest = record.has_own_name and (person.named_at is None or moment >= person.named_at)
        if record.name and (is_newest or not person.name):
            self._rename(handle, storable(record.name))
        if is_newest and record.name and moment != person.named_at:
            person.named_at, person.is_redated = moment, True
        if record.office and record.office != person.office and (is_newest or person.office is None):
            person.office, person.is_changed = storable(record.office), True
            self._changes += 1
        if record.is_bot and not person.is_bot:
            person.is_bot = person.is_changed = person.became_bot = True
            self._changes += 1
        return person.id

    def _person_for(self, record: PersonRecord) -> _Person:
        person = self._by_address.get(record.address_key) if record.address_key else None
        if person is None:
            person = _Person(id=self._next_person, address_key=record.address_key or None)
            self._next_person += 1
            if record.address_key:
                self._by_address[record.address_key] = person
        return person

    def _rename(self, handle: _Handle, name: str) -> None:
        if name != handle.person.name:
            handle.person.name, handle.person.is_changed = name, True
            self._changes += 1
        if name != handle.name:
            handle.name, handle.is_changed = name, True

    def took_part(self, person_id: int) -> None:
        """Someone did something here: they are a member, if only by that."""
        if person_id not in self._members:
            self._members[person_id] = _Member()
            self._changes += 1

    def came_or_went(self, person_id: int, kind: int, at: int) -> None:
        """A join or leave event: the latest word counts, the first join is kept."""
        member = self._members[person_id]
        if kind == EventKind.JOIN:
            member.last_join_at = max(at, member.last_join_at or at)
            if member.joined_at is None or (at < member.joined_at and not member.is_listed):
                member.joined_at, member.is_changed = at, True
            if member.left_at is not None and at > member.left_at:
                member.left_at, member.is_changed = None, True
        elif kind == EventKind.LEAVE:
            member.last_leave_at = max(at, member.last_leave_at or at)
            if member.left_at is None or at > member.left_at:
                member.left_at, member.is_changed = at, True

    def listed(self, record: MemberRecord) -> None:
        """The platform's member list names them; what it does not say is left as it is known."""
        person_id = self.person(record.person)
        self.took_part(person_id)
        member = self._members[person_id]
        joined_at = member.joined_at if record.joined_at is None else to_micros(record.joined_at)
        left_at = member.left_at_said(None if record.left_at is None else to_micros(record.left_at))
        role = storable(record.role) if record.role else member.role
        if (member.is_listed, member.role, member.joined_at, member.left_at) != (True, role, joined_at, left_at):
            member.is_listed, member.role, member.joined_at, member.left_at = True, role, joined_at, left_at
            member.is_changed = True
            self._changes += 1

    @property
    def changes(self) -> int:
        """How much was made or altered so far: a record that leaves it alone brought nothing new."""
        return self._changes

    def write(self) -> bool:
        """Stores what is new or different; True when anything was."""
        people = self._people()
        self._write_people(people)
        self._write_handles()
        self._write_members()
        return self._changes > 0

    def _write_handles(self) -> None:
        execute = self._driver.executemany
        new_handles = [
            (self._account_id, remote_id, h.person.id, h.name) for remote_id, h in self._handles.items() if h.is_new
        ]
        if new_handles:
            execute("INSERT INTO handle (account_id, remote_id, person_id, name) VALUES (?, ?, ?, ?)", new_handles)
        renamed = [
            (h.name, self._account_id, remote_id)
            for remote_id, h in self._handles.items()
            if h.is_changed and not h.is_new
        ]
        if renamed:
            execute("UPDATE handle SET name = ? WHERE account_id = ? AND remote_id = ?", renamed)

    def moved(self) -> list[int]:
        """People who came, went or were listed in another way than known, or turned out to be bots.

        Who is new here only by what they did is found by that.
        """
        moved = [person_id for person_id, member in self._members.items() if member.is_changed or member.is_told]
        return moved + self.new_bots()

    def new_bots(self) -> list[int]:
        """People known before who turned out to be programs: all they did has to leave the roll-ups."""
        return [person.id for person in self._people() if person.became_bot and not person.is_new]

    def _people(self) -> list[_Person]:
        return list({handle.person.id: handle.person for handle in self._handles.values()}.values())

    def _write_people(self, people: list[_Person]) -> None:
        execute = self._driver.executemany
        new = [
            (p.id, p.name, name_key(p.name), p.named_at, p.office, p.is_bot, p.address_key) for p in people if p.is_new
        ]
        if new:
            execute(
                "INSERT INTO person (id, name, name_key, named_at, office, is_bot, address_key)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                new,
            )
        changed = [
            (p.name, name_key(p.name), p.office, p.is_bot, p.id) for p in people if p.is_changed and not p.is_new
        ]
        if changed:
            execute("UPDATE person SET name = ?, name_key = ?, office = ?, is_bot = ? WHERE id = ?", changed)
        redated = [(p.named_at, p.id) for p in people if p.is_redated and not p.is_new]
        if redated:
            execute("UPDATE person SET named_at = ? WHERE id = ?", redated)

    def _write_members(self) -> None:
        execute = self._driver.executemany
        members = self._members.items()
        new = [
            (self._community_id, person_id, m.is_listed, m.role, m.joined_at, m.left_at)
            for person_id, m in members
            if m.is_new
        ]
        if new:
            execute(
                "INSERT INTO member (community_id, person_id, is_listed, role, joined_at, left_at, messages)"
                " VALUES (?, ?, ?, ?, ?, ?, 0)",
                sorted(new, key=lambda row: row[1]),
            )
        changed = [
            (m.is_listed, m.role, m.joined_at, m.left_at, self._community_id, person_id)
            for person_id, m in members
            if m.is_changed and not m.is_new
        ]
        if changed:
            execute(
                "UPDATE member SET is_listed = ?, role = ?, joined_at = ?, left_at = ?"
                " WHERE community_id = ? AND person_id = ?",
                changed,
            )


def _known_person(row: Sequence[Any]) -> _Person:
    person_id, name, named_at, office, is_bot, address_key = row
    return _Person(person_id, name, named_at, office, bool(is_bot), address_key, is_new=False)


def _known_member(row: Sequence[Any]) -> _Member:
    _person_id, is_listed, role, joined_at, left_at = row
    return _Member(bool(is_listed), role, joined_at, left_at, is_new=False)


def name_key(name: str) -> str:
    """What the filter of the member list looks in: no case, no accents."""
    return folded(name).casefold()
