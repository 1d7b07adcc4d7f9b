"""Held: versions, threads and the newest messages of one community, without what is gone."""

from tests.queries.network import a_message, gone
from workbench.queries.held import held_threads, held_versions, newest_held
from workbench.sync.lookups import remote_key


def keys(*names: str) -> list[bytes]:
    return [remote_key(name) for name in names]


def test_only_messages_of_the_community_that_are_not_gone_are_held(network):
    water, soil = network.community("Water"), network.community("Soil")
    network.apply(water, a_message("m1", version="1"), a_message("m2", hours=1, to="m1"))
    network.apply(water, a_message("m3", hours=2, to="m1"), a_message("m4", hours=3))
    network.apply(water, gone("m3"))
    network.apply(soil, a_message("s1", version="9"))
    asked = keys("m1", "m2", "m3", "s1", "unknown")
    with network.read() as reader:
        assert held_versions(reader, water, asked) == {remote_key("m1"): "1", remote_key("m2"): None}
        assert held_threads(reader, water, keys("m1", "m4", "s1")) == {remote_key("m1"): 2, remote_key("m4"): 1}
        assert newest_held(reader, water, 2) == ("m4", "m2")
        assert held_versions(reader, soil, asked) == {remote_key("s1"): "9"}


def test_many_are_asked_for_at_once(network):
    water = network.community("Water")
    network.apply(water, a_message("m1", version="1"))
    many = keys(*(f"x{number}" for number in range(1_200)), "m1")
    with network.read() as reader:
        assert held_versions(reader, water, many) == {remote_key("m1"): "1"}
        assert held_threads(reader, water, []) == {}
