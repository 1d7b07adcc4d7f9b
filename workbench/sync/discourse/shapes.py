"""Discourse's JSON read into what we keep: topics, posts, people; nothing here asks anything.

A message is known by its topic and its number there ("57.2"): that is what an answer names as its parent, in every
list, while the number of the post itself stands only on the post.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from workbench.errors import LineError
from workbench.models.moments import to_micros
from workbench.sync.discourse.uploads import uploads
from workbench.sync.gate import Cause, line, take
from workbench.sync.html_text import clean_html, html_text
from workbench.sync.people import UNKNOWN_NAME, clean_name, name_handle
from workbench.sync.records import MessageRecord, PersonRecord, Rejected

CATEGORY: Final = "category-"
GROUP: Final = "group-"
EVERYBODY: Final = "everybody"
LIKE: Final = 2
LIKERS_CAP: Final = 200
_WRITTEN: Final = frozenset((1, 2))
"""Posts that somebody wrote: regular ones and those of moderators; not notices ("closed this topic"), not whispers."""

_QUOTE_OPEN = re.compile(r"\[quote(?:=[^\]\n]*)?\]", re.IGNORECASE)
_QUOTE_CLOSE = re.compile(r"\[/quote\]", re.IGNORECASE)
_QUOTE = re.compile(r"(\[quote(?:=[^\]\n]*)?\]|\[/quote\])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Category:
    """A category as the list of categories shows it."""

    id: int
    name: str
    slug: str
    description: str
    topics: int
    posts: int


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of a list. `posts` counts what stands, `highest` ever stood.

    `bumped` and `began` are in microseconds since 1970; `began` is 0 where the list does not say.
    """

    id: int
    title: str
    category: int
    posts: int
    highest: int
    bumped: int
    is_pinned: bool
    began: int = 0


@dataclass(slots=True)
class TopicList:
    """The pages of a list of topics that were fetched so far, the latest bump first."""

    topics: dict[int, Topic] = field(default_factory=dict)
    pages: int = 0
    lowest: int = 1 << 62
    is_whole: bool = False

    def take(self, topics: list[Topic]) -> None:
        """Adds those that are new; what comes again after a bump stays as it came first."""
        for topic in topics:
            self.topics.setdefault(topic.id, topic)
            if not topic.is_pinned:
                self.lowest = min(self.lowest, topic.bumped)

    def ends_above(self, day: int) -> bool:
        """Whether all of it is here and no topic in it was bumped before `day` (microseconds)."""
        return self.is_whole and all(topic.bumped >= day for topic in self.topics.values())


@dataclass(frozen=True, slots=True)
class Post:
    """A post as a message, with its own number, how many like it, the microsecond it was written, and whom it names."""

    id: int
    topic: int
    category: int
    likes: int
    at: int
    record: MessageRecord
    mentioned: tuple[PersonRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class Unread:
    """A post that is there but gives no message; `rejected` where that is because it could not be read."""

    id: int
    topic: int
    category: int | None
    rejected: Rejected | None = None


def message_id(topic: int, number: int) -> str:
    """How a message is called in the mirror."""
    return f"{topic}.{number}"


def place_of(remote_id: str) -> tuple[int, int]:
    """Topic and post number of a message; refuses (LineError) a name that is none of ours."""
    topic, _, number = remote_id.partition(".")
    if not (topic.isascii() and topic.isdigit() and number.isascii() and number.isdigit()):
        raise line(Cause.BAD_REPLY, "this is not a message of the forum")
    return int(topic), int(number)


def fields(item: object) -> dict[str, object]:
    """A JSON object; refuses (LineError) anything else."""
    if not isinstance(item, dict):
        raise line(Cause.BAD_REPLY, "the reply has something else where an object should be")
    return item


def moment(value: object) -> datetime | None:
    """A time in one of Discourse's forms: ISO 8601 with Z or an offset, or the reactions' "… UTC"; None for others."""
    if not isinstance(value, str):
        return None
    try:
        read = datetime.fromisoformat(value.replace(" UTC", "+00:00"))
    except ValueError:
        return None
    return read.astimezone(UTC) if read.tzinfo is not None else None


def categories_of(items: list[object], inside: str = "") -> Iterator[Category]:
    """The categories of a list, each followed by those inside it, which are named with it."""
    for item in map(fields, items):
        name, number = " ".join(take(item, "name", str).split()), take(item, "id", int)
        words = item.get("description_text") or item.get("description_excerpt") or item.get("description") or ""
        yield Category(
            id=number,
            name=f"{inside}{name}",
            slug=str(item.get("slug") or number),
            description=words if isinstance(words, str) else "",
            topics=_count(item.get("topic_count")),
            posts=_count(item.get("post_count")),
        )
        below = item.get("subcategory_list")
        if isinstance(below, list):
            yield from categories_of(below, f"{inside}{name} / ")


def _count(value: object) -> int:
    return value if isinstance(value, int) else 0


def topics_of(value: object) -> tuple[list[Topic], bool]:
    """The topics of a list page and whether the server says that there are more."""
    listed = take(value, "topic_list", dict)
    found = []
    for item in take(listed, "topics", list):
        # A topic nobody has answered yet may have no date of its last post, and a private message no category.
        if not isinstance(item, dict) or not isinstance(item.get("category_id"), int):
            continue
        began = moment(item.get("created_at"))
        when = moment(item.get("bumped_at")) or moment(item.get("last_posted_at")) or began
        found.append(
            Topic(
                id=take(item, "id", int),
                title=_words(item.get("title")),
                category=take(item, "category_id", int),
                posts=take(item, "posts_count", int),
                highest=take(item, "highest_post_number", int),
                bumped=0 if when is None else to_micros(when),
                is_pinned=item.get("pinned") is True or item.get("pinned_globally") is True,
                began=0 if began is None else to_micros(began),
            )
        )
    return found, isinstance(listed.get("more_topics_url"), str)


def read_post(item: object, *, source: str, topic: Topic | None = None) -> Post | Unread:
    """One post. Of a topic's own list, `topic` says what its posts do not repeat.

    Refuses (LineError) what is no post at all; one without a date is handed back as rejected.
    """
    item = fields(item)
    post_id, number = take(item, "id", int), take(item, "post_number", int)
    topic_id = take(item, "topic_id", int) if topic is None else topic.id
    category = item.get("category_id") if topic is None else topic.category
    if not isinstance(category, int):
        return Unread(post_id, topic_id, None)
    if item.get("post_type", 1) not in _WRITTEN or item.get("deleted_at") is not None or item.get("user_deleted"):
        return Unread(post_id, topic_id, category)
    sent_at = moment(item.get("created_at"))
    if sent_at is None:
        rejected = Rejected(source, post_id, "no_date", "The forum does not say when this was written.")
        return Unread(post_id, topic_id, category, rejected)
    text, html = _texts(item)
    record = MessageRecord(
        remote_id=message_id(topic_id, number),
        community=f"{CATEGORY}{category}",
        author=author_of(item),
        sent_at=sent_at,
        subject=_words(item.get("topic_title")) if topic is None else topic.title,
        text=text,
        html=html,
        references=_ancestors(topic_id, number, item.get("reply_to_post_number")),
        version=f"{item.get('version', 1)} {item.get('updated_at') or ''}".strip(),
        attachments=uploads(item.get("raw"), item.get("cooked")),
        is_accepted=number > 1 and item.get("accepted_answer") is True,
    )
    return Post(post_id, topic_id, category, likes_of(item), to_micros(sent_at), record, mentioned_in(item))


def read_posts(items: list[object], *, source: str, topic: Topic | None = None) -> Iterator[Post | Unread]:
    """All posts of a list; what is no post at all becomes a rejected one, so that the others come through."""
    for place, item in enumerate(items):
        try:
            yield read_post(item, source=source, topic=topic)
        except LineError as error:
            rejected = Rejected(source, place, "bad_post", f"This post could not be read: {error.reason}.")
            yield Unread(0, 0 if topic is None else topic.id, None if topic is None else topic.category, rejected)


def likes_of(item: dict[str, object]) -> int:
    """How many like a post: no entry, or one without a count, is nobody. Reactions that count as likes are in it."""
    summary = item.get("actions_summary")
    for action in summary if isinstance(summary, list) else ():
        if isinstance(action, dict) and action.get("id") == LIKE:
            count = action.get("count")
            return count if isinstance(count, int) else 0
    return 0


def mentioned_in(item: dict[str, object]) -> tuple[PersonRecord, ...]:
    """The people a post names. Only forums where people show their status tell who that is; words give just names."""
    listed = item.get("mentioned_users")
    people = [entry for entry in listed if isinstance(entry, dict)] if isinstance(listed, list) else []
    return tuple(person(entry["id"], entry) for entry in people if isinstance(entry.get("id"), int))


def is_liked_by_me(item: object) -> bool:
    """Whether this account likes the post."""
    summary = item.get("actions_summary") if isinstance(item, dict) else None
    return any(
        isinstance(action, dict) and action.get("id") == LIKE and action.get("acted") is True
        for action in (summary if isinstance(summary, list) else ())
    )


def author_of(item: dict[str, object]) -> PersonRecord:
    """Who wrote a post; known by name alone where the account is gone."""
    number = item.get("user_id")
    if not isinstance(number, int):
        name = clean_name(_words(item.get("name") or item.get("username"))) or UNKNOWN_NAME
        return PersonRecord(name_handle(name), name)
    return person(number, item)


def person(number: int, item: object) -> PersonRecord:
    """A person as any list shows them. The system's own accounts have negative numbers."""
    shown = item if isinstance(item, dict) else {}
    name = clean_name(_words(shown.get("name"))) or clean_name(_words(shown.get("username"))) or UNKNOWN_NAME
    zone = _words(shown.get("timezone")) or None  # lists of members tell it, those of topics do not
    return PersonRecord(str(number), name, is_bot=number < 0, time_zone=zone)


def plain(raw: str) -> str:
    """What was typed; quotations of others become lines that begin with "> ", so that they count as theirs."""
    if not _QUOTE_OPEN.search(raw):
        return raw.replace("\r\n", "\n").strip()
    depth = 0
    lines: list[str] = []
    for piece in _QUOTE.split(raw.replace("\r\n", "\n")):
        if _QUOTE_OPEN.fullmatch(piece):
            depth += 1
        elif _QUOTE_CLOSE.fullmatch(piece):
            depth = max(0, depth - 1)
        else:
            lines += ["> " * depth + words for words in piece.strip("\n").split("\n") if words or not depth]
    return "\n".join(lines).strip()


def _texts(item: dict[str, object]) -> tuple[str, str | None]:
    raw, cooked = item.get("raw"), item.get("cooked")
    if isinstance(raw, str) and not item.get("hidden"):
        return plain(_whole(raw)), None
    html = clean_html(_whole(cooked if isinstance(cooked, str) else ""))
    return html_text(html), html


def _ancestors(topic: int, number: int, parent: object) -> tuple[str, ...]:
    """The message it answers, if it names one, and the first of its topic as the farther ancestor."""
    if number == 1:
        return ()
    nearest = [parent] if isinstance(parent, int) and parent > 1 and parent != number else []
    return tuple(message_id(topic, ancestor) for ancestor in (*nearest, 1))


def _words(value: object) -> str:
    return " ".join(_whole(value).split()) if isinstance(value, str) else ""


def _whole(text: str) -> str:
    """Without half characters, which JSON can carry and a database cannot."""
    return text.encode("utf-8", "replace").decode("utf-8")
