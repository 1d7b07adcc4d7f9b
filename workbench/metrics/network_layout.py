"""Layout: a place in the plane for everybody in a network, by forces: ties pull together, everybody pushes apart.

The forces are those of ForceAtlas2 (Jacomy and others 2014): a tie pulls with its length, two people push with one over
their distance, the well connected push more, and everything is drawn a little to the middle. Pushing is worked out for
every two people in small networks. In large ones it is read off a grid: people are spread on its points, and one
convolution (Hockney and Eastwood 1981) gives the push at every point, so that a round costs the same per person at
12,000 as at 1,000.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from math import cos, hypot, sin, sqrt
from typing import TYPE_CHECKING, Final

from workbench.cancel import CancelToken
from workbench.metrics.ties import Edges
from workbench.progress import Progress, Report, silent

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vector = NDArray[np.float64]

Place = tuple[float, float]
"""Where somebody is drawn; the unit is nothing in particular."""

_PAIRWISE_UP_TO: Final = 500
_FINE_GRID: Final = 256
_COARSE_GRID: Final = 128
_FINE_FROM: Final = 3_000
_ROUNDS: Final = 220
_SETTLING_ROUNDS: Final = 40
_PUSH: Final = 1.0
_GRAVITY: Final = 0.06
_GOLDEN_ANGLE: Final = 2.399963229728653
_GIVING_WAY: Final = 0.01
_ROOM_EACH: Final = 0.4
"""Of the distance people would have if they were spread evenly: a little more than a mark is wide."""
_ROUNDS_APART: Final = 10
_UPON: Final = 0.01
_HALF_AROUND: Final = ((0, 0), (1, 0), (0, 1), (1, 1), (1, -1))
"""The cell itself and half of its neighbours, so that each two cells meet once."""
_NEAR: Final = 0.05
"""Closer than this counts as this close, so that two people in one spot come apart without being flung."""


def places(
    edges: Edges,
    clusters: Sequence[int],
    *,
    before: Mapping[int, Place] | None = None,
    report: Report = silent,
    cancel: CancelToken | None = None,
) -> list[Place]:
    """A place for each node. The same network gives the same places: no chance is involved.

    Begins with the clusters side by side, or, where `before` knows the places of some nodes, with those: then the rest
    come in beside their ties and little moves, so that a picture stays recognisable when some ties are added.
    """
    import numpy as np  # noqa: PLC0415 - reading stays light without it

    if not edges.nodes:
        return []
    token = cancel or CancelToken()
    spots = _beginning(edges, clusters, before or {})
    rounds = _SETTLING_ROUNDS if before else _ROUNDS
    ends, others = np.asarray(edges.ends, dtype=np.intp), np.asarray(edges.others, dtype=np.intp)
    pull = 1.0 + np.log(np.asarray(edges.counts, dtype=np.float64))
    mass = np.bincount(np.concatenate([ends, others]), minlength=edges.nodes).astype(np.float64) + 1.0
    reach = np.full((edges.nodes, 1), 0.12 * max(float(np.abs(spots).max()), 1.0))
    if before:
        # Whoever was there already gives way a little; newcomers look for their place.
        reach[list(before)] *= _GIVING_WAY
    for done in range(rounds):
        token.check()
        report(Progress(done, "rounds", rounds, done / rounds))
        force = _pushes(spots, mass) - _GRAVITY * mass[:, None] * spots / np.maximum(_lengths(spots), 1.0)
        along = (spots[others] - spots[ends]) * pull[:, None]
        for axis in (0, 1):
            force[:, axis] += np.bincount(ends, along[:, axis], edges.nodes)
            force[:, axis] -= np.bincount(others, along[:, axis], edges.nodes)
        # The well connected are heavy: without this the middle of a star would swing from side to side.
        force /= mass[:, None]
        farthest = reach * (1.0 - done / rounds) ** 1.5
        spots += force * np.minimum(1.0, farthest / np.maximum(_lengths(force), _NEAR))
    return apart([(float(x), float(y)) for x, y in spots], cancel=token)


def apart(spots: list[Place], *, cancel: CancelToken) -> list[Place]:
    """The same places with nobody upon another: who stands too near gives way, both as much, for a few rounds."""
    extent = max(max(axis) - min(axis) for axis in zip(*spots, strict=True))
    least = _ROOM_EACH * extent / sqrt(len(spots))
    if not least:
        return spots
    places = list(spots)
    for _ in range(_ROUNDS_APART):
        cancel.check()
        cells: dict[tuple[int, int], list[int]] = {}
        for node, (x, y) in enumerate(places):
            cells.setdefault((int(x // least), int(y // least)), []).append(node)
        moves = [
            move
            for (column, row), inside in cells.items()
            for across, down in _HALF_AROUND
            for move in _too_near(places, inside, cells.get((column + across, row + down), ()), least)
        ]
        for one, other, dx, dy in moves:
            places[one] = (places[one][0] - dx, places[one][1] - dy)
            places[other] = (places[other][0] + dx, places[other][1] + dy)
        if not moves:
            break
    return places


def _too_near(
    places: Sequence[Place], some: Sequence[int], others: Sequence[int], least: float
) -> Iterator[tuple[int, int, float, float]]:
    """Pairs nearer than `least`, and how far the second has to move away from the first."""
    for one in some:
        x, y = places[one]
        for other in others:
            if others is some and other <= one:
                continue
            dx, dy = places[other][0] - x, places[other][1] - y
            far = hypot(dx, dy)
            if far >= least:
                continue
            if far < least * _UPON:  # upon one another: any direction will do, as long as it is always the same
                angle = other * _GOLDEN_ANGLE
                dx, dy, far = cos(angle), sin(angle), 1.0
                yield one, other, dx * least / 2, dy * least / 2
            else:
                push = (least - far) / far / 2
                yield one, other, dx * push, dy * push


def _lengths(vectors: "Vector") -> "Vector":
    import numpy as np  # noqa: PLC0415 - as above

    return np.asarray(np.hypot(vectors[:, 0], vectors[:, 1])[:, None])


def _beginning(edges: Edges, clusters: Sequence[int], before: Mapping[int, Place]) -> "Vector":
    """Clusters on a spiral with the largest in the middle, their people on a spiral each; known places as they were."""
    import numpy as np  # noqa: PLC0415 - as above

    sizes = np.bincount(clusters, minlength=1)
    outward = np.sqrt(np.cumsum(sizes) - sizes / 2) - np.sqrt(sizes[0] / 2)
    turn = np.arange(len(sizes)) * _GOLDEN_ANGLE
    middle = np.stack([outward * np.cos(turn), outward * np.sin(turn)], axis=1) * 1.3
    spots = np.zeros((edges.nodes, 2))
    rank = [0] * len(sizes)
    for node, cluster in enumerate(clusters):
        far, angle = rank[cluster] ** 0.5 * 0.5, rank[cluster] * _GOLDEN_ANGLE
        spots[node] = middle[cluster] + (far * np.cos(angle), far * np.sin(angle))
        rank[cluster] += 1
    if before:
        _bring_in(edges, spots, before)
    return spots


def _bring_in(edges: Edges, spots: "Vector", before: Mapping[int, Place]) -> None:
    """Puts everybody known where they were, and the others beside those they have ties with."""
    near: dict[int, list[int]] = {}
    for one, other in zip(edges.ends, edges.others, strict=True):
        near.setdefault(one, []).append(other)
        near.setdefault(other, []).append(one)
    for node, place in before.items():
        spots[node] = place
    for node in range(edges.nodes):
        known = [before[other] for other in near.get(node, ()) if other in before]
        if node not in before and known:
            # Beside, not upon: two newcomers with the same ties have to come apart.
            angle = node * _GOLDEN_ANGLE
            spots[node, 0] = sum(x for x, _ in known) / len(known) + 0.5 * cos(angle)
            spots[node, 1] = sum(y for _, y in known) / len(known) + 0.5 * sin(angle)


def _pushes(spots: "Vector", mass: "Vector") -> "Vector":
    """The push of everybody on everybody: mass times mass over distance."""
    return _push_of_pairs(spots, mass) if len(spots) <= _PAIRWISE_UP_TO else _push_on_grid(spots, mass)


def _push_of_pairs(spots: "Vector", mass: "Vector") -> "Vector":
    import numpy as np  # noqa: PLC0415 - as above

    apart = spots[:, None, :] - spots[None, :, :]
    square = np.maximum((apart**2).sum(axis=2), _NEAR**2)
    return np.asarray((apart * (_PUSH * mass[:, None] * mass[None, :] / square)[:, :, None]).sum(axis=1))


def _push_on_grid(spots: "Vector", mass: "Vector") -> "Vector":
    """As for pairs, with everybody spread on the four points around them and read off there again."""
    import numpy as np  # noqa: PLC0415 - as above

    points = _FINE_GRID if len(spots) >= _FINE_FROM else _COARSE_GRID
    low = spots.min(axis=0)
    step = max(float((spots.max(axis=0) - low).max()), 1.0) / (points - 2)
    at = (spots - low) / step
    corner = at.astype(np.intp)
    part = at - corner
    weights = [
        ((corner[:, 0] + dx) * points + corner[:, 1] + dy, np.abs(1 - dx - part[:, 0]) * np.abs(1 - dy - part[:, 1]))
        for dx in (0, 1)
        for dy in (0, 1)
    ]
    spread = np.zeros(points * points)
    for point, weight in weights:
        spread += np.bincount(point, weight * mass, points * points)
    charge = np.fft.rfft2(spread.reshape(points, points), (2 * points, 2 * points))
    force = np.zeros_like(spots)
    for axis, kernel in enumerate(_kernels(points)):
        field = np.fft.irfft2(charge * kernel)[:points, :points].ravel()
        for point, weight in weights:
            force[:, axis] += weight * field[point]
    return np.asarray(_PUSH * force * mass[:, None] / step)


@cache
def _kernels(points: int) -> "tuple[NDArray[np.complex128], NDArray[np.complex128]]":
    """One over the distance along each axis for points one apart, as the convolution takes it."""
    import numpy as np  # noqa: PLC0415 - as above

    offset = np.fft.fftfreq(2 * points, 1 / (2 * points))
    x, y = offset[:, None], offset[None, :]
    square = np.maximum(x**2 + y**2, 0.25)
    return np.fft.rfft2(x / square), np.fft.rfft2(y / square)
