"""One category of Discourse in one run: what is new first, then history, then who likes what, as batches.

Of two walks the cheaper one is taken. All posts of the forum come 50 to a request and serve every category, so that
walk is right as soon as several categories, or a large one, are followed; a small category of a large forum is read
topic by topic.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from workbench.errors import SkipStreamError
from workbench.models.kinds import EventKind
from workbench.models.moments import DayRange, from_micros
from workbench.progress import Progress
from workbench.sync.connector import Batch, Stage
from workbench.sync.discourse.foresight import WINDOW
from workbench.sync.discourse.forum import CHUNK, Forum
from workbench.sync.discourse.place import POSTS, TOPICS, Place, rests
from workbench.sync.discourse.posts import PostsWalk
from workbench.sync.discourse.shapes import CATEGORY, Post
from workbench.sync.discourse.topics import Step, TopicsWalk
from workbench.sync.records import ActRecord, Record

NEWS_STEPS: Final = 4
"""Pages, or pieces of topics, that are read before the other communities have their turn."""
LIKES_STEP: Final = 10


class CategoryPull:
    """Brings one category up to date; used once."""

    def __init__(self, forum: Forum, category: int, *, oldest: date | None, likes: int) -> None:
        self._forum, self._category = forum, category
        self._oldest, self._likes = oldest, likes
        self._posts = PostsWalk(forum, category, oldest=oldest)
        self._topics = TopicsWalk(forum, category, oldest=oldest)
        self._messages = 0
        self._given: frozenset[int] = frozenset()

    def run(self, since: Place | None) -> Iterator[Batch]:
        """Everything after a place; everything there is, without one."""
        self._messages = self._forum.category(self._category).posts
        self._forum.pulled.add(self._category)
        place, step = self._begin() if since is None else self._follow(since)
        steps = 0
        while place.gaps and not rests(place, self._oldest):
            is_news = steps < NEWS_STEPS and (since is None or place.gaps[0].above > 0)
            self._forum.followed.add(self._category)
            place = place.with_posts(step.fresh)
            yield self._batch(place, step, then=Stage.NEWS if is_news else Stage.HISTORY)
            steps += 1
            if place.way == POSTS and steps <= NEWS_STEPS:
                self._given |= {post.id for post in step.posts}
            if not is_news and self._is_dearer(place):
                place, step = self._topics.begin(place)
            elif place.way == TOPICS:
                place, step = self._topics.step(place)
                step = step.without(self._given)
            else:
                place, step = self._posts.step(place, is_news=is_news, goes_on=not is_news or steps < NEWS_STEPS)
        self._forum.followed.discard(self._category)
        place = place.with_posts(step.fresh)
        yield self._batch(place, step, then=Stage.EXTRAS)
        yield from self._likers(place)

    def _begin(self) -> tuple[Place, Step]:
        try:
            return self._posts.begin()
        except SkipStreamError:
            # The list of all posts is closed here; the topics of the category tell whether that is, too.
            return self._topics.begin(Place(look=self._forum.look(), said=self._forum.said()))

    def _follow(self, place: Place) -> tuple[Place, Step]:
        """What came since, unless the forum's own count and a short list say that nothing did."""
        forum, said = self._forum, self._forum.said()
        if place.way == POSTS and (forum.has_newest or place.said != said):
            # A look that is younger than the newest posts would take what lies between for read: they tell themselves.
            return self._posts.follow(replace(place, look=None, said=said))
        look = forum.look()
        is_still = look is None or (place.look is not None and place.look.is_still(look))
        if place.said == said and is_still:
            return place, Step()
        place = replace(place, look=look, said=said)
        return self._posts.follow(place) if place.way == POSTS else self._topics.follow(place)

    def _is_dearer(self, place: Place) -> bool:
        """Whether going on down all posts takes more requests than reading the followed categories by topic."""
        if place.way == TOPICS or place.gaps[0].above or self._forum.remembered(place.gaps[0].below) is not None:
            return False
        mine = [self._forum.category(number) for number in self._forum.followed]
        by_topic = sum(category.topics + (category.topics + category.posts) // CHUNK for category in mine)
        return by_topic < (self._forum.said() if place.left is None else place.left) // WINDOW

    def _likers(self, place: Place) -> Iterator[Batch]:
        """Who likes what was read, the newest first: this category's part of what a run may ask."""
        share = max(1, self._likes // len(self._forum.pulled)) if self._likes else 0
        for start in range(0, min(share, len(place.liked)), LIKES_STEP):
            count = min(LIKES_STEP, share - start)
            records: list[Record] = []
            for liked in place.liked[:count]:
                records += likes(self._forum, f"{CATEGORY}{self._category}", liked.post, liked.message, at=liked.at)
            place = replace(place, liked=place.liked[count:])
            yield self._batch(place, Step(), then=Stage.EXTRAS, acts=tuple(records))

    def _batch(self, place: Place, step: Step, *, then: Stage, acts: tuple[Record, ...] = ()) -> Batch:
        traffic = self._forum.client.take_traffic()
        total, is_over = max(self._messages, place.read) or None, not place.gaps
        fraction = 1.0 if is_over else None if total is None else min(0.99, place.read / total)
        waiting = f"{len(place.liked)} posts whose likes are not asked for yet" if then is Stage.EXTRAS else ""
        return Batch(
            records=(*(record for post in step.posts for record in records_of(post)), *acts),
            cursor=place.cursor() if step.is_promise else None,
            rejected=tuple(step.rejected),
            covered=self._covered(place) if step.is_promise else (),
            progress=Progress(place.read, "messages", total=total, fraction=fraction),
            bytes_in=traffic.bytes_in,
            bytes_out=traffic.bytes_out,
            requests=traffic.requests,
            then=then,
            note=waiting if place.liked else "",
            is_from_start=True if is_over and step.is_promise else None,
        )

    def _covered(self, place: Place) -> tuple[DayRange, ...]:
        """The days that are over by the forum's clock and read whole: down to the only gap, or all.

        A walk that was to stop at a date and came to its end before knows the days from that date on: they are empty.
        """
        served, gaps = self._forum.served_at, place.gaps
        if served is None or any(gap.above for gap in gaps):
            return ()
        last = served.date() - timedelta(days=1)
        first = place.reached if gaps else place.first
        days = [] if first is None else [from_micros(first).date() + timedelta(days=1 if gaps else 0)]
        if not gaps and self._oldest is not None:
            days.append(self._oldest)
        if not days:
            return ()
        day = min(days)
        return (DayRange(day, last),) if day <= last else ()


def records_of(post: Post) -> Iterator[Record]:
    """A post as a message, and whom it names as acts of its author."""
    message = post.record
    yield message
    for whom in post.mentioned:
        yield ActRecord(
            remote_id=f"mention:{message.remote_id}:{whom.handle}",
            community=message.community,
            kind=EventKind.MENTION,
            person=message.author,
            at=message.sent_at,
            target=message.remote_id,
            target_person=whom,
        )


def likes(forum: Forum, community: str, post: int, message: str, *, at: int) -> Iterator[ActRecord]:
    """Who likes a post now, as acts of the moment the post was written: when they liked it is not told."""
    try:
        people = forum.likers(post)
    except SkipStreamError:
        return  # it went since, or who likes it is not shown: then we know of none
    for person in people:
        yield ActRecord(
            remote_id=f"like:{message}:{person.handle}",
            community=community,
            kind=EventKind.REACTION,
            person=person,
            at=from_micros(at),
            target=message,
        )
