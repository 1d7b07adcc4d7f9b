"""The walk of one Discourse category down the list of all posts of its forum, 50 at a time, newest first.

Right for both meanings of `before`: since May 2024 a limit ("up to 50 posts below this number"), before that a window
("posts of the 50 numbers up to this one"), where a page may hold few posts or none without being the last. The next
page is asked from the smallest number seen, or 50 below where there was none; never from one less, which would skip a
post of the newer servers. Posts we may not see are taken out after a page was cut, so that an empty page is no end
there either. The end is proved by counting instead: the topics say how many posts there are.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Final

from workbench.models.moments import to_micros
from workbench.sync.discourse.foresight import DEPTH, WINDOW
from workbench.sync.discourse.forum import CHUNK, Forum, Page
from workbench.sync.discourse.place import POSTS, Gap, Look, Place, rests
from workbench.sync.discourse.shapes import Topic, place_of
from workbench.sync.discourse.topics import Step, step_of

BATCH: Final = 200
"""Posts from pages that need no asking go together, up to so many."""
EMPTY_STEPS: Final = 40
"""Empty pages in a row after which nothing more is expected."""
TOPICS_WORTH_COUNTING: Final = 1_000
"""So many topics are counted although reading will stop at a date, which may well come before the last post."""


class PostsWalk:
    """One category in one run; a place goes in, the next one and what was read come out."""

    def __init__(self, forum: Forum, category: int, *, oldest: date | None) -> None:
        self._forum, self._category, self._oldest = forum, category, oldest
        self._down_to: int | None = None
        self._empty = 0
        self._repairs: Iterator[Step] | None = None

    def begin(self) -> tuple[Place, Step]:
        """The newest posts of a category never read."""
        forum = self._forum
        newest, said = forum.newest(), forum.said()
        if newest is None:
            return Place(look=forum.look(), said=said), Step()
        gaps = (Gap(newest.low, 0),) if newest.low > 1 else ()
        place = Place(POSTS, newest.below - 1, gaps, _look(newest), said, reached=newest.newest_at)
        if gaps and not rests(place, self._oldest):
            forum.begin(newest.low, pages=self._pages_after(place, newest))
        return place, self._taken(newest, Gap(newest.below, 0))

    def follow(self, place: Place) -> tuple[Place, Step]:
        """The newest posts once more, also those read before, which may have been edited; and what is between."""
        newest = self._forum.newest()
        if newest is None:
            return place, Step()
        step = self._taken(newest, Gap(newest.below, 0))
        fresh = [post for post in step.posts if post.id > place.top]
        between = (Gap(newest.low, place.top),) if newest.low - 1 > place.top else ()
        place = replace(
            place,
            top=max(place.top, newest.below - 1),
            gaps=(*between, *place.gaps),
            look=place.look or _look(newest),
        )
        return place, replace(step, fresh=fresh)

    def step(self, place: Place, *, is_news: bool, goes_on: bool = True) -> tuple[Place, Step]:
        """The next page, or several that another community has asked for; then what the pages did not show.

        Where it surely `goes_on` with another page, that is begun.
        """
        if self._repairs is not None:
            return self._repaired(place)
        steps: list[Step] = []
        while True:
            gap = place.gaps[0]
            page = self._forum.page(gap.below)
            steps.append(self._taken(page, gap))
            place, missing = self._lowered(self._counted(place, page, is_news=is_news), page)
            if not is_news:
                self._forum.release(page, self._category)
            step = Step.joined(steps)
            if missing:
                self._repairs = self._read(missing)
                return place, replace(step, is_promise=False)
            is_over = not place.gaps or place.gaps[0].above != gap.above or rests(place, self._oldest)
            if is_over:
                return place, step
            if self._forum.remembered(place.gaps[0].below) is None:
                if goes_on:
                    gap = place.gaps[0]
                    pages = self._pages_after(place, page)
                    self._forum.begin(gap.below, above=gap.above, pages=pages)
                return place, step
            if is_news or len(step.posts) >= BATCH:
                return place, step

    def _pages_after(self, place: Place, page: Page) -> int:
        """How many pages after the next one are wanted, as far as the count of what is left and the reach tell."""
        pages = DEPTH if place.left is None else max(0, place.left - 1) // WINDOW
        if self._oldest is not None and not place.gaps[0].above:
            older = page.oldest_at - to_micros(datetime.combine(self._oldest, time.min, UTC))
            pages = min(pages, max(0, older) // max(1, page.newest_at - page.oldest_at))
        return pages

    def _taken(self, page: Page, gap: Gap) -> Step:
        """The category's posts of a page that lie in a gap; the upper edge too, unless it was just read."""
        top = gap.below - 1 if self._down_to == gap.below else gap.below
        posts = [post for post in page.posts.get(self._category, ()) if gap.above < post.id <= top]
        self._down_to = min((number for number in page.ids if number <= top), default=self._down_to)
        rejected = [item for category, item in page.rejected if category in (None, self._category)]
        return Step(posts, posts, rejected)

    def _counted(self, place: Place, page: Page, *, is_news: bool) -> Place:
        """With how many posts of the forum are left, as soon as it matters: not before the first screen is there."""
        is_short = len(page.ids) < WINDOW
        if place.left is not None or place.gaps[0].above or (is_news and not is_short):
            return place
        topics = sum(category.topics for category in self._forum.categories().values())
        if self._oldest is not None and topics > TOPICS_WORTH_COUNTING:
            return place
        if not is_short:
            # While the list of topics is on its way.
            self._forum.begin(page.low, pages=self._pages_after(place, page))
        left = self._forum.left_below(page.low)
        return place if left is None else replace(place, left=left + _below(page, place.gaps[0]))

    def _lowered(self, place: Place, page: Page) -> tuple[Place, list[Topic]]:
        """After a page of the first gap: how far down it is read now, and the topics still to be read at its end."""
        gap, met = place.gaps[0], _below(page, place.gaps[0])
        low = page.low if met else gap.below - WINDOW
        is_closed = (low - 1 if met else low) <= gap.above
        if gap.above:
            return place.lowered(low, is_closed=is_closed), []
        self._empty = 0 if met else self._empty + 1
        left = None if place.left is None else place.left - met
        patience = EMPTY_STEPS if left is None else min(EMPTY_STEPS, max(2, left))
        is_known = not met and left is None and self._is_read(place)
        is_closed = is_closed or left == 0 or is_known or self._empty >= patience
        missing = self._missing(low) if is_closed and left else []
        moments = [moment for moment in (place.reached, page.newest_at) if moment]
        place = replace(place, left=left, reached=min(moments, default=None))
        # Number 1 and not less: asking for what is below none gives the newest posts.
        return place.lowered(max(1, low), is_closed=is_closed and not missing), missing

    def _is_read(self, place: Place) -> bool:
        """Whether the category's own topics say that its first message is here, and as many as they count.

        For a walk that began in an earlier run, which has not counted what is left of the whole forum.
        """
        if self._forum.category(self._category).topics > TOPICS_WORTH_COUNTING:
            return False
        topics = self._forum.listed(self._category)
        began = min((topic.began for topic in topics), default=0)
        return place.first is not None and place.first <= began and place.read >= sum(topic.posts for topic in topics)

    def _missing(self, low: int) -> list[Topic]:
        """Topics of which the list of all posts did not give each one, such as what moderators say.

        A walk that began in an earlier run has not met everything: then all topics, if they are few.
        """
        known = self._forum.category(self._category)
        if self._forum.has_met(low):
            return [topic for topic in self._forum.unmet() if topic.category == self._category]
        is_small = known.topics + known.posts // CHUNK <= EMPTY_STEPS
        return self._forum.listed(self._category) if is_small else []

    def _read(self, topics: list[Topic]) -> Iterator[Step]:
        for topic in topics:
            for got in self._forum.topic_posts(topic):
                yield replace(step_of(got), is_promise=False)

    def _repaired(self, place: Place) -> tuple[Place, Step]:
        """The next of what is missing; the promise comes after the last."""
        step = None if self._repairs is None else next(self._repairs, None)
        if step is not None:
            return place, step
        self._repairs = None
        return place.lowered(0, is_closed=True), Step()


def _below(page: Page, gap: Gap) -> int:
    return sum(number < gap.below for number in page.ids)


def _look(page: Page) -> Look | None:
    """The newest posts as the newest topics, so that those need not be asked for."""
    posts = [post for posts in page.posts.values() for post in posts]
    return Look.at((post.at, *place_of(post.record.remote_id)) for post in posts)
