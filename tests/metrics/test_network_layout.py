"""Layout: tied people end up near, groups apart, nobody in one spot, and a second look is nearly the first."""

from math import dist
from statistics import mean, median

import numpy
import pytest

from tests.metrics.test_network_clusters import planted
from workbench.cancel import CancelToken
from workbench.errors import CancelledError
from workbench.metrics import network_layout
from workbench.metrics.network_layout import apart, places
from workbench.metrics.ties import Edges


def spread(found: list[tuple[float, float]]) -> float:
    return max(dist(one, other) for one in found for other in found)


@pytest.mark.parametrize("pairwise", [True, False], ids=["every pair", "grid"])
def test_groups_stand_apart_and_the_same_ties_give_the_same_picture(monkeypatch, pairwise):
    monkeypatch.setattr(network_layout, "_PAIRWISE_UP_TO", 500 if pairwise else 0)
    edges, member = planted((12, 10, 8))
    told: list[int] = []
    found = places(edges, member, report=lambda progress: told.append(progress.done))
    assert places(edges, member) == found
    assert told == list(range(len(told)))
    inside = [dist(found[a], found[b]) for a, b in zip(edges.ends, edges.others, strict=True) if member[a] == member[b]]
    between = [dist(found[a], found[b]) for a in range(12) for b in range(12, 30)]
    assert mean(inside) < mean(between) / 2
    assert min(dist(found[a], found[b]) for a in range(30) for b in range(a)) > spread(found) / 200


def test_with_places_known_little_moves_and_newcomers_stand_beside_their_ties():
    edges, member = planted((12, 10, 8))
    before = places(edges, member)
    more = Edges(31, [*edges.ends, 12, 13], [*edges.others, 30, 30], [*edges.counts, 1, 1])
    after = places(more, [*member, 1], before=dict(enumerate(before)))
    assert median(dist(one, other) for one, other in zip(before, after, strict=False)) < spread(before) / 20
    assert dist(after[30], after[12]) < dist(after[30], after[25])


def test_nobody_stands_upon_another():
    crowd = [(0.0, 0.0)] * 5 + [(place * 0.01, 0.3) for place in range(20)] + [(50.0, 50.0)]
    after = apart(crowd, cancel=CancelToken())
    nearest = min(dist(one, other) for place, one in enumerate(after) for other in after[:place])
    assert nearest > 0.7 * 0.4 * 50 / len(crowd) ** 0.5
    assert apart(after[-1:], cancel=CancelToken()) == after[-1:]


def test_the_grid_pushes_like_every_pair_does():
    spots = numpy.array([(x * 1.7 % 11, x * 2.3 % 7) for x in range(40)])
    mass = numpy.arange(1.0, 41.0)
    exact, grid = network_layout._push_of_pairs(spots, mass), network_layout._push_on_grid(spots, mass)
    error = numpy.abs(exact - grid).sum() / numpy.abs(exact).sum()
    assert error < 0.1


def test_it_can_be_stopped_and_few_people_need_no_rounds():
    cancel = CancelToken()
    cancel.cancel()
    edges, member = planted((3, 3))
    with pytest.raises(CancelledError):
        places(edges, member, cancel=cancel)
    assert len(places(Edges(2, [0], [1], [1]), [0, 0])) == 2
    assert places(Edges(0, [], [], []), []) == []
