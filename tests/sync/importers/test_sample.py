"""The sample network: invented, seeded, alive, and readable in any sittings."""

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from workbench.models.moments import DayRange
from workbench.sync.importers.sample import SampleNetwork
from workbench.sync.records import MemberRecord, MessageRecord, Record

PHRASES = Path(__file__).parents[3] / "resources" / "sample_network" / "phrases.json"
LAST_DAY = date(2026, 5, 14)


def everything(network: SampleNetwork, community: str, since: object = None) -> list[Record]:
    return [
        record
        for batch in network.pull(community, network.streams[0], since=since)  # type: ignore[arg-type]  # a plain cursor
        for record in batch.records
    ]


@pytest.fixture(scope="module")
def network() -> SampleNetwork:
    return SampleNetwork(PHRASES, last_day=LAST_DAY)


def test_the_sample_has_25_communities_2400_people_and_some_40000_messages(network: SampleNetwork) -> None:
    people, messages = set(), 0
    communities = list(network.communities())
    for community in communities:
        for record in everything(network, community.remote_id):
            if isinstance(record, MemberRecord):
                people.add(record.person.handle)
            messages += isinstance(record, MessageRecord)
    assert len(communities) == 25
    assert len(people) == 2400
    assert 36_000 <= messages <= 44_000


def test_the_same_seed_gives_the_same_network_and_another_seed_does_not(network: SampleNetwork) -> None:
    again = SampleNetwork(PHRASES, last_day=LAST_DAY)
    other = SampleNetwork(PHRASES, last_day=LAST_DAY, seed=7)
    assert everything(network, "sample-3") == everything(again, "sample-3")
    assert everything(network, "sample-3") != everything(other, "sample-3")


def test_any_cursor_resumes_where_it_stopped(network: SampleNetwork) -> None:
    whole = everything(network, "sample-18")
    batches = list(network.pull("sample-18", network.streams[0], since=None))
    first = list(batches[0].records)
    assert first + everything(network, "sample-18", batches[0].cursor) == whole
    assert everything(network, "sample-18", batches[-1].cursor) == []


def test_nobody_writes_before_joining_and_nothing_lies_beyond_the_last_day(network: SampleNetwork) -> None:
    joined = {}
    for record in everything(network, "sample-5"):
        if isinstance(record, MemberRecord):
            joined[record.person.handle] = record.joined_at
        elif isinstance(record, MessageRecord):
            assert joined[record.author.handle] <= record.sent_at
            assert record.sent_at.date() <= LAST_DAY


def test_one_community_has_a_gap_that_its_coverage_admits(network: SampleNetwork) -> None:
    covered = [day for batch in network.pull("sample-0", network.streams[0], since=None) for day in batch.covered]
    assert len(covered) == 2
    missing = {covered[0].last + timedelta(days=n) for n in range(1, (covered[1].first - covered[0].last).days)}
    assert len(missing) == 13
    days = Counter(
        record.sent_at.date() for record in everything(network, "sample-0") if isinstance(record, MessageRecord)
    )
    assert not missing & set(days)
    other = [day for batch in network.pull("sample-1", network.streams[0], since=None) for day in batch.covered]
    assert other == [DayRange(LAST_DAY - timedelta(days=729), LAST_DAY)]
