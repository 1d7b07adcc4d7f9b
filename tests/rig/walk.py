"""Walks: one life of a profile drawn from a seed, through every step there is, to its end; and many of them counted."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.rig.faults import FAULTS, Fault
from tests.rig.places import PLACES, Place
from tests.rig.rig import Broken, Rig
from tests.rig.steps import STEPS, come_to_rest, take

STEPS_A_WALK = 14
INVARIANTS = 8
WALKED = "walked"
"""Name of the property by which a test says what its walks came to."""
USUAL = {name: weight for name, (_, weight) in STEPS.items()}


@dataclass(frozen=True, slots=True)
class Walked:
    """How a walk ended: a hash of all that happened, and what was broken, if anything was (0: a bug was raised)."""

    place: str
    seed: int
    trace: str
    befell: frozenset[int]
    broken: int | None = None
    why: str = ""
    log: tuple[str, ...] = ()

    def packed(self) -> list[object]:
        """What counts, as it travels from one test worker to whoever adds up."""
        return [self.place, self.seed, self.trace, sorted(self.befell), self.broken]

    @classmethod
    def unpacked(cls, packed: list[Any]) -> "Walked":
        """What `packed` made."""
        place, seed, trace, befell, broken = packed
        return cls(place, seed, trace, frozenset(befell), broken)


@dataclass(slots=True)
class Tally:
    """What many walks came to."""

    seeds: set[int] = field(default_factory=set)
    befell: set[int] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    broken: list[Walked] = field(default_factory=list)

    def add(self, walked: Walked) -> None:
        """One more."""
        self.seeds.add(walked.seed)
        self.befell |= walked.befell
        self.places.add(walked.place)
        if walked.broken is not None:
            self.broken.append(walked)

    @property
    def line(self) -> str:
        """The one line of the rig."""
        kinds = {walked.broken for walked in self.broken}
        return (
            f"fault kinds {len(self.befell)} × seeds {len(self.seeds)}: invariants broken {len(kinds)} of {INVARIANTS}"
            f" (platforms: {', '.join(sorted(self.places))})"
        )


def walk(
    place: Place,
    seed: int,
    *,
    length: int = STEPS_A_WALK,
    steps: Mapping[str, int] = USUAL,
    faults: Sequence[Fault] = FAULTS,
) -> Walked:
    """One life: a first sync, then `length` of these steps, then all faults end and everything has to come right."""
    rng = random.Random(f"walk {seed}")
    names, weights = list(steps), list(steps.values())
    with Rig(place, seed) as rig:
        rig.faults = faults
        broken, why = None, ""
        try:
            take(rig, "sync", rng.randrange(1 << 30))
            for name in rng.choices(names, weights, k=length):
                take(rig, name, rng.randrange(1 << 30))
            come_to_rest(rig)
        except Broken as error:
            broken, why = error.number, str(error)
        except Exception as error:  # noqa: BLE001 - a mistake of ours ends one walk, and is told with its seed
            broken, why = 0, f"{type(error).__name__}: {error}"
        return Walked(place.key, seed, rig.trace, frozenset(rig.befell), broken, why, tuple(rig.log))


def walk_named(of: tuple[str, int]) -> Walked:
    """A walk by the name of its place and its seed, as one process asks it of another."""
    key, seed = of
    return walk(PLACES[key], seed)
