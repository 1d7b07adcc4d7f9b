"""The HCL Connections stand-in: shapes and habits as recordings, manuals and public clients describe them."""

from datetime import timedelta

import httpx2
import pytest

from tests.platforms import hcl_shapes as shapes
from tests.platforms.hcl_connections import HclConnections
from tests.platforms.world import a_world
from workbench.sync.hcl.atom import SEARCH, SNX, THREAD, text_of
from workbench.sync.xml_text import parse_xml

ATOM = "{http://www.w3.org/2005/Atom}"
COMMUNITY = shapes.community_id(11)
MEMBERS = f"/communities/service/atom/community/members?communityUuid={COMMUNITY}"
TOPICS = f"/forums/atom/topics?communityUuid={COMMUNITY}&sortBy=modified&sortOrder=desc"


def asked(platform: HclConnections, path: str) -> httpx2.Response:
    with httpx2.Client(transport=platform.wire(), base_url="https://connections.example.org") as client:
        return client.get(path)


def feed(platform: HclConnections, path: str):
    reply = asked(platform, path)
    assert reply.headers["content-type"] == "application/atom+xml;charset=UTF-8"
    return parse_xml(reply.content)


def a_site(messages: int = 60, **switches) -> HclConnections:
    return HclConnections(a_world(messages=messages, groups=1), **switches)


def ids(root) -> list[str]:
    return [text_of(entry, ATOM + "id") for entry in root.findall(ATOM + "entry")]


def topics(platform: HclConnections) -> list:
    return [said for said in platform.world.shown(11) if said.id == said.root and said.id not in platform.blogged]


def test_a_feed_counts_from_one_in_forums_and_from_zero_in_blogs():
    platform = a_site(cap=4)
    first = feed(platform, TOPICS)
    assert text_of(first, SEARCH + "totalResults") == str(len(topics(platform)))
    assert text_of(first, SEARCH + "startIndex") == "1"
    assert ids(first) == ids(feed(platform, TOPICS + "&page=1"))
    blog = f"/blogs/roller-ui/rendering/feed/{shapes.uuid_of('blog', 11)}/comments/atom?lang=en_us"
    assert ids(feed(platform, blog)) == ids(feed(platform, blog + "&page=0"))
    assert not set(ids(feed(platform, blog))) & set(ids(feed(platform, blog + "&page=1")))


def test_links_name_another_host_than_the_one_that_was_asked():
    root = feed(a_site(cap=4), TOPICS)
    (link,) = [link for link in root.findall(ATOM + "link") if link.get("rel") == "next"]
    assert (link.get("href") or "").startswith(shapes.OTHER)


def test_pages_are_capped_by_application():
    platform = a_site(messages=600)
    assert len(ids(feed(platform, TOPICS))) == 10
    assert len(ids(feed(platform, TOPICS + "&ps=1000"))) == 100


def test_a_topic_names_its_forum_as_what_it_answers_and_counts_its_replies():
    platform = a_site()
    for entry in feed(platform, TOPICS + "&ps=100").findall(ATOM + "entry"):
        answers = entry.find(THREAD + "in-reply-to")
        assert answers is not None
        assert answers.get("ref") == f"urn:lsid:ibm.com:forum:{shapes.forum_id(11)}"


def test_since_in_seconds_or_words_is_silently_taken_for_none():
    platform = a_site()
    everything = len(topics(platform))
    later = platform.world.now - timedelta(days=3)
    in_seconds, in_millis = int(later.timestamp()), shapes.millis(later)
    counts = [
        int(text_of(feed(platform, f"{TOPICS}&since={since}"), SEARCH + "totalResults"))
        for since in (in_seconds, later.isoformat().replace("+", "%2B"), in_millis, in_millis * 2)
    ]
    assert counts[:2] == [everything] * 2
    assert 0 < counts[2] < everything
    assert counts[3] == 0


def test_a_reply_moves_its_topic_and_neither_its_edit_nor_its_removal_does():
    platform = a_site()
    topic = topics(platform)[0]
    platform.world.pass_time(hours=1)
    reply = platform.world.say(11, 1, "An answer", parent=topic.id)
    moved = platform.world.now
    platform.world.pass_time(hours=1)
    platform.world.edit(reply.id, "Other words")
    platform.world.pass_time(hours=1)

    def newest() -> tuple[str, str]:
        entry = feed(platform, TOPICS).find(ATOM + "entry")
        assert entry is not None
        (link,) = [link for link in entry.findall(ATOM + "link") if link.get("rel") == "replies"]
        return text_of(entry, ATOM + "updated"), link.get(THREAD + "count") or ""

    before = newest()
    platform.world.remove(reply.id)
    assert before[0] == newest()[0] == shapes.text_time(moved)
    assert int(newest()[1]) == int(before[1]) - 1


def test_members_come_with_a_moment_that_moves_with_whoever_joins():
    platform = a_site()
    before = text_of(feed(platform, MEMBERS), SNX + "communityLastMod")
    platform.world.pass_time(days=1)
    platform.world.join(11, platform.world.person().id)
    after = text_of(feed(platform, MEMBERS), SNX + "communityLastMod")
    assert int(after) == shapes.millis(platform.world.now) > int(before)


@pytest.mark.parametrize("html", [True, False])
def test_errors_come_as_xml_behind_blank_lines_or_as_a_page(html):
    reply = asked(a_site(html_errors=html), "/forums/atom/topics?communityUuid=another")
    assert reply.status_code == 404
    assert reply.text.lstrip().startswith("<!DOCTYPE" if html else "<error")
    assert html or reply.text.startswith(" \n")


def test_a_proxy_shows_forums_as_they_were_for_half_a_minute():
    platform = a_site(proxy=True)
    before = asked(platform, TOPICS)
    platform.world.say(11, 1, "New", subject="News")
    platform.world.pass_time(seconds=29)
    kept = asked(platform, TOPICS)
    assert (kept.content, kept.headers["date"]) == (before.content, before.headers["date"])
    platform.world.pass_time(seconds=2)
    assert asked(platform, TOPICS).content != before.content


def test_no_blog_answers_without_a_language():
    assert (
        asked(a_site(), f"/blogs/roller-ui/rendering/feed/{shapes.uuid_of('blog', 11)}/entries/atom").status_code == 404
    )


def test_posting_needs_the_right_kind_of_document():
    platform = a_site()
    with httpx2.Client(transport=platform.wire(), base_url="https://connections.example.org") as client:
        path = f"/forums/atom/topics?forumUuid={shapes.forum_id(11)}"
        entry = (
            '<entry xmlns="http://www.w3.org/2005/Atom"><title>Pumps</title><content type="html">x</content></entry>'
        )
        wrong = client.post(path, content=entry, headers={"Content-Type": "text/plain"})
        right = client.post(path, content=entry, headers={"Content-Type": "application/atom+xml"})
    assert (wrong.status_code, right.status_code) == (400, 201)
    assert right.headers["location"].startswith(f"{shapes.OTHER}/forums/atom/topic?topicUuid=")
