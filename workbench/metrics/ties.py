"""Network: the ties among the members of a window, put together from a frame; what counts ties starts here."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Final, NamedTuple

from workbench.ids import PersonId
from workbench.metrics.window import Window
from workbench.queries.frames import MeasureFrame
from workbench.queries.ties import Columns, Pair, TieSum

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

    `acts` says how many there were, keyed (who, to whom); of these so many are `mentions` and `reactions`, and all
    others are messages. Both of them may name pairs that are not in `acts`.
    """

    members: int
    acts: Mapping[Pair, int]
    mentions: Mapping[Pair, int]
    reactions: Mapping[Pair, int]

    @cached_property
    def arcs(self) -> Mapping[Pair, Arc]:
        """What one directed at another, keyed (who, to whom)."""
        mentions, reactions = self.mentions, self.reactions
        return {
            pair: (
                acts,
                MESSAGE_WEIGHT * acts
                - (MESSAGE_WEIGHT - MENTION_WEIGHT) * mentions.get(pair, 0)
                - (MESSAGE_WEIGHT - REACTION_WEIGHT) * reactions.get(pair, 0),
            )
            for pair, acts in self.acts.items()
        }

    @cached_property
    def links(self) -> Mapping[PersonId, Mapping[PersonId, Arc]]:
        """The arcs both ways round: what two people share, whoever began."""
        return _linked(self.arcs)

    @cached_property
    def mutual(self) -> Sequence[Pair]:
        """The pairs who turned to one another both ways, the lower id first."""
        acts = self.acts
        return [(one, other) for one, other in acts if one < other and (other, one) in acts]

    @property
    def ties(self) -> int:
        """How many pairs have a tie."""
        return len(self.acts) - len(self.mutual)

    @property
    def degrees(self) -> Mapping[PersonId, int]:
        """With how many others each person has a tie."""
        degrees = Counter(chain.from_iterable(self.acts))
        degrees.subtract(chain.from_iterable(self.mutual))  # counted once for each way
        return degrees

    @property
    def people(self) -> list[PersonId]:
        """Everybody with a tie, by id."""
        return sorted(set(chain.from_iterable(self.acts)))

    @property
    def pairs(self) -> list[Pair]:
        """Every two people with a tie, the lower id first, in order."""
        return sorted(self._shared)

    @cached_property
    def _shared(self) -> Mapping[Pair, int]:
        """How many interactions every two people had, the lower id first."""
        shared = {pair: acts for pair, acts in self.acts.items() if pair[0] < pair[1]}
        for (who, whom), acts in self.acts.items():
            if who > whom:
                shared[whom, who] = shared.get((whom, who), 0) + acts
        return shared

    def edges(self) -> "Edges":
        """The ties by place in `people` instead of id: what arithmetic takes."""
        people, pairs = self.people, self.pairs
        place = dict(zip(people, range(len(people)), strict=True)).__getitem__
        ends, others = zip(*pairs, strict=True) if pairs else ((), ())
        return Edges(
            len(people), list(map(place, ends)), list(map(place, others)), list(map(self._shared.__getitem__, pairs))
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
    acts = _counted(columns for row in sums for columns in row.kinds)
    named = set(chain.from_iterable(acts))
    gone = named - frame.members.among(named, window.end_us)
    for pair in [pair for pair in acts if not gone.isdisjoint(pair)] if gone else ():
        del acts[pair]
    members = frame.members.count_at(window.end_us)
    return Network(members, acts, _counted(row.mentions for row in sums), _counted(row.reactions for row in sums))


def _counted(kinds: Iterable[Columns]) -> Counter[Pair]:
    return Counter(chain.from_iterable(zip(*columns, strict=True) for columns in kinds))


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
