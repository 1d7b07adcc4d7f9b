"""The check of a community of HCL Connections, seen by what it asks and what it says is gone."""

from datetime import timedelta

from tests.platforms.hcl_shapes import post_id
from tests.platforms.server import Told
from tests.sync.connectors.hcl_network import COMMUNITY, a_site, a_topic, expected, name_of, standing
from tests.sync.hcl.test_site import a_hcl_site
from workbench.sync.connector import Census
from workbench.sync.hcl.check import CommunityCheck


class HeldAlready:
    """A mirror that holds what stood in the community when it was made."""

    def __init__(self, platform) -> None:
        self._roots = {
            name_of(platform, said): name_of(platform, platform.world.said[said.root]) for said in standing(platform)
        }

    def versions(self, remote_ids) -> dict[str, str | None]:
        raise AssertionError

    def threads(self, remote_ids) -> dict[str, int]:
        counts = {name: list(self._roots.values()).count(name) for name in set(remote_ids) & self._roots.keys()}
        return {name: count for name, count in counts.items() if count}

    def newest(self, count: int) -> tuple[str, ...]:
        return tuple(self._roots)[:count]


def censuses(platform, held: HeldAlready) -> dict[str, Census]:
    batches = list(CommunityCheck(a_hcl_site(platform), COMMUNITY).run(held, has_blogs=True))
    return {census.root or "": census for batch in batches for census in batch.censuses}


def asked_for(platform, start: int) -> set[str]:
    return {asked.query["topicUuid"] for asked in platform.asked[start:] if asked.path.endswith("/replies")}


def test_of_old_topics_only_those_whose_count_differs_are_read_again():
    platform = a_site(messages=160)
    held, world = HeldAlready(platform), platform.world
    old = [
        said
        for said in standing(platform)
        if said.id == said.root
        and said.id not in platform.blogged
        and platform._changed(said) < world.now - timedelta(days=40)
        and len(world.thread(said.id)) > 1
    ]
    world.remove(world.thread(old[0].id)[-1].id)
    censuses(platform, held)
    wanted = asked_for(platform, 0)
    assert post_id(old[0].id) in wanted
    assert not {post_id(said.id) for said in old[1:]} & wanted


def test_a_removed_reply_is_missing_from_the_census_of_its_topic():
    platform = a_site(messages=160)
    held = HeldAlready(platform)
    topic = a_topic(platform)
    reply = platform.world.thread(topic.id)[-1]
    platform.world.remove(reply.id)
    census = censuses(platform, held)[name_of(platform, topic)]
    assert name_of(platform, reply) not in census.ids
    assert census.ids <= expected(platform).keys()


def test_a_topic_in_no_list_is_told_but_nobody_is_sure_that_it_is_gone():
    platform = a_site(messages=160)
    held, topic = HeldAlready(platform), a_topic(platform)
    platform.world.remove(topic.id)
    census = censuses(platform, held)[name_of(platform, topic)]
    assert (census.ids, census.is_sure) == (frozenset(), False)
    platform.before = lambda asked: Told(403, b"", "text/plain") if asked.path.endswith("/topic") else None
    assert name_of(platform, topic) not in censuses(platform, held)


def test_a_blog_is_compared_only_if_all_of_it_came():
    platform = a_site(messages=160)
    held = HeldAlready(platform)
    posts = [said for said in standing(platform) if said.id in platform.blogged]
    platform.world.remove(posts[0].id)
    found = censuses(platform, held)
    assert found[name_of(platform, posts[0])].ids == frozenset()
    assert found[name_of(platform, posts[1])].ids == {
        name_of(platform, said) for said in platform.world.thread(posts[1].id)
    }

    def without_author(asked, reply):
        return (
            Told(200, reply.body.replace(b"author>", b"nobody>", 2), reply.kind) if "/entries/" in asked.path else reply
        )

    platform.after = without_author
    assert not [root for root in censuses(platform, held) if root.startswith("blogs:")]


def test_a_blog_that_cannot_be_found_takes_nothing_away():
    platform = a_site(messages=160)
    held = HeldAlready(platform)
    platform.switches["no_blogs"] = True
    assert not [root for root in censuses(platform, held) if root.startswith("blogs:")]
