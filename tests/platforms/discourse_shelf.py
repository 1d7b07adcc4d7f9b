"""Which post stands at which number of which topic of a Discourse forum, kept as the world goes on."""

from datetime import datetime
from itertools import islice

from tests.platforms.world import Said, World

_TOPICS_FROM = 900
"""A topic's number is its first post's less this: the two are never the same."""


class Shelf:
    """Topics, each with the numbers of all posts it ever had: the place in the list is the post number less one."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.topics: dict[int, list[int]] = {}
        self.place: dict[int, tuple[int, int]] = {}
        self.ids: list[int] = []

    def fill(self) -> None:
        """Takes in what was said since."""
        for said in islice(self._world.said.values(), len(self.ids), None):
            topic = said.id - _TOPICS_FROM if said.id == said.root else self.place[said.root][0]
            posts = self.topics.setdefault(topic, [])
            posts.append(said.id)
            self.place[said.id] = (topic, len(posts))
            self.ids.append(said.id)

    def topic_of(self, post: int) -> int:
        """The topic a post stands in."""
        self.fill()
        return self.place[post][0]

    def move(self, post: int, topic: int) -> None:
        """Puts a post at the end of another topic; it keeps its id and gets another number."""
        self.fill()
        self.topics[topic].append(post)
        self.place[post] = (topic, len(self.topics[topic]))
        self._world.said[post].root, self._world.said[post].parent = self.topics[topic][0], self.topics[topic][0]
        self._world.said[post].group = self.root(topic).group

    def root(self, topic: int) -> Said:
        """The first post of a topic."""
        return self._world.said[self.topics[topic][0]]

    def stands(self, said: Said) -> bool:
        """Whether a post is shown: not deleted, not waiting."""
        late = said.shown_from is not None and said.shown_from > self._world.now
        return said.removed_at is None and not late

    def standing(self, topic: int) -> list[Said]:
        """The posts of a topic that are shown, by post number."""
        posts = (self._world.said[number] for number in self.topics[topic])
        return [said for said in posts if self.place[said.id][0] == topic and self.stands(said)]

    def bumped(self, topic: int) -> datetime:
        """Answers bump a topic, also those deleted later, and so does an edit of the last one."""
        now = self._world.now
        posts = [self._world.said[number] for number in self.topics[topic]]
        shown = [post for post in posts if post.shown_from is None or post.shown_from <= now]
        return max([*(post.shown_from or post.at for post in shown), shown[-1].touched_at]) if shown else now
