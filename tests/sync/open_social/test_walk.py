"""The reading of one group: order, what is asked for, and lists that move under our feet."""

from datetime import timedelta

import pytest

from tests.platforms.server import Asked
from tests.sync.connectors.open_social_site import (
    BASE,
    COMMUNITY,
    GROUP,
    a_site,
    expected,
    paths,
    remote_id,
    visible,
)
from tests.sync.connectors.runs import messages_in
from tests.sync.seats import a_seat
from workbench.sync.connector import Batch, Cursor, Stage
from workbench.sync.open_social.position import Position
from workbench.sync.open_social.shapes import Ref
from workbench.sync.open_social.site import Site, refusal
from workbench.sync.open_social.walk import AT_A_TIME, GroupWalk


def walked(platform, since: Cursor | None = None, *, kinds=("topic",), oldest=None) -> list[Batch]:
    seat = a_seat(platform, base_url=BASE)
    site = Site(seat.client(BASE, refusal=refusal), clock=seat.clock, path="jsonapi", wants_me=True)
    group = Ref.of(COMMUNITY)
    assert group is not None
    return list(GroupWalk(site, group, kinds=kinds, oldest=oldest).run(Position.of(since)))


def test_every_step_leaves_a_cursor_to_go_on_from():
    platform = a_site(groups=2, messages=200)
    batches = walked(platform)
    assert all(batch.cursor is not None for batch in batches)
    middle = len(batches) // 2
    rest = walked(platform, batches[middle].cursor)
    assert messages_in(batches[: middle + 1]).keys() | messages_in(rest).keys() == expected(platform)
    assert len(messages_in(rest)) < len(expected(platform))


def test_a_new_topic_with_answers_costs_no_request_of_its_own():
    platform = a_site()
    cursor = walked(platform)[-1].cursor
    platform.world.pass_time(hours=1)
    topic = platform.world.say(GROUP, 2, "News", subject="News")
    answer = platform.world.say(GROUP, 3, "An answer", parent=topic.id)
    start = len(platform.asked)
    news = messages_in(walked(platform, cursor))
    assert {remote_id(topic), remote_id(answer)} <= news.keys()
    assert paths(platform, start)[1:] == [
        "/jsonapi/node/topic",
        "/jsonapi/group_content/flexible_group-group_node-topic",
        "/jsonapi/comment/comment",
    ]


@pytest.mark.parametrize("no_filters", [False, True])
@pytest.mark.parametrize("is_first", [True, False])
def test_what_is_dated_ahead_hides_nothing_that_is_saved_after_it(is_first, no_filters):
    platform = a_site(no_filters=no_filters)
    cursor = None if is_first else walked(platform)[-1].cursor
    ahead = platform.world.say(GROUP, 4, "Dated wrongly", subject="Ahead", at=platform.world.now + timedelta(days=400))
    platform.world.say(GROUP, 5, "So is this", parent=ahead.id, at=ahead.at)
    for _ in range(2):
        cursor = walked(platform, cursor)[-1].cursor
        platform.world.pass_time(hours=1)
        topic = platform.world.say(GROUP, 2, "News", subject="News")
        answer = platform.world.say(GROUP, 3, "An answer", parent=visible(platform)[0].root)
        assert {remote_id(topic), remote_id(answer)} <= messages_in(walked(platform, cursor)).keys()


def test_news_come_before_what_is_left_of_history():
    platform = a_site(messages=400)
    batches = walked(platform)
    cut = next(number for number, batch in enumerate(batches) if batch.then is Stage.HISTORY)
    platform.world.pass_time(hours=1)
    news = platform.world.say(GROUP, 2, "News", subject="News")
    rest = walked(platform, batches[cut].cursor)
    first_history = next(number for number, batch in enumerate(rest) if batch.then is Stage.HISTORY)
    assert remote_id(news) in messages_in(rest[: first_history + 1])
    assert messages_in(batches[: cut + 1]).keys() | messages_in(rest).keys() == expected(platform)


def test_topics_that_move_up_because_others_go_are_not_jumped_over():
    platform = a_site(messages=400)
    removed = []

    def remove(asked: Asked) -> None:
        if asked.path.endswith("group_node-topic") and "page[offset]" in asked.query and len(removed) < 40:
            for said in [said for said in visible(platform) if said.parent is None][-20:]:
                platform.world.remove(said.id)
                removed.append(said.id)

    platform.before = remove
    found = messages_in(walked(platform))
    assert removed
    assert expected(platform) <= found.keys()


def test_comments_are_asked_for_twenty_topics_at_a_time():
    platform = a_site(messages=300)
    walked(platform)
    asked = [one for one in platform.asked if one.path.endswith("comment/comment") and "include" in one.query]
    sizes = {sum("[value][" in name and name.startswith("filter[t]") for name in one.query) for one in asked}
    assert max(sizes) == AT_A_TIME


def test_a_second_kind_that_is_wanted_later_is_read_from_its_beginning():
    platform = a_site()
    cursor = walked(platform)[-1].cursor
    position = Position.of(walked(platform, cursor, kinds=("topic", "event"))[-1].cursor)
    assert set(position.lanes) == {"topic", "event"}
    assert position.is_whole


def test_an_older_beginning_reads_only_what_is_missing():
    platform = a_site(messages=300)
    oldest = platform.world.now.date() - timedelta(days=20)
    near = walked(platform, oldest=oldest)
    rest = walked(platform, near[-1].cursor)
    assert messages_in(near).keys() | messages_in(rest).keys() == expected(platform)
    again = messages_in(near).keys() & messages_in(rest).keys()
    assert len(again) < len(messages_in(near)) / 2
    assert next(batch.covered for batch in rest if batch.covered)[0].first == visible(platform)[0].at.date()
