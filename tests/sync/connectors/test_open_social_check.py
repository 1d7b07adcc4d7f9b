"""The weekly check of an Open Social group: what was deleted, edited, hidden or moved, and who left."""

from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import httpx2
import pytest

from tests.platforms.server import Asked, Told
from tests.sync.connectors.open_social_site import (
    COMMUNITY,
    GROUP,
    a_site,
    a_site_mirror,
    check,
    community,
    connector,
    held_members,
    pulled,
    remote_id,
    synced,
    visible,
    world_members,
    world_messages,
)
from tests.sync.connectors.runs import Cursors, held_messages, messages_in
from tests.sync.mirrored import Mirrored
from workbench.errors import SignInError
from workbench.sync.connector import CensusOf
from workbench.sync.engine import sync_account
from workbench.sync.open_social.members import TURN
from workbench.sync.open_social.shapes import PAGE
from workbench.sync.open_social.site import OVERLAP_ROWS
from workbench.sync.records import GoneRecord


@pytest.fixture(name="mirrored")
def _mirrored(tmp_path: Path) -> Mirrored:
    return a_site_mirror(tmp_path)


@pytest.mark.parametrize("last", [3, 8, 14])
def test_being_locked_out_in_the_middle_of_a_check_takes_nothing_away(mirrored, last):
    platform = a_site()
    synced(mirrored, platform)
    before = held_messages(mirrored), held_members(mirrored)
    start = len(platform.asked)

    def lock(asked: Asked) -> None:
        platform.switches["wrong_password"] = len(platform.asked) > start + last

    platform.before = lock
    with suppress(SignInError):  # where nothing would go, nobody has to ask again
        check(mirrored, platform)
    assert (held_messages(mirrored), held_members(mirrored)) == before


def test_an_old_topic_that_is_moved_into_the_group_is_found_the_next_day():
    platform, cursors = a_site(groups=2), Cursors()
    pulled(platform, cursors)
    moved = next(said for said in visible(platform, 12) if said.parent is None)
    platform.world.pass_time(days=1)
    platform.move(moved.id, GROUP)
    assert remote_id(moved) in messages_in(pulled(platform, cursors))


def test_a_check_finds_what_was_deleted_edited_moved_and_who_left(mirrored):
    platform = a_site(groups=2, messages=160)
    world = platform.world
    synced(mirrored, platform)
    topics = [said for said in visible(platform) if said.parent is None and len(world.thread(said.id)) > 1]
    leaf = next(said for said in reversed(visible(platform)) if said.parent and not any(
        other.parent == said.id for other in visible(platform)))  # fmt: skip
    world.remove(topics[0].id)
    world.remove(leaf.id)
    platform.move(topics[1].id, 12)
    world.said[topics[2].id].text = "Other words"
    world.said[topics[2].id].changed_at = world.now - timedelta(days=1)
    world.leave(GROUP, max(world.groups[GROUP].members))
    batches = check(mirrored, platform)
    assert held_messages(mirrored) == world_messages(platform)
    assert held_members(mirrored) == world_members(platform)
    assert not [batch for batch in batches if batch.cursor is not None]
    assert GoneRecord(remote_id(leaf), COMMUNITY) in [item for batch in batches for item in batch.records]


def test_who_may_not_see_the_group_any_more_loses_nothing_of_what_was_read(mirrored):
    platform = a_site(messages=40)
    synced(mirrored, platform)
    before = held_messages(mirrored), held_members(mirrored)
    platform.switches["no_ties"] = True
    check(mirrored, platform)
    platform.world.pass_time(days=8)
    synced(mirrored, platform)
    assert (held_messages(mirrored), held_members(mirrored)) == before


def test_what_is_hidden_now_is_kept_and_what_is_gone_is_not(mirrored):
    platform = a_site(messages=120)
    synced(mirrored, platform)
    before = held_messages(mirrored)
    topics = [said for said in visible(platform) if said.parent is None]
    platform.hidden |= {topics[0].id, topics[1].id}
    check(mirrored, platform)
    assert held_messages(mirrored) == before
    platform.world.remove(topics[1].id)
    check(mirrored, platform)
    gone = before.keys() - held_messages(mirrored).keys()
    assert gone == {remote_id(said) for said in platform.world.said.values() if said.root == topics[1].id}


def test_a_check_brings_what_became_visible_with_an_old_date(mirrored):
    platform = a_site(messages=120)
    hidden = [said for said in visible(platform) if said.parent is None][3]
    platform.hidden.add(hidden.id)
    synced(mirrored, platform)
    platform.hidden.clear()
    synced(mirrored, platform)
    assert remote_id(hidden) not in held_messages(mirrored)
    check(mirrored, platform)
    assert held_messages(mirrored) == world_messages(platform)


def test_who_left_is_noticed_after_a_week_without_a_check(mirrored):
    platform = a_site()
    synced(mirrored, platform)
    platform.world.leave(GROUP, max(platform.world.groups[GROUP].members))
    platform.world.pass_time(days=7)
    batches = synced(mirrored, platform)
    assert held_members(mirrored) == world_members(platform)
    assert [census.of for batch in batches for census in batch.censuses] == [CensusOf.MEMBERS]


def test_a_roster_that_comes_short_takes_nobody_away():
    platform = a_site()
    platform.after = lambda asked, reply: (
        Told(
            reply.status,
            reply.body.replace(b'"links":{"self"', b'"meta":{"omitted":{"links":{}}},"links":{"self"'),
            reply.kind,
        )
        if asked.path.endswith("group_membership")
        else reply
    )
    assert not [census for batch in pulled(platform) for census in batch.censuses]


def test_a_roster_that_is_cut_goes_on_for_every_group_and_not_from_its_beginning(mirrored):
    platform = a_site(groups=6, messages=30, people=300)
    cuts_at, lists = iter([9, 6, 4]), 0
    left = next(cuts_at)

    def cut(asked: Asked) -> None:
        nonlocal left, lists
        if asked.path.endswith("group_membership"):
            left -= 1
            if left < 0:
                message = "the line broke"
                raise httpx2.ConnectError(message)
            lists += 1

    platform.before = cut
    for _ in range(4):
        result = sync_account(connector(platform), mirrored.mirror, account_id=mirrored.account_id, follows_all=True)
        left = next(cuts_at, 10**6)
    assert result.error is None
    rows = mirrored.rows(
        "SELECT c.remote_id, p.name FROM member m JOIN person p ON p.id = m.person_id JOIN community c"
        " ON c.id = m.community_id WHERE m.is_listed AND m.left_at IS NULL"
    )
    assert set(rows) == {
        (community(group.id), platform.world.people[person].name)
        for group in platform.world.groups.values()
        for person in group.members
    }
    whole = -(-sum(len(group.members) for group in platform.world.groups.values()) // (PAGE - OVERLAP_ROWS))
    assert whole > 20
    assert lists <= whole + 3 * (TURN + 1)
