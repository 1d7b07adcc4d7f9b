"""Communities of people only keep nobody from knowing the others, whatever limit their account has."""

from datetime import timedelta

import pytest

from tests.queries.network import NOW, START, a_member, a_message, a_network
from workbench.models.kinds import AccountKind
from workbench.models.moments import DayRange, to_day
from workbench.queries.beginnings import began_on, first_seen_until
from workbench.queries.communities import list_communities
from workbench.queries.coverage import coverage_share, gaps, known_lately, known_until
from workbench.queries.people_only import people_only, written_in
from workbench.sync.discourse.shapes import CATEGORY, EVERYBODY, GROUP
from workbench.sync.records import CommunityRecord

FIRST_DAY, LAST_DAY = START.date(), NOW.date() - timedelta(days=1)


@pytest.fixture
def forum(tmp_path):
    """A category known as far as a limit goes, a group and the directory, of which nothing is read yet."""
    network = a_network(tmp_path, kind=AccountKind.DISCOURSE)
    water, group, everybody = (
        network.mirror.ensure_community(network.account_id, CommunityRecord(remote_id, name))
        for remote_id, name in ((f"{CATEGORY}4", "Water"), (f"{GROUP}pumps", "Pumps"), (EVERYBODY, "Everybody"))
    )
    network.apply(water, a_message("first"))
    network.cover(water, FIRST_DAY, LAST_DAY)
    network.mirror.settle(water, mark=None)
    network.apply(group, a_member("baraka"))
    network.change(f"UPDATE account SET history_from = {to_day(FIRST_DAY)}")
    yield network, water, group, everybody
    network.database.close()


def test_they_are_told_by_what_they_are(forum):
    network, water, group, everybody = forum
    with network.read() as reader:
        assert people_only(reader, ()) == {group, everybody}
        assert written_in(reader, ()) == written_in(reader, (group, water)) == (water,)
        assert written_in(reader, (group,)) == (group,)
        assert written_in(reader, (group, everybody)) == (group, everybody)
        assert {row.id for row in list_communities(reader, as_of=NOW) if row.is_people_only} == {group, everybody}
    network.change("UPDATE account SET kind = 'table'")
    with network.read() as reader:
        assert people_only(reader, ()) == frozenset()


def test_the_others_are_known_whether_they_were_read_or_not(forum):
    network, water, group, _ = forum
    for _ in range(2):
        with network.read() as reader:
            for scope in ((), (water, group)):
                assert known_lately(reader, scope) == DayRange(FIRST_DAY, LAST_DAY)
                assert gaps(reader, scope, FIRST_DAY, LAST_DAY) == []
                assert coverage_share(reader, scope, FIRST_DAY, LAST_DAY) == 1.0
            assert first_seen_until(reader, ()) == first_seen_until(reader, (water,))
        network.mirror.settle(group, mark=None)


def test_one_by_itself_is_known_once_it_was_read(forum):
    network, _, group, _ = forum
    with network.read() as reader:
        assert known_until(reader, (group,)) is None
    network.mirror.settle(group, mark=None)
    network.change("UPDATE account SET history_from = NULL")
    with network.read() as reader:
        assert known_until(reader, (group,)) == LAST_DAY
        assert (began_on(reader, ()), began_on(reader, (group,))) == (FIRST_DAY, None)
        row = next(row for row in list_communities(reader, as_of=NOW) if row.id == group)
    assert (row.known_until, row.began) == (LAST_DAY, None)
