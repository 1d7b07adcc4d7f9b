"""The mirror's people: handles joined to persons, names kept newest; written set by set."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from workbench.models.people_keys import FACTS, find_key, plain_key
from workbench.sync.lookups import driver, next_id, select_among, storable
from workbench.sync.mirror_members import Members
from workbench.sync.people_joined import Joined
from workbench.sync.records import MemberRecord, PersonRecord


@dataclass(slots=True)
class _Person:
    """A person as far as this part of a batch knows them."""

    id: int
    name: str = ""
    named_at: int | None = None
    is_bot: bool = False
    is_told_bot: bool = False  # of themselves; who was made one with them may be one
    typed_bot: bool | None = None  # what somebody typed wins over what any source tells
    address_key: str | None = None
    office: str | None = None
    region: str | None = None
    organisation: str | None = None
    languages: str | None = None
    time_zone: str | None = None
    level: str | None = None
    is_new: bool = True
    is_changed: bool = False
    is_redated: bool = False
    became_bot: bool = False

    @property
    def row(self) -> tuple[object, ...]:
        """What is written when something of it changes, in the order of the statements below."""
        facts = [getattr(self, fact) for fact in FACTS]
        return (self.name, name_key(self.name), *facts, self.is_bot, self.is_told_bot, find_key(self.name, *facts[:-1]))


@dataclass(slots=True)
class _Handle:
    """A person on this account's platform; `own_id` is who it was before that one became part of `person`."""

    person: _Person
    name: str
    own_id: int | None = None
    address_key: str | None = None
    is_new: bool = True
    is_changed: bool = False


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
        self._now = now
        self._handles: dict[str, _Handle] = {}
        self._by_address: dict[str, _Person] = {}
        self._people_here: dict[int, _Person] = {}
        self._own_names: dict[int, tuple[int, str]] = {}  # of those who are part of another, with when it was in use
        self._told_programs: set[int] = set()  # of those who are part of another
        self._next_person = 0
        self._changes = 0
        self._joined = Joined(connection, account_id=account_id)
        self._members = Members(connection, community_id=community_id, joined=self._joined)

    def load(self, records: Iterable[PersonRecord], *, are_listed: bool = False) -> None:
        """Reads what is stored about these people; also their comings and goings, if there are members to be listed."""
        handles: set[str] = set()
        addresses: set[str] = set()
        for record in records:
            handles.add(storable(record.handle))
            if record.address_key:
                addresses.add(record.address_key)
        self._next_person = next_id(self._connection, "person")
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
        self._members.load(people, are_listed=are_listed)

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
        told = "SELECT id FROM person WHERE is_told_bot AND id IN (SELECT person_id FROM personmerge)"
        self._told_programs = {row[0] for row in self._driver.execute(told)} if self._joined else set()

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
        if record.is_bot:
            self._learn_program(handle)
        return person.id

    def _learn_program(self, handle: _Handle) -> None:
        """A source says that a program is behind a handle. That is kept of whom it was by itself."""
        person = handle.person
        if handle.own_id is None and not person.is_told_bot:
            person.is_told_bot = person.is_changed = True
            self._changes += 1
        elif handle.own_id is not None and handle.own_id not in self._told_programs:
            self._told_programs.add(handle.own_id)
            self._changes += 1
        if not person.is_bot and person.typed_bot is None:
            person.is_bot = person.is_changed = person.became_bot = True

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

    def took_part(self, record: PersonRecord) -> None:
        """Someone did something here: they are a member, if only by that. Asked after `person`, as what follows."""
        self._members.of(self._own_id(record))

    def came_or_went(self, record: PersonRecord, kind: int, at: int) -> None:
        """A join or leave event: the latest word counts, the first join is kept."""
        self._members.came_or_went(self._own_id(record), kind, at)

    def listed(self, record: MemberRecord) -> None:
        """The platform's member list names them; what it does not say is left as it is known."""
        self.person(record.person)
        self._members.listed(self._own_id(record.person), record)

    def _own_id(self, record: PersonRecord) -> int:
        """Who it was by itself, also where that is shown as somebody else."""
        handle = self._handles[storable(record.handle)]
        return handle.person.id if handle.own_id is None else handle.own_id

    @property
    def changes(self) -> int:
        """How much was made or altered so far: a record that leaves it alone brought nothing new."""
        return self._changes + self._members.changes

    def write(self) -> bool:
        """Stores what is new or different; True when anything was."""
        people = self._people()
        self._write_people(people)
        self._write_handles()
        self._members.write()
        return self.changes > 0

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
        return sorted(self._members.moved() | set(self.new_bots()))

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
                "INSERT INTO person (name, name_key, office, region, organisation, languages, time_zone, level,"
                " is_bot, is_told_bot, find_key, id, named_at, address_key)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                new,
            )
        changed = [(*p.row, p.id) for p in people if p.is_changed and not p.is_new]
        if changed:
            execute(
                "UPDATE person SET name = ?, name_key = ?, office = ?, region = ?, organisation = ?, languages = ?,"
                " time_zone = ?, level = ?, is_bot = ?, is_told_bot = ?, find_key = ? WHERE id = ?",
                changed,
            )
        if self._told_programs:
            programs = [(own,) for own in sorted(self._told_programs)]
            execute("UPDATE person SET is_told_bot = 1 WHERE id = ? AND NOT is_told_bot", programs)
        own = [(name, at, own_id, at) for own_id, (at, name) in self._own_names.items()]
        if own:
            execute("UPDATE person SET name = ?, named_at = ? WHERE id = ? AND coalesce(named_at, 0) <= ?", own)
        redated = [(p.named_at, p.id) for p in people if p.is_redated and not p.is_new]
        if redated:
            execute("UPDATE person SET named_at = ? WHERE id = ?", redated)


_COLUMNS = (
    "p.id, p.name, p.named_at, p.address_key, p.is_bot, p.is_told_bot,"
    " (SELECT f.is_bot FROM personfact f WHERE f.person_id = p.id),"
    " p.office, p.region, p.organisation, p.languages, p.time_zone, p.level"
)


def _known_person(row: Sequence[Any]) -> _Person:
    person_id, name, named_at, address_key, is_bot, is_told_bot, typed, *told = row
    facts: dict[str, Any] = dict(zip(FACTS, told, strict=True))
    typed_bot = None if typed is None else bool(typed)
    return _Person(
        person_id, name, named_at, bool(is_bot), bool(is_told_bot), typed_bot, address_key, **facts, is_new=False
    )


def name_key(name: str) -> str:
    """A name as it is looked for: no case, no accents."""
    return plain_key(name)
