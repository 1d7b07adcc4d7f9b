"""The check of a Discourse community: what changed without a bump, what is gone, who likes what by now."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Final

from workbench.errors import ForbiddenError, NotFoundError
from workbench.models.moments import MICROSECOND, to_micros
from workbench.sync.connector import UNSEEN, Batch, Census, CensusOf, Held, Stage
from workbench.sync.discourse.forum import Forum
from workbench.sync.discourse.shapes import LIKERS_CAP, Post, Topic, Unread, message_id, place_of
from workbench.sync.discourse.topics import step_of
from workbench.sync.discourse.walk import likes, records_of
from workbench.sync.records import Record, Rejected

LOOKED_THROUGH: Final = timedelta(days=30)
"""Topics bumped since are read again whole, since edits, deletions and likes further up show nowhere else."""
AT_A_TIME: Final = 100
NEWEST: Final = 1_000
VANISHED: Final = 50
"""So many topics that are in no list any more are asked for one by one."""
GONE: Final = 410
"""What a forum says of a deleted topic if it tells deleted from closed; with 404 it may be either."""


class CategoryCheck:
    """Compares one category, topic by topic: where the counts differ, or something may have changed, it is read."""

    def __init__(self, forum: Forum, category: int, *, likes: int) -> None:
        self._forum, self._category, self._likes = forum, category, likes

    def run(self, held: Held) -> Iterator[Batch]:
        """Batches that make the mirror true again."""
        topics = self._forum.listed(self._category)
        newest = max((topic.bumped for topic in topics), default=0)
        now = newest if self._forum.served_at is None else to_micros(self._forum.served_at)
        since = now - LOOKED_THROUGH // MICROSECOND
        for start in range(0, len(topics), AT_A_TIME):
            some = topics[start : start + AT_A_TIME]
            counts = held.threads(message_id(topic.id, 1) for topic in some)
            for topic in some:
                if topic.bumped >= since or counts.get(message_id(topic.id, 1), 0) != topic.posts:
                    yield self._read(topic)
        yield from self._vanished({topic.id for topic in topics}, held)

    def _read(self, topic: Topic) -> Batch:
        """All of a topic, and what is not in it any more, if it came whole."""
        posts: list[Post | Unread] = []
        for got in self._forum.topic_posts(topic):
            posts += got
        step = step_of(posts)
        records: list[Record] = [record for post in step.posts for record in records_of(post)]
        censuses = []
        if len({post.id for post in posts}) >= topic.posts and not step.rejected:
            ids = frozenset(post.record.remote_id for post in step.posts)
            censuses.append(Census(CensusOf.MESSAGES, ids, root=message_id(topic.id, 1)))
        for post in step.posts:
            if not post.likes:
                censuses.append(Census(CensusOf.REACTIONS, frozenset(), root=post.record.remote_id))
            elif self._likes > 0:
                self._likes -= 1
                acts = list(likes(self._forum, post.record.community, post.id, post.record.remote_id, at=post.at))
                records += acts
                if post.likes == len(acts) < LIKERS_CAP:
                    handles = frozenset(act.person.handle for act in acts)
                    censuses.append(Census(CensusOf.REACTIONS, handles, root=post.record.remote_id))
        return self._batch(tuple(records), tuple(censuses), tuple(step.rejected))

    def _vanished(self, listed: set[int], held: Held) -> Iterator[Batch]:
        """Topics we hold messages of that the category does not list: gone, moved elsewhere, or closed to us."""
        ours = dict.fromkeys(place_of(name)[0] for name in held.newest(NEWEST))
        for topic in [number for number in ours if number not in listed][:VANISHED]:
            census = Census(CensusOf.MESSAGES, frozenset(), root=message_id(topic, 1))
            try:
                is_here = self._forum.topic(topic).category == self._category
            except NotFoundError as error:
                is_sure = error.details.get("status") == GONE
                yield self._batch((), (replace(census, is_sure=is_sure),), (), note="" if is_sure else UNSEEN)
            except ForbiddenError:
                continue  # not for us to see any more; that is not gone
            else:
                if not is_here:
                    yield self._batch((), (census,), ())

    def _batch(
        self,
        records: tuple[Record, ...],
        censuses: tuple[Census, ...],
        rejected: tuple[Rejected, ...],
        *,
        note: str = "",
    ) -> Batch:
        traffic = self._forum.client.take_traffic()
        return Batch(
            records=records,
            rejected=rejected,
            bytes_in=traffic.bytes_in,
            bytes_out=traffic.bytes_out,
            requests=traffic.requests,
            censuses=censuses,
            then=Stage.EXTRAS,
            note=note,
        )
