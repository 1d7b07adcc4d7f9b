"""The check of a Viva Engage community: deletes, edits, likes taken back, and threads with something missing."""

from pathlib import Path

import pytest

from tests.platforms.server import Told
from tests.platforms.viva_engage_shapes import message_id
from tests.sync.connectors.engage_network import (
    COMMUNITY,
    GROUP,
    a_network,
    a_network_mirror,
    check,
    expected,
    held_likes,
    held_members,
    paths,
    pulled,
    synced,
    world_likes,
    world_members,
    world_messages,
)
from tests.sync.connectors.runs import Cursors, held_messages, messages_in
from tests.sync.mirrored import Mirrored
from workbench.sync.connector import CensusOf
from workbench.sync.records import GoneRecord


@pytest.fixture(name="mirrored")
def _mirrored(tmp_path: Path) -> Mirrored:
    return a_network_mirror(tmp_path)


@pytest.mark.parametrize("hide", [10, 40, 70])
def test_what_pages_leave_out_is_found_in_its_thread(hide):
    platform = a_network(hide=hide)
    shown = {said.id for said in platform.world.shown(GROUP) if said.id * 37 % 100 >= hide}
    lost = {
        said.id
        for said in platform.world.shown(GROUP)
        if not shown & {item.id for item in platform.world.thread(said.root)}
    }
    found = messages_in(pulled(platform)).keys()
    assert found == expected(platform) - {str(message_id(number)) for number in lost}


def test_a_new_answer_that_pages_leave_out_is_found_with_the_next_one():
    platform, cursors = a_network(messages=30), Cursors()
    pulled(platform, cursors)
    platform.switches["hide"] = 50
    root = platform.world.shown(GROUP)[-1].root
    said = [platform.world.say(GROUP, 2, f"Answer {number}", parent=root) for number in range(6)]
    hidden = {item.id for item in said if item.id * 37 % 100 < 50}
    assert hidden
    assert hidden < {item.id for item in said}
    assert {str(message_id(item.id)) for item in said} <= messages_in(pulled(platform, cursors)).keys()


def test_nothing_held_is_gone_because_a_page_left_it_out(mirrored):
    platform = a_network()
    synced(mirrored, platform)
    platform.switches["hide"] = 60
    platform.world.say(GROUP, 1, "News")
    platform.world.say(GROUP, 1, "More news")
    synced(mirrored, platform)
    check(mirrored, platform)
    assert world_messages(platform).items() >= held_messages(mirrored).items()
    assert len(held_messages(mirrored)) >= 70


@pytest.mark.parametrize("starter_apart", [True, False])
def test_whole_threads_are_not_read_again(starter_apart):
    platform, cursors = a_network(starter_apart=starter_apart), Cursors()
    pulled(platform, cursors)
    for _ in range(3):
        platform.world.say(GROUP, 1, "Answer", parent=platform.world.shown(GROUP)[-1].id)
        pulled(platform, cursors)
    assert not [path for path in paths(platform) if "in_thread" in path]


def test_a_thread_that_went_away_meanwhile_stops_nothing():
    platform = a_network(hide=40)
    platform.before = lambda asked: Told(404, b"", "text/plain") if "in_thread" in asked.path else None
    shown = {str(message_id(said.id)) for said in platform.world.shown(GROUP) if said.id * 37 % 100 >= 40}
    assert messages_in(pulled(platform)).keys() == shown


def test_a_check_finds_deletes_edits_and_likes_taken_back(mirrored):
    platform = a_network()
    world = platform.world
    synced(mirrored, platform)
    said = world.shown(GROUP)
    liked = next(item for item in reversed(said) if item.likes)
    world.unlike(liked.id, min(liked.likes))
    world.edit(said[20].id, "Other words")
    removed = [next(item for item in said[30:] if not item.likes), next(item for item in said[:0:-1] if not item.likes)]
    for item in removed:
        world.remove(item.id)
    world.leave(GROUP, max(world.groups[GROUP].members))
    batches = check(mirrored, platform)
    gone = {item.remote_id for batch in batches for item in batch.records if isinstance(item, GoneRecord)}
    assert gone == {str(message_id(item.id)) for item in removed}
    assert held_messages(mirrored) == world_messages(platform)
    assert held_likes(mirrored) == world_likes(platform)
    assert held_members(mirrored) == world_members(platform)
    assert not [batch for batch in batches if batch.cursor is not None]


def test_a_check_reads_threads_of_which_something_is_missing(mirrored):
    platform = a_network(hide=30)
    synced(mirrored, platform)
    platform.switches["hide"] = 0
    check(mirrored, platform)
    assert held_messages(mirrored) == world_messages(platform)


def test_likes_are_read_again_once_a_day_and_not_right_after_a_first_reading():
    platform, cursors = a_network(), Cursors()
    pulled(platform, cursors)
    feed = f"/api/v1/messages/in_group/{COMMUNITY}.json"
    assert len([path for path in paths(platform) if path == feed]) == 4
    platform.world.pass_time(days=1)
    start = len(platform.asked)
    batches = pulled(platform, cursors)
    assert len([path for path in paths(platform, start) if path == feed]) == 1
    assert {census.of for batch in batches for census in batch.censuses} >= {CensusOf.REACTIONS}
    start = len(platform.asked)
    pulled(platform, cursors)
    assert feed not in paths(platform, start)


def test_a_long_list_of_likes_takes_nobody_back(mirrored):
    platform = a_network(messages=3)
    said = platform.world.shown(GROUP)[-1]
    said.likes.clear()
    for person in range(1, 6):
        platform.world.like(said.id, person)
    synced(mirrored, platform)
    assert len(held_likes(mirrored)) == len(world_likes(platform))
    said.likes = {7: platform.world.now, **said.likes}  # names are cut at five: somebody is not shown any more
    platform.world.pass_time(days=1)
    synced(mirrored, platform)
    assert held_likes(mirrored) == world_likes(platform)
