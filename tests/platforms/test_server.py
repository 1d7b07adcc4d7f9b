"""The stand-in itself: the same world by seed, the same answer with and without a socket."""

import json
import urllib.request
from collections.abc import Mapping
from typing import ClassVar

import httpx2
import pytest
from typing_extensions import override

from tests.platforms.server import Asked, StandIn, Told, told
from tests.platforms.world import World, a_world


class Counting(StandIn):
    NAME = "counting"
    SWITCHES: ClassVar[Mapping[str, str]] = {"loud": "answers in capitals"}

    @override
    def answer(self, asked: Asked) -> Told:
        word = "THERE" if self.is_on("loud") else "there"
        return told({"path": asked.path, "query": dict(asked.query), "word": word, "said": len(self.world.shown())})


def test_the_same_seed_makes_the_same_world():
    assert a_world(seed=3).said == a_world(seed=3).said
    assert a_world(seed=3).said != a_world(seed=4).said


def test_a_removed_message_is_not_shown_and_its_answers_stay():
    world = World()
    group, person = world.group("Water points"), world.person()
    root = world.say(group.id, person.id, "First")
    answer = world.say(group.id, person.id, "Second", parent=root.id)
    world.remove(root.id)
    assert [said.id for said in world.shown()] == [answer.id]
    assert world.thread(root.id) == [answer]


def test_a_late_message_is_shown_when_its_time_comes():
    world = World()
    group, person = world.group("Water points"), world.person()
    world.say(group.id, person.id, "Held").shown_from = world.now.replace(year=world.now.year + 1)
    assert world.shown() == []
    world.pass_time(days=400)
    assert len(world.shown()) == 1


def test_it_answers_alike_with_and_without_a_socket():
    platform = Counting(a_world(messages=5))
    with httpx2.Client(transport=platform.wire(), headers={"Accept-Encoding": "identity"}) as client:
        inside = client.get("http://127.0.0.1/groups?page=2").json()
    with platform, urllib.request.urlopen(f"{platform.address}/groups?page=2", timeout=10) as reply:
        outside = json.load(reply)
    assert inside == outside == {"path": "/groups", "query": {"page": "2"}, "word": "there", "said": 5}
    assert platform.bytes_out > 0
    assert len(platform.asked) == 2


def test_a_switch_nobody_knows_is_a_mistake():
    assert Counting(World(), loud=True).is_on("loud")
    with pytest.raises(AssertionError):
        Counting(World(), quiet=True)
