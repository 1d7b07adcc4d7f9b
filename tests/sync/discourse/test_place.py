"""The place of a pull: written, read again, and never mistaken for another version's."""

import json
from datetime import UTC, date, datetime

from tests.sync.connectors.discourse_site import sample
from workbench.models.moments import to_micros
from workbench.sync.connector import Cursor
from workbench.sync.discourse.place import LIKED_KEPT, TOPICS, Gap, Liked, Look, Place, rests
from workbench.sync.discourse.shapes import Post, read_posts

NOON = to_micros(datetime(2026, 3, 2, 12, tzinfo=UTC))


def test_a_place_comes_back_from_its_cursor():
    place = Place(
        way=TOPICS,
        top=7,
        gaps=(Gap(9, 4), Gap(3, 0)),
        look=Look(5, frozenset({(57, 2), (58, 1)})),
        said=12,
        reached=NOON,
        first=3,
        left=8,
        recent=((57, 2),),
        liked=(Liked(15, "11.2", NOON),),
        read=4,
    )
    assert Place.of(place.cursor()) == place
    assert Place.of(Place().cursor()) == Place()


def test_a_cursor_of_another_version_starts_afresh():
    assert Place.of(None) is None
    assert Place.of(Cursor(json.dumps({"version": 99}))) is None


def test_nothing_is_new_while_the_newest_topics_are_the_same():
    look = Look.at([(5, 57, 2), (5, 57, 3), (5, 58, 1), (4, 59, 9)])
    assert look == Look(5, frozenset({(57, 3), (58, 1)}))
    assert Look.at([]) is None
    assert look is not None
    assert look.is_still(Look(5, frozenset({(57, 3)})))
    assert not look.is_still(Look(5, frozenset({(57, 4)})))
    assert not look.is_still(Look(5, frozenset({(60, 1)})))
    assert not look.is_still(Look(6, frozenset({(57, 3)})))


def test_a_gap_is_lowered_and_closed():
    place = Place(gaps=(Gap(90, 40), Gap(30, 0)))
    assert place.lowered(60, is_closed=False).gaps == (Gap(60, 40), Gap(30, 0))
    assert place.lowered(41, is_closed=True).gaps == (Gap(30, 0),)


def test_what_is_liked_waits_to_be_asked_about_the_newest_first():
    posts = [post for post in read_posts(sample("posts")["latest_posts"], source="posts") if isinstance(post, Post)]
    place = Place(liked=tuple(Liked(number, f"1.{number}", NOON) for number in range(LIKED_KEPT, 0, -1)))
    after = place.with_posts(posts)
    assert after.read == 3
    assert len(after.liked) == LIKED_KEPT
    assert after.liked == tuple(sorted(after.liked, key=lambda item: -item.post))
    assert after.first == min(post.at for post in posts)
    assert Place().with_posts(posts).with_posts(posts).liked == Place().with_posts(posts).liked


def test_history_rests_below_the_date_that_was_asked_for():
    history = Place(gaps=(Gap(30, 0),), reached=NOON)
    assert rests(history, date(2026, 3, 3))
    assert not rests(history, date(2026, 3, 2))
    assert not rests(history, None)
    assert not rests(Place(gaps=(Gap(90, 40), Gap(30, 0)), reached=NOON), date(2026, 3, 3))
    assert not rests(Place(), date(2026, 3, 3))
