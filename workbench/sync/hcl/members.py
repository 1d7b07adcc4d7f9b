"""The members of a community of HCL Connections: read whole, and only when something says that the list changed.

Who left is told by nothing but a list without them. The list of communities has the count, the list of members a
moment that moves with whoever is added; the first costs nothing, the second one small request a day.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Final

from workbench.sync.connector import Batch, Census, CensusOf, Cursor, Stage
from workbench.sync.hcl.atom import SNX, Page, person_in, text_of
from workbench.sync.hcl.site import MEMBERS, HclSite
from workbench.sync.records import MemberRecord, Rejected

VERSION: Final = 1
WHOLE: Final = 10_000
"""The most members the site gives on one page, for sites that do not give a second one."""


@dataclass(frozen=True, slots=True)
class Roster:
    """The cursor: what was said of the list when it was read, and on which day it was last looked at.

    `count` and `updated` are from the list of communities, `moved` and `total` from the list of members; `moved` is
    empty where that list could not be read whole, so that it is read again.
    """

    count: int | None = None
    updated: str = ""
    moved: str = ""
    total: int | None = None
    day: str = ""

    def cursor(self) -> Cursor:
        """As it is stored."""
        return Cursor(json.dumps({"version": VERSION, **asdict(self)}))

    @classmethod
    def of(cls, cursor: Cursor | None) -> "Roster":
        """What a cursor stands for; nothing known without one."""
        told = {} if cursor is None else json.loads(cursor)
        return cls(**told) if told.pop("version", None) == VERSION else cls()


class Members:
    """Reads the members of communities through `site`."""

    def __init__(self, site: HclSite) -> None:
        self._site = site

    def pull(self, community: str, since: Cursor | None) -> Iterator[Batch]:
        """The members, if the list may have changed since."""
        known, told = Roster.of(since), self._site.told(community)
        if known.moved and told.on is not None and told.members == known.count:
            today = told.on.isoformat()
            if told.updated == known.updated and today == known.day:
                yield Batch((), since, then=Stage.MEMBERS)
                return
            page = self._site.page(self._site.members(community), size=1)
            if _moved(page) == known.moved and page.total == known.total:
                same = replace(known, updated=told.updated, day=today)
                yield self._site.counted(Batch((), same.cursor(), then=Stage.MEMBERS))
                return
        yield from self.whole(community)

    def whole(self, community: str) -> Iterator[Batch]:
        """All members, page by page, and who is one no longer, if the list stood still while it was read."""
        told, walk = self._site.told(community), _Walk(community)
        for size in (MEMBERS.size, WHOLE):
            at: int | None = MEMBERS.first
            while at is not None:
                page = self._site.page(self._site.members(community), at, size=size)
                yield self._site.counted(walk.batch(page))
                at = page.next
            if not walk.is_short:
                break
        day = told.on or walk.day
        roster = Roster(told.members, told.updated, walk.mark, walk.total, "" if day is None else day.isoformat())
        census = Census(CensusOf.MEMBERS, frozenset(walk.handles))
        censuses = (census,) if walk.is_whole else ()
        yield self._site.counted(Batch((), roster.cursor(), censuses=censuses, then=Stage.MEMBERS))


class _Walk:
    """One reading of a list of members."""

    def __init__(self, community: str) -> None:
        self._community = community
        self.handles: set[str] = set()
        self.total: int | None = None
        self.day: date | None = None
        self._entries: set[str] = set()
        self._moved: set[str] = set()
        self._has_rejected = False

    @property
    def is_short(self) -> bool:
        """Whether the site gave fewer than it says there are."""
        return self.total is not None and len(self._entries) < self.total

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing, and nobody came or went meanwhile."""
        return not self.is_short and not self._has_rejected and len(self._moved) == 1

    @property
    def mark(self) -> str:
        """When the list last changed, as the site says it; "" if it could not be read whole."""
        return next(iter(self._moved)) if self.is_whole else ""

    def batch(self, page: Page) -> Batch:
        """The members on a page, without those an earlier page had."""
        self.total, self.day = page.total, page.served_at.date()
        self._moved.add(_moved(page))
        records, rejected = [], []
        for position, entry in enumerate(page.entries):
            person = person_in(entry.node, "contributor")
            name = entry.id if person is None else person.handle
            if name in self._entries:
                continue
            self._entries.add(name)
            if entry.kind == "group":
                continue  # a group of the organisation's directory, whose people are not shown
            if person is None:
                self._has_rejected = True
                rejected.append(Rejected(self._community, position, "no_person", "A member without name and id."))
                continue
            self.handles.add(person.handle)
            role = entry.text(SNX + "role") or None
            records.append(MemberRecord(self._community, person, joined_at=entry.published, role=role))
        return Batch(tuple(records), rejected=tuple(rejected), then=Stage.MEMBERS)


def _moved(page: Page) -> str:
    return text_of(page.node, SNX + "communityLastMod") or "-"
