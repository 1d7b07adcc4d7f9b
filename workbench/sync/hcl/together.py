"""A forum read by the list that holds its topics and their replies, a hundred at a time and not topic by topic.

Nothing promises that list, or that it can be asked for what is new: so it is used where it holds more than the topics,
it is read downwards only, and what changed meanwhile is seen by looking at its top once more.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final

from workbench.errors import LineError, SkipStreamError
from workbench.sync.gate import Cause
from workbench.sync.hcl.atom import TOPIC, Page
from workbench.sync.hcl.place import PINNED, Place, Position, Way
from workbench.sync.hcl.site import MOST_BACKS, HclSite, after
from workbench.sync.pagination import PAGE_CAP

MANY: Final = 6
"""From so many requests for single topics on, finding the list is worth its own."""
_NOT_THERE: Final = frozenset((Cause.SERVER, Cause.BAD_REPLY))


class Together:
    """The history of one community's forums; the position moves along with every page."""

    def __init__(self, site: HclSite, community: str, position: Position, *, oldest: date | None) -> None:
        self._site, self._community, self._at, self._oldest = site, community, position, oldest

    def pages(self) -> Iterator[Page]:
        """Pages of topics and replies; none where the list is not there or would not pay."""
        at = self._at
        if at.way == Way.OPEN and self._pays():
            yield from self._begin()
        elif at.way == Way.DONE and not at.forum.is_over(self._oldest):
            at.way = Way.TOGETHER
        if at.way != Way.TOGETHER:
            return
        try:
            for forum, place in at.forums.items():
                yield from self._down(forum, place)
        except SkipStreamError:
            at.goes_apart(first=self._first)
            return
        at.has_read_together()

    def news(self) -> Iterator[Page]:
        """What is new in many topics at once, where the list is known to be there; the topics then wait no longer."""
        at = self._at
        waiting = [since for _, since in at.todo if since]
        if at.way != Way.DONE or len(waiting) <= MANY:
            return
        seen: set[str] = set()
        try:
            for forum in at.forums:
                for page in self._top(forum, until=min(waiting)):
                    seen.update(entry.id for entry in page.entries if entry.kind == TOPIC)
                    yield page
        except SkipStreamError:
            return  # they are asked for one by one
        # Others stand in a forum that was made since.
        at.todo = [(topic, since) for topic, since in at.todo if not since or topic not in seen]

    @property
    def _first(self) -> int:
        return self._site.topics(self._community).dialect.first

    def _pays(self) -> bool:
        at = self._at
        is_over = at.forum.is_over(self._oldest)
        waiting = sum(1 for _, since in at.todo if not since)
        return waiting + (0 if is_over else max(0, (at.forum.total or 0) - at.forum.listed)) > MANY

    def _begin(self) -> Iterator[Page]:
        """The first page of each forum's list, if they together hold more than the topics."""
        at = self._at
        try:
            forums = [entry.number for entry in self._site.forums_of(self._community)]
            places = {forum: Place() for forum in forums}
            pages = [
                page for forum, place in places.items() for page in place.top(self._site, self._site.together(forum))
            ]
        except SkipStreamError:
            at.goes_apart(first=self._first)
            return
        except LineError as error:
            if error.details.get("cause") not in _NOT_THERE:
                raise
            return  # perhaps it is only out of order today
        if not pages or sum(page.total or 0 for page in pages) <= (at.forum.total or 0):
            at.goes_apart(first=self._first)
            return
        at.forums, at.way = places, Way.TOGETHER
        yield from map(self._seen, pages)

    def _down(self, forum: str, place: Place) -> Iterator[Page]:
        listing = self._site.together(forum)
        while not place.is_over(self._oldest):
            yield self._seen(place.below(self._site, listing))
        yield from map(self._seen, self._top(forum, until=place.anchor))

    def _top(self, forum: str, *, until: int) -> Iterator[Page]:
        """What changed since a moment: the list from its top down to there."""
        listing = self._site.together(forum)
        at, through, backs = listing.dialect.first, 0, 0
        for _ in range(PAGE_CAP):
            page = self._site.page(listing, at, fresh=True)
            yield page
            following, through = after(page, at, through, first=listing.dialect.first)
            if following is not None and following <= at and backs < MOST_BACKS:
                at, backs = following, backs + 1
                continue
            changes = [entry.changed for entry in page.entries if PINNED not in entry.flags]
            if page.next is None or min(changes, default=0) < until:
                return
            at = page.next

    def _seen(self, page: Page) -> Page:
        for entry in page.entries:
            if entry.kind == TOPIC:
                at = entry.published
                is_across = self._oldest is not None and (at is None or at.date() < self._oldest)
                self._at.sees(entry.id, is_across=is_across and entry.replies != 0)
        return page
