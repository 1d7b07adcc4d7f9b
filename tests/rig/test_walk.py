"""A fixed budget of seeds at every platform; and that a seed says it all."""

import pytest

from tests.rig.places import PLACES
from tests.rig.walk import WALKED, Tally, walk

SEEDS = range(1, 15)
FOUND = (
    ("discourse", 37), ("hyperkitty", 92), ("hyperkitty", 109), ("hyperkitty", 118), ("hyperkitty", 148),
    ("hyperkitty", 200), ("open-social", 53), ("open-social", 119), ("open-social", 187), ("viva-engage", 93),
)  # fmt: skip
"""Places and seeds beyond these that broke something once."""
SHARE = 2
"""Seeds of one test: several tests, so that several workers have something to do."""


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
@pytest.mark.parametrize("first", SEEDS[::SHARE])
def test_no_invariant_is_broken(first, place, record_property):
    tally = Tally()
    for seed in range(first, first + SHARE):
        walked = walk(place, seed)
        tally.add(walked)
        record_property(WALKED, walked.packed())
    assert not tally.broken, "\n".join(f"seed {walked.seed}: {walked.why}" for walked in tally.broken)
    assert tally.line.endswith(f"× seeds {SHARE}: invariants broken 0 of 8 (platforms: {place.key})")


@pytest.mark.parametrize(("place", "seed"), FOUND)
def test_what_broke_once_holds(place, seed):
    assert walk(PLACES[place], seed).why == ""


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_the_same_seed_leaves_the_same_trace(place):
    first, again, other = walk(place, 5), walk(place, 5), walk(place, 6)
    assert first.log == again.log
    assert first.trace == again.trace
    assert first.trace != other.trace
