"""Each of ten planted bugs is caught by the invariant it breaks; without it the same seeds pass."""

import pytest

from tests.rig.places import PLACES
from tests.rig.planted import PLANTED, Planted
from tests.rig.walk import Walked, walk

SEEDS = range(1, 13)
"""A bug that lives through so many is not caught."""


def _walked(planted: Planted, seed: int) -> Walked:
    return walk(PLACES[planted.place], seed, length=planted.length, steps=planted.steps, faults=planted.faults)


@pytest.mark.parametrize("name", PLANTED)
def test_the_bug_is_caught_and_without_it_the_same_seed_passes(name):
    planted = PLANTED[name]
    caught: Walked | None = None
    for seed in SEEDS:
        with planted.bug():
            walked = _walked(planted, seed)
        if walked.broken in planted.invariants:
            caught = walked
            break
        assert walked.broken is None, walked.why
    assert caught is not None, f"{len(SEEDS)} seeds did not show it"
    sound = _walked(planted, caught.seed)
    assert sound.broken is None, sound.why


def test_there_are_ten():
    assert len(PLANTED) == 10
