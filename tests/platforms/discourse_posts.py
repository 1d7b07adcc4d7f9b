"""Posts and topics of the Discourse stand-in: who may see them, and as what they are shown."""

from typing import Any

from tests.platforms.discourse_shapes import (
    post_shape,
    topic_shape,
)
from tests.platforms.discourse_shelf import Shelf
from tests.platforms.server import StandIn
from tests.platforms.world import Said, Someone, World


class Posts(StandIn):
    """Dresses what stands on the shelf."""

    def __init__(self, world: World, **switches: Any) -> None:
        super().__init__(world, **switches)
        self.shelf = Shelf(world)

    def _is_visible(self, topic: int) -> bool:
        root = self.shelf.root(topic)
        return self.shelf.stands(root) and not self.world.groups[root.group].is_hidden

    def _is_action(self, said: Said) -> bool:
        every = int(self.switches.get("moderator_posts") or 0)
        return bool(every) and said.id % every == 0 and said.id != said.root

    def _author(self, said: Said) -> Someone | None:
        return self.world.people.get(said.author)

    def _shape(self, said: Said, *, with_raw: bool) -> dict[str, Any]:
        topic, number = self.shelf.place[said.id]
        parent = None
        if said.parent is not None and said.parent != said.root and self.shelf.place[said.parent][0] == topic:
            parent = self.shelf.place[said.parent][1]
        shape = post_shape(
            said,
            topic_id=topic,
            number=number,
            parent=parent,
            author=self._author(said),
            me=self.world.me,
            with_raw=with_raw,
            people=self.world.people.values() if self.is_on("statuses") else None,
        )
        return shape | {"post_type": 2} if self._is_action(said) else shape

    def _topic_shape(self, topic: int, *, is_pinned: bool) -> dict[str, Any]:
        root, posts = self.shelf.root(topic), self.shelf.standing(topic)
        tags: list[Any] = ["field", "water"]
        if self.is_on("tag_objects"):
            tags = [{"id": number, "name": tag, "slug": tag} for number, tag in enumerate(tags)]
        nobody = Someone(-1, "system", "system", "")
        return topic_shape(
            topic,
            root,
            posts,
            bumped_at=self.shelf.bumped(topic),
            highest=len(self.shelf.topics[topic]),
            is_pinned=is_pinned,
            has_no_date=self.is_on("null_dates"),
            tags=tags,
            author=self._author(root) or nobody,
            last=self._author(posts[-1] if posts else root) or nobody,
        )
