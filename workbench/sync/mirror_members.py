"""The mirror's members: who is in one community by lists, joins, leaves and deeds; of each person by itself."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from workbench.models.kinds import EventKind
from workbench.models.moments import to_micros
from workbench.sync.lookups import driver, select_among, storable
from workbench.sync.people_joined import Joined
from workbench.sync.people_places import show
from workbench.sync.records import MemberRecord


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


class Members:
    """Memberships of one community for one part of a batch: `load` once, then tell, then `write` once.

    People are told by who they are by themselves. For somebody who is part of a merge that is kept apart, and what is
    shown of the membership follows from the words of all who are one.
    """

    def __init__(self, connection: Connection, *, community_id: int, joined: Joined) -> None:
        self._connection, self._community_id, self._joined = connection, community_id, joined
        self._members: dict[int, _Member] = {}
        self._reshown: set[int] = set()
        self.changes = 0

    def load(self, people: Iterable[int], *, are_listed: bool = False) -> None:
        """Reads what is stored about these people; also their comings and goings, if there are members to be listed."""
        alone = {one for one in people if not self._joined.is_part(one)}
        roots = {self._joined.root(one) for one in people if one not in alone}
        group = {own for root in roots for own in self._joined.below(root)}
        for statement, ids in (
            ("SELECT person_id, is_listed, role, joined_at, left_at FROM member"
             " WHERE community_id = ? AND person_id IN (?*)", alone),
            ("SELECT own_id, is_listed, role, joined_at, left_at FROM memberword"
             " WHERE community_id = ? AND own_id IN (?*)", group),
        ):  # fmt: skip
            for row in select_among(self._connection, statement, sorted(ids), before=(self._community_id,)):
                self._members[row[0]] = _known(row)
        if are_listed:
            self._load_presence(people)

    def _load_presence(self, people: Iterable[int]) -> None:
        statement = (
            "SELECT coalesce(k.author_id, e.person_id), max(at) FILTER (WHERE kind = 1),"
            " max(at) FILTER (WHERE kind = 2)"
            " FROM event e INDEXED BY event_presence LEFT JOIN mergedevent k ON k.event_id = e.id"
            " WHERE kind IN (1, 2) AND community_id = ? AND person_id IN (?*) GROUP BY 1"
        )
        rows = select_among(self._connection, statement, sorted(people), before=(self._community_id,))
        for person_id, joined_at, left_at in rows:
            member = self.of(person_id)
            member.last_join_at, member.last_leave_at = joined_at, left_at

    def of(self, own: int) -> _Member:
        """The membership of somebody, who becomes a member by what they do."""
        if own not in self._members:
            self._members[own] = _Member()
            self.changes += 1
        return self._members[own]

    def came_or_went(self, own: int, kind: int, at: int) -> None:
        """A join or leave event: the latest word counts, the first join is kept."""
        member = self.of(own)
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

    def listed(self, own: int, record: MemberRecord) -> None:
        """The platform's member list names them; what it does not say is left as it is known."""
        member = self.of(own)
        joined_at = member.joined_at if record.joined_at is None else to_micros(record.joined_at)
        left_at = member.left_at_said(None if record.left_at is None else to_micros(record.left_at))
        role = storable(record.role) if record.role else member.role
        if (member.is_listed, member.role, member.joined_at, member.left_at) != (True, role, joined_at, left_at):
            member.is_listed, member.role, member.joined_at, member.left_at = True, role, joined_at, left_at
            member.is_changed = True
            self.changes += 1

    def moved(self) -> set[int]:
        """Who is shown as having come, gone or been listed in another way than known."""
        moved = {
            own
            for own, member in self._members.items()
            if (member.is_changed or member.is_told) and not self._joined.is_part(own)
        }
        return moved | self._reshown

    def write(self) -> None:
        """Stores what is new or different, and what follows for those who are shown for others."""
        execute = driver(self._connection).executemany
        words = {own: member for own, member in self._members.items() if self._joined.is_part(own)}
        members = {own: member for own, member in self._members.items() if own not in words}
        for statements, rows in ((_MEMBER, members), (_WORD, words)):
            new = [_row(m, self._community_id, own) for own, m in sorted(rows.items()) if m.is_new]
            changed = [_row(m, self._community_id, own) for own, m in rows.items() if m.is_changed and not m.is_new]
            for statement, values in zip(statements, (new, changed), strict=True):
                if values:
                    execute(statement, values)
        for root in sorted({self._joined.root(own) for own in words}):
            if show(self._connection, root, self._joined.below(root), within=self._community_id):
                self._reshown.add(root)


_MEMBER = (
    "INSERT INTO member (is_listed, role, joined_at, left_at, community_id, person_id, messages)"
    " VALUES (?, ?, ?, ?, ?, ?, 0)",
    "UPDATE member SET is_listed = ?, role = ?, joined_at = ?, left_at = ? WHERE community_id = ? AND person_id = ?",
)
_WORD = (
    "INSERT INTO memberword (is_listed, role, joined_at, left_at, community_id, own_id) VALUES (?, ?, ?, ?, ?, ?)",
    "UPDATE memberword SET is_listed = ?, role = ?, joined_at = ?, left_at = ? WHERE community_id = ? AND own_id = ?",
)


def _known(row: Sequence[Any]) -> _Member:
    _person_id, is_listed, role, joined_at, left_at = row
    return _Member(bool(is_listed), role, joined_at, left_at, is_new=False)


def _row(member: _Member, community_id: int, person_id: int) -> tuple[object, ...]:
    return (member.is_listed, member.role, member.joined_at, member.left_at, community_id, person_id)
