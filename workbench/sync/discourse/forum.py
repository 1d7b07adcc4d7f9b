"""Forum: what one run reads of a Discourse site, once for all communities: lists, pages of posts, topics, who likes.

Discourse tells nothing by ETag and allows a member's key few requests, so what one community fetched serves the next.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlencode

from workbench.errors import ForbiddenError, LineError, NotFoundError, PlatformBusyError, SignInError, WorkbenchError
from workbench.sync import gate
from workbench.sync.api_client import Answer, ApiClient
from workbench.sync.discourse.foresight import DEPTH, WINDOW, Foresight
from workbench.sync.discourse.place import Look
from workbench.sync.discourse.shapes import (
    LIKE,
    Category,
    Post,
    Topic,
    TopicList,
    Unread,
    categories_of,
    fields,
    person,
    read_posts,
    topics_of,
)
from workbench.sync.gate import Expect, Reply, load_json, take
from workbench.sync.records import PersonRecord, Rejected

CHUNK: Final = 20
LIST_PAGE: Final = 100
PROBE: Final = 10
PAGE_CAP: Final = 10_000
KEPT_CAP: Final = 32_000_000
"""Characters remembered for the other communities of a run. Every one starts with the newest pages, so what comes
later is not kept where it does not fit, and is asked for again."""


@dataclass(frozen=True, slots=True)
class Page:
    """Posts of the whole forum, newest first: all that may be seen from `low` up to what was asked for.

    `low` is the smallest number on the page; where there is none below what was asked for, fifty less than that.
    """

    below: int
    low: int
    ids: tuple[int, ...]
    posts: Mapping[int, list[Post]]
    rejected: tuple[tuple[int | None, Rejected], ...]
    newest_at: int
    oldest_at: int
    size: int


def refusal(reply: Reply) -> WorkbenchError | None:
    """Discourse's own reading of its errors. It has no 401: a key that is not known any more is a 403 like others."""
    if reply.media_type != "application/json" or reply.status not in (403, 429, 503):
        return None
    try:
        value = load_json(gate.body_of(reply))
    except LineError:
        return None  # the common table knows what a broken answer is
    said = value if isinstance(value, dict) else {}
    if reply.status == 403:  # noqa: PLR2004 - a status is its own name
        kind = str(said.get("error_type"))
        return SignInError(status=403) if kind == "not_logged_in" else ForbiddenError(status=403, error_type=kind)
    if reply.status == 503:  # noqa: PLR2004 - as above
        # A backup runs: what can be read is read, and nothing that was sent was taken.
        return PlatformBusyError(status=503) if said.get("error_type") == "read_only" else None
    extras = said.get("extras")
    seconds = extras.get("wait_seconds") if isinstance(extras, dict) else None
    if isinstance(seconds, int | float) and gate.retry_after(reply.headers) is None:
        return PlatformBusyError(status=429, seconds=float(seconds))
    return None


class Forum:
    """One site in one run. Every failure is the client's, except that a dead key is told from a closed door."""

    def __init__(self, client: ApiClient) -> None:
        self.client = client
        self.served_at: datetime | None = None
        """The server's clock when the first of the newest topics or posts were read: all else was read later."""
        self.followed: set[int] = set()
        """Categories of this run whose history is still to be read."""
        self.pulled: set[int] = set()
        """Categories of this run."""
        self._categories: dict[int, Category] | None = None
        self._lists: dict[int | None, TopicList] = {}
        self._look: Look | None = None
        self._newest_topics: list[Topic] = []
        self._newest: Page | None = None
        self._pages: dict[int, Page] = {}
        self._kept = 0
        self._met: Counter[int] = Counter()
        self._met_above: dict[int, int] = {}
        self._met_down_to: int | None = None
        self._has_dead_key: bool | None = None
        self._foresight = Foresight()

    def read(self, path: str, **query: str) -> object:
        """The JSON at a path below the forum's address."""
        return load_json(self.answer(path, query).body)

    def answer(self, path: str, query: Mapping[str, str]) -> Answer:
        """As `read`, with the server's clock. SignInError where the key is dead, ForbiddenError where the door is."""
        try:
            return self.client.get(path, query, expect=Expect.JSON)
        except ForbiddenError as error:
            if self.is_key_dead(error):
                raise SignInError(status=403) from error
            raise

    def is_key_dead(self, error: ForbiddenError) -> bool:
        """Whether a 403 came because the key is not known any more: then the forum does not say who we are either."""
        if error.details.get("error_type") != "invalid_access":
            return False
        if self._has_dead_key is None:
            try:
                self.client.get("session/current.json", {}, expect=Expect.JSON)
            except NotFoundError:  # nobody signed in, and nobody said they had
                self._has_dead_key = False
            except (ForbiddenError, SignInError):
                self._has_dead_key = True
            else:
                self._has_dead_key = False
        return self._has_dead_key

    def categories(self) -> dict[int, Category]:
        """All categories this account may see, with those inside others."""
        if self._categories is None:
            value = take(self.read("categories.json", include_subcategories="true"), "category_list", dict)
            self._categories = {found.id: found for found in categories_of(take(value, "categories", list))}
        return self._categories

    def category(self, number: int) -> Category:
        """One category; refuses, as its list of topics does, one that is gone or closed to us."""
        found = self.categories().get(number)
        if found is None:
            topics = self.listed(number)
            found = Category(number, str(number), str(number), "", len(topics), sum(topic.posts for topic in topics))
            self.categories()[number] = found
        return found

    def said(self) -> int:
        """How many posts all categories together count."""
        return sum(category.posts for category in self.categories().values())

    def look(self) -> Look | None:
        """The newest topics, from a short list; None in an empty forum. Topics that are pinned stand before them."""
        seen: list[Topic] = []
        page, is_more = 0, self._look is None
        while is_more:
            query = {"order": "activity", "page": str(page), "per_page": str(PROBE)}
            answer = self.answer("latest.json", query)
            topics, is_more = topics_of(load_json(answer.body))
            self.served_at = self.served_at or answer.served_at
            seen += topics
            page += 1
            is_more = is_more and page < PAGE_CAP and all(topic.is_pinned for topic in topics)
        if self._look is None:
            self._look = Look.at((topic.bumped, topic.id, topic.highest) for topic in seen)
            self._newest_topics = [topic for topic in seen if self._look and topic.bumped == self._look.bumped]
        return self._look

    def listed(self, category: int | None, *, down_to: int = 0) -> list[Topic]:
        """Topics bumped at `down_to` (microseconds) or later, of one category or all, the latest bump first."""
        found = self._lists.setdefault(category, TopicList())
        pages = found.pages
        while not found.is_whole and found.lowest >= down_to and found.pages < PAGE_CAP:
            topics, is_more = self._list_page(category, found.pages)
            found.pages += 1
            found.is_whole = not topics or not is_more
            found.take(topics)
        if found.pages > max(1, pages):
            # What was bumped meanwhile left a page that was not read yet for the first one.
            found.take(self._list_page(category, 0)[0])
        # A list of a category shows those of the categories inside it too.
        mine = [topic for topic in found.topics.values() if category in (None, topic.category)]
        return sorted(
            (topic for topic in mine if topic.bumped >= down_to),
            key=lambda topic: (topic.bumped, topic.id),
            reverse=True,
        )

    def ends_above(self, category: int, day: int) -> bool:
        """Whether the topics of a category are all listed and none was bumped before `day` (microseconds)."""
        return self._lists.get(category, TopicList()).ends_above(day)

    def _list_page(self, category: int | None, page: int) -> tuple[list[Topic], bool]:
        path = "latest.json" if category is None else f"c/{category}/l/latest.json"
        query = {"order": "activity", "page": str(page), "per_page": str(LIST_PAGE)}
        answer = self.answer(path, query)
        self.served_at = self.served_at or answer.served_at
        return topics_of(load_json(answer.body))

    def unmet(self) -> list[Topic]:
        """Topics of which this run's walk over all posts, from the newest down, has not met as many as they have."""
        return [topic for topic in self.listed(None) if self._met[topic.id] < topic.posts]

    def left_below(self, below: int) -> int | None:
        """How many posts of the forum lie below a number, if this run's walk met all above it; else None."""
        if below not in self._met_above:
            return None
        topics = self.listed(None)
        if len(topics) < sum(category.topics for category in self.categories().values()):
            return None  # a list that grew shorter while its pages were read
        return sum(topic.posts for topic in topics) - self._met_above[below]

    def has_met(self, below: int) -> bool:
        """Whether this run's walk, from the newest post, came down to a number."""
        return self._met_down_to is not None and self._met_down_to <= below

    def newest(self) -> Page | None:
        """The newest posts of the forum; None where there are none."""
        if self._newest is None:
            answer = self.answer("posts.json", {})
            self.served_at = self.served_at or answer.served_at
            page = self._read_page(answer, below=None)
            if not page.ids and self.look() is not None:
                # The page is cut before posts are taken out that we may not see: a whole page of those is empty.
                self._met_down_to = self._last_number() + 1
                page = self.page(self._met_down_to)
            self._newest = page
            self._foresight.met(page.below, page.low)
            self._keep(page)
        return self._newest if self._newest.ids else None

    @property
    def has_newest(self) -> bool:
        """Whether the newest posts were read in this run already."""
        return self._newest is not None

    def page(self, below: int) -> Page:
        """The posts below a number, and it itself perhaps; from memory where another community asked already."""
        found = self.remembered(below)
        start = self._foresight.start_for(below)
        if found is None and start != below:
            guessed = self._fetched(start)
            found = guessed if _holds(guessed, below) else None
        return found or self._fetched(below)

    def _fetched(self, below: int) -> Page:
        page = self._read_page(self.answer("posts.json", {"before": str(below)}), below=below)
        self._foresight.met(below, page.low)
        self._keep(page)
        return page

    def release(self, page: Page, category: int) -> None:
        """Forgets a page that a category has taken its posts from, once no other one of this run reads history."""
        if self.followed <= {category} and self._pages.pop(page.below, None) is not None:
            self._kept -= page.size

    def remembered(self, below: int) -> Page | None:
        """The page for a number if this run has it."""
        exact = self._pages.get(below)
        if exact is not None:
            return exact
        return next((page for page in self._pages.values() if _holds(page, below)), None)

    def begin(self, below: int, *, above: int = 0, pages: int = DEPTH) -> None:
        """Begins to fetch the page below a number, and up to `pages` after it where they can be guessed."""
        if self.remembered(below) is None:
            guesses = self._foresight.guesses(below, above=above, pages=pages)
            for start in (self._foresight.start_for(below), *guesses):
                self.client.ahead("posts.json", {"before": str(start)}, expect=Expect.JSON)

    def topic_posts(self, topic: Topic, *, since: int = 0) -> Iterator[list[Post | Unread]]:
        """Posts of a topic, 20 at a time: all, or from the last one backwards to what was written before `since`."""
        source = f"topic {topic.id}"
        query = {"include_raw": "true"} | ({"post_number": str(topic.highest)} if since else {})
        stream = take(self.read(f"t/{topic.id}.json", **query), "post_stream", dict)
        got = list(read_posts(take(stream, "posts", list), source=source, topic=topic))
        yield got
        numbers = stream.get("stream")
        if not isinstance(numbers, list):
            yield from self._by_number(topic, source)  # a topic too long for a list of its posts
            return
        have = {post.id for post in got}
        rest = [number for number in numbers if isinstance(number, int) and number not in have]
        if since:
            rest.reverse()
        for start in range(0, len(rest), CHUNK):
            if since and any(isinstance(post, Post) and post.at < since for post in got):
                return
            asked = urlencode([("post_ids[]", number) for number in rest[start : start + CHUNK]])
            value = self.read(f"t/{topic.id}/posts.json?{asked}&include_raw=true")
            got = list(read_posts(take(take(value, "post_stream", dict), "posts", list), source=source, topic=topic))
            yield got

    def topic(self, number: int) -> Topic:
        """A topic by its number; refuses what `read` refuses, such as one that is gone (NotFoundError)."""
        value = self.read(f"t/{number}.json")
        (topic,), _ = topics_of({"topic_list": {"topics": [value]}})
        return topic

    def post(self, topic: int, number: int) -> dict[str, object]:
        """One post by its place, with what was typed; refuses (NotFoundError) one that is gone."""
        query = {"post_number": str(number - 1), "asc": "true", "include_raw": "true"}
        value = take(self.read(f"t/{topic}/posts.json", **query), "post_stream", dict)
        for item in map(fields, take(value, "posts", list)):
            if item.get("post_number") == number:
                return item
        message = "the post is not there any more"
        raise NotFoundError(message)

    def likers(self, post: int) -> list[PersonRecord]:
        """Who likes a post."""
        value = self.read("post_action_users.json", id=str(post), post_action_type_id=str(LIKE))
        return [person(take(item, "id", int), item) for item in take(value, "post_action_users", list)]

    def me(self) -> tuple[int, str]:
        """Number and user name of the account."""
        user = take(self.read("session/current.json"), "current_user", dict)
        return take(user, "id", int), take(user, "username", str)

    def _by_number(self, topic: Topic, source: str) -> Iterator[list[Post | Unread]]:
        number = 0
        while number < topic.highest:
            query = {"post_number": str(number), "asc": "true", "include_raw": "true"}
            value = take(self.read(f"t/{topic.id}/posts.json", **query), "post_stream", dict)
            items = take(value, "posts", list)
            yield list(read_posts(items, source=source, topic=topic))
            last = max((take(item, "post_number", int) for item in items), default=0)
            if last <= number:
                return
            number = last

    def _last_number(self) -> int:
        """The number of the last post of the newest topics."""
        last = 0
        for topic in self._newest_topics:
            value = self.read(f"t/{topic.id}.json", post_number=str(topic.highest))
            numbers = take(take(value, "post_stream", dict), "stream", list)
            last = max([last, *(number for number in numbers if isinstance(number, int))])
        return last

    def _read_page(self, answer: Answer, *, below: int | None) -> Page:
        items = take(load_json(answer.body), "latest_posts", list)
        posts: dict[int, list[Post]] = {}
        rejected = []
        ids, moments, met = [], [], []
        for post in read_posts(items, source="posts"):
            if isinstance(post, Post):
                posts.setdefault(post.category, []).append(post)
                moments.append(post.at)
            elif post.rejected is not None:
                rejected.append((post.category, post.rejected))
            if post.id:
                ids.append(post.id)
                met.append(post.topic)
        lower = [number for number in ids if below is None or number < below]
        low = min(lower) if lower else (below or 0) - WINDOW
        edge = self._met_down_to
        is_next = edge == below or (edge is not None and below is not None and low < edge < below)
        if is_next and (ids or below is not None):
            self._met.update(topic for topic, number in zip(met, ids, strict=True) if edge is None or number < edge)
            self._met_down_to = low
            self._met_above[low] = self._met.total()
        top = max(ids, default=0) + 1 if below is None else below
        return Page(
            below=top,
            low=low,
            ids=tuple(ids),
            posts=posts,
            rejected=tuple(rejected),
            newest_at=max(moments, default=0),
            oldest_at=min(moments, default=0),
            size=sum(
                len(post.record.text) + len(post.record.html or "") + 500 for found in posts.values() for post in found
            ),
        )

    def _keep(self, page: Page) -> None:
        if not self._pages or self._kept + page.size <= KEPT_CAP:
            self._pages[page.below] = page
            self._kept += page.size


def _holds(page: Page, below: int) -> bool:
    """Whether a page asked from a number above this one goes on below it."""
    return bool(page.ids) and page.low < below < page.below
