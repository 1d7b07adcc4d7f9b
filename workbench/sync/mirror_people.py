"""The mirror's people: handles joined to persons, names kept newest, members of one community; written set by set."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from workbench.models.kinds import EventKind
from workbench.models.moments import to_micros
from workbench.models.people_keys import FACTS, find_key, plain_key
from workbench.sync.lookups import driver, next_id, select_among, storable
from workbench.sync.people_joined import Joined
from workbench.sync.records import MemberRecord, PersonRecord


@dataclass(slots=True)
class _Person:
    """A person as far as this part of a batch knows them."""

    id: int
    name: str = ""
    named_at: int | None = None
    is_bot: bool = False
    address_key: str | None = None
    office: str | None = None
    region: str | None = None
    organisation: str | None = None
    languages: str | None = None
    time_zone: str | None = None
    is_new: bool = True
    is_changed: bool = False
    is_redated: bool = False
    became_bot: bool = False

    @property
    def row(self) -> tuple[object, ...]:
        """What is written when something of it changes, in the order of the statements below."""
        facts = [getattr(self, fact) for fact in FACTS]
        return (self.name, name_key(self.name), *facts, self.is_bot, find_key(self.name, *facts))


@dataclass(slots=True)
class _Handle:
    """A person on this account's platform; `own_id` is who it was before that one became part of `person`."""

    person: _Person
    name: str
    own_id: int | None = None
    address_key: str | None = None
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
    persons who turn out to be one later stay two until somebody merges them by hand. What a handle of merged people
    does is done by the person they became; `own` tells who it was by itself, so that a merge can be undone.
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
        self._people_here: dict[int, _Person] = {}
        self._own_names: dict[int, tuple[int, str]] = {}  # of those who are part of another, with when it was in use
        self._next_person = 0
        self._changes = 0
        self._joined = Joined(connection, account_id=account_id)

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
            f"SELECT h.remote_id, h.name, h.own_id, h.address_key, {_COLUMNS}"  # noqa: S608 - our own constant
            " FROM handle h CROSS JOIN person p ON p.id = h.person_id"
            " WHERE h.account_id = ? AND h.remote_id IN (?*)",
            sorted(handles),
            before=(self._account_id,),
        ):
            person = people.setdefault(row[4], _known_person(row[4:]))
            name, own_id, address_key = row[1:4]
            self._handles[row[0]] = _Handle(person, name, own_id, address_key, is_new=False)
        for row in self._select(f"SELECT {_COLUMNS} FROM person p WHERE p.address_key IN (?*)", addresses):  # noqa: S608 - as above
            self._by_address[row[3]] = people.setdefault(row[0], _known_person(row))
        self._load_joined(people, handles)
        self._load_members(people)
        if are_listed:
            self._load_presence(people)

    def _select(self, statement: str, values: Iterable[object]) -> Iterable[Sequence[Any]]:
        return select_among(self._connection, statement, sorted(values, key=str))

    def _load_joined(self, people: dict[int, _Person], handles: Iterable[str]) -> None:
        """Who those found by address became, and whom handles belong to that were here before with their account."""
        kept = self._joined.kept(remote_id for remote_id in handles if remote_id not in self._handles)
        wanted = {self._joined.root(person_id) for person_id in (*people, *kept.values())} - set(people)
        for row in self._select(f"SELECT {_COLUMNS} FROM person p WHERE p.id IN (?*)", wanted):  # noqa: S608 - as above
            people[row[0]] = _known_person(row)
        for remote_id, own in kept.items():
            root = self._joined.root(own)
            self._handles[remote_id] = _Handle(people[root], "", own_id=own if own != root else None)
            self._changes += 1
        self._people_here = people

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
            own = self._person_for(record)
            root = self._joined.root(own.id)
            is_joined = root != own.id
            person = self._people_here[root] if is_joined else own
            handle = self._handles[remote_id] = _Handle(person, "", own_id=own.id if is_joined else None)
            self._changes += 1
        person = handle.person
        moment = self._now if said_at is None else said_at
        # Who became part of another goes by that one's name.
        is_own = handle.own_id is None
        is_newest = is_own and record.has_own_name and (person.named_at is None or moment >= person.named_at)
        if record.name and (is_newest or not person.name):
            self._rename(handle, storable(record.name))
        elif handle.own_id is not None and record.name and record.has_own_name:
            handle.is_changed |= handle.name != storable(record.name)
            handle.name = storable(record.name)
            if moment >= self._own_names.get(handle.own_id, (moment, ""))[0]:
                self._own_names[handle.own_id] = (moment, handle.name)
        if is_newest and record.name and moment != person.named_at:
            person.named_at, person.is_redated = moment, True
        self._learn(person, record, is_newest=is_newest)
        if record.address_key and record.address_key not in {person.address_key, handle.address_key}:
            # Two who are known apart may turn out to be one: that is for somebody to decide.
            handle.address_key, handle.is_changed = record.address_key, True
        if record.is_bot and not person.is_bot:
            person.is_bot = person.is_changed = person.became_bot = True
            self._changes += 1
        return person.id

    def _learn(self, person: _Person, record: PersonRecord, *, is_newest: bool) -> None:
        """Takes over what the record says of office, languages and the like."""
        for fact in FACTS:
            told, known = getattr(record, fact), getattr(person, fact)
            if told and told != known and (is_newest or known is None):
                setattr(person, fact, storable(told))
                person.is_changed = True
                self._changes += 1

    def own(self, record: PersonRecord) -> int | None:
        """Who the handle of a record was by itself; None unless it is shown as somebody else. Asked after `person`."""
        handle = self._handles.get(storable(record.handle)) if self._joined else None
        return None if handle is None else handle.own_id

    @property
    def are_joined(self) -> bool:
        """Whether any people were made one here: only then `own` has something to say."""
        return bool(self._joined)

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
            (self._account_id, remote_id, h.person.id, h.name, h.own_id, h.address_key)
            for remote_id, h in self._handles.items()
            if h.is_new
        ]
        if new_handles:
            execute(
                "INSERT INTO handle (account_id, remote_id, person_id, name, own_id, address_key)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                new_handles,
            )
        renamed = [
            (h.name, h.address_key, self._account_id, remote_id)
            for remote_id, h in self._handles.items()
            if h.is_changed and not h.is_new
        ]
        if renamed:
            execute("UPDATE handle SET name = ?, address_key = ? WHERE account_id = ? AND remote_id = ?", renamed)

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
        new = [(*p.row, p.id, p.named_at, p.address_key) for p in people if p.is_new]
        if new:
            execute(
                "INSERT INTO person (name, name_key, office, region, organisation, languages, time_zone, is_bot,"
                " find_key, id, named_at, address_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                new,
            )
        changed = [(*p.row, p.id) for p in people if p.is_changed and not p.is_new]
        if changed:
            execute(
                "UPDATE person SET name = ?, name_key = ?, office = ?, region = ?, organisation = ?, languages = ?,"
                " time_zone = ?, is_bot = ?, find_key = ? WHERE id = ?",
                changed,
            )
        own = [(name, at, own_id, at) for own_id, (at, name) in self._own_names.items()]
        if own:
            execute("UPDATE person SET name = ?, named_at = ? WHERE id = ? AND coalesce(named_at, 0) <= ?", own)
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


_COLUMNS = (
    "p.id, p.name, p.named_at, p.address_key, p.is_bot, p.office, p.region, p.organisation, p.languages, p.time_zone"
)


def _known_person(row: Sequence[Any]) -> _Person:
    person_id, name, named_at, address_key, is_bot, *told = row
    facts: dict[str, Any] = dict(zip(FACTS, told, strict=True))
    return _Person(person_id, name, named_at, bool(is_bot), address_key, **facts, is_new=False)


def _known_member(row: Sequence[Any]) -> _Member:
    _person_id, is_listed, role, joined_at, left_at = row
    return _Member(bool(is_listed), role, joined_at, left_at, is_new=False)


def name_key(name: str) -> str:
    """A name as it is looked for: no case, no accents."""
    return plain_key(name)
