"""Paths: exact, sampled and plainly counted betweenness agree; the shortest way is found."""

import random

import pytest

from tests.metrics.plain_network import brandes
from workbench.cancel import CancelToken
from workbench.errors import CancelledError
from workbench.ids import PersonId
from workbench.metrics import network_paths
from workbench.metrics.network_paths import Ways, betweenness, is_sampled, through
from workbench.metrics.ties import Edges
from workbench.progress import silent


def a_graph(rng: random.Random, nodes: int, ties: int) -> Edges:
    """Everybody has a tie; some have many."""
    pairs = {tuple(sorted((node, (node + 1 + rng.randrange(nodes - 1)) % nodes))) for node in range(nodes)}
    while len(pairs) < ties:
        pairs.add(tuple(sorted(rng.sample(range(nodes), 2))))
    ends, others = zip(*sorted(pairs), strict=True)
    return Edges(nodes, ends, others, [1] * len(ends))


@pytest.mark.parametrize("seed", range(12))
def test_two_libraries_and_the_printed_algorithm_agree(seed):
    rng = random.Random(seed)
    edges = a_graph(rng, rng.randint(3, 40), rng.randint(3, 60) if seed else 3)
    plain = brandes(zip(edges.ends, edges.others, strict=True))
    expected = [plain[node] for node in range(edges.nodes)]
    assert betweenness(edges) == pytest.approx(expected)
    everybody = through(edges, range(edges.nodes), report=silent, cancel=CancelToken())
    assert everybody == pytest.approx(expected)


def test_a_large_network_is_sampled_and_the_busiest_stays_the_busiest(monkeypatch):
    monkeypatch.setattr(network_paths, "EXACT_UP_TO", 400)
    monkeypatch.setattr(network_paths, "PIVOTS", 128)
    rng = random.Random(3)
    star = a_graph(rng, 450, 700)
    edges = Edges(451, [*star.ends, *range(0, 450, 3)], [*star.others, *[450] * 150], [1] * (len(star.ends) + 150))
    exact = network_paths._exact(edges)
    told: list[float] = []
    sampled = betweenness(edges, report=lambda progress: told.append(progress.done))
    assert is_sampled(edges)
    assert told
    assert sampled == betweenness(edges), "a fixed seed"
    assert max(range(451), key=sampled.__getitem__) == max(range(451), key=exact.__getitem__) == 450
    assert sampled[450] == pytest.approx(exact[450], rel=0.1)


def test_a_sample_can_be_stopped(monkeypatch):
    monkeypatch.setattr(network_paths, "EXACT_UP_TO", 10)
    monkeypatch.setattr(network_paths, "PIVOTS", 8)
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(CancelledError):
        betweenness(a_graph(random.Random(1), 30, 40), cancel=cancel)


def test_nobody_stands_between_nobody():
    assert betweenness(Edges(0, [], [], [])) == []


def test_ways_use_only_ties_that_were_there_before():
    one, two, three, four = map(PersonId, (1, 2, 3, 4))
    ways = Ways({(one, two): 10, (two, three): 20, (one, three): 30})
    assert ways.steps(one, three, before=25) == 2
    assert ways.steps(one, three, before=31) == 1
    assert ways.steps(one, three, before=20) is None
    assert ways.steps(one, four, before=99) is None
    assert ways.steps(one, one, before=0) == 0
