"""Members of a group: the list of who is tied to which group, read whole once a week and from its newest end daily.

The list tells of all groups at once and cannot be filtered, so that one reading in a run serves every group: they go
through it together, and a reading that is cut goes on for all of them from about there. Whoever leaves is only missing
from it.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from workbench.progress import Progress
from workbench.sync.connector import Batch, Census, CensusOf, Cursor, Stage
from workbench.sync.gate import Cause, line
from workbench.sync.open_social.position import BELOW_ALL
from workbench.sync.open_social.shapes import PAGE, Ref, Relation
from workbench.sync.open_social.site import MEMBERSHIP, OVERLAP_ROWS, Site
from workbench.sync.records import MemberRecord

WHOLE_EVERY: Final = timedelta(days=7)
TURN: Final = 4
"""So many pages are taken in for one group before the next one has its turn: a cut asks for as many again at most."""


@dataclass(frozen=True, slots=True)
class _Standing:
    """`whole`: the day of the last whole reading; `looked`: of the last look; `top`: the highest number known.

    `offset`: how far a whole reading has come that is not over yet.
    """

    whole: str = ""
    looked: str = ""
    top: int = 0
    offset: int = 0

    @classmethod
    def of(cls, cursor: Cursor | None) -> "_Standing":
        if cursor is None:
            return cls()
        try:
            value = json.loads(cursor)
            return cls(str(value["whole"]), str(value["looked"]), int(value["top"]), int(value["offset"]))
        except (ValueError, KeyError, TypeError) as error:
            raise line(Cause.BAD_REPLY, "the kept position cannot be read") from error

    def cursor(self) -> Cursor:
        told = {"version": 1, "whole": self.whole, "looked": self.looked, "top": self.top, "offset": self.offset}
        return Cursor(json.dumps(told, separators=(",", ":")))


class GroupMembers:
    """The members of one group."""

    def __init__(self, site: Site, group: Ref) -> None:
        self._site, self._group = site, group

    def pull(self, since: Cursor | None) -> Iterator[Batch]:
        """All of them, or who came since the cursor; once a day, because nobody comes unnoticed for longer."""
        standing = _Standing.of(since)
        type_ = self._site.relation_type(self._group.kind, MEMBERSHIP)
        today = self._site.now.date()
        if type_ is None:
            yield self._batch([], standing)
        elif not standing.whole or date.fromisoformat(standing.whole) + WHOLE_EVERY <= today:
            yield from self._whole(type_, standing, today.isoformat())
        elif standing.looked != today.isoformat():
            yield from self._newest(type_, standing, today.isoformat())
        else:
            yield self._batch([], standing)

    def whole(self) -> Iterator[Batch]:
        """All of them, and who is not there any more."""
        type_ = self._site.relation_type(self._group.kind, MEMBERSHIP)
        if type_ is not None:
            yield from self._whole(type_, _Standing(), self._site.now.date().isoformat())

    def _whole(self, type_: str, standing: _Standing, today: str) -> Iterator[Batch]:
        is_complete, handles = not standing.offset, set[str]()
        offset, top, pages = max(0, standing.offset - PAGE), standing.top, 0
        while True:
            relations, page = self._site.relations(type_, offset, newest_first=False)
            members = [one for one in self._members(relations) if one.person.handle not in handles]
            handles |= {member.person.handle for member in members}
            # If others leave meanwhile, all move up: a page that begins with nobody known may have jumped over some.
            follows = not offset or any(relation.number <= top for relation in relations)
            top = max([top, *(relation.number for relation in relations)])
            is_complete = is_complete and follows and not page.is_cut
            if page.next is None:
                break
            offset = max(offset + 1, page.next - OVERLAP_ROWS)
            self._site.ahead_of_relations(type_, offset, newest_first=False)
            pages += 1
            batch = self._batch(members, _Standing(standing.whole, standing.looked, top, page.next))
            yield replace(batch, lets_others=pages % TURN == 0)
        # Who has left a closed group sees nobody in it any more, and who is not signed in fewer.
        is_complete = is_complete and bool(handles)
        if is_complete:
            self._site.confirm()
        census = (Census(CensusOf.MEMBERS, frozenset(handles)),) if is_complete else ()
        yield self._batch(members, _Standing(today, today, top), census)

    def _newest(self, type_: str, standing: _Standing, today: str) -> Iterator[Batch]:
        found: dict[int, Relation] = {}
        offset: int | None = 0
        below = BELOW_ALL
        while offset is not None:
            relations, page = self._site.backwards(type_, offset, below)
            below = min([below, *(relation.number for relation in relations)])
            found |= {relation.number: relation for relation in relations if relation.number > standing.top}
            is_over = (
                page.next is None or min((one.number for one in relations), default=standing.top + 1) <= standing.top
            )
            offset = None if is_over or page.next is None else max(offset + 1, page.next - OVERLAP_ROWS)
        top = max([standing.top, *found])
        yield self._batch(self._members(found.values()), _Standing(standing.whole, today, top))

    def _members(self, relations: Iterable[Relation]) -> list[MemberRecord]:
        return [
            MemberRecord(
                self._group.text,
                relation.person,
                joined_at=relation.at,
                role="manager" if any("manager" in role for role in relation.roles) else None,
            )
            for relation in relations
            if relation.group == self._group.uuid and relation.person is not None
        ]

    def _batch(self, members: list[MemberRecord], standing: _Standing, censuses: tuple[Census, ...] = ()) -> Batch:
        return self._site.batch(
            Batch(
                tuple(members),
                standing.cursor(),
                censuses=censuses,
                progress=Progress(len(members), "members", fraction=1.0 if not standing.offset else None),
                then=Stage.MEMBERS,
            )
        )
