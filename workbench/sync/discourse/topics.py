"""The walk of one Discourse category through its topics, the latest bump first.

Answers bump a topic; that is how new ones are found. What bumps nothing (likes, edits and deletions further up) is
left to a check. Pinned topics stand on top of a list whatever their date and are read in their turn.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, Self

from workbench.models.moments import day_start, to_micros
from workbench.sync.discourse.forum import Forum
from workbench.sync.discourse.place import TOPICS, Gap, Place
from workbench.sync.discourse.shapes import Post, Topic, Unread
from workbench.sync.records import Rejected

OVERLAP: Final = 600_000_000
"""Ten minutes, in microseconds: so much later than it is dated, something may come to be shown."""
EVER: Final = 1 << 60


@dataclass(frozen=True, slots=True)
class Step:
    """What was read: posts, those among them that were not read before, and what could not be read.

    Without `is_promise` the place reached is no place to resume from yet.
    """

    posts: list[Post] = field(default_factory=list)
    fresh: list[Post] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    is_promise: bool = True

    @classmethod
    def joined(cls, steps: Iterable[Self]) -> Self:
        """Several steps as one."""
        whole = cls()
        for step in steps:
            whole.posts.extend(step.posts)
            whole.fresh.extend(step.fresh)
            whole.rejected.extend(step.rejected)
        return whole

    def without(self, given: frozenset[int]) -> Self:
        """Without the posts of these numbers, which another walk brought just before."""
        posts = [post for post in self.posts if post.id not in given]
        return replace(self, posts=posts, fresh=[post for post in self.fresh if post.id not in given])


def step_of(got: Iterable[Post | Unread]) -> Step:
    """A step of posts as a topic gives them."""
    step = Step()
    for post in got:
        if isinstance(post, Post):
            step.posts.append(post)
            step.fresh.append(post)
        elif post.rejected is not None:
            step.rejected.append(post.rejected)
    return step


class TopicsWalk:
    """One category in one run; a place goes in, the next one and what was read come out."""

    def __init__(self, forum: Forum, category: int, *, oldest: date | None) -> None:
        self._forum, self._category = forum, category
        self._floor = 0 if oldest is None else to_micros(day_start(oldest))
        self._known: dict[int, int] = {}
        self._queue: list[Topic] | None = None
        self._topic: Topic
        self._chunks: Iterator[list[Post | Unread]]
        self._coming: list[Post | Unread] | None = None

    def begin(self, place: Place) -> tuple[Place, Step]:
        """The topics of a category that is not read yet, or not by topic."""
        topics = self._forum.listed(self._category, down_to=self._floor)
        if not topics:
            rests = self._rests_at_floor()
            gaps = (Gap(EVER, 0),) if rests else ()
            reached = self._floor - 1 if rests else None
            return replace(place, way=TOPICS, top=0, gaps=gaps, reached=reached, left=None), Step()
        top = self._not_later_than_now(topics[0].bumped)
        place = replace(place, way=TOPICS, top=top, gaps=(Gap(top, 0),), left=None)
        return replace(place, recent=_recent(topics, top)), Step()

    def follow(self, place: Place) -> tuple[Place, Step]:
        """Which topics were bumped since; those bumped shortly before are told by how many posts they had."""
        since = max(0, place.top - OVERLAP)
        topics = self._forum.listed(self._category, down_to=since)
        known = dict(place.recent)
        new = [topic for topic in topics if known.get(topic.id) != topic.highest]
        if not new:
            return place, Step()
        self._known = known  # for the new gap only: an older one still has to bring them
        top = max(place.top, self._not_later_than_now(new[0].bumped))
        place = replace(place, top=top, recent=_recent(topics, top))
        if not since:
            return replace(place, gaps=(Gap(top, 0),), reached=None), Step()
        return replace(place, gaps=(Gap(new[0].bumped, since), *place.gaps)), Step()

    def step(self, place: Place) -> tuple[Place, Step]:
        """The next posts of the topic that is being read, or of the next one; the promise comes with its last ones."""
        gap, since = place.gaps[0], min(unread.above for unread in place.gaps)
        if self._queue is None:
            self._queue = self._unread(place)
        if self._coming is None:
            if not self._queue:
                self._queue = None
                if not gap.above and self._rests_at_floor():
                    return replace(place, reached=self._floor - 1), Step()
                return place.lowered(0, is_closed=True), Step()
            # What else is unread may hold older posts of the same topic: only without that are the new ones enough.
            self._topic = self._queue.pop(0)
            self._chunks = self._forum.topic_posts(self._topic, since=since)
            self._coming = next(self._chunks)
        step = step_of(self._coming)
        step = replace(step, fresh=[post for post in step.posts if post.at >= since])
        self._coming = next(self._chunks, None)
        if self._coming is not None:
            return place, replace(step, is_promise=False)
        bumped = self._topic.bumped
        reached = place.reached if gap.above else min(bumped, place.reached or bumped)
        is_closed = not self._queue and not (not gap.above and self._rests_at_floor())
        self._queue = None if is_closed else self._queue
        return replace(place.lowered(min(bumped, gap.below), is_closed=is_closed), reached=reached), step

    def _rests_at_floor(self) -> bool:
        """Whether older topics may lie below where reading is to stop; none do where the list ended before."""
        return bool(self._floor) and not self._forum.ends_above(self._category, self._floor)

    def _not_later_than_now(self, bumped: int) -> int:
        """A topic dated into the future would hide everything that comes before that day."""
        served = self._forum.served_at
        return bumped if served is None else min(bumped, to_micros(served))

    def _unread(self, place: Place) -> list[Topic]:
        """The topics of the first gap, and those that were bumped out of it while this run was under way."""
        gap = place.gaps[0]
        listed = self._forum.listed(self._category, down_to=gap.above or self._floor)
        known, self._known = self._known, {}
        inside = [topic for topic in listed if topic.bumped <= gap.below or topic.bumped > place.top]
        return [topic for topic in inside if known.get(topic.id) != topic.highest]


def _recent(topics: list[Topic], top: int) -> tuple[tuple[int, int], ...]:
    return tuple((topic.id, topic.highest) for topic in topics if topic.bumped >= top - OVERLAP)
