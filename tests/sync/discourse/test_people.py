"""People of a forum: groups with owners and those who join and leave meanwhile, and the directory that ends at 550."""

import pytest

from tests.platforms.server import told
from tests.sync.connectors.discourse_site import GROUP, Cursors, a_forum, asked, connector, people_in, pulled, sample
from workbench.errors import ForbiddenError
from workbench.sync.connector import CensusOf, Stage
from workbench.sync.discourse import people as discourse_people


def a_crowd(people: int = 30, **switches):
    platform = a_forum(messages=0, groups=1, people=people, **switches)
    for number in range(2, people + 1):
        platform.world.pass_time(minutes=1)
        platform.world.join(11, number)
    return platform


def members(platform) -> set[str]:
    return {str(number) for number in platform.world.groups[11].members}


def test_owners_and_members_are_one_list_with_when_they_joined():
    platform = a_forum()
    platform.before = lambda asked: told(sample("members")) if asked.path.endswith("members.json") else None
    found = people_in(pulled(platform, community=GROUP))
    assert {handle: member.role for handle, member in found.items()} == {"1": "member", "2": "member", "107": "owner"}
    assert found["2"].person.name == "bruno2"
    assert found["2"].joined_at is None
    assert str(found["107"].joined_at) == "2024-12-25 02:10:07.971000+00:00"


def test_a_group_waits_for_the_stage_of_members():
    first, *_ = pulled(a_crowd(), community=GROUP)
    assert (first.records, first.cursor, first.then) == ((), None, Stage.MEMBERS)


def test_a_group_comes_in_pages_and_says_who_is_in_it(monkeypatch):
    monkeypatch.setattr(discourse_people, "MEMBERS_PAGE", 7)
    platform = a_crowd()
    batches = pulled(platform, community=GROUP)
    assert people_in(batches).keys() == members(platform)
    (census,) = [census for batch in batches for census in batch.censuses]
    assert (census.of, census.ids) == (CensusOf.MEMBERS, members(platform))
    assert [batch.cursor is None for batch in batches] == [True] * (len(batches) - 1) + [False]


def test_nothing_new_in_a_group_is_one_short_page():
    platform, cursors = a_crowd(), Cursors()
    pulled(platform, cursors, community=GROUP)
    before = len(platform.asked)
    batches = pulled(platform, cursors, community=GROUP, lists=False)
    assert len(platform.asked) - before == 1
    assert not people_in(batches)
    assert batches[-1].bytes_in < 2_000


def test_one_who_left_and_one_who_joined_are_seen_although_the_number_is_the_same():
    platform, cursors = a_crowd(), Cursors()
    pulled(platform, cursors, community=GROUP)
    platform.world.leave(11, 5)
    platform.world.pass_time(minutes=1)
    platform.world.join(11, platform.world.person("Zora Example").id)
    (census,) = [census for batch in pulled(platform, cursors, community=GROUP) for census in batch.censuses]
    assert census.ids == members(platform)


def test_leaving_while_the_pages_are_read_removes_nobody_by_mistake(monkeypatch):
    monkeypatch.setattr(discourse_people, "MEMBERS_PAGE", 7)
    platform, cursors = a_crowd(), Cursors()

    def leave(request):
        if request.query.get("offset") == "14":
            platform.world.leave(11, 3)

    platform.before = leave
    batches = pulled(platform, cursors, community=GROUP)
    assert not [census for batch in batches for census in batch.censuses]
    assert not cursors
    (census,) = [census for batch in pulled(platform, cursors, community=GROUP) for census in batch.censuses]
    assert census.ids == members(platform)


def test_members_that_are_not_shown_are_forbidden():
    with pytest.raises(ForbiddenError):
        pulled(a_crowd(members_hidden=True), community=GROUP)


def test_the_directory_ends_after_550_people_and_then_says_of_nobody_that_they_are_gone():
    platform = a_crowd(700)
    batches = pulled(platform, community="everybody")
    assert len(people_in(batches)) == 550
    assert asked(platform).count("/directory_items.json") == 11
    assert not [census for batch in batches for census in batch.censuses]
    assert batches[-1].note == "550 of 700 people"
    assert batches[-1].cursor is not None


def test_a_directory_that_shows_everybody_says_who_is_gone():
    platform, cursors = a_crowd(60), Cursors()
    (census,) = [census for batch in pulled(platform, cursors, community="everybody") for census in batch.censuses]
    assert len(census.ids) == 60
    before = len(platform.asked)
    assert not people_in(pulled(platform, cursors, community="everybody", lists=False))
    assert len(platform.asked) - before == 1


def test_a_directory_that_is_switched_off_is_forbidden():
    with pytest.raises(ForbiddenError):
        pulled(a_crowd(no_directory=True), community="everybody")


def test_groups_the_software_makes_are_left_out():
    platform = a_forum()

    def automatic(request, reply):
        return (
            told(
                {
                    "groups": [
                        {"id": 10, "name": "trust_level_0", "automatic": True},
                        {"id": 41, "name": "field", "automatic": False, "display_name": "Field"},
                    ],
                    "total_rows_groups": 2,
                }
            )
            if request.path == "/groups.json"
            else reply
        )

    platform.after = automatic
    names = {record.remote_id: record for record in connector(platform).communities()}
    assert "group-trust_level_0" not in names
    assert names["group-field"].name == "Field (group)"
    assert names["group-field"].members is None


def test_more_groups_than_a_page_are_all_listed():
    platform = a_forum(messages=0, groups=80, people=3)
    names = [record.remote_id for record in connector(platform).communities() if record.remote_id.startswith("group-")]
    assert len(names) == 80
    assert asked(platform).count("/groups.json") == 3
