"""The conversations behind behaviours that count people."""

from datetime import timedelta

from tests.queries.network import START, a_member, a_message, a_person
from workbench.queries.behaviour_threads import mixed_threads, outside_threads, threads_by_id

MONTH = (START, START + timedelta(days=30))


def test_two_offices_in_one_thread_are_mixed_and_one_is_not(network):
    water = network.community("Water")
    north, south = a_person("amina", office="North"), a_person("bruno", office="South")
    network.apply(
        water,
        a_message("m1", by=north),
        a_message("m2", by=south, to="m1", hours=1),
        a_message("n1", by=north, hours=2),
        a_message("n2", by="chen", to="n1", hours=3),
        a_message("old", by=north, hours=24 * 40),
        a_message("old2", by=south, hours=24 * 41, to="old"),
    )
    with network.read() as reader:
        one, two, three = (network.person(name) for name in ("amina", "bruno", "chen"))
        found = mixed_threads(reader, (water,), MONTH, ((one, two), (three,)))
        assert found == mixed_threads(reader, (), MONTH, ((one, two, three),)) == (network.event("m1"),)
        assert mixed_threads(reader, (), MONTH, ((one, three), (two,))) == ()  # two groups are none that grew
        assert [row.messages for row in threads_by_id(reader, (*found, 999))] == [2]


def test_people_outside_the_member_list_lead_to_their_threads(network):
    water = network.community("Water")
    network.apply(
        water,
        a_member("amina"),
        a_message("m1"),
        a_message("m2", by="guest", to="m1", hours=1),
        a_message("n1", hours=2),
    )
    with network.read() as reader:
        assert outside_threads(reader, (water,), MONTH) == (network.event("m1"),)
    without = network.community("No list")
    network.apply(without, a_message("x1", by="chidi"))
    with network.read() as reader:
        assert outside_threads(reader, (without,), MONTH) == ()
