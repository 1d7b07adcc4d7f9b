"""Paths: who stands between others (betweenness), and how many steps lead from one person to another."""

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Final

from workbench.cancel import CancelToken
from workbench.ids import PersonId
from workbench.metrics.ties import Edges
from workbench.progress import Progress, Report, silent
from workbench.queries.ties import Pair

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

EXACT_UP_TO: Final = 2_000
"""Above so many people betweenness is estimated from a sample, and every place that shows it says so."""
MOST_PEOPLE: Final = 20_000
"""Paths between more people than these take minutes, and nobody reads their picture."""
PIVOTS: Final = 256
"""How many people the shortest paths are followed from in a sample."""
_SEED: Final = 2016
_TOGETHER: Final = 16


def is_sampled(edges: Edges) -> bool:
    """Whether `betweenness` of this graph is an estimate."""
    return edges.nodes > EXACT_UP_TO


def betweenness(edges: Edges, *, report: Report = silent, cancel: CancelToken | None = None) -> list[float]:
    """For every node the share of shortest paths through it, added up over all pairs of others, each pair once.

    Unweighted and undirected. Exact up to 2,000 nodes; above, the paths from 256 of them, drawn by a fixed seed, stand
    for all. The exact calculation keeps Python's lock (0.3 s at 2,000), so it is no work for a thread of the window.
    """
    if not is_sampled(edges):
        return _exact(edges)
    from random import Random  # noqa: PLC0415 - only large networks need it

    pivots = Random(_SEED).sample(range(edges.nodes), PIVOTS)  # noqa: S311 - a sample, not a secret
    return through(edges, pivots, report=report, cancel=cancel or CancelToken())


Paths = Callable[[Edges], Sequence[float]]
_WORKED_OUT_BY: ContextVar[Paths] = ContextVar("paths")


@contextmanager
def worked_out_by(paths: Paths) -> Iterator[None]:
    """While the block lasts, measures have betweenness worked out by `paths`: a window asks a child process for it."""
    before = _WORKED_OUT_BY.set(paths)
    try:
        yield
    finally:
        _WORKED_OUT_BY.reset(before)


def betweenness_of(edges: Edges) -> Sequence[float]:
    """As `betweenness`, worked out by whoever was named for it."""
    return _WORKED_OUT_BY.get(betweenness)(edges)


def _exact(edges: Edges) -> list[float]:
    import rustworkx  # noqa: PLC0415 - compiled code that only this calculation needs

    graph: Any = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(edges.nodes))
    graph.add_edges_from_no_data(list(zip(edges.ends, edges.others, strict=True)))
    found = rustworkx.graph_betweenness_centrality(graph, normalized=False)
    return [found[node] for node in range(edges.nodes)]


def through(edges: Edges, pivots: Sequence[int], *, report: Report, cancel: CancelToken) -> list[float]:
    """Betweenness from the shortest paths that begin at `pivots`, scaled up to all nodes; exact with all of them.

    Brandes' algorithm (2001) from some sources (Brandes and Pich 2007), level by level, for sixteen sources at once:
    columns are sources, and one gather and one sum by segments carry a whole level over all edges.
    """
    import numpy as np  # noqa: PLC0415 - reading stays light without it

    sources = np.concatenate([edges.ends, edges.others]).astype(np.intp)
    targets = np.concatenate([edges.others, edges.ends]).astype(np.intp)
    order = np.argsort(targets, kind="stable")
    sources = sources[order]
    segments = np.searchsorted(targets[order], np.arange(edges.nodes))

    def arriving(values: "NDArray[np.float64]") -> "NDArray[np.float64]":
        """For each node the sum over its neighbours."""
        return np.asarray(np.add.reduceat(values[sources], segments, axis=0))

    total = np.zeros(edges.nodes)
    for first in range(0, len(pivots), _TOGETHER):
        cancel.check()
        report(Progress(first, "paths", len(pivots)))
        total += _dependencies(edges.nodes, pivots[first : first + _TOGETHER], arriving)
    return [float(value) for value in total * (edges.nodes / len(pivots) / 2)]


def _dependencies(
    nodes: int, pivots: Sequence[int], arriving: "Callable[[NDArray[np.float64]], NDArray[np.float64]]"
) -> "NDArray[np.float64]":
    """How much of the shortest paths from the pivots leads through each node, added up over the pivots."""
    import numpy as np  # noqa: PLC0415 - as above

    columns = np.arange(len(pivots))
    distance = np.full((nodes, len(pivots)), -1, dtype=np.int32)
    paths = np.zeros((nodes, len(pivots)))
    distance[pivots, columns], paths[pivots, columns] = 0, 1.0
    level = 0
    while True:
        reached = arriving(np.where(distance == level, paths, 0.0))
        is_new = (distance < 0) & (reached > 0)
        if not is_new.any():
            break
        level += 1
        distance[is_new] = level
        paths[is_new] = reached[is_new]
    share = np.zeros_like(paths)
    for at in range(level, 1, -1):
        onward = arriving(np.where(distance == at, (1.0 + share) / np.maximum(paths, 1.0), 0.0))
        share = np.where(distance == at - 1, paths * onward, share)
    return np.asarray(share.sum(axis=1))


class Ways:
    """The shortest ways between people over the ties there were at a moment."""

    def __init__(self, firsts: Mapping[Pair, int]) -> None:
        """`firsts` says when each tie began, in microseconds since 1970."""
        self._near: dict[PersonId, list[tuple[PersonId, int]]] = {}
        for (one, other), moment in firsts.items():
            self._near.setdefault(one, []).append((other, moment))
            self._near.setdefault(other, []).append((one, moment))

    def steps(self, start: PersonId, goal: PersonId, *, before: int) -> int | None:
        """How many ties lead from `start` to `goal`, of those older than `before`; None where no way does."""
        found, waiting = {start: 0}, deque([start])
        while waiting and goal not in found:
            person = waiting.popleft()
            for other, moment in self._near.get(person, ()):
                if moment < before and other not in found:
                    found[other] = found[person] + 1
                    waiting.append(other)
        return found.get(goal)
