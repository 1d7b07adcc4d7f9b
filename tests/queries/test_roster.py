"""Roster: a share of members is one of a list, of people met over a good while, or no share at all."""

from datetime import timedelta

from tests.queries.network import NOW, a_member, a_message
from workbench.queries.roster import MembersAre, members_are

DAY = timedelta(days=1)
TODAY = NOW.date()


def told(network, *scope):
    with network.read() as reader:
        return members_are(reader, scope, before=TODAY - 27 * DAY)


def test_members_are_listed_where_every_community_has_a_list(network):
    water, health = network.community("Water"), network.community("Health")
    network.apply(water, a_member("amina"), a_member("bruno"), a_message("m1", by="chen"))
    network.apply(health, a_message("h1", by="dalia"))
    assert told(network, water) is MembersAre.LISTED
    assert told(network, water, health) is told(network) is MembersAre.SEEN
    network.apply(health, a_member("dalia"))
    assert told(network) is MembersAre.LISTED


def test_a_list_that_was_cut_is_no_list(network):
    water = network.community("Water", members=4)
    network.apply(water, a_member("amina"), a_message("m1", by="bruno"))
    assert told(network, water) is MembersAre.SEEN
    network.apply(water, a_member("chen"), a_member("dalia"))
    assert told(network, water) is MembersAre.LISTED


def test_people_met_over_a_good_while_stand_for_members(network):
    water = network.community("Water")
    network.apply(water, a_message("m1"))
    network.cover(water, TODAY - 80 * DAY, TODAY)
    assert told(network, water) is MembersAre.SEEN
    network.cover(water, TODAY - 130 * DAY, TODAY)
    assert told(network, water) is MembersAre.MET
