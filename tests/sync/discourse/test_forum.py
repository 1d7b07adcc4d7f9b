"""What a run reads of a forum: its errors told apart, three kinds of "too often", lists that overlap, one memory."""

import pytest

from tests.platforms.discourse import Discourse
from tests.platforms.discourse_keys import KEY
from tests.platforms.server import told
from tests.platforms.world import World
from tests.sync.clients import Sleeps
from tests.sync.connectors.discourse_site import BASE, a_forum, a_large_forum, asked, connector, sample
from tests.sync.seats import a_seat
from workbench.clock import FixedClock
from workbench.errors import ForbiddenError, LineError, NotFoundError, PlatformBusyError, SignInError
from workbench.sync.api_client import ApiClient
from workbench.sync.discourse import forum as discourse_forum
from workbench.sync.discourse.forum import Forum, refusal
from workbench.sync.pace import Pace
from workbench.sync.signing import Fixed


def a_reader(platform: Discourse, *, key: str | None = KEY) -> Forum:
    signer = Fixed({} if key is None else {"User-Api-Key": key})
    return Forum(a_seat(platform, base_url=BASE, signer=signer).client(BASE, refusal=refusal))


def waiting(platform: Discourse) -> tuple[Forum, Sleeps]:
    """A forum's reader, and how long it waited."""
    clock = FixedClock(platform.world.now)
    sleeps = Sleeps(clock)
    client = ApiClient(
        BASE,
        clock=clock,
        sleep=sleeps,
        jitter=lambda: 0.0,
        pace=Pace(clock, sleep=sleeps),
        refusal=refusal,
        transport=platform.wire(),
    )
    return Forum(client), sleeps


@pytest.mark.parametrize(
    ("form", "seconds"), [("ip", 7.0), ("key", 17.0), ("action", 17.0), ("search", 1.0), ("nginx", 1.0)]
)
def test_every_kind_of_too_often_is_waited_for(form, seconds):
    platform = a_forum(busy=form)
    forum, sleeps = waiting(platform)
    left = [1]

    def once(request):
        platform.switches["busy"] = form if left.pop() else ""
        left.append(0)

    platform.before = once
    forum.read("search.json", q="pump")
    assert sleeps == [seconds]


def test_a_wait_of_hours_is_told_and_not_waited_for():
    platform = a_forum()
    body = {"errors": ["x"], "error_type": "rate_limit", "extras": {"wait_seconds": 7200, "time_left": "2 hours"}}
    platform.before = lambda request: told(body, status=429)
    forum, sleeps = waiting(platform)
    with pytest.raises(PlatformBusyError) as caught:
        forum.categories()
    assert caught.value.details["seconds"] == 7200
    assert not sleeps


def test_a_backup_that_runs_lets_everything_be_read():
    assert a_reader(a_forum(read_only=True)).categories()


def test_a_key_that_is_not_known_any_more_wants_a_new_sign_in():
    platform = a_forum(revoked=True)
    with pytest.raises(SignInError):
        a_reader(platform).categories()
    assert asked(platform) == ["/categories.json", "/session/current.json"]


def test_a_closed_door_is_told_from_a_dead_key_by_asking_who_we_are():
    platform = a_forum()
    platform.world.groups[11].is_hidden = True
    forum = a_reader(platform)
    for _ in range(2):
        with pytest.raises(ForbiddenError):
            forum.category(11)
    assert asked(platform).count("/session/current.json") == 1


def test_without_a_key_a_closed_door_is_a_closed_door_and_a_closed_forum_wants_a_sign_in():
    platform = a_forum()
    platform.world.groups[11].is_hidden = True
    with pytest.raises(ForbiddenError):
        a_reader(platform, key=None).category(11)
    with pytest.raises(SignInError):
        a_reader(a_forum(login_required=True), key=None).categories()


def test_a_refusal_that_is_not_whole_is_left_to_the_common_table():
    platform = a_forum()
    platform.before = lambda request: told([1], status=403)
    with pytest.raises(ForbiddenError):
        a_reader(platform).categories()


def test_categories_inside_others_are_named_with_them():
    platform = a_forum()
    platform.before = lambda request: told(sample("categories"))
    found = a_reader(platform).categories()
    assert {number: category.name for number, category in found.items()} == {
        1: "Water",
        2: "Water / Wells",
        3: "Schools",
    }
    assert (found[1].topics, found[1].posts) == (4, 9)


def test_a_category_the_overview_leaves_out_is_counted_by_its_topics():
    platform = a_forum(groups=1)
    forum = a_reader(platform)
    listing = told({"category_list": {"categories": []}})
    platform.before = lambda request: listing if request.path == "/categories.json" else None
    assert forum.category(11).posts == len(platform.world.shown(11))
    with pytest.raises(NotFoundError):
        forum.category(999)


def test_pinned_topics_do_not_hide_the_newest():
    platform = a_forum(messages=300, pinned=12)
    look = a_reader(platform).look()
    assert look is not None
    newest = platform.world.shown()[-1]
    platform.shelf.fill()
    assert look.topics == {platform.shelf.place[newest.id]}
    platform.world.pass_time(days=1)
    pinned = platform.world.say(platform.world.said[1001].group, 1, "New in the first of them", parent=1001)
    look = a_reader(platform).look()
    assert look is not None
    assert look.topics == {(platform.shelf.topic_of(1001), platform.shelf.place[pinned.id][1])}


def test_an_empty_forum_is_read_as_empty():
    platform = Discourse(World())
    platform.world.group("Nobody yet")
    platform.world.person()
    forum = a_reader(platform)
    assert forum.look() is None
    assert forum.newest() is None
    assert forum.listed(None) == []


def test_a_list_whose_pages_overlap_names_each_topic_once():
    platform = a_large_forum(posts=600, topics=250, categories=1)
    forum = a_reader(platform)

    def bump(request):
        if request.query.get("page") == "1":
            platform.world.say(11, 1, "Bumped meanwhile", parent=platform.world.shown()[0].id)

    platform.before = bump
    topics = forum.listed(None)
    assert len(topics) == len({topic.id for topic in topics}) == 250


def test_a_page_is_fetched_once_for_all_as_far_as_memory_goes(monkeypatch):
    platform = a_large_forum(posts=400, topics=20)
    forum = a_reader(platform)
    newest = forum.newest()
    assert newest is not None
    page = forum.page(newest.low)
    assert forum.page(newest.low) is page
    assert forum.page(newest.low - 10) is page
    assert asked(platform) == ["/posts.json", "/posts.json"]
    monkeypatch.setattr(discourse_forum, "KEPT_CAP", page.size)
    assert forum.page(page.low) == forum.page(page.low)
    assert asked(platform) == ["/posts.json"] * 4
    assert forum.remembered(newest.low) is page


def test_how_much_is_left_is_known_where_everything_above_was_met():
    platform = a_large_forum(posts=400, topics=20)
    forum = a_reader(platform)
    newest = forum.newest()
    assert newest is not None
    assert forum.left_below(newest.low) == 350
    assert forum.left_below(newest.low - 1) is None
    assert forum.has_met(newest.low)
    assert not forum.has_met(newest.low - 1)


def test_a_topic_without_a_list_of_its_posts_is_walked_by_number():
    platform = a_forum(messages=0, groups=1)
    root = platform.world.say(11, 1, "How deep?", subject="Wells").id
    for number in range(90):
        platform.world.say(11, 1, f"So deep: {number}", parent=root)
    forum = a_reader(platform)
    (topic,) = forum.listed(11)

    def without(request, reply):
        if request.path.endswith(f"/t/{topic.id}.json"):
            return told({"post_stream": {"posts": []}})
        return reply

    platform.after = without
    assert sum(len(posts) for posts in forum.topic_posts(topic)) == 91


def test_one_post_is_found_by_its_place():
    platform = a_forum(groups=1)
    forum = a_reader(platform)
    topic = platform.shelf.topic_of(1001)
    assert forum.post(topic, 1)["id"] == 1001
    with pytest.raises(NotFoundError):
        forum.post(topic, 999)


def test_another_shape_is_a_broken_line():
    platform = a_forum()
    platform.before = lambda request: told({"category_list": {"categories": [7]}})
    with pytest.raises(LineError):
        list(connector(platform).communities())
