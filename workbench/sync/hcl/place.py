"""Where the reading of a community of HCL Connections stands: places in lists that move, and the cursor made of them.

A list is sorted by the time of the last change, the latest first, and cut into pages by number. What changes jumps to
its top, so that unread entries only move down; only an entry that is taken out lets one slip past, and then the total
has become less.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from workbench.models.moments import DayRange
from workbench.sync.connector import Cursor
from workbench.sync.gate import Cause, line
from workbench.sync.hcl.atom import Page, from_millis, millis
from workbench.sync.hcl.site import MOST_BACKS, HclSite, Listing, after, missed

VERSION: Final = 1
DAY: Final = timedelta(days=1)
PINNED: Final = "pinned"


class Way(StrEnum):
    """How history is read: not decided, topics and replies in one list (under way, or read), or topic by topic."""

    OPEN = ""
    TOGETHER = "together"
    DONE = "done"
    APART = "apart"


@dataclass(slots=True)
class Place:
    """A place in one list, changed page by page; moments are in milliseconds.

    Everything that changed since `anchor` is found by asking for it (0: the list was never looked at), and `page` is
    what comes next below `floor` (None: nothing). What changes between two pages of a look jumps past it, so that only
    a look of a single page shows all: `sure` is the anchor of the last such look, and `known` where `floor` stood then.
    What had changed between these two was listed by then; a list that is not `in_order` promises no such thing.
    `listed` counts the entries above `page`, without a gap, `backs` how often pages were read again: also where pages
    suddenly have another size, because then their numbers mean other entries.
    """

    anchor: int = 0
    sure: int = 0
    floor: int = 0
    known: int = 0
    page: int | None = None
    total: int | None = None
    in_order: bool = True
    listed: int = 0
    backs: int = 0

    @property
    def is_sure(self) -> bool:
        """Whether the last look showed everything down to where the list was read."""
        return self.known == self.floor and self.sure == self.anchor

    @property
    def is_new(self) -> bool:
        """Whether the list was never looked at."""
        return not self.anchor

    def top(self, site: HclSite, listing: Listing) -> Iterator[Page]:
        """What changed since the last look, page by page, or the first page of all; the look counts after the last."""
        if self.is_new:
            page = site.page(listing)
            anchor = _before(page.served_at, listing)
            self.floor, self.page = anchor, listing.dialect.first
            self._down(page, listing)
            self.anchor = self.sure = anchor
            self.known = self.floor
            yield page
            return
        at: int | None = listing.dialect.first
        total: int | None = None
        anchor = backs = pages = through = 0
        while at is not None:
            page = site.page(listing, at, since=self.anchor, fresh=backs > 0)
            anchor = anchor or _before(page.served_at, listing)
            back = missed(page, total) if backs < MOST_BACKS else 0
            total, pages = page.total, pages + 1
            following, through = after(page, at, through, first=listing.dialect.first)
            is_gap = following is not None and following <= at and backs < MOST_BACKS
            backs += bool(back) or is_gap
            at = max(listing.dialect.first, at - back) if back else following if is_gap else page.next
            if at is None:
                self.anchor = max(self.anchor, anchor)
                if pages == 1:
                    self.sure, self.known = self.anchor, self.floor
            yield page

    def below(self, site: HclSite, listing: Listing) -> Page:
        """The next page downwards."""
        page = site.page(listing, self.page, fresh=self.backs > 0)
        self._down(page, listing)
        return page

    def is_over(self, oldest: date | None) -> bool:
        """Whether the reading is at the bottom, or below the oldest day that is wanted."""
        return self.page is None or (oldest is not None and from_millis(self.floor).date() < oldest)

    def _down(self, page: Page, listing: Listing) -> None:
        back, self.total = missed(page, self.total), page.total
        if back and self.page is not None and self.page > listing.dialect.first and self.backs < MOST_BACKS:
            self.page, self.backs = max(listing.dialect.first, self.page - back), self.backs + 1
            self.listed = (self.page - listing.dialect.first) * (page.size or len(page.entries))
            return
        first = listing.dialect.first
        at = first if self.page is None else self.page
        following, self.listed = after(page, at, self.listed, first=first)
        if following is not None and following <= at and self.backs < MOST_BACKS:
            self.page, self.backs = following, self.backs + 1
            return
        self.page = page.next
        if page.next is None:
            self.listed = page.total or self.listed
        changes = [entry.changed for entry in page.entries if PINNED not in entry.flags]
        self.in_order = self.in_order and changes == sorted(changes, reverse=True)
        if self.in_order:
            self.floor = 0 if self.page is None else min([self.floor, *(moment for moment in changes if moment)])


@dataclass(slots=True)
class Position:
    """The cursor: what the places say is mirrored, but for the replies to the topics in `todo`, newest first.

    `todo` holds [id of a topic, moment since which its replies are unread, 0 for all]. `blog` is the path of the
    community's blog, "" without one, `asked` the moment that was asked last. `first` is when the earliest message was
    written, `read` counts messages. `forums` are the places in the lists of topics with their replies, by forum, and
    `way` says how history is read.
    """

    forum: Place = field(default_factory=Place)
    posts: Place = field(default_factory=Place)
    comments: Place = field(default_factory=Place)
    todo: list[tuple[str, int]] = field(default_factory=list)
    blog: str = ""
    asked: int = 0
    first: int = 0
    read: int = 0
    forums: dict[str, Place] = field(default_factory=dict)
    way: str = Way.OPEN

    def wants(self, topics: Iterable[tuple[str, int]]) -> None:
        """Puts topics whose replies are to be read before all others; the earlier of two moments holds."""
        wanted = dict(topics)
        for topic, since in self.todo:
            wanted[topic] = min(since, wanted.get(topic, since))
        self.todo = list(wanted.items())

    def waits(self, topics: Iterable[tuple[str, int]]) -> None:
        """Puts topics whose replies are to be read behind all others."""
        waiting = dict(self.todo)
        for topic, since in topics:
            waiting[topic] = min(since, waiting.get(topic, since))
        self.todo = list(waiting.items())

    def took(self, moments: Iterable[datetime]) -> None:
        """Counts messages by when they were written."""
        for moment in moments:
            self.read += 1
            self.first = min(self.first or millis(moment), millis(moment))

    def covered(self) -> tuple[DayRange, ...]:
        """The days that are read whole, in the forum and in the blog, and were over at the last look."""
        if self.way == Way.TOGETHER:
            return ()
        places = [self.forum, *([self.posts, self.comments] if self.blog else [])]
        if self.todo or any(place.is_new for place in places):
            return ()
        last = from_millis(min(place.sure for place in places)).date() - DAY
        known = max(place.known for place in places)
        # Once all there is was read, from its first day on; where nobody ever wrote, that is known of the last day.
        all_read = from_millis(self.first).date() if self.first else last
        first = from_millis(known).date() + DAY if known else all_read
        return (DayRange(first, last),) if first <= last else ()

    @property
    def is_from_start(self) -> bool:
        """Whether every list was read to its bottom, with all replies."""
        places = [self.forum, *([self.posts, self.comments] if self.blog else [])]
        is_read = not self.todo and self.way != Way.TOGETHER and bool(self.asked or not self.blog)
        return is_read and not any(place.is_new or place.page is not None for place in places)

    def cursor(self) -> Cursor:
        """As it is stored."""
        return Cursor(json.dumps({"version": VERSION, **asdict(self)}, separators=(",", ":")))

    @classmethod
    def of(cls, cursor: Cursor | None) -> "Position":
        """The position a cursor stands for; a new one without a cursor, or for one of another version."""
        told = {} if cursor is None else json.loads(cursor)
        if told.pop("version", None) != VERSION:
            return cls()
        try:
            return cls(
                **{
                    **told,
                    **{name: Place(**told[name]) for name in ("forum", "posts", "comments")},
                    "forums": {forum: Place(**place) for forum, place in told.get("forums", {}).items()},
                    "todo": [(topic, since) for topic, since in told["todo"]],
                }
            )
        except (KeyError, TypeError, ValueError) as error:
            raise line(Cause.BAD_REPLY, "the place where the last sync ended cannot be read") from error

    def sees(self, topic: str, *, is_across: bool) -> None:
        """A topic whose replies come with it; `is_across`: but for those from before what is wanted."""
        self.todo = [(other, since) for other, since in self.todo if other != topic]
        if is_across:
            self.todo.append((topic, 0))

    def has_read_together(self) -> None:
        """The lists of topics with replies are read as far as is wanted: so far, then, the list of topics is, too."""
        self.way = Way.DONE
        places = self.forums.values()
        if all(place.page is None for place in places):
            self.forum.page = None
        if all(place.in_order for place in places) and self.forum.in_order:
            self.forum.floor = min(self.forum.floor, max((place.floor for place in places), default=0))
        self.forum.listed = self.forum.total or 0

    def goes_apart(self, *, first: int) -> None:
        """Topics are listed from the top again, and the replies to each asked for."""
        if self.forums:
            self.forum.page, self.forum.floor, self.forum.listed = first, self.forum.anchor, 0
        self.way, self.forums = Way.APART, {}

    def without_blog(self, *, asked: int) -> None:
        """The community has no blog that can be read."""
        self.blog, self.asked = "", asked
        self.posts, self.comments = Place(), Place()


def _before(served: datetime, listing: Listing) -> int:
    return millis(served - listing.dialect.margin)
