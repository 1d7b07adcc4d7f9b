"""One thing to do each: what it is called and why it is there."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.builders import NOW
from workbench.ids import CommunityId, PersonId
from workbench.operations.today_items import greetings
from workbench.queries.newcomers import NewcomerRow

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("known", "number", "title", "words", "days"),
    [
        (0, 1, "Greet Amina Example", "three days counts.", 3),
        (0, 1200, "Greet 1,200 people who are new", "three days counts.", 3),
        (1, 1, "Greet Amina Example", "Known from another community, and new here in the last 14 days; nobody", 9),
        (2, 2, "Welcome 2 people known from other communities", "They are new here in the last 14 days; nobody", 9),
        (1, 3, "Greet 2 people who are new", "One more is known from other communities; a welcome", 3),
        (2, 3, "Greet 1 person who is new", "2 more are known from other communities; a welcome", 3),
    ],
)
def test_old_hands_are_told_apart_and_do_not_make_the_item_older(
    known: int, number: int, title: str, words: str, days: int
):
    row = NewcomerRow("greet:1", PersonId(1), "Amina Example", CommunityId(1), "WASH", NOW - 3 * DAY, None)
    old_hand = replace(row, since=NOW - 9 * DAY, known_since=NOW, community="Health")
    rows = [replace(old_hand if place < known else row, person_id=PersonId(place)) for place in range(number)]
    (item,) = greetings(rows)
    assert item.title == title
    assert words in item.reason
    assert item.since == NOW - days * DAY
    (said,) = greetings([replace(rows[0], tag="joined"), *rows[1:]])
    assert said.reason.endswith(" They wrote #joined." if number == 1 else " 1 of them wrote #joined.")
    assert said.people[0].tag == "joined"
    assert item.community == ("WASH" if known < number else "Health")
