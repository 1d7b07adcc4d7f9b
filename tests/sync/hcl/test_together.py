"""A forum read by one list of topics and replies: where it is there, where it is not, and where it breaks or shrinks."""

from datetime import timedelta

import httpx2
import pytest

from tests.platforms.hcl_connections import HclConnections
from tests.platforms.server import Asked, Told
from tests.sync.connectors.hcl_network import (
    COMMUNITY,
    a_site,
    connector,
    expected,
    name_of,
    paths,
    pulled,
    standing,
    words_in,
)
from workbench.errors import LineError
from workbench.sync.connector import Batch, Cursor
from workbench.sync.connectors.hcl_connections import MESSAGES
from workbench.sync.seat import Reach


def asked_for(platform: HclConnections, name: str) -> int:
    """How often something of the forums was asked for; a blog has entries too."""
    return sum(asked.path == f"/forums/atom/{name}" for asked in platform.asked)


def test_a_forum_is_read_with_its_replies_in_one_list():
    platform = a_site(messages=300)
    topics = sum(1 for said in standing(platform) if said.id == said.root and said.id not in platform.blogged)
    batches = pulled(platform)
    assert words_in(batches) == expected(platform)
    assert asked_for(platform, "replies") <= 2 + 2 < topics
    assert asked_for(platform, "entries") <= 300 // 100 + 4  # of two forums, with another look at the top of each


@pytest.mark.parametrize("switches", [{"no_entries": True}, {"topics_only": True}, {"no_totals": True}])
def test_a_site_without_such_a_list_is_read_topic_by_topic(switches):
    platform, cursors = a_site(messages=120, **switches), dict[str, Cursor | None]()
    assert words_in(pulled(platform, cursors)) == expected(platform)
    start = len(platform.asked)
    pulled(platform, cursors)
    assert "entries" not in paths(platform, start)


def test_a_list_that_is_cut_goes_on_from_there_and_promises_nothing_before_its_end():
    platform, left = a_site(messages=700), 4

    def cut(asked: Asked) -> None:
        nonlocal left
        if asked.path.endswith("/entries"):
            left -= 1
            if left < 0:
                message = "the line broke"
                raise httpx2.ConnectError(message)

    platform.before = cut
    first: list[Batch] = []
    with pytest.raises(LineError):
        first.extend(connector(platform).pull(COMMUNITY, MESSAGES, since=None))
    cursor = first[-1].cursor
    assert not any(batch.covered for batch in first)
    platform.before = None
    start = len(platform.asked)
    rest = list(connector(platform).pull(COMMUNITY, MESSAGES, since=cursor))
    assert words_in([*first, *rest]) == expected(platform)
    assert paths(platform, start).count("entries") <= 700 // 100 + 1  # a blog has a page of entries too
    assert any(batch.covered for batch in rest)


def test_a_list_that_vanishes_on_the_way_is_made_up_for_topic_by_topic():
    platform, cursors = a_site(messages=700), dict[str, Cursor | None]()
    seen = 0

    def take_away(asked: Asked) -> None:
        nonlocal seen
        seen += asked.path.endswith("/entries")
        platform.switches["no_entries"] = seen > 4

    platform.before = take_away
    assert words_in(pulled(platform, cursors)) == expected(platform)


@pytest.mark.parametrize("which", range(1, 7))
@pytest.mark.parametrize("switches", [{}, {"no_entries": True}, {"no_next": True}])
def test_a_page_that_suddenly_is_smaller_lets_none_slip_past(which, switches):
    platform, seen = a_site(messages=400, **switches), 0

    def shrink(asked: Asked) -> None:
        nonlocal seen
        if asked.path.endswith(("/entries", "/topics")):
            seen += 1
            platform.switches["cap"] = 3 if seen == which else 0

    platform.before = shrink
    assert words_in(pulled(platform)) == expected(platform)


def test_of_threads_that_began_before_what_is_wanted_all_is_read():
    platform = a_site(messages=300)
    oldest = (platform.world.now - timedelta(days=20)).date()
    found = words_in(pulled(platform, reach=Reach(oldest=oldest)))
    wanted = {
        said.root for said in standing(platform) if said.at.date() >= oldest and said.root not in platform.blogged
    }
    assert {name_of(platform, said) for said in standing(platform) if said.root in wanted} <= found.keys()


def test_a_few_topics_are_not_worth_the_search_for_a_list():
    platform = a_site(messages=6)
    assert words_in(pulled(platform)) == expected(platform)
    assert asked_for(platform, "entries") == asked_for(platform, "forums") == 0


def test_a_list_that_is_out_of_order_today_is_tried_again_another_day():
    platform, cursors = a_site(messages=300), dict[str, Cursor | None]()

    def fail(asked: Asked) -> Told | None:
        return Told(500, b"<html>Error 500</html>", "text/html") if asked.path.endswith("/entries") else None

    platform.before = fail
    assert words_in(pulled(platform, cursors)) == expected(platform)
    cursor = cursors[MESSAGES.name]
    assert cursor is not None
    assert '"way":""' in cursor


def test_news_in_many_topics_are_read_from_the_list_and_not_topic_by_topic():
    platform, cursors = a_site(messages=400), dict[str, Cursor | None]()
    pulled(platform, cursors)
    platform.world.pass_time(hours=3)
    roots = [said for said in standing(platform) if said.id == said.root and said.id not in platform.blogged]
    for root in roots[:20]:
        platform.world.say(11, 2, "Words of a new message", parent=root.id)
    platform.world.pass_time(hours=1)
    start = len(platform.asked)
    news = pulled(platform, cursors)
    assert len(words_in(news)) >= 20
    asked = [one.path for one in platform.asked[start:]]
    assert (asked.count("/forums/atom/replies"), asked.count("/forums/atom/entries")) == (0, 2)
    platform.world.pass_time(hours=1)
    start = len(platform.asked)
    assert words_in(pulled(platform, cursors)) == {}


def test_news_are_asked_for_topic_by_topic_once_the_list_is_gone():
    platform, cursors = a_site(messages=400), dict[str, Cursor | None]()
    before = words_in(pulled(platform, cursors))
    platform.world.pass_time(hours=3)
    for root in [said for said in standing(platform) if said.id == said.root and said.id not in platform.blogged][:20]:
        platform.world.say(11, 2, "Words of a new message", parent=root.id)
    platform.switches["no_entries"] = True
    assert before | words_in(pulled(platform, cursors)) == expected(platform)
