"""Network: the ties among the members of a window, put together from a frame; what counts ties starts here."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Final, NamedTuple

from workbench.ids import PersonId
from workbench.metrics.window import Window
from workbench.queries.frames import MeasureFrame
from workbench.queries.ties import Pair, TieSum

MESSAGE_WEIGHT: Final = 3
MENTION_WEIGHT: Final = 2
REACTION_WEIGHT: Final = 1
"""What a directed interaction weighs for roles; everything else counts each of them as one."""


Arc = tuple[int, int]
"""What one person directed at another: how many interactions, and what they weigh.

A plain pair, because the garbage collector leaves those alone: with fifty thousand of a class of their own it would
stop the window for a tenth of a second.
"""


@dataclass(frozen=True)
class Network:
    """Directed interactions between members; a person without any is not in it, but one of `members`.

    `arcs` is keyed (who, to whom).
    """

    members: int
    arcs: Mapping[Pair, Arc]

    @cached_property
    def links(self) -> Mapping[PersonId, Mapping[PersonId, Arc]]:
        """The arcs both ways round: what two people share, whoever began."""
        return _linked(self.arcs)

    @cached_property
    def both_ways(self) -> int:
        """How many pairs turned to one another both ways."""
        return sum((other, one) in self.arcs for one, other in self.arcs if one < other)

    @property
    def ties(self) -> int:
        """How many pairs have a tie."""
        return len(self.arcs) - self.both_ways

    @property
    def degrees(self) -> Mapping[PersonId, int]:
        """With how many others each person has a tie."""
        pairs = [(one, other) for one, other in self.arcs if one < other or (other, one) not in self.arcs]
        return Counter(chain.from_iterable(pairs))

    @property
    def people(self) -> list[PersonId]:
        """Everybody with a tie, by id."""
        return sorted(self.links)

    @property
    def pairs(self) -> list[Pair]:
        """Every two people with a tie, the lower id first, in order."""
        return sorted((one, other) for one, others in self.links.items() for other in others if one < other)

    def edges(self) -> "Edges":
        """The ties by place in `people` instead of id: what arithmetic takes."""
        places = {person: place for place, person in enumerate(self.people)}
        pairs = self.pairs
        return Edges(
            len(places),
            [places[one] for one, _ in pairs],
            [places[other] for _, other in pairs],
            [self.links[one][other][0] for one, other in pairs],
        )


class Edges(NamedTuple):
    """An undirected graph: nodes are 0 to `nodes` - 1, each with at least one edge; columns of one length."""

    nodes: int
    ends: Sequence[int]
    others: Sequence[int]
    counts: Sequence[int]


def network_of(frame: MeasureFrame, window: Window) -> Network:
    """The ties of the window between people who are members at its end; people who left, or never came, are in none.

    Worked out once for each window of a frame: half a dozen measures ask for it.
    """
    network: Network | None = frame.worked.get(("network", window))
    if network is None:
        network = frame.worked["network", window] = _network_of(frame, window)
    return network


def _network_of(frame: MeasureFrame, window: Window) -> Network:
    sums = sums_of(frame, window)
    named = set[PersonId]().union(*(column for row in sums for column in (row.sources, row.targets)))
    gone = named - frame.members.among(named, window.end_us)
    arcs: dict[Pair, Arc] = {}
    for row in sums:
        for who, whom, messages, mentions, reactions in zip(*row[1:], strict=True):
            acts, weight = arcs.get((who, whom), _NOTHING)
            acts += messages + mentions + reactions
            weight += MESSAGE_WEIGHT * messages + MENTION_WEIGHT * mentions + REACTION_WEIGHT * reactions
            arcs[who, whom] = (acts, weight)
    if gone:
        arcs = {pair: arc for pair, arc in arcs.items() if pair[0] not in gone and pair[1] not in gone}
    return Network(frame.members.count_at(window.end_us), arcs)


_NOTHING: Final = (0, 0)


def sums_of(frame: MeasureFrame, window: Window) -> tuple[TieSum, ...]:
    """The directed interactions of the window as they were read."""
    sums = frame.ties.sums
    first = bisect_left(sums, window.start_us, key=_began)
    return sums[first : bisect_left(sums, window.end_us, lo=first, key=_began)]


def _began(row: TieSum) -> int:
    return row.start_us


def _linked(arcs: Mapping[Pair, Arc]) -> dict[PersonId, dict[PersonId, Arc]]:
    links: dict[PersonId, dict[PersonId, Arc]] = {}
    for (who, whom), arc in arcs.items():
        back = arcs.get((whom, who), _NOTHING)
        both = (arc[0] + back[0], arc[1] + back[1])
        links.setdefault(who, {})[whom] = both
        links.setdefault(whom, {})[who] = both
    return links
