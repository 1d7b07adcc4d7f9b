"""Who may be one person, by what is stored: names, addresses told later, pairs told apart."""

from tests.queries.network import a_member, a_message, a_person
from workbench.queries.identities import identity, named_people, people_named, root_of, same_address


def test_everybody_but_bots_is_compared(network):
    network.apply(network.community("Water"), a_message("m1"), a_member("robot", is_bot=True), a_member("bruno"))
    with network.read() as reader:
        assert sorted(one.name for one in named_people(reader)) == ["Amina Example", "Bruno Example"]


def test_an_address_that_is_told_later_of_somebody_else_is_remembered(network):
    water = network.community("Water")
    network.apply(water, a_message("m1", by=a_person("amina", address_key="digest")), a_message("m2", by="amina2"))
    network.apply(water, a_message("m3", by=a_person("amina2", address_key="digest"), hours=1))
    with network.read() as reader:
        pair = tuple(sorted((network.person("amina"), network.person("amina2"))))
        assert same_address(reader) == [pair]
        assert network.person("amina") != network.person("amina2")


def test_what_a_merge_joins_is_told_in_short(network):
    network.apply(network.community("Water"), a_message("m1"), a_message("m2", hours=1))
    with network.read() as reader:
        found = identity(reader, network.person("amina"))
        assert found is not None
        assert (found.messages, found.communities, found.handles) == (2, 1, ("Tables: Amina Example",))
        assert identity(reader, 99) is None
        assert root_of(reader, network.person("amina")) == network.person("amina")
        assert [one.name for one in people_named(reader, "AMÍNA example")] == ["Amina Example"]
        assert people_named(reader, "Amina") == []
