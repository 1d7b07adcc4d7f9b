"""Members of a group, from a list that tells of all groups at once."""

import pytest

from tests.platforms.server import Asked
from tests.sync.connectors.open_social_site import BASE, COMMUNITY, GROUP, a_site, community, paths
from tests.sync.seats import a_seat
from workbench.errors import LineError
from workbench.sync.connector import Batch, Cursor
from workbench.sync.open_social.members import GroupMembers
from workbench.sync.open_social.shapes import Ref
from workbench.sync.open_social.site import Site, refusal
from workbench.sync.records import MemberRecord


def site_at(platform) -> Site:
    seat = a_seat(platform, base_url=BASE)
    return Site(seat.client(BASE, refusal=refusal), clock=seat.clock, path="jsonapi", wants_me=True)


def members_of(site: Site, group: str = COMMUNITY) -> GroupMembers:
    ref = Ref.of(group)
    assert ref is not None
    return GroupMembers(site, ref)


def pulled(platform, since: Cursor | None = None) -> list[Batch]:
    site = site_at(platform)
    site.begin()
    return list(members_of(site).pull(since))


def names(batches: list[Batch]) -> set[str]:
    return {record.person.name for batch in batches for record in batch.records if isinstance(record, MemberRecord)}


def there(platform, group: int = GROUP) -> set[str]:
    return {platform.world.people[person].name for person in platform.world.groups[group].members}


def test_one_reading_serves_every_group():
    platform = a_site(groups=4, people=60)
    site = site_at(platform)
    assert names(list(members_of(site).pull(None))) == there(platform)
    start = len(platform.asked)
    assert names(list(members_of(site, community(13)).pull(None))) == there(platform, 13)
    assert len(platform.asked) == start


def test_managers_and_the_day_of_joining_are_told():
    platform = a_site()
    group = platform.world.groups[GROUP]
    roles = {
        record.person.name: (record.role, record.joined_at) for batch in pulled(platform) for record in batch.records
    }
    for person, at in group.members.items():
        role = "manager" if person in group.owners else None
        assert roles[platform.world.people[person].name] == (role, at.replace(microsecond=0))


def test_newcomers_are_looked_for_once_a_day():
    platform = a_site(groups=4, people=60)
    first = pulled(platform)
    newcomer = platform.world.person()
    platform.world.join(GROUP, newcomer.id)
    start = len(platform.asked)
    assert names(pulled(platform, first[-1].cursor)) == set()
    assert paths(platform, start) == ["/jsonapi"]
    platform.world.pass_time(days=1)
    later = pulled(platform, first[-1].cursor)
    assert names(later) == {newcomer.name}
    assert sum(batch.requests for batch in later) == 2


def test_a_reading_that_was_cut_goes_on_and_counts_nobody_as_gone():
    platform = a_site(groups=4, people=60)
    first = pulled(platform)
    assert len(first) > 2
    rest = pulled(platform, first[0].cursor)
    assert names(first[:1]) | names(rest) == there(platform)
    assert [batch.censuses for batch in rest if batch.censuses] == []
    assert [len(batch.censuses) for batch in first] == [0] * (len(first) - 1) + [1]


def test_people_who_leave_while_the_list_is_read_take_nobody_along():
    platform = a_site(groups=4, people=60)
    leavers = sorted(platform.world.groups[12].members)[:10]

    def leave(asked: Asked) -> None:
        if "page[offset]" in asked.query:
            for person in leavers:
                platform.world.leave(12, person)

    platform.before = leave
    batches = pulled(platform)
    assert [batch.censuses for batch in batches if batch.censuses] == []


def test_a_group_of_another_kind_has_no_list():
    platform = a_site()
    site = site_at(platform)
    (batch,) = members_of(site, "closed_group:99:x").pull(None)
    assert (batch.records, batch.censuses) == ((), ())
    assert list(members_of(site, "closed_group:99:x").whole()) == []


@pytest.mark.parametrize("text", ["", "7", "{}"])
def test_a_cursor_that_is_none_of_ours_is_refused(text):
    with pytest.raises(LineError):
        pulled(a_site(), Cursor(text))
