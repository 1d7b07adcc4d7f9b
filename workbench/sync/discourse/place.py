"""Where a pull of one Discourse category stands: what lies between here and there is unread; written into its cursor.

Two walks share this. The walk over all posts of the forum goes down by post number, the walk over the topics of one
category down by the moment a topic was last bumped; both say what is left as gaps between two such numbers.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Final, Self

from workbench.models.moments import from_micros
from workbench.sync.connector import Cursor
from workbench.sync.discourse.shapes import Post

VERSION: Final = 1
LIKED_KEPT: Final = 1_000
"""So many posts wait at most to be asked who likes them; of more, the newest."""
POSTS: Final = "posts"
TOPICS: Final = "topics"


@dataclass(frozen=True, slots=True)
class Gap:
    """Unread: what is above `above` and below `below`. In the walk over posts, `below` itself may be unread too."""

    below: int
    above: int


@dataclass(frozen=True, slots=True)
class Look:
    """The newest topics of a forum, all bumped in the same moment (microseconds), each with its highest post number."""

    bumped: int
    topics: frozenset[tuple[int, int]]

    @classmethod
    def at(cls, topics: Iterable[tuple[int, int, int]]) -> Self | None:
        """The newest among (moment, topic, post number); None of none."""
        seen = list(topics)
        newest = max((moment for moment, _, _ in seen), default=None)
        if newest is None:
            return None
        highest: dict[int, int] = {}
        for moment, topic, number in seen:
            if moment == newest:
                highest[topic] = max(number, highest.get(topic, 0))
        return cls(newest, frozenset(highest.items()))

    def is_still(self, now: Self) -> bool:
        """Whether nothing was said anywhere since this look."""
        return self.bumped == now.bumped and now.topics <= self.topics


@dataclass(frozen=True, slots=True)
class Liked:
    """A post of which we do not know yet who likes it: its number, the message's name, when it was written."""

    post: int
    message: str
    at: int


@dataclass(frozen=True, slots=True)
class Place:
    """Everything of the category is mirrored except what lies in `gaps`, newest first, and who likes `liked`.

    `top` is the newest that was read (a post's number, or a topic's bump in microseconds). `look` are the newest topics
    of the whole forum, `said` how many posts the forum's categories counted then. The days after `reached` are read
    whole once there is no gap but the last; `first` is when the earliest message was written that came so far (both in
    microseconds). `left` is how many posts of the whole forum the walk has yet to meet, where that was counted.
    `recent` are topics that were bumped shortly before `top`, with their highest post number. `read` counts messages.
    """

    way: str = POSTS
    top: int = 0
    gaps: tuple[Gap, ...] = ()
    look: Look | None = None
    said: int | None = None
    reached: int | None = None
    first: int | None = None
    left: int | None = None
    recent: tuple[tuple[int, int], ...] = ()
    liked: tuple[Liked, ...] = ()
    read: int = 0

    def cursor(self) -> Cursor:
        """This place as text."""
        value = {
            **asdict(replace(self, gaps=(), liked=(), look=None)),
            "version": VERSION,
            "gaps": [(gap.below, gap.above) for gap in self.gaps],
            "look": self.look and (self.look.bumped, sorted(self.look.topics)),
            "liked": [(item.post, item.message, item.at) for item in self.liked],
        }
        return Cursor(json.dumps(value, separators=(",", ":")))

    @classmethod
    def of(cls, cursor: Cursor | None) -> Self | None:
        """The place a cursor tells of; None for none, or one of another version: reading starts afresh then."""
        value = {} if cursor is None else json.loads(cursor)
        if value.pop("version", None) != VERSION:
            return None
        return cls(
            **value
            | {
                "gaps": tuple(Gap(*gap) for gap in value["gaps"]),
                "look": value["look"] and Look(value["look"][0], frozenset((*pair,) for pair in value["look"][1])),
                "recent": tuple((topic, highest) for topic, highest in value["recent"]),
                "liked": tuple(Liked(*item) for item in value["liked"]),
            }
        )

    def lowered(self, below: int, *, is_closed: bool) -> Self:
        """After the first gap was read down to `below`, or to its end."""
        gap, *others = self.gaps
        return replace(self, gaps=tuple(others) if is_closed else (Gap(below, gap.above), *others))

    def with_posts(self, posts: list[Post]) -> Self:
        """With messages that were not read before: counted, and remembered where somebody likes them."""
        known = {item.post for item in self.liked}
        new = [Liked(post.id, post.record.remote_id, post.at) for post in posts if post.likes and post.id not in known]
        liked = sorted((*new, *self.liked), key=lambda item: item.post, reverse=True)[:LIKED_KEPT]
        moments = [post.at for post in posts] + ([] if self.first is None else [self.first])
        return replace(self, liked=tuple(liked), read=self.read + len(posts), first=min(moments, default=None))


def rests(place: Place, oldest: date | None) -> bool:
    """Whether only what is older than was asked for is unread; it stays so until somebody asks for more."""
    is_history = place.gaps[:1] and place.gaps[0].above == 0
    return bool(is_history and oldest and place.reached is not None and from_micros(place.reached).date() < oldest)
