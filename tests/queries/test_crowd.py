"""Crowd: a set like any other, alone, with its like and with plain sets."""

import operator
import random

import pytest

from workbench.ids import PersonId
from workbench.queries.crowd import Crowd

SOME = [frozenset(random.Random(seed).sample(range(300), seed * 30)) for seed in range(5)]


@pytest.mark.parametrize("combine", [operator.and_, operator.or_, operator.sub])
@pytest.mark.parametrize("other", [Crowd.of, set, dict.fromkeys], ids=["crowd", "set", "keys"])
def test_what_is_put_together_is_what_sets_would_say(combine, other):
    for one in SOME:
        for two in SOME:
            also = other(two)
            also = also.keys() if isinstance(also, dict) else also
            assert set(combine(Crowd.of(one), also)) == combine(one, two)
            assert set(combine(also, Crowd.of(one))) == combine(two, one)


@pytest.mark.parametrize("people", SOME, ids=len)
def test_it_has_who_is_in_it_in_the_order_of_their_ids(people):
    crowd = Crowd.of(people)
    assert list(crowd) == sorted(people)
    assert (len(crowd), crowd, bool(crowd)) == (len(people), people, bool(people))
    assert [person for person in range(400) if PersonId(person) in crowd] == sorted(people)
    assert Crowd.of(crowd) is crowd
