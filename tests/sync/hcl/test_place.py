"""Places in moving lists, and the cursor of a community of HCL Connections."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.sync.connectors.hcl_network import COMMUNITY, GROUP, a_site
from tests.sync.hcl.test_site import a_hcl_site
from workbench.errors import LineError
from workbench.models.moments import DayRange
from workbench.sync.connector import Cursor
from workbench.sync.hcl.atom import millis
from workbench.sync.hcl.place import Place, Position

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def at(days: float) -> int:
    return millis(NOON - timedelta(days=days))


def test_the_first_look_takes_a_page_and_stands_below_it():
    platform = a_site(messages=120, cap=5)
    site, place = a_hcl_site(platform), Place()
    assert place.is_new
    (page,) = place.top(site, site.topics(COMMUNITY))
    assert place.anchor == millis(platform.world.now - timedelta(minutes=2))
    assert place.floor == place.known == min(entry.changed for entry in page.entries)
    assert place.page == 2
    assert not place.is_over(None)
    assert place.is_over(platform.world.now.date() + timedelta(days=1))


def test_reading_down_ends_at_the_bottom():
    platform = a_site(messages=120, cap=5)
    site, place = a_hcl_site(platform), Place()
    listing = site.topics(COMMUNITY)
    list(place.top(site, listing))
    floors = []
    while not place.is_over(None):
        place.below(site, listing)
        floors.append(place.floor)
    assert floors == sorted(floors, reverse=True)
    assert floors[-1] == 0
    assert place.known > 0
    assert not place.is_sure
    (page,) = place.top(site, listing)
    assert not page.entries
    assert place.is_sure


def test_a_look_at_the_top_counts_after_its_last_page():
    platform = a_site(messages=40, cap=5)
    site, place = a_hcl_site(platform), Place()
    listing = site.topics(COMMUNITY)
    list(place.top(site, listing))
    before = place.anchor
    platform.world.pass_time(days=1)
    for number in range(12):
        platform.world.say(GROUP, 1, f"News {number}", subject="News")
    anchors = [(len(page.entries), place.anchor) for page in place.top(site, listing)]
    assert [count for count, _ in anchors] == [5, 5, 2]
    assert [anchor for _, anchor in anchors[:2]] == [before, before]
    assert anchors[2][1] > before
    assert place.sure == before


def test_pinned_topics_and_lists_out_of_order_promise_no_depth():
    for switches in ({"pinned": 3}, {"unsorted": True}):
        platform = a_site(messages=120, cap=5, **switches)
        site, place = a_hcl_site(platform), Place()
        (page,) = place.top(site, site.topics(COMMUNITY))
        assert place.floor > min(entry.changed for entry in page.entries)


def test_a_cursor_stands_for_its_position():
    position = Position(
        Place(at(0), at(0), at(3), at(3), 2, 70), todo=[("forum:1", 0), ("forum:2", 5)], blog="blogs/x", read=4
    )
    assert Position.of(position.cursor()) == position
    assert Position.of(None) == Position()
    assert Position.of(Cursor('{"version": 99}')) == Position()


def test_a_cursor_that_cannot_be_read_is_said_so():
    with pytest.raises(LineError):
        Position.of(Cursor('{"version": 1, "forum": 3}'))


def test_of_two_moments_since_which_a_topic_is_unread_the_earlier_one_holds():
    position = Position(todo=[("a", 5), ("b", 0)])
    position.wants([("c", 9), ("a", 7), ("b", 7)])
    assert position.todo == [("c", 9), ("a", 5), ("b", 0)]
    position.waits([("d", 0), ("a", 3)])
    assert position.todo == [("c", 9), ("a", 3), ("b", 0), ("d", 0)]


def test_days_are_whole_below_the_last_look_and_above_what_is_unread():
    read = Position(forum=Place(at(0), at(0), at(10), at(10), 3))
    assert read.covered() == (DayRange(date(2026, 2, 21), date(2026, 3, 1)),)
    whole = Position(forum=Place(at(0), at(0)), first=at(20))
    assert whole.covered() == (DayRange(date(2026, 2, 10), date(2026, 3, 1)),)
    assert Position(forum=Place(at(0), at(0))).covered() == (DayRange(date(2026, 3, 1), date(2026, 3, 1)),)


def test_nothing_is_whole_while_replies_or_the_blog_are_unread():
    assert Position(forum=Place(at(0), at(0)), todo=[("a", 0)]).covered() == ()
    assert Position().covered() == ()
    assert Position(forum=Place(at(0), at(0)), blog="blogs/x").covered() == ()
    both = Position(
        forum=Place(at(0), at(0)), posts=Place(at(1), at(1)), comments=Place(at(2), at(2)), blog="blogs/x", first=at(9)
    )
    assert both.covered() == (DayRange(date(2026, 2, 21), date(2026, 2, 27)),)


def test_without_its_blog_a_position_forgets_the_places_in_it():
    position = Position(posts=Place(at(1), at(1)), comments=Place(at(2), at(2)), blog="blogs/x")
    position.without_blog(asked=7)
    assert position == Position(asked=7)
