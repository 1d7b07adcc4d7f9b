"""Telling: a run says its stage, what came, and of how many only where that was told."""

from workbench.ids import CommunityId
from workbench.progress import Progress
from workbench.sync.connector import Stage
from workbench.sync.mirror import Applied
from workbench.sync.telling import Telling

SOIL, AIR = CommunityId(1), CommunityId(2)


class Told:
    """A telling with a clock that is set by hand."""

    def __init__(self, *, reaches_back: bool = True) -> None:
        self.now = 0.0
        self.seen: list[Progress] = []
        self.telling = Telling(self.seen.append, seconds=lambda: self.now, reaches_back=reaches_back)

    def say(self, community: CommunityId, done: int, total: int | None = None, *, unit="messages", share=None):
        progress = Progress(done, unit, total, share)
        self.telling.of(community, f"c{community}", lambda: Applied(added=done, unchanged=1))(progress)

    @property
    def counts(self) -> tuple[str, int, str, int | None]:
        last = self.seen[-1]
        return last.stage, last.done, last.unit, last.total


def test_people_are_counted_by_community_and_never_among_messages():
    told = Told()
    told.telling.begin(Stage.NEWS, [SOIL, AIR])
    told.say(SOIL, 231, 400)
    told.telling.begin(Stage.MEMBERS, [AIR])
    told.say(AIR, 45, 60, unit="people")
    assert told.counts == ("Members", 45, "people", 60)
    told.say(AIR, 60, unit="people")
    assert told.counts == ("Members", 231 + 60, "new items", None)
    assert all(one.fraction is None and one.seconds_left is None for one in told.seen)


def test_history_is_told_of_how_many_once_every_community_said_so_and_time_left_is_measured():
    told = Told()
    told.telling.begin(Stage.NEWS, [SOIL, AIR])
    told.say(SOIL, 50, 150)
    told.telling.begin(Stage.HISTORY, [SOIL, AIR])
    assert told.counts == ("History", 50, "new items", None), "a stage says its name before its first page is here"
    told.say(SOIL, 60, 150)
    assert told.counts == ("History", 60, "new items", None)
    told.say(AIR, 40, 50)
    assert (told.counts, told.seen[-1].seconds_left) == (("History", 100, "messages", 200), None)
    told.now = 20.0
    told.say(SOIL, 80, 150)
    assert told.seen[-1].seconds_left == 80.0
    told.say(AIR, 41, 50, share=1.0)
    assert told.counts == ("History", 130, "messages", 200)
    assert told.seen[-1].read == 80 + 41 + 2
    told.say(SOIL, 150, 150)
    told.say(AIR, 50, 50, share=1.0)
    told.telling.begin(Stage.EXTRAS, [SOIL])
    assert told.counts == ("Likes", 200, "new items", None)
    assert all(one.fraction is None and one.seconds_left != 0 for one in told.seen), "likes may go on for long"


def test_where_reading_stops_at_a_date_the_platforms_number_is_not_what_will_come():
    told = Told(reaches_back=False)
    told.telling.begin(Stage.HISTORY, [SOIL])
    told.say(SOIL, 60, 150)
    assert (told.counts, told.seen[-1].seconds_left) == (("History", 60, "new items", None), None)
