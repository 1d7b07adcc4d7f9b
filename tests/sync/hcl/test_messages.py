"""The order in which the messages of a community come, and what is read of each topic."""

from datetime import timedelta

from tests.platforms.server import Asked, Told
from tests.sync.connectors.hcl_network import (
    COMMUNITY,
    GROUP,
    a_site,
    a_topic,
    expected,
    name_of,
    standing,
)
from tests.sync.connectors.runs import messages_in
from tests.sync.hcl.test_site import a_hcl_site
from workbench.sync.connector import Batch, Cursor, Stage
from workbench.sync.hcl.messages import MessagesPull, read_messages
from workbench.sync.hcl.place import Position
from workbench.sync.records import GoneRecord


def pulled(platform, since: Cursor | None = None, *, most: int = 10_000, has_blogs: bool = True) -> list[Batch]:
    pull = MessagesPull(a_hcl_site(platform), COMMUNITY, since, oldest=None, has_blogs=has_blogs)
    return [batch for _, batch in zip(range(most), pull.run(), strict=False)]


def test_a_first_screen_is_a_page_of_topics_and_the_replies_to_two():
    batches = pulled(a_site(messages=200))
    assert [batch.then for batch in batches[:4]] == [Stage.NEWS, Stage.NEWS, Stage.HISTORY, Stage.HISTORY]
    assert [batch.requests for batch in batches[:3]] == [1, 1, 1]


def test_an_empty_community_is_looked_at_once_and_holds_nobody_up():
    batches = pulled(a_site(messages=0))
    assert [batch.then for batch in batches] == [Stage.HISTORY] * len(batches)
    assert batches[0].requests == 1
    assert [days.last for days in batches[-1].covered] != []


def test_what_a_cut_left_over_is_read_after_what_is_new():
    platform = a_site(messages=200)
    (first,) = pulled(platform, most=1)
    platform.world.pass_time(days=1)
    said = platform.world.say(GROUP, 1, "New", parent=a_topic(platform).id)
    second = pulled(platform, first.cursor, most=2)
    assert [batch.then for batch in second] == [Stage.NEWS, Stage.HISTORY]
    assert name_of(platform, said) in messages_in(second)


def test_a_topic_that_goes_while_its_replies_are_asked_for_stops_nothing():
    platform = a_site()
    topic = a_topic(platform)

    def remove(asked: Asked) -> Told | None:
        if asked.path.endswith("/replies"):
            platform.world.remove(topic.id)
        return None

    platform.before = remove
    batches = pulled(platform)
    assert expected(platform).keys() <= messages_in(batches).keys()


def test_no_replies_are_asked_for_where_there_are_none():
    platform = a_site()
    pulled(platform)
    wanted = {asked.query["topicUuid"] for asked in platform.asked if "topicUuid" in asked.query}
    lone = [said for said in standing(platform) if said.id == said.root and len(platform.world.thread(said.id)) == 1]
    assert not {name_of(platform, said).removeprefix("forum:") for said in lone} & wanted


def test_a_blog_is_looked_for_once_a_week():
    platform = a_site(no_blogs=True)
    cursor = pulled(platform)[-1].cursor

    def looks(days: float) -> int:
        nonlocal cursor
        platform.world.pass_time(days=days)
        start = len(platform.asked)
        cursor = pulled(platform, cursor)[-1].cursor
        return len([asked for asked in platform.asked[start:] if "remoteApplications" in asked.path])

    assert [looks(1), looks(2), looks(5), looks(1)] == [0, 0, 1, 0]


def test_a_blog_is_looked_at_again_after_hours_and_when_its_last_day_is_over():
    platform = a_site()
    platform.world.now = platform.world.now.replace(hour=1)
    cursor = pulled(platform)[-1].cursor

    def looks(hours: float) -> bool:
        nonlocal cursor
        platform.world.now += timedelta(hours=hours)
        start = len(platform.asked)
        cursor = pulled(platform, cursor)[-1].cursor
        return any("/comments/" in asked.path for asked in platform.asked[start:])

    assert [looks(4), looks(3), looks(4), looks(3), looks(8)] == [False, True, False, True, True]


def test_progress_grows_to_the_whole():
    batches = pulled(a_site(messages=200, cap=10), has_blogs=False)
    fractions = [batch.progress.fraction or 0.0 for batch in batches if batch.progress]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1.0
    assert batches[-1].cursor is not None
    assert Position.of(batches[-1].cursor).read == len(messages_in(batches))


def test_likes_among_replies_are_no_messages_and_deleted_ones_are_gone():
    platform = a_site(likes_inside=True, ghosts=True)
    topic = next(
        said
        for said in standing(platform)
        if said.likes and said.parent is not None and said.root not in platform.blogged
    )
    platform.world.say(GROUP, 1, "An answer", parent=topic.id)
    platform.world.remove(topic.id)
    site = a_hcl_site(platform)
    root = platform.world.said[topic.root]
    entries, _ = site.whole(site.replies(name_of(platform, root).removeprefix("forum:")))
    records, held_back = read_messages((entry for entry, _ in entries), COMMUNITY, root=name_of(platform, root))
    assert any(entry.kind == "recommendation" for entry, _ in entries)
    assert not held_back
    assert [record.remote_id for record in records if isinstance(record, GoneRecord)] == [name_of(platform, topic)]


def test_an_entry_that_cannot_be_read_is_held_back_and_the_page_goes_on():
    platform = a_site()
    topic = a_topic(platform)
    name = name_of(platform, topic).removeprefix("forum:")

    def without_author(asked: Asked, reply: Told) -> Told:
        start = reply.body.find(name.encode())
        begin, end = reply.body.find(b"<author>", start), reply.body.find(b"</author>", start) + len(b"</author>")
        if asked.path.endswith("/topics") and start > 0:
            return Told(200, reply.body[:begin] + reply.body[end:], reply.kind)
        return reply

    platform.after = without_author
    batches = pulled(platform, most=1)
    assert [item.code for batch in batches for item in batch.rejected] == ["no_author"]
    assert len(messages_in(batches)) > 5
