"""The check of a group: what it asks for, and what it leaves alone."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.platforms.server import Asked
from tests.sync.connectors.open_social_site import (
    a_site,
    a_site_mirror,
    check,
    remote_id,
    synced,
    visible,
    world_messages,
)
from tests.sync.connectors.runs import held_messages
from tests.sync.mirrored import Mirrored
from workbench.sync.connector import CensusOf
from workbench.sync.open_social.check import SINGLES
from workbench.sync.seat import Reach


@pytest.fixture(name="mirrored")
def _mirrored(tmp_path: Path) -> Mirrored:
    return a_site_mirror(tmp_path)


def test_where_nothing_differs_no_words_are_fetched(mirrored):
    platform = a_site(groups=2, messages=160)
    synced(mirrored, platform)
    start = len(platform.asked)
    check(mirrored, platform)
    fields = [asked.query.get("fields[node--topic]", "") for asked in platform.asked[start:]]
    fields += [asked.query.get("fields[comment--comment]", "") for asked in platform.asked[start:]]
    assert not [names for names in fields if "body" in names]


@pytest.mark.parametrize("no_filters", [False, True])
def test_what_is_missing_or_different_is_fetched(mirrored, no_filters):
    platform = a_site(messages=80, no_filters=no_filters)
    hidden = visible(platform)[-1]
    platform.hidden.add(hidden.id)
    synced(mirrored, platform)
    platform.hidden.clear()
    check(mirrored, platform)
    assert held_messages(mirrored) == world_messages(platform)


def test_what_is_older_than_wanted_is_not_fetched_by_a_check(mirrored):
    platform = a_site(messages=200)
    reach = Reach(oldest=platform.world.now.date() - timedelta(days=20))
    synced(mirrored, platform, reach=reach)
    before = held_messages(mirrored)
    check(mirrored, platform, reach=reach)
    assert held_messages(mirrored) == before


def test_many_hidden_messages_do_not_stand_in_the_way_of_a_deleted_one(mirrored):
    platform = a_site(messages=200)
    synced(mirrored, platform)
    comments = [said for said in visible(platform) if said.parent is not None]
    platform.hidden |= {said.id for said in comments[: SINGLES * 2]}
    leaf = comments[-1]
    platform.world.remove(leaf.id)
    for _ in range(4):
        check(mirrored, platform)
        platform.world.pass_time(days=1)
    gone = world_messages(platform).keys() ^ held_messages(mirrored).keys()
    assert remote_id(leaf) not in held_messages(mirrored)
    assert gone == {remote_id(said) for said in comments[: SINGLES * 2]}


@pytest.mark.parametrize("page", ["page[offset]", "sort"])
def test_a_list_that_moves_while_it_is_checked_takes_nothing_away_that_stands(mirrored, page):
    platform = a_site(messages=300)
    synced(mirrored, platform)
    removed: list[int] = []

    def remove(asked: Asked) -> None:
        if asked.path.endswith("group_node-topic") and page in asked.query and not removed:
            for said in [said for said in visible(platform) if said.parent is None][-10:]:
                platform.world.remove(said.id)
                removed.append(said.id)

    platform.before = remove
    check(mirrored, platform)
    assert removed
    assert world_messages(platform).items() <= held_messages(mirrored).items()


def test_a_check_ends_with_a_count_of_members(mirrored):
    platform = a_site()
    synced(mirrored, platform)
    batches = check(mirrored, platform)
    assert [census.of for census in batches[-1].censuses] == [CensusOf.MEMBERS]
