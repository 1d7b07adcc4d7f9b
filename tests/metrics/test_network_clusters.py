"""Clusters: planted groups are found again, no single move would be better, and the same ties give the same groups."""

import random
from itertools import combinations, pairwise

import pytest

from tests.metrics.test_network_paths import a_graph
from workbench.cancel import CancelToken
from workbench.errors import CancelledError
from workbench.metrics.network_clusters import clusters, modularity
from workbench.metrics.ties import Edges


def planted(sizes: tuple[int, ...]) -> tuple[Edges, list[int]]:
    """Everybody of a group tied to everybody in it, and one tie from each group to the next."""
    member = [group for group, size in enumerate(sizes) for _ in range(size)]
    firsts = [member.index(group) for group in range(len(sizes))]
    pairs = {(one, other) for one, other in combinations(range(len(member)), 2) if member[one] == member[other]}
    pairs |= set(pairwise(firsts))
    ends, others = zip(*sorted(pairs), strict=True)
    return Edges(len(member), ends, others, [1] * len(ends)), member


def test_planted_groups_are_found_and_the_largest_is_the_first():
    edges, member = planted((9, 7, 5))
    assert clusters(edges) == member


def test_many_interactions_hold_two_people_together():
    edges = Edges(4, [0, 1, 2], [1, 2, 3], [9, 1, 9])
    assert clusters(edges) == [0, 0, 1, 1]


@pytest.mark.parametrize("seed", range(10))
def test_nobody_would_gain_by_moving_alone(seed):
    rng = random.Random(seed)
    edges = a_graph(rng, 30, 60)
    found = clusters(edges)
    best = modularity(edges, found)
    assert clusters(edges) == found
    assert set(found) == set(range(max(found) + 1))
    for node in range(edges.nodes):
        for other in set(found):
            moved = [other if place == node else cluster for place, cluster in enumerate(found)]
            assert modularity(edges, moved) <= best + 0.02


def test_modularity_of_one_group_is_nothing():
    edges, member = planted((4, 4))
    assert modularity(edges, [0] * 8) == pytest.approx(0)
    # 12 of 13 ties inside; each group has 13 of 26 ends.
    assert modularity(edges, member) == pytest.approx(12 / 13 - 0.5)
    assert modularity(Edges(0, [], [], []), []) == 0.0


def test_it_can_be_stopped():
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(CancelledError):
        clusters(planted((3, 3))[0], cancel=cancel)
