"""Benchmarks as they are read."""

from datetime import date

from workbench.models.kinds import CommunityType
from workbench.notes.community_cards import CommunityCardStore
from workbench.queries.benchmarks import BenchmarkRow, benchmarks


def test_a_benchmark_is_read_as_it_was_kept_and_replaced_by_the_next(network):
    store = CommunityCardStore(network.database)
    for value in (0.2, 0.25):
        store.set_benchmark(
            "curiosity", CommunityType.PROJECT_TEAM, value=value, source=" A  study ", day=date(2024, 2, 29)
        )
    with network.read() as reader:
        found = benchmarks(reader, CommunityType.PROJECT_TEAM)
    assert found == {"curiosity": BenchmarkRow("curiosity", 0.25, "A study", date(2024, 2, 29))}
