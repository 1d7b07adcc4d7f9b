"""Clusters: groups of people with more ties among themselves than chance would give, found by modularity."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from workbench.cancel import CancelToken
from workbench.metrics.ties import Edges

_LEAST_GAIN: Final = 1e-9
_MOST_ROUNDS: Final = 20
_RESOLUTION: Final = 1.0


@dataclass(slots=True)
class _Level:
    """A graph whose nodes may stand for many; `loops` is twice what lies inside a node."""

    links: list[dict[int, float]]
    loops: list[float]

    @property
    def degrees(self) -> list[float]:
        """The weight of all ends at each node."""
        return [sum(near.values()) + loop for near, loop in zip(self.links, self.loops, strict=True)]


def clusters(edges: Edges, *, cancel: CancelToken | None = None) -> list[int]:
    """The number of the cluster each node belongs to; 0 is the largest, of equal ones that with the lowest node.

    The Louvain method (Blondel and others 2008) on the number of interactions of each pair: every node goes where
    modularity gains most, in the order of nodes, until none does; then clusters become nodes and it begins again. No
    chance is involved, so the same ties always give the same clusters.
    """
    token = cancel or CancelToken()
    level = _lowest(edges)
    member = list(range(edges.nodes))
    while True:
        found = _moved(level, cancel=token)
        names = {name: place for place, name in enumerate(dict.fromkeys(found))}
        found = [names[name] for name in found]
        member = [found[node] for node in member]
        if len(names) == len(level.links):
            return _by_size(member)
        level = _joined(level, found, len(names))


def modularity(edges: Edges, member: Sequence[int]) -> float:
    """How much more weight lies inside the clusters than chance would put there, -0.5 to 1; 0 without edges."""
    whole = float(sum(edges.counts))
    if not whole:
        return 0.0
    inside = sum(
        count
        for one, other, count in zip(edges.ends, edges.others, edges.counts, strict=True)
        if member[one] == member[other]
    )
    degrees: dict[int, int] = {}
    for one, other, count in zip(edges.ends, edges.others, edges.counts, strict=True):
        for node in (one, other):
            degrees[member[node]] = degrees.get(member[node], 0) + count
    return inside / whole - sum((degree / (2 * whole)) ** 2 for degree in degrees.values())


def _lowest(edges: Edges) -> _Level:
    links: list[dict[int, float]] = [{} for _ in range(edges.nodes)]
    for one, other, count in zip(edges.ends, edges.others, edges.counts, strict=True):
        links[one][other] = links[other][one] = float(count)
    return _Level(links, [0.0] * edges.nodes)


def _moved(level: _Level, *, cancel: CancelToken) -> list[int]:
    """The cluster of each node once no node gains by going elsewhere alone."""
    degrees = level.degrees
    member, weight = list(range(len(degrees))), list(degrees)
    whole = sum(degrees) or 1.0
    for _ in range(_MOST_ROUNDS):
        cancel.check()
        has_moved = False
        for node, near in enumerate(level.links):
            own, degree = member[node], degrees[node]
            weight[own] -= degree
            best = _best(near, own, member=member, weight=weight, pull=_RESOLUTION * degree / whole)
            weight[best] += degree
            if best != own:
                member[node], has_moved = best, True
        if not has_moved:
            break
    return member


def _best(near: Mapping[int, float], own: int, *, member: list[int], weight: list[float], pull: float) -> int:
    """The cluster a node gains most in; its own unless another is better by more than a rounding error."""
    ties: dict[int, float] = {own: 0.0}
    for other, count in near.items():
        ties[member[other]] = ties.get(member[other], 0.0) + count
    best, most = own, ties[own] - weight[own] * pull
    for cluster, count in ties.items():
        gain = count - weight[cluster] * pull
        if gain > most + _LEAST_GAIN:
            best, most = cluster, gain
    return best


def _joined(level: _Level, found: Sequence[int], count: int) -> _Level:
    """The graph whose nodes are the clusters."""
    links: list[dict[int, float]] = [{} for _ in range(count)]
    loops = [0.0] * count
    for node, near in enumerate(level.links):
        cluster = found[node]
        loops[cluster] += level.loops[node]
        for other, weight in near.items():
            if found[other] == cluster:
                loops[cluster] += weight
            else:
                links[cluster][found[other]] = links[cluster].get(found[other], 0.0) + weight
    return _Level(links, loops)


def _by_size(member: Sequence[int]) -> list[int]:
    sizes: dict[int, int] = {}
    for cluster in member:
        sizes[cluster] = sizes.get(cluster, 0) + 1
    # Sorting keeps the order of first nodes among equals.
    order = sorted(sizes, key=lambda cluster: -sizes[cluster])
    numbers = {cluster: number for number, cluster in enumerate(order)}
    return [numbers[cluster] for cluster in member]
