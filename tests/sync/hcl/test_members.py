"""The members of a community of HCL Connections: when the list is read, and who is missing from it."""

import pytest

from tests.platforms.hcl_shapes import user_id
from tests.sync.connectors.hcl_network import COMMUNITY, GROUP, a_site, paths, world_members
from tests.sync.hcl.test_site import a_hcl_site
from workbench.sync.connector import Batch, Cursor
from workbench.sync.hcl.members import Members, Roster
from workbench.sync.records import MemberRecord


def pulled(platform, since: Cursor | None = None, *, lists: bool = True) -> list[Batch]:
    site = a_hcl_site(platform)
    if lists:
        list(site.mine())
    return list(Members(site).pull(COMMUNITY, since))


def members_in(batches: list[Batch]) -> dict[str, MemberRecord]:
    return {item.person.handle: item for batch in batches for item in batch.records if isinstance(item, MemberRecord)}


def named_in(batches: list[Batch]) -> list[frozenset[str]]:
    return [census.ids for batch in batches for census in batch.censuses]


def test_members_come_with_role_and_the_day_they_joined():
    platform = a_site()
    batches = pulled(platform)
    mine = members_in(batches)[user_id(1)]
    assert (mine.role, mine.joined_at) == ("owner", platform.world.groups[GROUP].members[1])
    assert members_in(batches).keys() == world_members(platform)
    assert named_in(batches) == [frozenset(world_members(platform))]


@pytest.mark.parametrize(
    "switches", [{"no_email": True}, {"cap": 3}, {"cap": 3, "no_next": True}, {"single_page": True}]
)
def test_all_members_come_however_they_are_shown(switches):
    platform = a_site(people=30, **switches)
    assert named_in(pulled(platform)) == [frozenset(world_members(platform))]


def test_with_nothing_new_nothing_is_asked_until_the_next_day():
    platform = a_site()
    known = pulled(platform)[-1].cursor
    start = len(platform.asked)
    (same,) = pulled(platform, known)
    assert paths(platform, start) == ["my"]
    assert same.cursor == known
    platform.world.pass_time(days=1)
    start = len(platform.asked)
    batches = pulled(platform, known)
    assert [asked.query["ps"] for asked in platform.asked[start:]] == ["100", "1"]
    assert not members_in(batches)


def test_another_count_is_reason_to_read_the_list():
    platform = a_site()
    known = pulled(platform)[-1].cursor
    platform.world.leave(GROUP, max(platform.world.groups[GROUP].members))
    assert named_in(pulled(platform, known)) == [frozenset(world_members(platform))]


def test_one_who_left_and_another_who_came_are_seen_the_next_day():
    platform = a_site()
    known = pulled(platform)[-1].cursor
    platform.world.pass_time(days=1)
    platform.world.leave(GROUP, max(platform.world.groups[GROUP].members))
    platform.world.join(GROUP, platform.world.person().id)
    assert named_in(pulled(platform, known)) == [frozenset(world_members(platform))]


def test_a_list_that_moves_while_it_is_read_names_nobody_gone_and_is_read_again():
    platform = a_site(people=30, cap=5)

    def join(asked):
        if asked.path.endswith("/members") and asked.query["page"] == "2":
            platform.world.join(GROUP, platform.world.person().id)

    platform.before = join
    batches = pulled(platform)
    assert not named_in(batches)
    platform.before = None
    again = pulled(platform, batches[-1].cursor)
    assert named_in(again) == [frozenset(world_members(platform))]


def test_a_site_that_gives_one_page_only_is_asked_for_a_large_one():
    platform = a_site(people=900, single_page=True)
    assert len(platform.world.groups[GROUP].members) > 500
    batches = pulled(platform)
    assert members_in(batches).keys() == world_members(platform)
    assert named_in(batches) == [frozenset(world_members(platform))]
    assert [asked.query["ps"] for asked in platform.asked] == ["100", "500", "500", "10000"]


def test_a_group_among_the_members_is_no_person_and_hides_nobody():
    platform = a_site()

    def as_group(asked, reply):
        body = reply.body.replace(b'term="person"', b'term="group"', 1)
        return reply if asked.path.endswith("/my") else type(reply)(reply.status, body, reply.kind)

    platform.after = as_group
    (census,) = named_in(pulled(platform))
    assert len(world_members(platform) - census) == 1


def test_a_cursor_stands_for_what_was_said_of_the_list():
    roster = Roster(3, "then", "140", 3, "2026-03-02")
    assert Roster.of(roster.cursor()) == roster
    assert Roster.of(None) == Roster()
