"""The messages of one community of HCL Connections in one run: topics with their replies, then its blog, as batches.

A topic moves to the top of its list with every new reply, so that one request tells whether a forum has anything new;
a blog shows new comments in a list of their own only. What changes without moving anything is left to the check.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final

from workbench.errors import SkipStreamError
from workbench.models.moments import DayRange
from workbench.progress import Progress
from workbench.sync.connector import Batch, Cursor, Stage
from workbench.sync.hcl.atom import FORUM, Entry, Page, from_millis, message_of, millis, rejected
from workbench.sync.hcl.place import Place, Position
from workbench.sync.hcl.site import HclSite, Listing
from workbench.sync.hcl.together import Together
from workbench.sync.records import GoneRecord, MessageRecord, Rejected

SCREEN: Final = 2
"""Topics whose replies are read at once the first time, before the other communities have their turn."""
LOOKS: Final = 3
"""So often at most the top is looked at once more after reading down."""
BLOG_EVERY: Final = timedelta(hours=6)
ASK_EVERY: Final = timedelta(days=7)

Read = tuple[list[MessageRecord | GoneRecord], list[Rejected]]


class MessagesPull:
    """Brings the messages of one community up to date; used once."""

    def __init__(
        self, site: HclSite, community: str, since: Cursor | None, *, oldest: date | None, has_blogs: bool
    ) -> None:
        self._site, self._community = site, community
        self._at = Position.of(since)
        self._oldest, self._has_blogs = oldest, has_blogs
        self._now = 0
        self._given = self._covered()
        self._seen: dict[str, int] = {}
        self._whole: set[str] = set()
        self._fresh: set[str] = set()
        self._told: Cursor | None = None
        self._together = Together(site, community, self._at, oldest=oldest)

    def run(self) -> Iterator[Batch]:
        """What is new first, then history; the last batch stands where everything wanted was read."""
        is_first = self._at.forum.is_new
        for page in self._topics():
            goes_on = bool(self._fresh) or page.next is not None
            yield self._batch(self._records(page.entries), then=Stage.NEWS if goes_on else Stage.HISTORY)
        for page in self._together.news():
            yield self._batch(self._unlike_of(page), then=Stage.NEWS)
        urgent = min(SCREEN, len(self._fresh)) if is_first else len(self._fresh)
        yield from self._replies(Stage.NEWS, left=max(0, len(self._at.todo) - urgent))
        if self._is_blog_due():
            yield from self._blog_news()
        yield from self._history()

    def _history(self) -> Iterator[Batch]:
        at = self._at
        for page in self._together.pages():
            yield self._batch(self._unlike_of(page))
        yield from self._replies(Stage.HISTORY)
        while not at.forum.is_over(self._oldest):
            page = at.forum.below(self._site, self._site.topics(self._community))
            at.waits((entry.id, 0) for entry in page.entries if entry.replies != 0 and entry.id not in self._whole)
            yield self._batch(self._records(page.entries))
            yield from self._replies(Stage.HISTORY)
        if self._has_blogs:
            yield from self._blog_history()
        for _ in range(LOOKS):
            if at.forum.is_sure:
                break  # else something may have jumped past us while we read
            for page in self._topics():
                yield self._batch(self._records(page.entries))
            yield from self._replies(Stage.HISTORY)
        if at.cursor() != self._told:
            yield self._batch(([], []))

    def _topics(self) -> Iterator[Page]:
        """What the forum shows at its top; the replies to these topics are read next."""
        at, place = self._at, self._at.forum
        is_first, sure, known = place.is_new, place.sure, place.known
        for page in place.top(self._site, self._site.topics(self._community)):
            self._now = millis(page.served_at)
            found = [
                # Of a topic that was listed by the last sure look, only what came since is unread.
                (entry.id, 0 if is_first or entry.published is None or millis(entry.published) < known else sure)
                for entry in page.entries
                if entry.replies != 0
            ]
            at.wants(found)
            self._fresh.update(topic for topic, _ in found)
            yield page

    def _replies(self, stage: Stage, *, left: int = 0) -> Iterator[Batch]:
        """Reads the replies to the topics that wait, until `left` of them do; each topic is a batch of its own."""
        todo = self._at.todo
        while len(todo) > left:
            topic, since = todo[0]
            for other, begin in todo[1:3]:
                self._site.begin(self._site.replies(other.removeprefix(FORUM)), since=begin)
            read = self._thread(topic, since)
            del todo[0]
            if not since:
                self._whole.add(topic)
            yield self._batch(read, then=stage if len(todo) > left else Stage.HISTORY)

    def _thread(self, topic: str, since: int) -> Read:
        """The replies to one topic; none where it went away since it was listed."""
        listing = self._site.replies(topic.removeprefix(FORUM))
        try:
            entries, _ = self._site.whole(listing, since=since)
        except SkipStreamError:
            return [], []
        return self._records((entry for entry, _ in entries), root=topic)

    def _is_blog_due(self) -> bool:
        """Whether a blog we know was not looked at for some hours, or not since its last day ended."""
        at = self._at
        if not (self._has_blogs and at.blog) or at.comments.is_new:
            return False
        last = at.comments.anchor
        is_over = from_millis(last).date() < from_millis(self._now).date()
        return is_over or self._now - last >= BLOG_EVERY // timedelta(milliseconds=1)

    def _blog_news(self) -> Iterator[Batch]:
        try:
            for place, listing in self._lists():
                for page in place.top(self._site, listing):
                    yield self._batch(self._records(page.entries), then=Stage.NEWS)
        except SkipStreamError:
            self._at.without_blog(asked=self._now)

    def _blog_history(self) -> Iterator[Batch]:
        """Finds the blog if there is one, and reads its posts and comments downwards."""
        at = self._at
        if not at.blog and (not at.asked or self._now - at.asked >= ASK_EVERY // timedelta(milliseconds=1)):
            at.blog, at.asked = self._site.blog_of(self._community) or "", self._now
        if not at.blog:
            return
        try:
            for place, listing in self._lists():
                for page in self._pages(place, listing):
                    yield self._batch(self._records(page.entries))
        except SkipStreamError:
            at.without_blog(asked=self._now)

    def _pages(self, place: Place, listing: Listing) -> Iterator[Page]:
        """A list downwards as far as is wanted, and its top once more, in case something jumped past us meanwhile."""
        if place.is_new:
            yield from place.top(self._site, listing)
        while not place.is_over(self._oldest):
            yield place.below(self._site, listing)
        for _ in range(LOOKS):
            if place.is_sure:
                return
            yield from place.top(self._site, listing)

    def _lists(self) -> tuple[tuple[Place, Listing], ...]:
        blog, site = self._at.blog, self._site
        return (self._at.posts, site.posts(blog)), (self._at.comments, site.comments(blog))

    def _records(self, entries: Iterable[Entry], *, root: str = "") -> Read:
        return read_messages(entries, self._community, root=root)

    def _unlike_of(self, page: Page) -> Read:
        """What this run has not given in the same words: what was read alone comes again in a list of all."""
        records, held_back = self._records(page.entries)
        return [record for record in records if self._seen.get(record.remote_id) != _words(record)], held_back

    def _covered(self) -> tuple[DayRange, ...]:
        """What the position promises, once it is known whether there is a blog."""
        return self._at.covered() if self._at.asked or not self._has_blogs else ()

    def _batch(self, read: Read, *, then: Stage = Stage.HISTORY) -> Batch:
        records, held_back = read
        at = self._at
        fresh = [record for record in records if isinstance(record, MessageRecord)]
        at.took(record.sent_at for record in fresh if record.remote_id not in self._seen)
        self._seen.update((record.remote_id, _words(record)) for record in records)
        covered = self._covered()
        told, self._given = () if covered == self._given else covered, covered
        self._told = at.cursor()
        is_over = not at.todo and at.forum.is_over(self._oldest)
        done = max(0, at.forum.listed - len(at.todo)) / max(1, at.forum.total or 0)
        return self._site.counted(
            Batch(
                tuple(records),
                self._told,
                tuple(held_back),
                covered=told,
                progress=Progress(at.read, "messages", fraction=1.0 if is_over else min(0.99, done)),
                then=then,
                is_from_start=True if at.is_from_start else None,
            )
        )


def _words(record: MessageRecord | GoneRecord) -> int:
    """Short for what a record says."""
    return hash((record.version, record.subject, record.text)) if isinstance(record, MessageRecord) else 0


def read_messages(entries: Iterable[Entry], community: str, *, root: str = "") -> Read:
    """The messages among entries, and what could not be read; likes, which stand among the replies, are passed over.

    `root` is the topic whose replies these are; a comment names its post itself.
    """
    records: list[MessageRecord | GoneRecord] = []
    held_back: list[Rejected] = []
    for position, entry in enumerate(entries):
        if entry.kind == "recommendation":
            continue
        record = message_of(entry, community, root=root)
        if record is None:
            held_back.append(rejected(entry, root or entry.id or community, position))
        else:
            records.append(record)
    return records, held_back
