"""The check of a community of HCL Connections: what changed without moving anything, and what is gone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Final

from workbench.errors import ForbiddenError, NotFoundError, SkipStreamError
from workbench.sync.connector import UNSEEN, Batch, Census, CensusOf, Held, Stage
from workbench.sync.hcl.atom import FORUM, POST, Entry
from workbench.sync.hcl.messages import Read, read_messages
from workbench.sync.hcl.site import HclSite, Listing
from workbench.sync.records import MessageRecord

SWEEP: Final = 100
LOOKED_THROUGH: Final = timedelta(days=30)
"""Topics with a reply since are read again whole: edits and removals of replies move nothing."""
NEWEST: Final = 1_000
VANISHED: Final = 50
"""So many topics that are in no list any more are asked for one by one."""


class CommunityCheck:
    """Compares one community; used once."""

    def __init__(self, site: HclSite, community: str) -> None:
        self._site, self._community = site, community

    def run(self, held: Held, *, has_blogs: bool) -> Iterator[Batch]:
        """Batches that make the mirror of the messages true again."""
        topics = [entry for entry, _ in self._site.whole(self._site.topics(self._community), size=SWEEP)[0]]
        read = read_messages(topics, self._community)
        yield self._batch(read)
        threads = {record.remote_id for record in read[0] if isinstance(record, MessageRecord)}
        counts = held.threads(threads)
        now = max((topic.changed for topic in topics), default=0)
        since = now - millis_of(LOOKED_THROUGH)
        for topic in topics:
            differs = topic.replies is None or counts.get(topic.id, 0) != topic.replies + 1
            if topic.id in threads and (differs or topic.changed >= since):
                yield from self._thread(topic)
        ours = held.threads(held.newest(NEWEST))
        roots = [name for name, count in ours.items() if count]
        yield from self._vanished([name for name in roots if name.startswith(FORUM) and name not in threads])
        if has_blogs:
            yield from self._blog([name for name in roots if name.startswith(POST)])

    def _thread(self, topic: Entry) -> Iterator[Batch]:
        """All replies to a topic, and which are not among them any more, if they came whole."""
        try:
            entries, is_whole = self._site.whole(self._site.replies(topic.number))
        except SkipStreamError:
            return  # it went away while we were looking; the next check finds it gone
        read = read_messages((entry for entry, _ in entries), self._community, root=topic.id)
        yield self._batch(read, *self._census(topic.id, read, is_whole=is_whole))

    def _census(self, root: str, read: Read, *, is_whole: bool) -> tuple[Census, ...]:
        records, held_back = read
        if not is_whole or held_back:
            return ()
        ids = {record.remote_id for record in records if isinstance(record, MessageRecord)}
        return (Census(CensusOf.MESSAGES, frozenset({root, *ids}), root=root),)

    def _vanished(self, topics: list[str]) -> Iterator[Batch]:
        """Topics we hold that are in no list: the site answers alike for what is gone and what is closed to us."""
        for topic in topics[:VANISHED]:
            try:
                self._site.document(self._site.forums + "topic", {"topicUuid": topic.removeprefix(FORUM)})
            except NotFoundError:
                census = Census(CensusOf.MESSAGES, frozenset(), root=topic, is_sure=False)
                yield replace(self._batch(([], []), census), note=UNSEEN)
            except ForbiddenError:
                continue  # not for us to see any more; that is not gone

    def _blog(self, held: list[str]) -> Iterator[Batch]:
        """All posts and comments of the blog; what is not among them is gone, if both lists came whole."""
        blog = self._site.blog_of(self._community)
        if blog is None:
            return
        posts, has_posts = self._all(self._site.posts(blog))
        comments, has_comments = self._all(self._site.comments(blog))
        yield self._batch((posts[0] + comments[0], posts[1] + comments[1]))
        if not (has_posts and has_comments) or posts[1] or comments[1]:
            return
        written = {record.remote_id: {record.remote_id} for record in posts[0]}
        for record in comments[0]:
            for name in record.references if isinstance(record, MessageRecord) else ():
                written.get(name, set()).add(record.remote_id)
        known = {name for names in written.values() for name in names}
        if any(record.remote_id not in known for record in comments[0]):
            return  # a comment that does not say where it belongs: then nobody can say what is missing
        roots = dict.fromkeys((*written, *held))
        censuses = (Census(CensusOf.MESSAGES, frozenset(written.get(root, ())), root=root) for root in roots)
        yield self._batch(([], []), *censuses)

    def _all(self, listing: Listing) -> tuple[Read, bool]:
        entries, is_whole = self._site.whole(listing)
        return read_messages((entry for entry, _ in entries), self._community), is_whole

    def _batch(self, read: Read, *censuses: Census) -> Batch:
        return self._site.counted(Batch(tuple(read[0]), rejected=tuple(read[1]), censuses=censuses, then=Stage.EXTRAS))


def millis_of(length: timedelta) -> int:
    """A length of time in milliseconds."""
    return length // timedelta(milliseconds=1)
