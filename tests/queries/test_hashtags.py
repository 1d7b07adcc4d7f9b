"""Hashtags: counted by people, with trend; few people stay out of files."""

from datetime import timedelta

from tests.queries.network import NOW, START, a_message, a_person
from workbench.queries.hashtags import WEEKS, disclosed, list_hashtags, tagged_messages, thread_tags


def test_tags_are_counted_by_people_offices_and_weeks(network):
    water, food = network.community("Water"), network.community("Food")
    people = [a_person(f"p{number}", office=f"Office {number % 3}") for number in range(5)]
    network.apply(
        water,
        a_message("m0", by=people[0], text="#joined #WASH"),
        *(a_message(f"m{n}", by=people[n], text="#wash", at=NOW - timedelta(days=n)) for n in range(1, 5)),
        a_message("bot", by=a_person("robot", is_bot=True), text="#noise #wash"),
        a_message("old bot", by=a_person("robot", is_bot=True), text="#wash", at=NOW - timedelta(days=60)),
    )
    network.apply(food, a_message("f0", by=people[0], text="#wash", at=NOW - timedelta(days=8)))
    with network.read() as reader:
        wash, joined = list_hashtags(reader, (), as_of=NOW)
        assert (wash.tag, wash.uses, wash.people, wash.offices, wash.communities) == ("wash", 6, 5, 3, 2)
        assert (len(wash.trend), wash.trend[-2:]) == (WEEKS, (1, 4))
        assert (joined.tag, joined.people) == ("joined", 1)
        before = wash.offices
        assert disclosed([wash, joined]) == [wash]
        period = (NOW - timedelta(days=30), NOW)
        (recent,) = list_hashtags(reader, (water,), as_of=NOW, period=period)
        assert (recent.uses, recent.is_new) == (4, False)
        assert list_hashtags(reader, (food,), as_of=NOW, period=period)[0].is_new
        assert tagged_messages(reader, "#WASH", (food,)) == [network.event("f0")]
        assert network.event("bot") not in tagged_messages(reader, "wash")
        assert tagged_messages(reader, "wash")[:2] == [network.event("m1"), network.event("m2")]
        assert thread_tags(reader, network.event("m0")) == ("joined", "wash")
    network.tell_offices({"p1": "Elsewhere"})
    with network.read() as reader:
        assert (before, list_hashtags(reader, (), as_of=NOW)[0].offices) == (3, 4)
    assert START < NOW
