"""The overview of a network: pages over all communities, as long as they show more than a page of each one would."""

import pytest

from tests.platforms.server import Asked, Told
from tests.platforms.viva_engage import VivaEngage
from tests.platforms.viva_engage_shapes import group_id, message_id, person_id
from tests.platforms.world import World
from tests.sync.connectors.engage_network import BASE, COMMUNITY, GROUP, a_network, connector, expected, paths, pulled
from tests.sync.connectors.runs import Cursors, messages_in
from tests.sync.seats import a_seat
from workbench.errors import LineError
from workbench.models.kinds import EventKind
from workbench.sync.connector import Batch, Stage
from workbench.sync.connectors.viva_engage import MESSAGES
from workbench.sync.engage.feeds import EngageFeeds
from workbench.sync.engage.overview import FOLLOWING, NOWHERE, PAGES, EngageOverview
from workbench.sync.records import ActRecord


def a_world_of(turns: list[int]) -> World:
    """A message after the other, each in the community of that number; the account's person is in all of them."""
    world = World()
    world.person()
    for number in range(max(turns)):
        world.join(world.group(f"Group {number}").id, world.me)
    for turn in turns:
        world.pass_time(minutes=1)
        world.say(GROUP + turn - 1, 1, "Words")
    return world


def an_overview(platform: VivaEngage, **options) -> EngageOverview:
    feeds = EngageFeeds(a_seat(platform, base_url=BASE).client(BASE))
    list(feeds.communities(only_mine=True))
    return EngageOverview(feeds, **options)


def names(platform: VivaEngage) -> list[str]:
    return [path.rpartition("/")[2] for path in paths(platform)]


def mentions(batches: list[Batch]) -> list[ActRecord]:
    found = [item for batch in batches for item in batch.records]
    return [item for item in found if isinstance(item, ActRecord) and item.kind is EventKind.MENTION]


def test_pages_go_on_while_they_show_several_communities_for_the_first_time():
    platform = VivaEngage(a_world_of(list(range(1, 31))))
    overview = an_overview(platform)
    overview.of(COMMUNITY, since=0)
    assert names(platform).count("following.json") == 2
    assert all(overview.shows(str(group_id(number))) for number in platform.world.groups)


@pytest.mark.parametrize(
    ("turns", "pages"), [([1, 2, 3, *[4] * 60], 1), ([*[1] * 20, *[2] * 10, *[3] * 10, *[4] * 10, *[5] * 10], 2)]
)
def test_pages_end_where_they_show_fewer(turns, pages):
    platform = VivaEngage(a_world_of(turns))
    an_overview(platform).of(COMMUNITY, since=0)
    assert names(platform).count("following.json") == pages


def test_a_feed_in_another_order_shows_no_newest_message():
    platform = VivaEngage(a_world_of([*[1] * 20, *[2] * 20]))
    platform.before = lambda asked: (
        platform.respond(Asked("GET", asked.path, {"older_than": str(message_id(1021))}, {}))
        if asked.path.endswith("following.json") and not asked.query
        else None
    )
    overview = an_overview(platform)
    assert overview.of(COMMUNITY, since=0)
    assert [overview.shows(str(group_id(number))) for number in platform.world.groups] == [True, False]


def test_there_is_an_end_to_the_pages_of_very_many_communities():
    platform = VivaEngage(a_world_of(list(range(1, 130))))
    an_overview(platform).of(COMMUNITY, since=0)
    assert names(platform).count("following.json") == PAGES


@pytest.mark.parametrize(
    ("path", "pages"),
    [
        (FOLLOWING, ["received.json", "following.json"]),
        ("messages.json", ["received.json", "messages.json"]),
        (NOWHERE, []),
    ],
)
def test_it_is_read_once_and_can_be_done_without(path, pages):
    platform = a_network(groups=3)
    overview = an_overview(platform, path=path)
    for number in platform.world.groups:
        overview.of(str(group_id(number)), since=0)
    assert names(platform) == ["groups.json", *pages]
    assert overview.shows(COMMUNITY) is bool(pages)


@pytest.mark.parametrize("status", [400, 403, 404, 500])
def test_without_such_feeds_each_community_is_read_by_itself(status):
    platform = a_network(groups=3, no_feeds=status)
    batches = pulled(platform)
    assert messages_in(batches).keys() == expected(platform)
    assert [batch.note for batch in batches if "left out" in batch.note] == [
        "messages/following left out, each community is read by itself"
    ]


def test_a_line_that_breaks_is_no_refusal_of_the_feed():
    platform = a_network(groups=3)
    platform.before = lambda asked: Told(302, b"", "text/html", {"Location": "https://portal.example.net/"})
    with pytest.raises(LineError):
        an_overview(platform).of(COMMUNITY, since=0)


def test_what_names_the_persons_account_comes_before_history():
    platform = a_network()
    world = platform.world
    old = world.shown(GROUP)[3]
    old.text = f"What does @{world.people[world.me].username} say?"
    platform.private[world.say(GROUP, 2, "For you alone").id] = (world.me,)
    reader = connector(platform)
    list(reader.communities())
    first, second, *rest = reader.pull(COMMUNITY, MESSAGES, since=None)
    assert messages_in([first]).keys() == {str(message_id(old.id))}
    (mention,) = mentions([first])
    assert mention.target_person is not None
    assert (mention.target, mention.target_person.handle) == (str(message_id(old.id)), str(person_id(world.me)))
    assert (first.cursor, first.covered, first.then) == (None, (), Stage.FIRST)
    assert "For you alone" not in {item.text for item in messages_in([first, second, *rest]).values()}


def test_of_many_new_messages_those_that_name_the_person_come_first():
    platform, cursors = a_network(), Cursors()
    pulled(platform, cursors)
    world = platform.world
    named = world.say(GROUP, 2, "A word for you")
    platform.copied[named.id] = (world.me,)
    start = len(platform.asked)
    for number in range(30):
        world.say(GROUP, 2, f"News {number}")
    first, *rest = pulled(platform, cursors)
    assert messages_in([first]).keys() == {str(message_id(named.id))}
    assert [asked.path.rpartition("/")[2] for asked in platform.asked[start : start + 2]] == [
        "groups.json",
        "received.json",
    ]
    assert len(mentions([first, *rest])) == 2


def test_few_new_messages_are_all_on_their_first_page_anyway():
    platform, cursors = a_network(), Cursors()
    pulled(platform, cursors)
    platform.world.say(GROUP, 2, "News")
    start = len(platform.asked)
    pulled(platform, cursors)
    assert "/api/v1/messages/received.json" not in paths(platform, start)


@pytest.mark.parametrize(("days", "then"), [(80, Stage.HISTORY), (100, Stage.NEWS)])
def test_where_nobody_spoke_for_long_nothing_is_asked_until_the_others_were_read(days: int, then: Stage):
    platform = VivaEngage(a_world_of([1] * 5 + [2] * 5))
    world = platform.world
    world.pass_time(days=days)
    for number in range(60):
        world.say(GROUP, 1, f"News {number}")
    reader = connector(platform)
    assert [record.remote_id for record in reader.communities()] == [COMMUNITY, str(group_id(GROUP + 1))]
    batches = [next(reader.pull(str(group_id(number)), MESSAGES, since=None)) for number in world.groups]
    assert [batch.then for batch in batches] == [Stage.NEWS, then]
    assert [path for path in paths(platform) if "in_group" in path] == [
        f"/api/v1/messages/in_group/{group_id(GROUP + 1)}.json"
    ][: then is Stage.HISTORY]


def test_communities_are_listed_by_where_something_was_said_last():
    platform = VivaEngage(a_world_of([1, 2, 3, 2, 1]))
    listed = [record.remote_id for record in connector(platform).communities()]
    assert listed == [str(group_id(GROUP + place)) for place in (0, 1, 2)]
